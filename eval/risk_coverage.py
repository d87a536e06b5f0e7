"""What abstaining buys: the risk of a wrong answer against the share of questions that get one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: the confidence of its answer (None: it abstained), and whether that answer is right."""

    confidence: float | None
    right: bool


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Answering only at `threshold` or above: the share of all questions answered, and of these the share
    answered wrongly."""

    threshold: float
    coverage: float
    risk: float


def risk_coverage(outcomes: Iterable[Outcome]) -> tuple[RiskPoint, ...]:
    """The curve from the most confident answers to all that were given; equal confidences are one point.

    A question that was abstained from is never answered: the curve ends at the share of answers. El-Yaniv and
    Wiener 2010, "On the foundations of noise-free selective classification", JMLR 11.
    """
    counted = list(outcomes)
    given = [(o.confidence, o.right) for o in counted if o.confidence is not None]
    given.sort(key=lambda entry: -entry[0])
    points: list[RiskPoint] = []
    answered = wrong = 0
    for threshold, group in groupby(given, key=lambda entry: entry[0]):
        rights = [right for _, right in group]
        answered += len(rights)
        wrong += rights.count(False)
        points.append(RiskPoint(threshold, answered / len(counted), wrong / answered))
    return tuple(points)


def area(points: Iterable[RiskPoint]) -> float:
    """The mean risk over the coverages reached, each counted by how far it carries; 0 without a point.

    Geifman and El-Yaniv 2017, https://arxiv.org/abs/1705.08500 (AURC); the lower the better.
    """
    total = reached = 0.0
    for point in points:
        total += point.risk * (point.coverage - reached)
        reached = point.coverage
    return total / reached if reached else 0.0
