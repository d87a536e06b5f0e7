"""Training of the embedded model, on invented pairs: what is held out, what a batch holds, that it learns."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from index import training
from index.embeddings import load_embeddings
from index.model_tokens import NgramVocabulary
from index.ngram_model import NgramConfig, NgramModel, PackedVectors
from index.training import Stage, TrainingSettings, app, train_model
from index.training_corpus import Corpus
from index.training_data import InputFile, Pair, read_training_data
from index.training_measure import Task, beir_task, measure_bm25, measure_encoder
from index.training_negatives import MiningSettings, mine_negatives
from index.training_vocabulary import choose_vocabulary

THINGS = ["路灯", "公厕", "菜场", "公园", "河道", "学校", "车站", "水表", "电梯", "桥梁"]
TASKS = [("修", "维护养护"), ("管", "监督管理"), ("盖", "规划建设"), ("查", "执法检查"), ("拆", "征收拆除")]
SMALL = TrainingSettings(
    dimension=16,
    short_dimension=8,
    vocabulary_size=400,
    all_pairs=Stage(epochs=4, batch=16, learning_rate=0.05),
    questions=Stage(epochs=1, batch=16, learning_rate=0.01, negatives=1),
    mining=MiningSettings(first=1, last=10, kept=5),
    threads=1,
)


def write_pairs(folder: Path, name: str, rows: list[tuple[str, str]]) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.jsonl.gz"
    lines = [
        json.dumps({"anchor": anchor, "positive": positive}, ensure_ascii=False) for anchor, positive in rows
    ]
    path.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two questions for each of fifty invented clauses, and their headings."""
    clauses = {
        (thing, lay): f"{thing}的{official}由主管部门负责。" for thing in THINGS for lay, official in TASKS
    }
    lay = [(f"{thing}谁来{verb}", text) for (thing, verb), text in clauses.items()]
    staff = [(f"哪家单位{verb}{thing}", text) for (thing, verb), text in clauses.items()]
    write_pairs(tmp_path / "pairs", "lay_notices", [*lay, *staff])
    write_pairs(tmp_path / "pairs", "notice_heading_body", [(text[:6], text) for text in clauses.values()])
    return tmp_path / "pairs"


def pair(anchor: str, positive: str) -> Pair:
    return Pair(anchor, positive, "lay_notices")


def test_lay_questions_are_held_out_by_clause(folder: Path) -> None:
    data = read_training_data(folder, held_out_percent=30, longest=400)
    held, trained = (
        {p.positive for p in pairs if p.source == "lay_notices"} for pairs in (data.held_out, data.pairs)
    )
    assert 5 < len(held) < 25
    assert held.isdisjoint(trained)
    assert len(data.held_out) == 2 * len(held)
    assert len(data.pairs) + len(data.held_out) == 150
    assert {p.source for p in data.held_out} == {"lay_notices"}


def test_the_manifest_names_each_file_by_its_hash(tmp_path: Path) -> None:
    path = write_pairs(tmp_path, "stard_train", [("问题", "条文"), ("又一问", "又一条")])
    data = read_training_data(tmp_path, held_out_percent=10, longest=2)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert data.manifest == (InputFile("stard_train.jsonl.gz", digest, 2, 4, "STARD, MIT"),)
    assert data.pairs == (Pair("问题", "条文", "stard_train"), Pair("又一", "又一", "stard_train"))


def test_a_lexicon_gives_pairs_that_are_never_held_out(tmp_path: Path) -> None:
    lexicon = tmp_path / "terms.tsv"
    lexicon.write_text("lay\tofficial\tfield\tkind\n雾霾\t细颗粒物|PM2.5\tair\tsynonym\n", encoding="utf-8")
    data = read_training_data(tmp_path, held_out_percent=100, longest=400, lexicon=lexicon)
    assert data.pairs == (Pair("雾霾", "细颗粒物 PM2.5", "lay_terms"),)
    assert data.held_out == ()


def test_a_folder_without_pairs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no training pairs"):
        read_training_data(tmp_path, held_out_percent=10, longest=400)


def test_the_vocabulary_takes_what_is_common_and_what_jieba_calls_a_word() -> None:
    texts = ["垃圾分类，PM2.5达标"] * 3 + ["稀客"]
    assert set(choose_vocabulary({1: texts}, size=1000).ngrams()) == {
        *"垃圾分类pm2.5达标",
        *["垃圾", "圾分", "分类", "pm", "m2", "2.", ".5", "5达", "达标"],
        *["pm2", "m2.", "2.5", ".5达", "5达标"],
        *["pm2.", "m2.5", "2.5达", ".5达标"],
    }
    # 垃圾 counts 3 + 2 × 5; the characters always stay.
    small = choose_vocabulary({1: texts, 5: ["垃圾"] * 2}, size=12)
    assert [ngram for ngram in small.ngrams() if len(ngram) > 1] == ["垃圾"]


def test_no_text_occurs_twice_in_a_batch() -> None:
    vocabulary = NgramVocabulary.of(list("甲乙丙丁戊己"))
    corpus = Corpus.of(
        [pair("甲", "乙"), pair("丙", "乙"), pair("甲", "丁"), pair("戊", "己")], vocabulary, power=1.0
    )
    assert corpus.texts == ("甲", "乙", "丙", "丁", "戊", "己")
    batches = corpus.batches(np.arange(4), 2, np.random.default_rng(1))
    assert sorted(place for batch in batches for place in batch.tolist()) == [0, 1, 2, 3]
    for batch in batches:
        texts = corpus.pairs[batch].ravel().tolist()
        assert len(texts) == len(set(texts))


