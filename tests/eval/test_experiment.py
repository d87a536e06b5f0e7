"""Configurations over small benchmarks, through the product's own index: what rows and files hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.configuration import Configuration, Splitter, Target, Through
from eval.errors import EvalError
from eval.experiment import load, measure, run_name, target_name, without_texts
from eval.machine import Revision
from eval.results import ClauseText, Row, RunResult
from index.reranker import CrossEncoderReranker
from index.settings import Settings

from .conftest import WaterAndDogs

AT = Revision("abc123", changed=True)
BM25 = Configuration("bm25", model="none", lexical=("words",), through=Through.RETRIEVER)
CHUNKS = Configuration("chunks", splitter=Splitter.LANGCHAIN, chunk_size=20, chunk_overlap=0)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home of its own and a fake model: no real one is loaded."""
    monkeypatch.setattr("index.embeddings.load_embeddings", lambda _: WaterAndDogs())
    return Settings(home=tmp_path / "home", model="fake")


def over_documents(beir: Path, settings: Settings, configuration: Configuration) -> RunResult:
    return measure(Target(beir=beir, split="dev"), configuration, settings, AT)[0]


def over_clauses(bench: Path, settings: Settings, configuration: Configuration) -> RunResult:
    return measure(Target(bench=bench), configuration, settings, AT)[0]


def test_a_beir_run_has_a_row_for_each_judged_query(beir: Path, settings: Settings) -> None:
    found, run = measure(Target(beir=beir, split="dev"), Configuration("product"), settings, AT)
    assert (found.name, found.benchmark.name, found.benchmark.questions) == (
        "beir-dev-product",
        "beir-dev",
        2,
    )
    first, second = found.rows
    assert (first.id, first.question, first.evidence, first.retrieved[0]) == (
        "q1",
        "水费怎么收",
        ("d1",),
        "d1",
    )
    assert first.values["nDCG@10"] == 1.0
    assert second.evidence == ("d3", "d4")
    assert found.clauses["d1"] == ClauseText("云湖市供水办法 第一条", "d1", "自来水每立方米收费三元。")
    assert list(run) == ["q1", "q2"]
    assert (found.provenance.model, found.provenance.revision) == ("fake", AT)
    assert found.cost.index_bytes > 0
    assert found.cost.peak_memory > 1_000_000
    assert found.cost.index_cached is False
    assert over_documents(beir, settings, Configuration("again")).cost.index_cached is True


def test_each_way_of_cutting_has_an_index_of_its_own(beir: Path, settings: Settings) -> None:
    """A kept index of other fields would answer for fields that it does not have."""
    words = over_documents(beir, settings, BM25)
    bigrams = over_documents(
        beir, settings, Configuration("b", model="none", lexical=("bigrams",), through=Through.RETRIEVER)
    )
    assert (words.cost.index_cached, bigrams.cost.index_cached) == (False, False)
    assert over_documents(beir, settings, BM25).cost.index_cached is True
    # 养狗 is no neighbouring pair of the documents (养犬), 手续 neither: the pairs find nothing
    assert [row.retrieved for row in bigrams.rows][1] == ()
    assert words.provenance.model == "none"


def test_a_dense_run_finds_by_vectors_alone(beir: Path, settings: Settings) -> None:
    found = over_documents(beir, settings, Configuration("dense", lexical=(), through=Through.RETRIEVER))
    assert found.rows[0].retrieved[0] == "d1"  # 水 and 费 are counted
    assert found.rows[1].retrieved == ()  # nothing that is counted stands in the question


def test_chunks_of_documents_count_for_their_document(beir: Path, settings: Settings) -> None:
    found = over_documents(beir, settings, CHUNKS)
    assert {key for row in found.rows for key in row.retrieved} <= {"d1", "d2", "d3", "d4"}
    assert found.cost.index_bytes == 0
    assert not settings.home.exists()


def test_answers_are_scored_with_their_address(bench: Path, settings: Settings) -> None:
    found = over_clauses(bench, settings, Configuration("product"))
    assert [row.id for row in found.rows] == ["w1", "w2", "w3"]
    first = found.rows[0]
    assert first.question == "2030年用水量多少？"
    assert first.evidence == ("plan#一（一）",)
    assert first.values["address_exact"] == float(first.values["cite_f1"] == 1.0)
    assert first.values["must"] == 1.0
    assert first.right is (first.values["cite_r"] > 0)
    assert first.confidence is not None
    assert 0 < first.confidence <= 1
    assert found.rows[1].question == "节水有哪些指标？\n分别多少？"
    assert set(found.rows[2].values) == {"abstain_right"}
    assert found.figures["ALL"]["must"].n == 2
    assert found.clauses["plan#一（一）"].cite == "一（一）"


