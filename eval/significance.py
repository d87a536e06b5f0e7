"""Whether two runs differ by more than chance: the paired randomisation test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: Up to so many questions of different value all assignments of signs are counted instead of drawn.
EXACT = 16
PERMUTATIONS = 20_000
SEED = 20_250_101

#: Means that differ by less are the same mean: sums of floats depend on their order.
_SAME = 1e-12


@dataclass(frozen=True, slots=True)
class PairedTest:
    """B against A over the same `n` questions: mean of B minus mean of A, two-sided `p`, and how many
    questions B did better (`wins`) and worse (`losses`)."""

    difference: float
    p: float
    wins: int
    losses: int
    n: int


def p_text(p: float, digits: int) -> str:
    """`p` to so many digits; <0.001 instead of a zero that it never is."""
    least = 10.0**-digits
    return f"<{least:.{digits}f}" if p < least else f"{p:.{digits}f}"


def paired_test(
    a: Sequence[float], b: Sequence[float], *, seed: int = SEED, permutations: int = PERMUTATIONS
) -> PairedTest:
    """The randomisation test of the mean difference between `b` and `a`, question by question.

    If the runs were alike, each difference could as well have the other sign. `p` is the share of such
    assignments whose mean differs from 0 by at least as much as the one seen: of all of them where there are
    few, else of `permutations` drawn by a generator seeded with `seed`, the one seen counted among them
    (p is never 0). Smucker, Allan and Carterette 2007, https://doi.org/10.1145/1321440.1321528.

    :raises ValueError: when the runs have different numbers of questions.
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} values against {len(b)}")
    differences = np.asarray(b, np.float64) - np.asarray(a, np.float64)
    wins, losses = int((differences > _SAME).sum()), int((differences < -_SAME).sum())
    mean = float(differences.mean()) if len(differences) else 0.0
    moved = differences[np.abs(differences) > _SAME]
    p = _exact(moved) if len(moved) <= EXACT else _drawn(moved, seed, permutations)
    return PairedTest(mean, p, wins, losses, len(differences))


def _exact(moved: npt.NDArray[np.float64]) -> float:
    """The share among all 2^k assignments; 1 where nothing moved."""
    sums = np.zeros(1)
    for difference in moved:
        sums = np.concatenate([sums + difference, sums - difference])
    return float((np.abs(sums) >= abs(moved.sum()) - _SAME).mean())


def _drawn(moved: npt.NDArray[np.float64], seed: int, permutations: int) -> float:
    generator = np.random.default_rng(seed)
    seen = abs(moved.sum()) - _SAME
    extreme = 0
    for start in range(0, permutations, 1_000):
        count = min(1_000, permutations - start)
        signs = generator.integers(0, 2, (count, len(moved))) * 2 - 1
        extreme += int((np.abs(signs @ moved) >= seen).sum())
    return (extreme + 1) / (permutations + 1)
