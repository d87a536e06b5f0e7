"""A run as a file: figures with intervals, what made them, and a row for each question."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.bootstrap import RESAMPLES, SEED, Estimate, estimate
from eval.errors import EvalError
from eval.latency import Latency
from eval.machine import Revision
from eval.means import ALL
from eval.risk_coverage import Outcome, RiskPoint, risk_coverage

#: Raised when a file of an older program can no longer be read.
FORMAT = 1

#: Where results go unless another folder is given.
FOLDER = Path("results")

#: Question type → measure → estimate; the types in alphabetical order, then `ALL`.
Figures = dict[str, dict[str, Estimate]]


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a run.

    `evidence` and `retrieved` (best first) are keys of `RunResult.clauses`. `right` and `confidence` are None
    for a run that retrieves and does not answer, `confidence` also where it abstained.
    """

    id: str
    values: Mapping[str, float]
    type: str = ""
    question: str = ""
    evidence: tuple[str, ...] = ()
    retrieved: tuple[str, ...] = ()
    answer: str = ""
    right: bool | None = None
    confidence: float | None = None
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseText:
    """What a person needs to recognise a clause (or document, or chunk): its title, address and words."""

    title: str
    cite: str
    text: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What was measured on. `questions` and `clauses` are counts, `digest` tells one state of it from
    another, `remarks` (Chinese) must stand beside every figure."""

    kind: str
    name: str
    questions: int
    clauses: int
    digest: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: milliseconds a question, seconds and bytes of the index, bytes of memory at most.

    `index_cached`: the index was there before, `index_seconds` is what it took then, and the memory is that
    of searching alone.
    """

    latency: Latency
    index_seconds: float
    index_bytes: int
    index_cached: bool
    peak_memory: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a run was made by."""

    revision: Revision
    model: str
    versions: Mapping[str, str]
    processor: str
    command: str


@dataclass(frozen=True, slots=True)
class RunResult:
    """One configuration on one benchmark. `configuration` is as `Configuration.as_json` gives it."""

    name: str
    benchmark: Benchmark
    configuration: Mapping[str, Any]
    rows: tuple[Row, ...]
    cost: Cost
    provenance: Provenance
    clauses: Mapping[str, ClauseText] = field(default_factory=dict)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures in the order in which they first come."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.values))

    @property
    def figures(self) -> Figures:
        """The estimates by question type and over all; a measure that no row of a type has is left out."""
        types = sorted({row.type for row in self.rows if row.type})
        groups = {type_: [row for row in self.rows if row.type == type_] for type_ in types}
        return {group: self._estimates(rows) for group, rows in {**groups, ALL: self.rows}.items()}

    @property
    def risk_curve(self) -> tuple[RiskPoint, ...]:
        """Risk against coverage; empty for a run that does not answer."""
        outcomes = [Outcome(row.confidence, row.right) for row in self.rows if row.right is not None]
        return risk_coverage(outcomes)

    def _estimates(self, rows: Sequence[Row]) -> dict[str, Estimate]:
        values = {name: [row.values[name] for row in rows if name in row.values] for name in self.measures}
        return {name: estimate(found) for name, found in values.items() if found}

    def as_json(self) -> dict[str, Any]:
        """Everything; what can be computed from the rows stands in it for other readers."""
        figures = {
            group: {name: asdict(found) for name, found in row.items()} for group, row in self.figures.items()
        }
        return {
            "format": FORMAT,
            "name": self.name,
            "commit": self.provenance.revision.commit,
            "benchmark": asdict(self.benchmark),
            "configuration": dict(self.configuration),
            "figures": figures,
            "bootstrap": {"seed": SEED, "resamples": RESAMPLES},
            "risk_coverage": [asdict(point) for point in self.risk_curve],
            "cost": asdict(self.cost),
            "provenance": asdict(self.provenance),
            "questions": [_spare(asdict(row)) for row in self.rows],
            "clauses": {key: asdict(text) for key, text in self.clauses.items()},
        }


def file_name(name: str, revision: Revision) -> str:
    """The name of a result's file: by what was run and at which commit."""
    return f"{name}-{revision.commit}.json"


def write_result(folder: Path, result: RunResult) -> Path:
    """The file written for `result` in `folder` (made if missing): the whole of it, or nothing.

    :raises EvalError: when it cannot be written.
    """
    path = folder / file_name(result.name, result.provenance.revision)
    text = _lines(result.as_json())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=folder, suffix=".tmp", delete=False
        ) as file:
            file.write(f"{text}\n")
        os.chmod(file.name, 0o644)
        os.replace(file.name, path)
    except OSError as error:
        raise EvalError(f"写不了结果文件 {path}：{error.strerror or error}。") from error
    return path


def read_results(paths: Iterable[Path]) -> list[RunResult]:
    """The results in the files, in order.

    :raises EvalError: naming every file that is missing or is no result.
    """
    results: list[RunResult] = []
    faults: list[str] = []
    for path in paths:
        try:
            results.append(read_result(path))
        except EvalError as error:
            faults += error.faults
    if faults:
        raise EvalError(*faults)
    return results


def read_result(path: Path) -> RunResult:
    """The result in a file; its figures are computed anew from its rows.

    :raises EvalError: when the file is missing, no result, or of another format.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EvalError(f"找不到文件：{path}。请检查路径。") from error
    except OSError as error:
        raise EvalError(f"{path} 读不出来：{error.strerror or error}。") from error
    except ValueError as error:
        raise EvalError(f"{path.name} 不是评测结果文件。") from error
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise EvalError(f"{path.name} 不是这个版本能读的评测结果（format 应为 {FORMAT}），请重新运行。")
    try:
        return _result(values)
    except (KeyError, TypeError, AttributeError) as error:
        raise EvalError(f"{path.name} 不完整，读不出评测结果：{error}。") from error


def _result(values: Mapping[str, Any]) -> RunResult:
    made = values["provenance"]
    cost = values["cost"]
    return RunResult(
        name=values["name"],
        benchmark=Benchmark(**_tupled(values["benchmark"])),
        configuration=values["configuration"],
        rows=tuple(Row(**_tupled(row)) for row in values["questions"]),
        cost=Cost(**{**cost, "latency": Latency(**cost["latency"])}),
        provenance=Provenance(**{**made, "revision": Revision(**made["revision"])}),
        clauses={key: ClauseText(**text) for key, text in values["clauses"].items()},
    )


def _tupled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _lines(values: Mapping[str, Any]) -> str:
    """JSON with a line for each entry and each question, so that versions of a file can be compared."""
    entries = []
    for name, value in values.items():
        if name == "questions":
            rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in value)
            entries.append(f'"{name}": [\n{rows}\n]')
        else:
            entries.append(f'"{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(entries) + "\n}"


def _spare(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty: most of a file would be."""
    return {name: value for name, value in values.items() if value not in ("", (), None)}
