"""BEIR corpora in the product's own index: what is found, and when an index is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval import beir_index
from eval.beir import BeirBenchmark, read_beir
from eval.beir_index import cache_key, open_beir_index
from eval.beir_notices import document_id
from eval.retrieval import IndexUsed, evaluate
from index.settings import Settings

from .conftest import CORPUS, WaterAndDogs, write_jsonl


@pytest.fixture
def small(beir: Path) -> BeirBenchmark:
    return read_beir(beir, "dev")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home of its own, and a model that is never loaded because the tests hand in a fake one."""
    return Settings(home=tmp_path / "home", model="fake")


def test_documents_are_found_under_their_ids_with_their_titles_indexed(
    small: BeirBenchmark, settings: Settings
) -> None:
    fake = WaterAndDogs()
    used, search = open_beir_index(small, settings, embeddings=fake)
    assert (used.model, used.cached) == ("fake", False)
    assert sorted(fake.embedded) == sorted(f"{row['title']}\n{row['text']}" for row in CORPUS)
    assert document_id(search("携犬出门要用犬绳吗", 4)[0].clause) == "d4"
    hit = search("停水提前多久告知", 1)[0]
    assert (document_id(hit.clause), hit.notice.card.title) == ("d2", "云湖市供水办法 第二条")
    assert len(search("云湖市的犬", 3)) == 3


def test_a_run_over_the_index_is_measured(small: BeirBenchmark, settings: Settings) -> None:
    used, search = open_beir_index(small, settings, embeddings=WaterAndDogs())
    report = evaluate(small, search, used)
    assert list(report.run) == ["q1", "q2"]
    assert report.run["q1"][0].document == "d1"
    assert report.figures.means["R@100"] == 1.0
    assert report.figures.n == 2
    assert report.remarks == ()
    line = report.as_json()
    assert (line["benchmark"], line["split"], line["n"], line["corpus"]) == ("beir", "dev", 2, 4)
    assert (line["model"], line["index_cached"], line["MRR@10"]) == (
        "fake",
        False,
        report.figures.means["MRR@10"],
    )
    assert set(line["query_ms"]) == {"p50", "p90", "p99"}


def test_an_index_is_kept_and_gives_the_same(small: BeirBenchmark, settings: Settings) -> None:
    first, search = open_beir_index(small, settings, embeddings=WaterAndDogs())
    fake = WaterAndDogs()
    again, search_again = open_beir_index(small, settings, embeddings=fake)
    assert again == IndexUsed("fake", first.seconds, cached=True)
    assert fake.embedded == []
    assert search_again("水费怎么收", 4) == search("水费怎么收", 4)


def test_it_is_made_anew_when_asked_or_when_it_was_not_finished(
    small: BeirBenchmark, settings: Settings
) -> None:
    open_beir_index(small, settings, embeddings=WaterAndDogs())
    fake = WaterAndDogs()
    used, _ = open_beir_index(small, settings, embeddings=fake, rebuild=True)
    assert (used.cached, len(fake.embedded)) == (False, 4)
    (marker,) = settings.home.rglob("finished.json")
    marker.unlink()
    used, search = open_beir_index(small, settings, embeddings=WaterAndDogs())
    assert used.cached is False
    assert len(search("云湖市", 10)) == 4


def test_another_corpus_or_model_has_another_index(
    beir: Path, small: BeirBenchmark, settings: Settings
) -> None:
    open_beir_index(small, settings, embeddings=WaterAndDogs())
    write_jsonl(beir / "corpus.jsonl", CORPUS[:3])
    used, search = open_beir_index(read_beir(beir, "dev"), settings, embeddings=WaterAndDogs())
    assert used.cached is False
    assert len(search("云湖市", 10)) == 3
    assert cache_key("corpus", "model a") != cache_key("corpus", "model b")


def test_a_change_of_the_code_that_writes_an_index_gives_it_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures of a new program must not come from an index of the old one; searching code may change."""
    room = tmp_path / "index"
    room.mkdir()
    for name in ("__init__.py", "passage.py", "search.py"):
        (room / name).write_text("")
    monkeypatch.setattr(beir_index.index, "__file__", str(room / "__init__.py"))
    before = cache_key("corpus", "model")
    (room / "search.py").write_text("# changed")
    assert cache_key("corpus", "model") == before
    (room / "passage.py").write_text("# changed")
    assert cache_key("corpus", "model") != before


def test_an_index_that_another_state_of_the_program_made_is_removed(
    small: BeirBenchmark, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is as large as the corpus; those of other models and corpora stay."""
    other_model = replace(settings, model="other")
    open_beir_index(small, settings, embeddings=WaterAndDogs())
    open_beir_index(small, other_model, embeddings=WaterAndDogs())
    before = {path.name for path in (settings.home / "beir").iterdir()}
    monkeypatch.setattr(beir_index, "FORMAT", -1)
    used, _ = open_beir_index(small, settings, embeddings=WaterAndDogs())
    after = {path.name for path in (settings.home / "beir").iterdir()}
    assert used.cached is False
    assert (len(before), len(after), len(before & after)) == (2, 2, 1)
    monkeypatch.undo()
    assert open_beir_index(small, other_model, embeddings=WaterAndDogs())[0].cached is True


def test_progress_is_told_in_few_sentences(small: BeirBenchmark, settings: Settings) -> None:
    told: list[str] = []
    open_beir_index(small, settings, talk=told.append, embeddings=WaterAndDogs())
    assert told[0].startswith("正在为 4 篇文档建索引")
    assert told[1:] == ["已计算向量 4/4"]


def test_what_must_be_said_beside_the_figures_is_said(beir: Path, settings: Settings) -> None:
    (beir / "qrels" / "gaps.tsv").write_text("q1\td1\t1\nq8\td2\t1\nq1\td9\t1\n", encoding="utf-8")
    gaps = read_beir(beir, "gaps")
    used, search = open_beir_index(gaps, settings, embeddings=WaterAndDogs())
    report = evaluate(gaps, search, used)
    assert report.remarks == (
        "有 1 个已标注的查询没有问题文本，按 0 分计。",
        "有 1 篇已标注的文档不在语料中，按未找到计。",
    )
    assert report.figures.by_query["q8"]["nDCG@10"] == 0.0
    assert report.figures.means["R@100"] == 0.25  # half of q1's documents, nothing of q8
    assert report.as_text().endswith("注意：有 1 篇已标注的文档不在语料中，按未找到计。")
