"""Intervals: the same for the same values, and what they are at the edges."""

from __future__ import annotations

import pytest

from eval.bootstrap import Estimate, estimate


def test_a_seeded_interval_is_exact() -> None:
    found = estimate([0.0, 0.0, 1.0, 1.0, 1.0], seed=7, resamples=1_000)
    assert found == Estimate(mean=0.6, low=0.2, high=1.0, n=5)
    assert str(found) == "0.600 [0.200, 1.000]"


def test_the_product_s_interval_of_two_hundred_answers() -> None:
    found = estimate([1.0] * 150 + [0.0] * 50)
    # the normal approximation: 0.75 ± 1.96 · sqrt(0.75 · 0.25 / 200) = 0.690…0.810
    assert (found.mean, found.low, found.high, found.n) == (0.75, 0.685, 0.81, 200)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Estimate(0.0, 0.0, 0.0, 0)),
        ([0.25], Estimate(0.25, 0.25, 0.25, 1)),
        ([0.5] * 9, Estimate(0.5, 0.5, 0.5, 9)),
    ],
)
def test_without_spread_the_interval_is_the_mean(values: list[float], expected: Estimate) -> None:
    assert estimate(values) == expected


def test_another_seed_draws_otherwise() -> None:
    values = [i / 7 for i in range(8)]
    assert estimate(values, seed=1, resamples=50) != estimate(values, seed=2, resamples=50)
