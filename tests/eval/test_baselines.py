"""Ways of cutting, the systems that configurations make, and chunks by length."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import chunk_baseline
from eval.chunk_baseline import Chunk, check_installed, chunks_of, searching
from eval.configuration import Configuration, Fusion
from eval.errors import EvalError
from eval.lexical_fields import bigrams, lexical_fields
from eval.systems import NoVectors, System, bare, fuse_of, with_official_words
from index.lexical import FIELDS
from index.lexicon import load_lexicon
from index.settings import Settings
from ingest import read_notice


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("供水办法", ["供水", "水办", "办法"]),
        ("到2030年", ["到2030", "2030年"]),
        ("水", ["水"]),
        ("，。", []),
        ("", []),
    ],
)
def test_bigrams(text: str, expected: list[str]) -> None:
    assert bigrams(text) == expected


def test_lexical_fields_hold_within_and_are_put_back_even_after_a_failure() -> None:
    before = list(FIELDS)
    with lexical_fields(["bigrams"]):
        assert list(FIELDS) == ["bigrams"]
    with pytest.raises(RuntimeError), lexical_fields([]):
        raise RuntimeError
    assert list(FIELDS) == before == ["words", "characters"]


def test_a_system_without_a_model_has_no_vectors(tmp_path: Path) -> None:
    settings = Settings(tmp_path, model="given")
    none = System.of(Configuration("x", model="none"), settings)
    assert (none.settings.model, isinstance(none.embeddings, NoVectors)) == ("none", True)
    assert System.of(Configuration("x", model="other"), settings).settings.model == "other"
    assert System.of(Configuration("x"), settings).settings.model == "given"


def test_fusion_is_what_the_configuration_says() -> None:
    lexical, dense = {1: 9.0, 2: 1.0}, {2: 0.9, 3: 0.1}
    weighted = fuse_of(Configuration("x", fusion=Fusion.WEIGHTED, weight=0.25))
    ranked = fuse_of(Configuration("x", fusion=Fusion.RRF, rrf_k=1))
    assert fuse_of(Configuration("x")) is None
    assert weighted is not None
    assert ranked is not None
    assert weighted(lexical, dense) == {1: 0.75, 2: 0.25, 3: 0.0}
    assert ranked(lexical, dense) == {
        2: pytest.approx(1 / 3 + 1 / 2),
        1: 1 / 2,
        3: 1 / 3,
    }


def test_official_words_follow_the_question_once() -> None:
    """Whatever the first synonym of the lexicon is; its lay term stands twice in the question."""
    entries = load_lexicon()._entries.values()
    entry = next(e for e in entries if e.kind == "synonym" and e.official[0] not in e.lay)
    question = f"{entry.lay}，{entry.lay}"
    assert with_official_words(question) == f"{question} {entry.official[0]}"
    assert with_official_words("xyz") == "xyz"


def test_a_bare_notice_has_no_context(bench: Path) -> None:
    notice = bare(read_notice(bench / "notices" / "plan.txt"))
    assert notice.card.title == ""
    assert {(clause.headings, clause.heading) for clause in notice.clauses} == {((), None)}


def test_chunks_are_cut_after_stops_and_know_their_place() -> None:
    text = "第一句话。第二句话。第三句话。"
    chunks = chunks_of([("plan", text)], size=10, overlap=0)
    assert chunks == [Chunk("plan", "第一句话。第二句话。", 0, 10), Chunk("plan", "第三句话。", 10, 15)]
    assert all(text[chunk.start : chunk.end] == chunk.text for chunk in chunks)


def test_chunks_overlap_as_asked() -> None:
    first, second = chunks_of([("plan", "一二三四五。六七八九十。甲乙丙丁戊。")], size=12, overlap=6)
    assert (first.text, second.text) == ("一二三四五。六七八九十。", "六七八九十。甲乙丙丁戊。")


def test_chunks_are_ranked_by_bm25_and_strangers_are_not_found() -> None:
    texts = ["停水应当告知用户", "养犬应当登记", "水费按月收取", "树木应当保护"]
    chunks = [Chunk("x", text, 0, len(text)) for text in texts]
    search = searching(chunks)
    assert [chunk.text for chunk, _ in search("养犬登记", 3)] == ["养犬应当登记"]
    assert search("无关", 3) == []
    assert len(search("应当", 2)) <= 2


def test_a_plain_installation_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunk_baseline, "find_spec", lambda _: None)
    with pytest.raises(EvalError, match=r"pip install 'tiaowen\[eval\]'"):
        check_installed()
