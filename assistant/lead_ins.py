"""Words that say nothing without their items: 有下列情形之一的，停发补贴： and what stands below them."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.notice import Clause, ClauseKind

#: A text this short is a title.
_TITLE = 16
_OPEN_ENDS = (":", "：", "，", ",")


def introduces(clause: Clause) -> bool:
    """True for a clause that is nothing without its items: a title, or words that end in a colon or comma."""
    text = clause.text.strip()
    return clause.kind is ClauseKind.HEADING or len(text) <= _TITLE or text.endswith(_OPEN_ENDS)


def is_left_open(clause: Clause) -> bool:
    """True for a sentence that its items end: it stops at a colon or comma."""
    return clause.kind is not ClauseKind.ROW and clause.text.strip().endswith(_OPEN_ENDS)


def lead_ins(clauses: Sequence[Clause]) -> dict[str, Clause]:
    """Clause id → the open sentence that it ends, for the items that stand below one."""
    by_path = {c.path: c for c in clauses}
    found: dict[str, Clause] = {}
    for clause in clauses:
        parent = clause.path[:-1]
        for path in (parent, (*parent, "引言")):
            lead = by_path.get(path)
            if (
                lead is not None
                and lead is not clause
                and is_left_open(lead)
                and clause.kind is not ClauseKind.ROW
            ):
                found[clause.id] = lead
    return found
