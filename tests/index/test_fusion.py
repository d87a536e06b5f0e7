"""Fusion by hand-made figures."""

from __future__ import annotations

import pytest

from index.fusion import reciprocal_rank, weighted_scores


@pytest.mark.parametrize(
    ("rankings", "expected"),
    [
        ([], {}),
        ([[], []], {}),
        ([[7]], {7: 1 / 61}),
        ([[1, 2], [2, 3]], {2: 1 / 62 + 1 / 61, 1: 1 / 61, 3: 1 / 62}),
        ([[9, 4], [4, 9]], {4: 1 / 61 + 1 / 62, 9: 1 / 61 + 1 / 62}),
    ],
)
def test_reciprocal_rank(rankings: list[list[int]], expected: dict[int, float]) -> None:
    """A document gets 1 / (60 + rank) from each ranking that has it; best first, ties by number."""
    assert list(reciprocal_rank(rankings).items()) == [(i, pytest.approx(s)) for i, s in expected.items()]


def test_a_small_constant_favours_the_first_rank() -> None:
    """With k = 0 a first rank weighs twice a second one."""
    assert reciprocal_rank([[1, 2]], k=0) == {1: 1.0, 2: 0.5}


@pytest.mark.parametrize(
    ("lexical", "dense", "weight", "expected"),
    [
        ({}, {}, 0.4, {}),
        ({1: 8.0, 2: 4.0, 3: 0.0}, {}, 0.4, {1: 0.6, 2: 0.3, 3: 0.0}),
        ({}, {1: 0.9, 2: 0.1}, 0.4, {1: 0.4, 2: 0.0}),
        ({1: 2.0, 2: 1.0}, {2: 0.5, 3: 0.25}, 0.75, {2: 0.75, 1: 0.25, 3: 0.0}),
        ({5: 3.0, 4: 3.0}, {}, 0.5, {4: 0.5, 5: 0.5}),
        ({1: 2.0, 2: 1.0}, {1: -0.5, 2: -0.1}, 0.5, {1: 0.5, 2: 0.5}),
    ],
)
def test_weighted_scores(
    lexical: dict[int, float], dense: dict[int, float], weight: float, expected: dict[int, float]
) -> None:
    """Each side is scaled to 0…1 over its documents; a missing one gets 0; ties by number."""
    fused = weighted_scores(lexical, dense, weight=weight)
    assert list(fused.items()) == [(i, pytest.approx(s)) for i, s in expected.items()]
