"""What running a configuration over a benchmark gives, before it is a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from eval.latency import Latency
from eval.results import ClauseText, Row
from eval.trec import Run

Talk = Callable[[str], None]

#: Clauses kept of what was retrieved for a question: what one looks at to understand a miss.
KEPT = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows in the order of the questions, the words of the clauses that they name, and what it took.

    `index_bytes` is 0 for an index that lies in memory only; `run` is what TREC programs read, empty where
    what is found are no documents.
    """

    rows: tuple[Row, ...]
    clauses: Mapping[str, ClauseText]
    latency: Latency
    index_seconds: float
    index_bytes: int
    model: str
    index_cached: bool = False
    run: Run = field(default_factory=dict)
