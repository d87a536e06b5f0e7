"""The confidence of an answer: how much of the question its clause covers, and how far it leads."""

from __future__ import annotations

import pytest

from assistant.confidence import confidence_of
from assistant.evidence import Evidence
from assistant.ranking import Ranked
from index.types import Hit, NoticeRecord
from ingest.notice import Card
from tests.assistant.sample import QINGLAN

NOTICE = NoticeRecord("n1", "qinglan.txt", "corpus", "txt", Card("计划"), len(QINGLAN))


def ranked(place: int, score: float, covered: float) -> Ranked:
    return Ranked(Hit(QINGLAN[place], NOTICE, score), score, covered)


@pytest.mark.parametrize(
    ("chosen", "beside", "expected"),
    [
        # half of the question covered, a lead of 0.25
        ([ranked(0, 1.0, 0.5)], [ranked(1, 0.75, 0.5)], (0.5 + 0.25) / 2),
        # nothing beside it: its whole score is the lead, at most 1
        ([ranked(0, 1.6, 1.0)], [], 1.0),
        # behind a clause that is not in the answer: no lead, never below 0
        ([ranked(0, 0.5, 0.5)], [ranked(1, 0.75, 0.5)], 0.25),
        # of several clauses the best counts, and the others of the answer are no rivals
        ([ranked(0, 1.0, 0.25), ranked(1, 0.9, 0.75)], [ranked(2, 0.5, 0.0)], (0.75 + 0.5) / 2),
        ([], [ranked(1, 0.75, 0.5)], 0.0),
    ],
)
def test_confidence(chosen: list[Ranked], beside: list[Ranked], expected: float) -> None:
    assert confidence_of(Evidence(tuple(chosen), (*chosen, *beside))) == pytest.approx(expected)