def test_the_retriever_alone_answers_nothing(bench: Path, settings: Settings) -> None:
    found = over_clauses(bench, settings, BM25)
    assert [row.id for row in found.rows] == ["w1", "w2"]  # nothing is there to be found for w3
    assert set(found.rows[0].values) == {"hit@1", "recall@5", "recall@10", "mrr@10", "ndcg@10"}
    assert {(row.right, row.confidence) for row in found.rows} == {(None, None)}
    assert found.rows[0].values["recall@5"] == 1.0


def test_what_was_found_of_clauses_is_a_run_too(bench: Path, settings: Settings) -> None:
    """The keys are those of the evidence, so that other programs can score it."""
    found, run = measure(Target(bench=bench), BM25, settings, AT)
    assert list(run) == ["w1", "w2"]
    assert [result.document for result in run["w1"]][: len(found.rows[0].retrieved)] == list(
        found.rows[0].retrieved
    )
    assert "plan#一（一）" in {result.document for result in run["w1"]}
    assert run["w1"][0].score == 1.0


def test_a_chunk_counts_where_it_holds_the_quote(bench: Path, settings: Settings) -> None:
    """The quote is broken by a line end in the notice, which does not count."""
    whole = Configuration("c", splitter=Splitter.LANGCHAIN, chunk_size=500)
    found = over_clauses(bench, settings, whole)
    assert [row.values["hit@1"] for row in found.rows] == [1.0, 1.0]
    assert found.rows[0].retrieved[0].startswith("plan#0-")


def test_without_texts_nothing_of_the_benchmark_is_left(bench: Path, settings: Settings) -> None:
    found = without_texts(over_clauses(bench, settings, Configuration("product")))
    assert found.clauses == {}
    assert {(row.question, row.answer, row.misses) for row in found.rows} == {("", "", ())}
    assert found.rows[0].values


def test_names_say_benchmark_split_limit_and_configuration(tmp_path: Path) -> None:
    beir, bench = Target(beir=tmp_path / "stard", split="dev"), Target(bench=tmp_path / "a b")
    assert target_name(beir) == "stard-dev"
    assert run_name(beir, BM25, 50) == "stard-dev-first50-bm25"
    assert target_name(bench) == "a_b"
    with pytest.raises(EvalError, match="没有指定评测数据"):
        target_name(Target())


def test_a_limit_takes_the_first_questions(bench: Path, beir: Path) -> None:
    assert load(Target(bench=bench), 2).questions[-1].id == "w2"  # type: ignore[union-attr]
    assert [query.id for query in load(Target(beir=beir, split="dev"), 1).queries] == ["q1"]  # type: ignore[union-attr]


def test_rows_do_not_share_what_the_search_returned(beir: Path, settings: Settings) -> None:
    one, other = (over_documents(beir, settings, BM25) for _ in range(2))
    assert one.rows == other.rows
    assert isinstance(one.rows[0], Row)


def test_a_reranker_of_the_configuration_has_the_last_word(
    beir: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is loaded by its name, and asked once for each query (and once more before the clock starts)."""
    asked: list[str] = []

    class Last:
        """Turns the order round."""

        def scores(self, question: str, passages: Sequence[str]) -> list[float]:
            asked.append(question)
            return [float(place) for place, _ in enumerate(passages)]

    named: list[str] = []
    monkeypatch.setattr(CrossEncoderReranker, "load", lambda name: named.append(name) or Last())
    plain = over_documents(beir, settings, Configuration("plain", through=Through.RETRIEVER))
    assert asked == []
    turned = over_documents(beir, settings, Configuration("t", reranker="some", through=Through.RETRIEVER))
    assert named == ["some"]
    assert asked == ["水费怎么收", "水费怎么收", "养狗要办什么手续"]
    assert [row.retrieved for row in turned.rows] == [row.retrieved[::-1] for row in plain.rows]
    with_one = replace(settings, reranker="some")
    off = over_documents(beir, with_one, Configuration("off", reranker="none", through=Through.RETRIEVER))
    assert [row.retrieved for row in off.rows] == [row.retrieved for row in plain.rows]
