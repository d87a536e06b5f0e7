"""How long queries take: percentiles, not means, because people notice the slow ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds that half, nine tenths and 99 in 100 of the queries stay under."""

    p50: float
    p90: float
    p99: float

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f} ms，p90 {self.p90:.1f} ms，p99 {self.p99:.1f} ms"


def latency(seconds: Sequence[float]) -> Latency:
    """The percentiles (linearly interpolated) of query times given in seconds; zeros when there are none."""
    if not seconds:
        return Latency(0.0, 0.0, 0.0)
    p50, p90, p99 = (float(value) * 1000 for value in np.percentile(seconds, (50, 90, 99)))
    return Latency(p50, p90, p99)
