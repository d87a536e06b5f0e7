"""Why each retrieved clause was found."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.explanation import EntryMatch, explain
from assistant.explanation_lines import explanation_line, explanation_words
from assistant.types import Answer
from index.matching import MatchedWord
from tests.assistant.sample import MemorySource


@pytest.fixture
def answer() -> Answer:
    return Assistant(MemorySource()).ask(["青岚市河道保洁外包率不高于多少"])


def test_every_retrieved_clause_is_explained_in_order(answer: Answer) -> None:
    explained = explain(answer)
    assert [e.hit for e in explained] == list(answer.retrieved)
    assert [e.rank for e in explained] == list(range(1, len(answer.retrieved) + 1))
    assert [e.marker for e in explained][:2] == [1, None]


def test_the_words_are_those_that_question_and_clause_share(answer: Answer) -> None:
    first = explain(answer)[0]
    assert first.hit.clause.cite == "一（一）"
    assert MatchedWord("河道", ("正文",)) in first.words
    assert all(match.word not in {"多少", "的"} for match in first.words)


def test_the_reasons_add_up_to_what_the_order_is_by(answer: Answer) -> None:
    totals = [sum(sign.value for sign in e.signs) for e in explain(answer)]
    assert totals == sorted(totals, reverse=True)
    assert len(totals) > 2
    assert totals[0] > 1.0


def test_a_lexicon_entry_is_told_with_the_form_that_the_clause_has() -> None:
    answer = Assistant(MemorySource()).ask(["青岚市河湖水质优良率要到多少"])
    entries = {entry for e in explain(answer) for entry in e.entries}
    assert all(isinstance(entry, EntryMatch) and entry.official for entry in entries)


def test_a_clause_taken_by_its_address_was_not_searched() -> None:
    answer = Assistant(MemorySource()).ask(["青岚市方案附件1第2项是什么"])
    first = explain(answer)[0]
    assert first.hit.clause.cite == "附件1#2"
    assert dict(explanation_words(first))["检索"] == "按位置或责任单位直接取得，没有经过检索"
    assert explanation_line(first)["reasons"] == []


def test_only_what_is_cited_can_be_explained(answer: Answer) -> None:
    assert [e.marker for e in explain(answer, cited_only=True)] == [1]
    assert explain(answer, cited_only=True)[0] == explain(answer)[0]


def test_a_program_reads_scores_words_lexicon_and_reasons(answer: Answer) -> None:
    line = explanation_line(explain(answer)[0])
    assert list(line) == ["scores", "ranks", "words", "lexicon", "reasons"]
    assert line["scores"]["lexical"] is None  # the source in memory scores by shared words alone
    assert line["scores"]["ranked"] == pytest.approx(sum(r["value"] for r in line["reasons"]), abs=1e-3)
    assert {"word": "河道", "in": ["正文"]} in line["words"]
