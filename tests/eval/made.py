"""Results made up for tests, with texts of an invented city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.configuration import Configuration
from eval.latency import Latency
from eval.machine import Revision
from eval.results import Benchmark, ClauseText, Cost, Provenance, Row, RunResult

BENCHMARK = Benchmark("clauses", "云湖", questions=3, clauses=4, digest="d1")
COST = Cost(Latency(1.0, 2.0, 3.0), 4.0, 5_000_000, index_cached=False, peak_memory=6_000_000)


def result(
    name: str,
    rows: Sequence[Row],
    *,
    benchmark: Benchmark = BENCHMARK,
    clauses: Mapping[str, ClauseText] | None = None,
    commit: str = "abc123",
) -> RunResult:
    """A result of the configuration `name` with these rows."""
    return RunResult(
        name=f"{benchmark.name}-{name}",
        benchmark=benchmark,
        configuration=Configuration(name).as_json(),
        rows=tuple(rows),
        cost=COST,
        provenance=Provenance(
            Revision(commit, changed=False), "fake", {"python": "3.11"}, "CPU × 2", "tiaowen-eval run"
        ),
        clauses=clauses or {},
    )


def hits(values: Mapping[str, float], type_: str = "") -> list[Row]:
    """Rows with `hit@1` by question id."""
    return [Row(id_, {"hit@1": value}, type_, f"问题{id_}") for id_, value in values.items()]
