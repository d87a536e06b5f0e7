"""Fit and measure when the assistant says that no clause answers: `python -m eval.abstention`.

Each question gives one case, the signs of its evidence. Questions with one piece of evidence give a second
one: the same question over the corpus without the clauses that answer it, which is what an unanswerable
question about a known topic looks like. A logistic regression (Cox 1958; ridge penalty, Newton's method) is
fitted on all cases and judged on questions it has not seen, six folds by question.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.assistant import Assistant
from assistant.refusal import is_weighed, refusal_by_rule
from assistant.source import ClauseSource, IndexSource
from assistant.support import SIGN_NAMES, WEIGHTS, Signs, signs_of
from assistant.types import QuestionKind
from eval.comparable import path_key
from eval.gold import UNANSWERABLE, Gold, GoldClause, Question, questions_file, read_gold, read_questions
from index.reading import Reading
from index.settings import Settings
from index.store import open_index
from index.sync import sync
from index.types import Filters, Hit, LedgerEntry, NoticeRecord
from ingest.notice import Clause

Array = npt.NDArray[np.float64]

#: A case without its clauses may still be answered elsewhere, so it counts little; real ones are few.
LEFT_OUT, UNANSWERED = 0.15, 2.0
RIDGE, FOLDS, BINS = 2.0, 6, 5
#: Of the questions that a clause answers, so many may be refused, and so many said to have no clause at all.
REFUSED, SAID_NOTHING = 0.02, 0.005


@dataclass(frozen=True, slots=True)
class Case:
    """The signs of one question's evidence; `right` when a clause that answers was chosen; `ruled` when a
    rule refuses it already; `weighed` when the signs decide at all."""

    id: str
    bench: str
    signs: Signs
    answerable: bool
    left_out: bool
    right: bool
    ruled: bool
    weighed: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """A logistic regression over standardised signs."""

    means: Array
    deviations: Array
    coefficients: Array

    def probabilities(self, signs: Array) -> Array:
        """One probability for each row of signs."""
        scaled = (signs - self.means) / self.deviations
        found: Array = 1 / (1 + np.exp(-(self.coefficients[0] + scaled @ self.coefficients[1:])))
        return found

    def as_json(self) -> dict[str, Any]:
        """The numbers as `assistant.support` reads them."""
        return {
            "means": [round(float(v), 6) for v in self.means],
            "deviations": [round(float(v), 6) for v in self.deviations],
            "intercept": round(float(self.coefficients[0]), 6),
            "weights": [round(float(v), 6) for v in self.coefficients[1:]],
        }


class Without:
    """A source from which some clauses are never found."""

    def __init__(self, source: ClauseSource) -> None:
        self.source = source
        self.gone: frozenset[str] = frozenset()

    def notices(self) -> Sequence[NoticeRecord]:
        """All notices."""
        return self.source.notices()

    def clauses_of(self, notice_id: str) -> Sequence[Clause]:
        """The clauses of a notice."""
        return self.source.clauses_of(notice_id)

    def search(self, query: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """Hits beside the clauses that are gone."""
        found = self.source.search(query, filters=filters, limit=limit + len(self.gone))
        return [hit for hit in found if hit.clause.id not in self.gone][:limit]

    def read(self, question: str, *, is_name: Callable[[str], bool]) -> Reading:
        """As the source reads it."""
        return self.source.read(question, is_name=is_name)

    def targets(self, *, indicator: str | None = None) -> Sequence[LedgerEntry]:
        """The targets of the clauses that are not gone."""
        return [e for e in self.source.targets(indicator=indicator) if e.clause.id not in self.gone]

    def indicators(self) -> Sequence[str]:
        """All indicators."""
        return self.source.indicators()


def cases_of(bench: Path, notices: Path, more: Sequence[Path] = ()) -> tuple[Case, ...]:
    """The cases of a benchmark, with further files of questions over the same notices."""
    gold = read_gold(bench, notices)
    questions = [q for path in (questions_file(bench), *more) for q in read_questions(path, gold)]
    with tempfile.TemporaryDirectory(prefix="tiaowen-abstention-") as home:
        settings = replace(Settings.from_environment(), home=Path(home))
        sync([notices], settings)
        source = Without(IndexSource(open_index(settings)))
        assistant = Assistant(source)
        return tuple(c for q in questions for c in _cases(q, bench.name, gold, source, assistant))


def _cases(
    question: Question, bench: str, gold: Gold, source: Without, assistant: Assistant
) -> Iterator[Case]:
    answering = _ids([e.clause for e in question.evidence] + list(question.also_ok), gold, source)
    yield _case(question, bench, answering, assistant, left_out=False)
    if question.type != UNANSWERABLE and len(question.evidence) == 1 and len(question.turns) == 1:
        source.gone = answering
        yield _case(question, bench, answering, assistant, left_out=True)
        source.gone = frozenset()


def _case(
    question: Question, bench: str, answering: frozenset[str], assistant: Assistant, *, left_out: bool
) -> Case:
    understood, evidence = assistant.weigh(question.turns)
    chosen = {ranked.hit.clause.id for ranked in evidence.chosen}
    vocabulary = assistant.vocabulary
    compared = understood.kind is QuestionKind.COMPARE
    return Case(
        id=question.id,
        bench=bench,
        signs=signs_of(understood, evidence),
        answerable=question.type != UNANSWERABLE and not left_out,
        left_out=left_out,
        right=bool(chosen & answering) and not left_out,
        ruled=not compared and refusal_by_rule(understood, evidence, vocabulary) is not None,
        weighed=is_weighed(understood, evidence),
    )


def _ids(clauses: Iterable[GoldClause], gold: Gold, source: ClauseSource) -> frozenset[str]:
    by_name = {record.name: record.id for record in source.notices()}
    found = set()
    for clause in clauses:
        notice = by_name.get(gold.files[clause.doc].name)
        for one in source.clauses_of(notice) if notice else ():
            if path_key(one.path) == clause.path:
                found.add(one.id)
    return frozenset(found)


def fit(signs: Array, truth: Array, weights: Array) -> Fitted:
    """A weighted logistic regression with a ridge penalty on all but the intercept."""
    means, deviations = signs.mean(0), signs.std(0) + 1e-9
    rows = np.c_[np.ones(len(signs)), (signs - means) / deviations]
    penalty = np.diag([0.0, *([RIDGE] * signs.shape[1])])
    beta = np.zeros(rows.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-(rows @ beta)))
        gradient = rows.T @ (weights * (p - truth)) + penalty @ beta
        curvature = (rows.T * (weights * p * (1 - p))) @ rows + penalty
        beta -= np.linalg.solve(curvature, gradient)
    return Fitted(means, deviations, beta)


def held_out(cases: Sequence[Case], truth: Array) -> Array:
    """The probability of each case by a regression that has not seen its question."""
    signs, weights = signs_array(cases), weights_of(cases)
    fold = np.array([zlib.crc32(c.id.encode()) % FOLDS for c in cases])
    found = np.zeros(len(cases))
    for k in range(FOLDS):
        seen = fold != k
        found[~seen] = fit(signs[seen], truth[seen], weights[seen]).probabilities(signs[~seen])
    return found


def signs_array(cases: Sequence[Case]) -> Array:
    return np.array([astuple(c.signs) for c in cases], dtype=np.float64)


def weights_of(cases: Sequence[Case]) -> Array:
    return np.array([LEFT_OUT if c.left_out else 1.0 if c.answerable else UNANSWERED for c in cases])


def truths(cases: Sequence[Case], name: str) -> Array:
    """1.0 for each case of which `name` (answerable, right) holds."""
    return np.array([float(getattr(c, name)) for c in cases])


def fitted(cases: Sequence[Case]) -> dict[str, Any]:
    """Everything that `support.json` holds, thresholds from held-out probabilities."""
    used = [c for c in cases if c.weighed and not c.ruled]
    answered = [c for c in used if not c.left_out and c.answerable]
    answerable, right = truths(used, "answerable"), truths(answered, "right")
    unseen = held_out(used, answerable)[answerable == 1]
    signs = signs_array(used)
    return {
        "signs": list(SIGN_NAMES),
        "answerable": fit(signs, answerable, weights_of(used)).as_json(),
        "right": fit(signs_array(answered), right, np.ones(len(answered))).as_json(),
        "thresholds": {
            "nothing": round(float(np.quantile(unseen, SAID_NOTHING)), 4),
            "nearest": round(float(np.quantile(unseen, REFUSED)), 4),
            "unsure": 0.5,
        },
        "cases": {"all": len(cases), "weighed": len(used), "questions": len({c.id for c in cases})},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Fits, writes the numbers and the report."""
    from eval.abstention_report import report  # noqa: PLC0415 - the plot is not needed to fit
    from eval.cli_abstention import folders  # noqa: PLC0415

    benches, write = folders(arguments)
    cases = [case for bench, notices, more in benches for case in cases_of(bench, notices, more)]
    numbers = fitted(cases)
    if write:
        WEIGHTS.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    print(report(cases, numbers, write))  # noqa: T201 - the figures are what the command is for


if __name__ == "__main__":
    main()
