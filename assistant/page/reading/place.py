"""Where the reader is in a notice, and how its clauses are numbered in print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ingest.notice import Clause, ClauseKind

Span = tuple[int, int]

#: What the address rules call unnumbered text, and the paragraphs of an article: no notice prints these.
_UNPRINTED: Final = re.compile(r"前言|通知|引言|结语|附件目录|新闻摘要|备注|第[一二三四五六七八九十]+款")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is: the highlighted clause (None for the whole notice), the ids of its parents, the
    marked span of its text, the clauses by path, and their ordinals by id."""

    target: Clause | None
    parents: frozenset[str]
    mark: Span | None
    by_path: Mapping[tuple[str, ...], Clause]
    numbers: Mapping[str, int]

    def attributes(self, clause: Clause, style: str) -> dict[str, str]:
        """HTML attributes of the clause's element."""
        number = self.numbers.get(clause.id)
        way = {"data_n": str(number)} if number is not None else {}
        if self.is_target(clause):
            return {"class_": f"{style} tw-hit", "id": "tw-target", "aria_current": "location", **way}
        if clause.id in self.parents:
            return {"class_": f"{style} tw-parent", **way}
        return {"class_": style, **way}

    def is_target(self, clause: Clause) -> bool:
        """Whether that is the highlighted clause."""
        return self.target is not None and clause.id == self.target.id

    def label(self, clause: Clause) -> str:
        """The clause's printed number."""
        above = (self.by_path.get(clause.path[:depth]) for depth in range(len(clause.path) - 1, 0, -1))
        return printed_label(clause, next((parent for parent in above if parent), None))

    def mark_in(self, clause: Clause) -> Span | None:
        """The marked span, if this is the highlighted clause and the span lies in its text."""
        if not self.is_target(clause) or self.mark is None:
            return None
        start, end = self.mark
        return self.mark if start < end <= len(clause.text) else None


def printed_label(clause: Clause, parent: Clause | None) -> str:
    """The clause's own number as the notice prints it (一、 （一） 1. 第十条 一是 ——), or nothing.

    A clause's label is its parent's with its own behind it.
    """
    if clause.kind is ClauseKind.ROW:
        return ""
    own = clause.label.removeprefix(parent.label if parent else "").strip()
    if own.startswith("——"):
        return "——"  # the lead words that follow it in the label begin the clause's text
    if _UNPRINTED.fullmatch(own) or own == clause.text:
        return ""
    return f"{own}\u3000" if own.startswith(("第", "附件", "附表")) else own
