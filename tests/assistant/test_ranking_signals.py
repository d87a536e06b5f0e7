"""What the order of answers takes from the index."""

from __future__ import annotations

import pytest

from assistant.ranking import search_scores
from index.types import Hit, NoticeRecord
from ingest.notice import Card, Clause, ClauseKind


def _hit(score: float, lexical: float | None, dense: float | None, alignment: float | None) -> Hit:
    clause = Clause("a", ("一",), "一、", "一", ClauseKind.ITEM, None, "修复林地。", 0, 5)
    notice = NoticeRecord("n", "n.txt", "", "txt", Card(title="方案"), 1)
    return Hit(clause, notice, score, lexical=lexical, dense=dense, alignment=alignment)


def test_the_signals_count_alike_and_a_missing_one_is_nothing() -> None:
    """Words from 0, vectors and aligned words from the least of the hits."""
    hits = [_hit(1.0, 8.0, 0.4, 0.2), _hit(0.9, 4.0, 0.6, 0.6), _hit(0.1, None, 0.5, None)]
    assert search_scores(hits) == pytest.approx([1 / 3, (0.5 + 1 + 1) / 3, 0.5 / 3])


def test_without_aligned_words_the_two_others_count() -> None:
    hits = [_hit(1.0, 8.0, 0.4, None), _hit(0.9, 4.0, 0.6, None)]
    assert search_scores(hits) == pytest.approx([0.5, 0.75])


def test_without_signals_the_fused_score_counts() -> None:
    assert search_scores([_hit(0.8, None, None, None), _hit(0.2, None, None, None)]) == [1.0, 0.25]
