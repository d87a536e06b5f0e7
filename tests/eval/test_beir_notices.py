"""BEIR documents as notices."""

from __future__ import annotations

from eval.beir import BeirDocument
from eval.beir_notices import document_id, notices_of


def test_documents_of_one_title_become_clauses_of_one_notice() -> None:
    documents = [
        BeirDocument("a", "甲", "第一段"),
        BeirDocument("b", "", "无题"),
        BeirDocument("c", "甲", "第二段"),
    ]
    first, second = notices_of(documents)
    assert (first.name, first.card.title, first.source) == ("甲", "甲", "第一段\n第二段")
    assert [document_id(clause) for clause in first.clauses] == ["a", "c"]
    assert [first.source[c.start : c.end] for c in first.clauses] == ["第一段", "第二段"]
    assert (second.name, second.card.title) == (second.id, "")
    assert len({clause.id for notice in (first, second) for clause in notice.clauses}) == 3


def test_the_same_documents_give_the_same_notices() -> None:
    documents = [BeirDocument("a", "甲", "x"), BeirDocument("b", "乙", "y")]
    assert notices_of(documents) == notices_of(list(documents))