def test_hard_negatives_are_near_and_never_right() -> None:
    vocabulary = NgramVocabulary.of(list("甲乙丙丁戊"))
    ones = np.ones(5, dtype=np.float32)
    packed = PackedVectors.pack(np.eye(5, 6, dtype=np.float32), ones, ones)
    model = NgramModel(NgramConfig(6, count_power=1.0), vocabulary, packed)
    pairs = [pair("甲乙", "甲丙"), pair("甲乙", "乙丁"), pair("戊", "甲丁"), pair("丁", "丁丙")]
    corpus = Corpus.of(pairs, vocabulary, power=1.0)
    settings = MiningSettings(first=0, last=3, kept=2, too_similar=1.1)
    mined = mine_negatives(model, corpus, settings, np.random.default_rng(1))
    texts = {place: [corpus.texts[text] for text in found] for place, found in mined.items()}
    assert texts[0] == ["甲丁"]
    assert texts[1] == ["甲丁"]
    assert set(texts) == {0, 1, 2, 3}
    assert all(corpus.pairs[place, 1] not in found for place, found in mined.items())


def test_training_teaches_lay_words(folder: Path) -> None:
    data = read_training_data(folder, held_out_percent=0, longest=400)
    lines: list[str] = []
    untrained = dataclasses.replace(
        SMALL, all_pairs=Stage(0, 16, 0.1), questions=Stage(0, 16, 0.1)
    )  # fmt: skip
    task = Task(
        "lay",
        tuple(dict.fromkeys(p.positive for p in data.pairs)),
        tuple(p.anchor for p in data.pairs[:100]),
        tuple(frozenset({at % 50}) for at in range(100)),
    )
    before = measure_encoder(train_model(data, untrained, report=lines.append).packed(), task)
    after = measure_encoder(train_model(data, SMALL, report=lines.append).packed(), task)
    assert before["R@1"] < 0.5
    assert after["R@1"] > 0.9
    assert any(line.startswith("step 1/") for line in lines)


def test_the_same_seed_gives_the_same_weights(folder: Path) -> None:
    data = read_training_data(folder, held_out_percent=10, longest=400)
    one, two = (train_model(data, SMALL, report=lambda _: None).packed() for _ in range(2))
    assert np.array_equal(one.vectors.codes, two.vectors.codes)
    assert np.array_equal(one.vectors.query_scale, two.vectors.query_scale)


def test_the_command_writes_a_model_that_loads(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "TrainingSettings", lambda: SMALL)
    into, terms = tmp_path / "model", tmp_path / "lay_terms.tsv"
    terms.write_text("lay\tofficial\n灯\t路灯\n", encoding="utf-8")
    result = CliRunner().invoke(
        app, ["train", "--data", str(folder), "--into", str(into), "--lexicon", str(terms)]
    )
    assert result.exit_code == 0, result.output
    assert load_embeddings(str(into)).dimension == 16
    manifest = json.loads((into / "training.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["vocabulary_size"] == 400
    assert [file["name"] for file in manifest["data"]] == [
        "lay_notices.jsonl.gz",
        "lay_terms.tsv",
        "notice_heading_body.jsonl.gz",
    ]
    assert set(manifest["figures"]["held-out lay questions"]) == {"model", "bm25-jieba"}


class OneHot:
    """Texts are letters; a letter's vector is its own axis."""

    def encode_documents(self, texts: list[str]) -> np.ndarray:
        return np.eye(26, dtype=np.float32)[[ord(text) - ord("a") for text in texts]]

    encode_queries = encode_documents


def test_figures_of_a_known_run() -> None:
    passages = tuple("abcdefghijklm")
    # m: all others tie at 0 and keep their order, so l is twelfth behind m.
    task = Task("t", passages, ("a", "m"), (frozenset({0, 1}), frozenset({10, 11})))
    figures = measure_encoder(OneHot(), task)
    assert figures == {
        "n": 2,
        "nDCG@10": 0.5,
        "MRR@10": 0.5,
        "R@1": 0.25,
        "R@10": 0.5,
        "R@100": 1.0,
    }


def test_bm25_finds_shared_words_and_nothing_without_them() -> None:
    passages = ("路灯由城管局维护", "公园由园林局维护", "河道清淤")
    task = Task("t", passages, ("公园归谁维护", "雾霾"), (frozenset({1}), frozenset({2})))
    assert measure_bm25(task)["R@1"] == 0.5


def test_a_beir_folder(tmp_path: Path) -> None:
    corpus = [
        {"_id": "x", "title": "甲法 第一条", "text": "内容"},
        {"_id": "y", "title": "乙法", "text": "其他"},
    ]
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, corpus)).encode()))
    queries = [{"_id": "1", "text": "问一"}, {"_id": "2", "text": "问二"}, {"_id": "3", "text": "未评"}]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "dev.tsv").write_text(
        "query-id\tcorpus-id\tscore\n1\ty\t1\n2\tx\t1\n1\tx\t0\n", "utf-8"
    )
    task = beir_task(tmp_path, "dev")
    assert task.passages == ("甲法 第一条：内容", "乙法：其他")
    assert task.questions == ("问一", "问二")
    assert task.relevant == (frozenset({1}), frozenset({0}))
