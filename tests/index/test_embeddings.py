"""The embedding models: the embedded format, sentence-transformers folders, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding, Embeddings
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from index.embeddings import NgramEmbeddings, ProviderEmbeddings, load_embeddings
from index.errors import MissingModel
from index.model_tokens import NgramVocabulary
from index.ngram_model import NgramConfig, NgramModel, PackedVectors, UnreadableModel
from index.settings import EMBEDDED_MODEL
from index.transformer_embeddings import SentenceTransformerEmbeddings

TEXTS = ["北湾市要求降低PM2.5年均浓度", "", "垃圾分类由谁负责？", "！？——", "垃圾 垃圾垃圾", "Ａ３５"]


def tiny_model(seed: int = 1, dimension: int = 8) -> NgramModel:
    """A random model over the characters and some n-grams of `TEXTS`."""
    vocabulary = NgramVocabulary.of(
        [*"北湾市要求降低年均浓度垃圾分类由谁负责pm2.5a3", "pm2.", "垃圾", "浓度", "要求降"]
    )
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((len(vocabulary), dimension)).astype(np.float32)
    weights = rng.uniform(0.5, 1.5, (2, len(vocabulary))).astype(np.float32)
    packed = PackedVectors.pack(vectors, weights[0], weights[1])
    return NgramModel(NgramConfig(dimension), vocabulary, packed)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny_model().save(tmp_path / "tiny")
    return tmp_path / "tiny"


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of somebody else: one vector a character, and a prompt for questions."""
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "水": 1, "气": 2, "问": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    weights = np.array([[0, 0], [1, 0], [0, 1], [0, 1]], dtype=np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=weights)],
        prompts={"query": "问", "document": ""},
    )
    folder = tmp_path_factory.mktemp("models") / "static"
    model.save(str(folder))
    return folder


def test_the_embedded_format_is_langchain_embeddings_of_unit_vectors(folder: Path) -> None:
    embeddings = load_embeddings(str(folder))
    assert isinstance(embeddings, NgramEmbeddings)
    assert isinstance(embeddings, Embeddings)
    assert embeddings.dimension == 8
    rows = embeddings.embed_documents(TEXTS)
    assert [round(float(np.linalg.norm(row)), 5) for row in rows] == [1, 0, 1, 0, 1, 1]
    assert embeddings.embed_query("垃圾") == pytest.approx(embeddings.encode_queries(["垃圾"])[0].tolist())
    assert embeddings.encode_documents([]).shape == (0, 8)


def test_questions_and_passages_have_weights_of_their_own(folder: Path) -> None:
    embeddings = load_embeddings(str(folder))
    question, passage = embeddings.encode_queries(["垃圾分类"]), embeddings.encode_documents(["垃圾分类"])
    assert not np.allclose(question, passage, atol=1e-3)


def test_a_vector_is_the_weighted_sum_of_its_tokens(folder: Path) -> None:
    """The slow twin: token by token, with the square root of the number of occurrences."""
    model = NgramModel.load(folder)
    ngrams = model.vocabulary.ngrams()
    rows = model.vectors.unscaled(np.arange(len(ngrams)))
    rows = rows * model.vectors.document_scale.astype(np.float32)[:, None]
    expected = sum(
        rows[ngrams.index(ngram)] * times**0.5 for ngram, times in {"垃": 3, "圾": 3, "垃圾": 3}.items()
    )
    found = model.encode_documents(["垃圾 垃圾垃圾"])[0]
    assert found == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)


def test_four_bits_keep_the_directions() -> None:
    rng = np.random.default_rng(3)
    vectors = rng.standard_normal((200, 64)).astype(np.float32) * rng.uniform(0.1, 9, (200, 1)).astype(
        np.float32
    )
    ones = np.ones(200, dtype=np.float32)
    packed = PackedVectors.pack(vectors, ones, ones)
    back = packed.unscaled(np.arange(200)) * packed.document_scale.astype(np.float32)[:, None]
    cosines = np.sum(back * vectors, axis=1) / np.linalg.norm(back, axis=1) / np.linalg.norm(vectors, axis=1)
    assert packed.codes.nbytes == 200 * 32
    assert cosines.min() > 0.98


def test_sentence_transformers_gives_the_same_vectors(folder: Path) -> None:
    model = SentenceTransformer(str(folder), trust_remote_code=True, device="cpu")
    embeddings = load_embeddings(str(folder))
    assert model.encode_document(TEXTS) == pytest.approx(embeddings.encode_documents(TEXTS), abs=1e-5)
    assert model.encode_query(TEXTS) == pytest.approx(embeddings.encode_queries(TEXTS), abs=1e-5)


def test_saving_by_sentence_transformers_keeps_the_vectors(folder: Path, tmp_path: Path) -> None:
    SentenceTransformer(str(folder), trust_remote_code=True, device="cpu").save(str(tmp_path / "again"))
    again, first = load_embeddings(str(tmp_path / "again")), load_embeddings(str(folder))
    assert isinstance(again, NgramEmbeddings)
    cosines = np.sum(again.encode_documents(TEXTS[:1]) * first.encode_documents(TEXTS[:1]), axis=1)
    assert cosines.min() > 0.99


