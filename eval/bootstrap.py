"""How far a mean may be trusted: bootstrap intervals, the same for the same values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

#: Resamples of one interval, the seed that draws them, and the share of resampled means that it holds.
RESAMPLES = 2_000
SEED = 20_250_101
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` questions and the interval `low`…`high` that holds 95 % of its resampled means."""

    mean: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def estimate(values: Sequence[float], *, seed: int = SEED, resamples: int = RESAMPLES) -> Estimate:
    """The mean of `values` with its percentile bootstrap interval; zeros of no values.

    Questions are drawn with replacement, `resamples` times, by a generator seeded with `seed`: the same
    values in the same order give the same interval. Efron 1979, https://doi.org/10.1214/aos/1176344552; for
    retrieval measures Sakai 2006, https://doi.org/10.1145/1148170.1148261.
    """
    if not values:
        return Estimate(0.0, 0.0, 0.0, 0)
    found = np.asarray(values, np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(found), (resamples, len(found)))
    outside = (1 - LEVEL) / 2
    low, high = np.quantile(found[drawn].mean(axis=1), (outside, 1 - outside))
    return Estimate(float(found.mean()), float(low), float(high), len(found))
