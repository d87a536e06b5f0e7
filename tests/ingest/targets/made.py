"""Targets of invented clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.notice import Card, Clause, ClauseKind, Notice
from ingest.targets import Target, targets_of

PLAN = Card(
    title="云湖市生态建设行动计划（2024—2027年）", kind="计划", issued="2024-03-01", period=(2024, 2027)
)
REPORT = Card(title="2031年云湖省政府工作报告", kind="报告", period=(2031, 2031), region="云湖省")


def item(text: str, *headings: str, number: int = 1, heading: str | None = None) -> Clause:
    """An item of running text below headings."""
    path = (*map(str, range(len(headings))), f"（{number}）")
    return Clause(f"c{number}", path, path[-1], "".join(path), ClauseKind.ITEM, heading, text, headings)


def row(fields: Mapping[str, str], *headings: str) -> Clause:
    """A table row whose text are its cells, one a line."""
    text = "\n".join(cell for cell in fields.values() if cell)
    return Clause("r1", ("附件1", "1"), "1", "附件1#1", ClauseKind.ROW, None, text, headings, dict(fields))


def targets(card: Card, *clauses: Clause) -> list[Target]:
    """The targets of a notice with these clauses, in order."""
    notice = Notice("n1", "n.txt", "0" * 64, "txt", card, clauses, "\n".join(c.text for c in clauses))
    found = targets_of(notice)
    return [target for clause in clauses for target in found.get(clause.id, ())]


def said(found: Sequence[Target]) -> list[tuple[object, ...]]:
    """What a person reads off targets: indicator, comparator, value, unit."""
    return [(t.indicator, t.comparator.value, t.value, t.unit) for t in found]
