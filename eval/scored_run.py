"""The figures of a run that another program made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from eval.bootstrap import Estimate, estimate
from eval.measures import Figures
from eval.tables import table


@dataclass(frozen=True, slots=True)
class ScoredRun:
    """A run by the name of its file, and its figures."""

    name: str
    figures: Figures

    @property
    def estimates(self) -> dict[str, Estimate]:
        """Mean, interval and n by measure."""
        rows = self.figures.by_query.values()
        return {name: estimate([row[name] for row in rows]) for name in self.figures.means}

    def as_json(self, *, by_query: bool) -> dict[str, Any]:
        """Estimates by measure, and with `by_query` the values of each query."""
        line: dict[str, Any] = {
            "run": self.name,
            "n": self.figures.n,
            "figures": {name: asdict(found) for name, found in self.estimates.items()},
        }
        return {**line, "queries": self.figures.by_query} if by_query else line

    def as_text(self, *, by_query: bool) -> str:
        """One line a measure with its interval, and with `by_query` a table of all queries below it."""
        rows = [["", "n", "均值", "95% 区间"]]
        for name, found in self.estimates.items():
            rows.append([name, str(found.n), f"{found.mean:.4f}", f"{found.low:.4f}–{found.high:.4f}"])
        text = table(rows)
        if not by_query:
            return text
        lines = [["", *self.figures.means]]
        for query, values in self.figures.by_query.items():
            lines.append([query, *(f"{values[name]:.4f}" for name in self.figures.means)])
        return f"{text}\n\n{table(lines)}"
