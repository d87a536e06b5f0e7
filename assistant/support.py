"""How well the corpus supports an answer: six signs of the evidence, weighed by numbers that were fitted."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path

from assistant.evidence import Evidence
from assistant.ranking import context
from assistant.sentences import coverage, term_presence
from assistant.types import Term, Understood, Want
from assistant.wording import comparable

#: Written by `python -m eval.abstention` (see docs/abstention.md); read as it is.
WEIGHTS = Path(__file__).parent / "support.json"

_VALUES = frozenset({Want.FIGURE, Want.DATE, Want.MONEY, Want.FREQUENCY})
#: Cosine of a middling hit, for clauses that were not searched by their vectors.
_LIKENESS = 0.45


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer.

    `covered` is the share of the question's words in the clauses chosen; `likeness` how like the question the
    best of them is (cosine) and `matched` its BM25 score for each unit of the words' weight; `lead` by how
    much it leads the best clause beside the answer. `undetailed` is how far the last words of a question that
    wants something (…的电话, …覆盖率是多少) are missing from the clauses: the detail of a known subject.
    `value` is 1 where a figure or a date is asked for, which notices state by the name of what is measured.
    """

    covered: float
    likeness: float
    lead: float
    matched: float
    undetailed: float
    value: float


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression: means and deviations of the signs, an intercept, and a weight for each sign."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    intercept: float
    weights: tuple[float, ...]

    def probability(self, signs: Signs) -> float:
        """The probability that these signs stand for."""
        scaled = zip(astuple(signs), self.means, self.deviations, self.weights, strict=True)
        total = self.intercept + sum(w * (value - mean) / deviation for value, mean, deviation, w in scaled)
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted numbers: whether any clause answers, whether the chosen one does, and where to stop.

    Below `nothing` the answer is that no clause answers; below `nearest` the clauses are shown as the nearest
    ones; below `unsure` an answer carries a warning.
    """

    answerable: Model
    right: Model
    nothing: float
    nearest: float
    unsure: float


SIGN_NAMES = tuple(field.name for field in fields(Signs))


@cache
def calibration(path: Path = WEIGHTS) -> Calibration:
    """The numbers of the shipped file."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    at = stored["thresholds"]
    return Calibration(
        _model(stored["answerable"]), _model(stored["right"]), at["nothing"], at["nearest"], at["unsure"]
    )


def _model(stored: Mapping[str, Sequence[float] | float]) -> Model:
    means, deviations, weights = (
        tuple(float(v) for v in _list(stored[n])) for n in ("means", "deviations", "weights")
    )
    intercept = stored["intercept"]
    if isinstance(intercept, Sequence):
        raise TypeError("an intercept is one number")
    return Model(means, deviations, float(intercept), weights)


def _list(values: Sequence[float] | float) -> Sequence[float]:
    return values if isinstance(values, Sequence) else (values,)


def signs_of(understood: Understood, evidence: Evidence) -> Signs:
    """The signs for the clauses chosen; all against an answer where none is."""
    terms = _asked(understood)
    value = float(bool(understood.wants & _VALUES))
    if not evidence.chosen:
        return Signs(0.0, 0.0, 0.0, 0.0, float(bool(understood.wants)), value)
    chosen = comparable(
        "\n".join(f"{context(r.hit.clause)}\n{r.hit.notice.card.title}" for r in evidence.chosen)
    )
    cited = {r.hit.clause.id for r in evidence.chosen}
    best = max(r.score for r in evidence.chosen)
    beside = max((r.score for r in evidence.ranked if r.hit.clause.id not in cited), default=0.0)
    likeness = max((r.hit.dense for r in evidence.chosen if r.hit.dense is not None), default=_LIKENESS)
    matched = max((r.hit.lexical or 0.0 for r in evidence.chosen), default=0.0)
    detail = min((term_presence(t, chosen) for t in terms[-2:] if len(t.word) > 1), default=1.0)
    return Signs(
        covered=coverage(terms, chosen),
        likeness=likeness,
        lead=best - beside,
        matched=matched / (sum(t.weight for t in terms) or 1.0),
        undetailed=1.0 - detail if understood.wants else 0.0,
        value=value,
    )


def _asked(understood: Understood) -> Sequence[Term]:
    """The turn's own subject; where it has none, what was carried over."""
    own = [t for t in understood.terms if not t.asking and not t.carried]
    if understood.elliptical:
        return understood.terms
    return own or [t for t in understood.terms if not t.asking] or understood.terms
