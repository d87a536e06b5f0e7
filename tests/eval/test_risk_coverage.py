"""Risk–coverage curves, by hand."""

from __future__ import annotations

import pytest

from eval.risk_coverage import Outcome, RiskPoint, area, risk_coverage


def test_the_most_confident_come_first_and_abstentions_never() -> None:
    curve = risk_coverage(
        [
            Outcome(0.9, right=True),
            Outcome(0.5, right=False),
            Outcome(None, right=True),
            Outcome(0.7, right=True),
        ]
    )
    assert curve == (RiskPoint(0.9, 0.25, 0.0), RiskPoint(0.7, 0.5, 0.0), RiskPoint(0.5, 0.75, 1 / 3))
    # the last quarter of the questions carries a risk of 1/3, the first two none
    assert area(curve) == pytest.approx((0.25 * 1 / 3) / 0.75)


def test_equal_confidences_are_one_point() -> None:
    curve = risk_coverage([Outcome(0.5, right=True), Outcome(0.5, right=False)])
    assert curve == (RiskPoint(0.5, 1.0, 0.5),)
    assert area(curve) == 0.5


@pytest.mark.parametrize("outcomes", [[], [Outcome(None, right=False)]])
def test_without_answers_there_is_no_curve(outcomes: list[Outcome]) -> None:
    assert risk_coverage(outcomes) == ()
    assert area(()) == 0.0
