"""Tiny models of the sentence-transformers ecosystem, made for the tests: random weights, few characters."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder, SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

#: A vocabulary as BERT writes it, a token a line.
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"水气问文路桥垃圾分类负责"]


def _bert(folder: Path, *, labels: int | None = None) -> Path:
    """A BERT of one layer with random weights, and its vocabulary file."""
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(str(folder))
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        **({} if labels is None else {"num_labels": labels}),
    )
    torch.manual_seed(1)
    model = BertModel(config) if labels is None else BertForSequenceClassification(config)
    model.save_pretrained(str(folder))
    return folder


def bi_encoder(folder: Path, **prompts: str) -> Path:
    """A sentence-transformers model over a tiny BERT, first token pooled, with these prompts."""
    transformer = Transformer(str(_bert(folder / "bert")))
    pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="cls")
    SentenceTransformer(modules=[transformer, pooling], prompts=prompts).save(str(folder / "model"))
    return folder / "model"


def cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    """A CrossEncoder over a tiny BERT."""
    CrossEncoder(str(_bert(folder / "bert", labels=labels))).save_pretrained(str(folder / "model"))
    return folder / "model"


def onnx_folder(folder: Path, weights: NDArray[np.float32], *, pooling: dict[str, object]) -> Path:
    """A folder as exported to ONNX: a token's state is its row of `weights`; tokens are `VOCABULARY`."""
    (folder / "onnx").mkdir(parents=True)
    (folder / "1_Pooling").mkdir()
    (folder / "onnx" / "model.onnx").write_bytes(_gather_model(weights))
    words = {token: place for place, token in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling), encoding="utf-8")
    prompts = {"prompts": {"query": "问", "document": ""}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    return folder


def _gather_model(weights: NDArray[np.float32]) -> bytes:
    """An ONNX model of one node, `last_hidden_state = weights[input_ids]`, written by hand in the wire format
    of protocol buffers (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto): no package is needed."""
    tensor = b"".join(_number(1, size) for size in weights.shape)
    tensor += _number(2, 1) + _bytes(8, b"weights") + _bytes(9, weights.astype("<f4").tobytes())
    node = (
        _bytes(1, b"weights")
        + _bytes(1, b"input_ids")
        + _bytes(2, b"last_hidden_state")
        + _bytes(4, b"Gather")
    )
    graph = _bytes(1, node) + _bytes(2, b"graph") + _bytes(5, tensor)
    graph += _bytes(11, _value(b"input_ids", 7, 2)) + _bytes(12, _value(b"last_hidden_state", 1, 3))
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _number(2, 13))


def _value(name: bytes, kind: int, axes: int) -> bytes:
    shape = b"".join(_bytes(1, _bytes(2, b"axis%d" % axis)) for axis in range(axes))
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    found = b""
    while value > 127:
        found += struct.pack("B", value & 127 | 128)
        value >>= 7
    return found + struct.pack("B", value)