def test_a_sentence_transformers_folder_is_used_with_its_prompts(static_folder: Path) -> None:
    embeddings = load_embeddings(str(static_folder))
    assert isinstance(embeddings, SentenceTransformerEmbeddings)
    assert embeddings.dimension == 2
    assert embeddings.embed_documents(["水", "气", "水气"]) == [
        [1, 0],
        [0, 1],
        pytest.approx([0.70711, 0.70711], abs=1e-5),
    ]
    # 问水: the prompt adds (0, 1), and the mean of both is normalised.
    assert embeddings.embed_query("水") == pytest.approx([0.70711, 0.70711], abs=1e-5)
    assert embeddings.encode_queries([]).shape == (0, 2)


def test_a_provider_is_wrapped_and_normalised() -> None:
    embeddings = ProviderEmbeddings(DeterministicFakeEmbedding(size=5))
    assert embeddings.dimension == 5
    assert np.linalg.norm(embeddings.encode_queries(["水", "气"]), axis=1) == pytest.approx([1, 1])
    assert embeddings.encode_documents([]).shape == (0, 5)


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        ("/no/such/folder", "没有这个文件夹"),
        ("./missing", "没有这个文件夹"),
        ("", "没有这个文件夹"),
        ("nobody/no-such-model", "本机没有，且不联网下载"),
        ("noprovider:model", "模型提供方不可用、未安装或未设置密钥"),
    ],
)
def test_a_missing_model_is_one_sentence_that_says_what_to_do(
    model: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(MissingModel) as caught:
        load_embeddings(model)
    assert str(caught.value) == (
        f"找不到向量模型“{model}”（{reason}）：请检查 TIAOWEN_MODEL，"
        "或先把模型下载到本机文件夹；不设置 TIAOWEN_MODEL 则使用自带模型。"
    )


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no model", encoding="utf-8")
    with pytest.raises(MissingModel, match="文件夹中没有可读取的"):
        load_embeddings(str(tmp_path))


def test_damaged_weights_are_refused(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(UnreadableModel, match=r"model\.safetensors 缺失或损坏"):
        load_embeddings(str(folder))
    weights.unlink()
    with pytest.raises(UnreadableModel, match=r"model\.safetensors 缺失或损坏"):
        load_embeddings(str(folder))


def test_a_config_that_does_not_fit_is_refused(folder: Path) -> None:
    config = folder / "config.json"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('"tokens_version": 1', '"tokens_version": 2'), encoding="utf-8")
    with pytest.raises(UnreadableModel, match="格式版本"):
        load_embeddings(str(folder))
    config.write_text(text.replace('"dimension": 8', '"dimension": 16'), encoding="utf-8")
    with pytest.raises(UnreadableModel, match=r"与 config\.json 不符"):
        load_embeddings(str(folder))


PASSAGES = [
    "到计划期末，北湾市细颗粒物（PM2.5）年均浓度控制在每立方米三十微克以下，空气优良天数不少于三百天。",
    "各街道设立生活垃圾分类投放点，由物业服务企业负责日常保洁和引导。",
    "义务教育学校课后服务每周不少于五天，收费项目由区教育局公示。",
    "企业职工领取失业补助，可在户籍地或参保地的人力资源和社会保障部门办理。",
    "城市河道两岸划定生态缓冲带，禁止新建排污口，水质达到地表水三类标准。",
]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("雾霾要治到什么程度", 0),
        ("小区扔垃圾的地方谁来管", 1),
        ("放学以后孩子能留在学校吗", 2),
        ("丢了工作去哪里领钱", 3),
        ("往河里排污水有没有限制", 4),
    ],
)
def test_the_shipped_model_finds_the_official_words_for_lay_ones(question: str, place: int) -> None:
    embeddings = load_embeddings(str(EMBEDDED_MODEL))
    scores = embeddings.encode_documents(PASSAGES) @ embeddings.encode_queries([question])[0]
    assert int(np.argmax(scores)) == place


def test_the_shipped_model_is_small() -> None:
    assert sum(path.stat().st_size for path in EMBEDDED_MODEL.rglob("*") if path.is_file()) <= 30_000_000


def test_the_shipped_model_is_what_sentence_transformers_reads() -> None:
    model = SentenceTransformer(str(EMBEDDED_MODEL), trust_remote_code=True, device="cpu")
    embeddings = load_embeddings(str(EMBEDDED_MODEL))
    assert model.encode_document(PASSAGES) == pytest.approx(embeddings.encode_documents(PASSAGES), abs=1e-5)


def test_serving_the_shipped_model_imports_no_torch() -> None:
    program = (
        "import sys\n"
        "from index.embeddings import load_embeddings\n"
        "from index.settings import EMBEDDED_MODEL\n"
        "print(len(load_embeddings(str(EMBEDDED_MODEL)).embed_query('雾霾')))\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'jieba'} & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ
    )
    assert run.stdout == "256\n[]\n"


def test_the_model_card_says_what_was_measured() -> None:
    card = (EMBEDDED_MODEL / "README.md").read_text(encoding="utf-8")
    manifest = json.loads((EMBEDDED_MODEL / "training.json").read_text(encoding="utf-8"))
    for task, runs in manifest["figures"].items():
        for run, label in {"model": "this model", "bm25-jieba": "BM25, jieba words (tantivy)"}.items():
            numbers = [f"{runs[run][name]:.3f}" for name in ("nDCG@10", "MRR@10", "R@1", "R@10", "R@100")]
            assert f"| {task} (n={runs[run]['n']:.0f}) | {label} | {' | '.join(numbers)} |" in card
