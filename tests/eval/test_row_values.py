"""What counts as a right answer, as truth tables."""

from __future__ import annotations

import pytest

from eval.gold import Question
from eval.row_values import is_right, retrieval_only, with_address

ANSWERABLE = Question("q", "fact", ("问",))
UNANSWERABLE = Question("q", "none", ("问",))


@pytest.mark.parametrize(
    ("must", "cite_r", "abstain_wrong", "right"),
    [
        (1.0, 1.0, 0.0, True),
        (1.0, 0.5, 0.0, True),
        (1.0, 0.0, 0.0, False),
        (0.0, 1.0, 0.0, False),
        (1.0, 1.0, 1.0, False),
    ],
)
def test_an_answer_is_right_with_its_strings_and_a_right_address(
    must: float, cite_r: float, abstain_wrong: float, right: bool
) -> None:
    values = {"must": must, "cite_r": cite_r, "abstain_wrong": abstain_wrong}
    assert is_right(ANSWERABLE, values) is right


@pytest.mark.parametrize(("abstained", "right"), [(1.0, True), (0.0, False)])
def test_where_nothing_answers_to_abstain_is_right(abstained: float, right: bool) -> None:
    assert is_right(UNANSWERABLE, {"abstain_right": abstained}) is right


@pytest.mark.parametrize(("cite_f1", "exact"), [(1.0, 1.0), (0.8, 0.0), (0.0, 0.0)])
def test_an_address_is_exact_where_nothing_is_missing_and_nothing_is_too_much(
    cite_f1: float, exact: float
) -> None:
    assert with_address({"cite_f1": cite_f1}) == {"cite_f1": cite_f1, "address_exact": exact}


def test_an_unanswerable_question_has_no_address_and_nothing_retrieved() -> None:
    assert with_address({"abstain_right": 1.0}) == {"abstain_right": 1.0}
    assert retrieval_only({"abstain_right": 1.0}) == {}
    assert retrieval_only({"hit@1": 1.0, "must": 0.0}) == {"hit@1": 1.0}
