"""Embedding models of the sentence-transformers ecosystem: by that library, or by onnxruntime alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .batch_embeddings import PROBE, BatchEmbeddings
from .errors import MissingModel
from .model_name import ModelName
from .ngram_model import unit_rows

#: Questions and passages in one call of onnxruntime: longer batches wait for their longest text.
_BATCH = 32
#: Tokens of a text that count, where the folder does not say.
_TOKENS = 512


class SentenceTransformerEmbeddings(BatchEmbeddings):
    """Any sentence-transformers model, with its own prompts for questions and passages or those given."""

    def __init__(
        self, model: Any, *, query_prompt: str | None = None, passage_prompt: str | None = None
    ) -> None:
        self._model = model
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        self.dimension = int(model.encode_document([PROBE], show_progress_bar=False).shape[1])

    @classmethod
    def load(cls, wanted: ModelName) -> SentenceTransformerEmbeddings:
        """The model in the folder, or of that name in the local cache of models; nothing is downloaded.

        :raises MissingModel: If it is not there.
        """
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (seconds, and torch)

        folder = wanted.folder
        try:
            model = SentenceTransformer(str(folder or wanted.name), local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            reason = "文件夹中没有可读取的 sentence-transformers 模型" if folder else "本机没有，且不联网下载"
            raise MissingModel(wanted.name, reason) from error
        return cls(model, query_prompt=wanted.query_prompt, passage_prompt=wanted.passage_prompt)

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, float32 of shape (texts, dimension)."""
        return self._encode(self._model.encode_document, texts, self._passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (texts, dimension)."""
        return self._encode(self._model.encode_query, texts, self._query_prompt)

    def _encode(
        self, encode: Callable[..., Any], texts: Sequence[str], prompt: str | None
    ) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = encode(list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


class OnnxEmbeddings(BatchEmbeddings):
    """A sentence-transformers folder with an ONNX file in it, served without torch.

    Pooling (first token or mean) and prompts are those that the folder's own files name.
    """

    def __init__(self, session: Any, tokenizer: Any, *, pools_first: bool, prompts: dict[str, str]) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._pools_first = pools_first
        self._prompts = prompts
        self._inputs = [given.name for given in session.get_inputs()]
        self.dimension = int(self._rows([PROBE]).shape[1])

    @classmethod
    def load(cls, wanted: ModelName) -> OnnxEmbeddings:
        """The model in the folder (`onnx/model.onnx` or `model.onnx`, and `tokenizer.json`).

        :raises MissingModel: If the folder or one of its files is missing or damaged, or onnxruntime is.
        """
        folder = wanted.folder
        if folder is None:
            raise MissingModel(wanted.name, "backend=onnx 需要一个本机文件夹")
        try:
            import onnxruntime  # noqa: PLC0415 (an extra)
            from tokenizers import Tokenizer  # noqa: PLC0415
        except ImportError as error:
            reason = "没有安装 onnxruntime，请运行 pip install 'tiaowen[onnx]'"
            raise MissingModel(wanted.name, reason) from error
        path = next((p for p in (folder / "onnx" / "model.onnx", folder / "model.onnx") if p.is_file()), None)
        if path is None:
            raise MissingModel(wanted.name, "文件夹中没有 onnx/model.onnx")
        try:
            session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both raise plain exceptions of their own
            raise MissingModel(wanted.name, "文件夹中的 ONNX 模型或 tokenizer.json 无法读取") from error
        limit = _settings(folder, "sentence_bert_config.json").get("max_seq_length") or _TOKENS
        tokenizer.enable_truncation(int(limit))
        tokenizer.enable_padding()
        prompts = _settings(folder, "config_sentence_transformers.json").get("prompts") or {}
        return cls(
            session,
            tokenizer,
            pools_first=_pools_first(_settings(folder, "1_Pooling/config.json")),
            prompts={
                "query": prompts.get("query", "") if wanted.query_prompt is None else wanted.query_prompt,
                "document": (
                    prompts.get("document", "") if wanted.passage_prompt is None else wanted.passage_prompt
                ),
            },
        )

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, float32 of shape (texts, dimension)."""
        return self._rows([self._prompts["document"] + text for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of questions, float32 of shape (texts, dimension)."""
        return self._rows([self._prompts["query"] + text for text in texts])

    def _rows(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.concatenate([self._batch(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)])

    def _batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(list(texts))
        mask = np.array([one.attention_mask for one in encoded], np.int64)
        given = {
            "input_ids": np.array([one.ids for one in encoded], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        states = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        if self._pools_first:
            return unit_rows(states[:, 0])
        weights = mask[:, :, None].astype(np.float32)
        return unit_rows((states * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0))


def _pools_first(pooling: dict[str, Any]) -> bool:
    """Whether the first token stands for the text, in either way that sentence-transformers has said so."""
    return bool(pooling.get("pooling_mode_cls_token")) or pooling.get("pooling_mode") == "cls"


def _settings(folder: Path, name: str) -> dict[str, Any]:
    try:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
