"""Two runs over the same questions: which differences are real, and which questions moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.errors import EvalError
from eval.means import ALL
from eval.results import Row, RunResult
from eval.significance import PairedTest, p_text, paired_test
from eval.tables import table

#: Measures of which less is better: a win is then a lower value.
LOWER_IS_BETTER = frozenset({"abstain_wrong"})

#: Below this a difference is called real.
LEVEL = 0.05

#: A question moved if a measure did by more than the last digits of a float.
_MOVED = 1e-9


@dataclass(frozen=True, slots=True)
class MeasureDifference:
    """One measure of one question type in both runs, and the paired test of B against A."""

    group: str
    measure: str
    a: float
    b: float
    test: PairedTest


@dataclass(frozen=True, slots=True)
class Moved:
    """A question whose values differ: by measure the value in A and in B."""

    id: str
    type: str
    question: str
    values: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """B against A, over all questions and by question type, and the questions that moved in order."""

    a: str
    b: str
    differences: tuple[MeasureDifference, ...]
    moved: tuple[Moved, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything as texts, numbers, lists and objects."""
        return {
            "a": self.a,
            "b": self.b,
            "measures": [
                {"type": d.group, "measure": d.measure, "a": d.a, "b": d.b, **asdict(d.test)}
                for d in self.differences
            ],
            "questions": [asdict(moved) for moved in self.moved],
        }

    def as_text(self) -> str:
        """The table over all questions: means, difference, p, wins and losses of B; * where p < 0.05."""
        rows = [["", "n", "A", "B", "B−A", "p", "", "胜", "负"]]
        for found in self.differences:
            if found.group != ALL:
                continue
            test = found.test
            rows.append(
                [
                    found.measure,
                    str(test.n),
                    f"{found.a:.4f}",
                    f"{found.b:.4f}",
                    f"{test.difference:+.4f}",
                    p_text(test.p, 4),
                    "*" if test.p < LEVEL else "",
                    str(test.wins),
                    str(test.losses),
                ]
            )
        return f"A：{self.a}\nB：{self.b}\n\n{table(rows)}"


def compare(a: RunResult, b: RunResult) -> Comparison:
    """B against A, paired by question; a question that one run lacks counts 0 there.

    Measures that only one run has are left out. Where less is better (`LOWER_IS_BETTER`), wins are the
    questions with the lower value in B; the difference stays B minus A. p-values are those of single tests:
    of twenty measures one is below 0.05 by chance.

    :raises EvalError: when the runs are over different benchmarks or have no measure in common.
    """
    if (a.benchmark.name, a.benchmark.digest) != (b.benchmark.name, b.benchmark.digest):
        same_name = "（同名，内容不同）" if a.benchmark.name == b.benchmark.name else ""
        used = f"{a.name} 用 {a.benchmark.name}，{b.name} 用 {b.benchmark.name}"
        raise EvalError(f"两次运行用的评测数据不同，不能比较：{used}{same_name}。")
    measures = [name for name in a.measures if name in b.measures]
    if not measures:
        raise EvalError(f"{a.name} 和 {b.name} 没有共同的指标，不能比较。")
    pairs = _pairs(a, b)
    groups = [ALL, *sorted({row.type for row, _ in pairs if row.type})]
    differences = [
        found
        for group in groups
        for measure in measures
        if (found := _difference(group, measure, pairs)) is not None
    ]
    return Comparison(_label(a), _label(b), tuple(differences), tuple(_moved(pairs, measures)))


def _label(result: RunResult) -> str:
    return f"{result.name}（{result.provenance.revision.commit}）"


def _pairs(a: RunResult, b: RunResult) -> list[tuple[Row, Row]]:
    """The rows of both runs by question, in the order of A, then those that only B has."""
    in_a, in_b = ({row.id: row for row in result.rows} for result in (a, b))
    pairs = []
    for id_ in dict.fromkeys([*in_a, *in_b]):
        known = in_a.get(id_) or in_b[id_]
        absent = Row(id_, {}, known.type, known.question)
        pairs.append((in_a.get(id_, absent), in_b.get(id_, absent)))
    return pairs


def _difference(group: str, measure: str, pairs: Sequence[tuple[Row, Row]]) -> MeasureDifference | None:
    """The test of one measure; None where no question of the type has it."""
    values = [
        (a.values.get(measure, 0.0), b.values.get(measure, 0.0))
        for a, b in pairs
        if group in (ALL, a.type) and (measure in a.values or measure in b.values)
    ]
    if not values:
        return None
    in_a, in_b = [a for a, _ in values], [b for _, b in values]
    test = paired_test(in_a, in_b)
    if measure in LOWER_IS_BETTER:
        test = PairedTest(test.difference, test.p, test.losses, test.wins, test.n)
    return MeasureDifference(group, measure, sum(in_a) / len(in_a), sum(in_b) / len(in_b), test)


def _moved(pairs: Sequence[tuple[Row, Row]], measures: Sequence[str]) -> list[Moved]:
    found = []
    for a, b in pairs:
        both = {
            name: (a.values.get(name, 0.0), b.values.get(name, 0.0))
            for name in measures
            if name in a.values or name in b.values
        }
        changed = {name: pair for name, pair in both.items() if abs(pair[0] - pair[1]) > _MOVED}
        if changed:
            found.append(Moved(a.id, a.type, a.question, changed))
    return found
