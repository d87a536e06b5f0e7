"""Models of the sentence-transformers ecosystem, on tiny ones made here: prompts, shortening, ONNX."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from index.embeddings import ShortenedEmbeddings, load_embeddings
from index.errors import MissingModel
from index.model_name import BadModelName
from index.settings import EMBEDDED_MODEL
from index.transformer_embeddings import OnnxEmbeddings, SentenceTransformerEmbeddings

from .tiny_models import VOCABULARY, bi_encoder, onnx_folder

TEXTS = ["垃圾分类", "水", "桥路水气"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with a prompt for questions only."""
    return bi_encoder(tmp_path_factory.mktemp("bi"), query="问文")


def test_a_bert_is_served_as_sentence_transformers_does(folder: Path) -> None:
    embeddings = load_embeddings(str(folder))
    assert isinstance(embeddings, SentenceTransformerEmbeddings)
    assert embeddings.dimension == 16
    model = SentenceTransformer(str(folder), device="cpu")
    unit = {"normalize_embeddings": True}
    assert embeddings.encode_documents(TEXTS) == pytest.approx(model.encode(TEXTS, **unit), abs=1e-6)
    asked = model.encode([f"问文{text}" for text in TEXTS], **unit)
    assert embeddings.encode_queries(TEXTS) == pytest.approx(asked, abs=1e-6)


def test_prompts_can_be_given(folder: Path) -> None:
    """Many models name their prompts in their card only."""
    embeddings = load_embeddings(f"{folder}?query_prompt=水&passage_prompt=气")
    plain = load_embeddings(f"{folder}?query_prompt=")
    assert embeddings.encode_queries(["桥"]) == pytest.approx(plain.encode_queries(["水桥"]), abs=1e-6)
    assert embeddings.encode_documents(["桥"]) == pytest.approx(plain.encode_documents(["气桥"]), abs=1e-6)
    assert plain.encode_queries(["桥"]) == pytest.approx(plain.encode_documents(["桥"]), abs=1e-6)


def test_vectors_are_shortened_to_unit_length(folder: Path) -> None:
    whole, short = load_embeddings(str(folder)), load_embeddings(f"{folder}?dimension=4")
    assert isinstance(short, ShortenedEmbeddings)
    assert short.dimension == 4
    first = whole.encode_queries(TEXTS)[:, :4]
    assert short.encode_queries(TEXTS) == pytest.approx(
        first / np.linalg.norm(first, axis=1, keepdims=True), abs=1e-6
    )
    assert np.linalg.norm(short.encode_documents(TEXTS), axis=1) == pytest.approx(1.0)
    assert len(short.embed_query("水")) == 4


def test_the_embedded_model_can_be_shortened_too() -> None:
    assert load_embeddings(f"{EMBEDDED_MODEL}?dimension=64").embed_documents(["水"])[0] == pytest.approx(
        ShortenedEmbeddings(load_embeddings(str(EMBEDDED_MODEL)), 64).embed_documents(["水"])[0]
    )


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("{folder}?dimension=17", "模型的向量只有 16 维"),
        ("{embedded}?query_prompt=问", "只有 sentence-transformers 模型可以设置 backend 和 prompt"),
        ("fake:model?backend=onnx", "只有 sentence-transformers 模型可以设置 backend 和 prompt"),
    ],
)
def test_options_that_a_model_does_not_have(folder: Path, model: str, reason: str) -> None:
    with pytest.raises(BadModelName) as caught:
        load_embeddings(model.format(folder=folder, embedded=EMBEDDED_MODEL))
    assert caught.value.reason == reason


ROWS = np.zeros((len(VOCABULARY), 2), np.float32)
ROWS[VOCABULARY.index("水")] = [3, 0]
ROWS[VOCABULARY.index("气")] = [0, 1]
ROWS[VOCABULARY.index("问")] = [0, 4]


@pytest.mark.parametrize(
    ("pooling", "passages", "questions"),
    [
        ({"pooling_mode_mean_tokens": True}, [[1, 0], [0.9487, 0.3162]], [[0.6, 0.8], [0.5145, 0.8575]]),
        ({"pooling_mode_cls_token": True}, [[1, 0], [1, 0]], [[0, 1], [0, 1]]),
        ({"pooling_mode": "cls"}, [[1, 0], [1, 0]], [[0, 1], [0, 1]]),
    ],
)
def test_an_onnx_folder_is_served_without_torch(
    tmp_path: Path, pooling: dict[str, object], passages: list[list[float]], questions: list[list[float]]
) -> None:
    """The second text is longer: what fills up the first must not count."""
    embeddings = load_embeddings(f"{onnx_folder(tmp_path / 'm', ROWS, pooling=pooling)}?backend=onnx")
    assert isinstance(embeddings, OnnxEmbeddings)
    assert embeddings.dimension == 2
    assert embeddings.encode_documents(["水", "水气"]) == pytest.approx(np.array(passages), abs=1e-4)
    assert embeddings.encode_queries(["水", "水气"]) == pytest.approx(np.array(questions), abs=1e-4)
    assert embeddings.encode_queries([]).shape == (0, 2)


def test_an_onnx_folder_takes_the_prompts_given(tmp_path: Path) -> None:
    folder = onnx_folder(tmp_path / "m", ROWS, pooling={})
    embeddings = load_embeddings(f"{folder}?backend=onnx&query_prompt=&passage_prompt=气")
    assert embeddings.embed_query("水") == pytest.approx([1, 0])
    assert embeddings.embed_documents(["水"])[0] == pytest.approx([0.9487, 0.3162], abs=1e-4)


def test_what_onnx_lacks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = onnx_folder(tmp_path / "m", ROWS, pooling={})
    with pytest.raises(MissingModel, match="backend=onnx 需要一个本机文件夹"):
        load_embeddings("some/name?backend=onnx")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(MissingModel, match=r"ONNX 模型或 tokenizer\.json 无法读取"):
        load_embeddings(f"{folder}?backend=onnx")
    (folder / "onnx" / "model.onnx").unlink()
    with pytest.raises(MissingModel, match=r"文件夹中没有 onnx/model\.onnx"):
        load_embeddings(f"{folder}?backend=onnx")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingModel, match=r"pip install 'tiaowen\[onnx\]'"):
        load_embeddings(f"{folder}?backend=onnx")
