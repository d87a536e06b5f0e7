"""The clause in its context: what is embedded and indexed instead of the bare sentence."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ingest.notice import Card, ClauseKind

#: 关于印发…的通知 around a plan's name says how it was sent out, not what it is about.
_SENT_OUT = re.compile(r"^.*?关于(?:印发|转发|发布|下发|批转)(?P<name>.+?)的(?:通知|通告|公告|函)$")
_BOOK_MARKS = str.maketrans("", "", "《》〈〉")

DIGEST_BYTES = 16

#: Columns that only count or group: their cells are in the address or among the headings already.
_COUNTING_COLUMNS = frozenset({"序号", "编号", "group"})


@dataclass(frozen=True, slots=True)
class Passage:
    """The searchable parts of one clause; an empty string where it has no such part."""

    title: str
    headings: str
    text: str
    cells: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are not empty, the widest context first."""
        return tuple(part for part in (self.title, self.headings, self.text, self.cells) if part)

    def __str__(self) -> str:
        """The parts as one text for an embedding model, one part a line."""
        return "\n".join(self.parts)

    @property
    def digest(self) -> bytes:
        """`DIGEST_BYTES` bytes that only an equal text has: equal digests share one vector."""
        return hashlib.blake2b(str(self).encode(), digest_size=DIGEST_BYTES).digest()


class Worded(Protocol):
    """The words of a clause; `Clause` has them."""

    @property
    def kind(self) -> ClauseKind: ...
    @property
    def heading(self) -> str | None: ...
    @property
    def headings(self) -> tuple[str, ...]: ...
    @property
    def text(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, str] | None: ...


def passage_of(clause: Worded, card: Card) -> Passage:
    """The passage of `clause` in a notice with `card`; see `passage_under`."""
    return passage_under(card.title, clause)


def passage_under(title: str, clause: Worded) -> Passage:
    """The passage of `clause` in a notice with this title.

    `headings` holds the ancestors' headings and the clause's own, outermost first; `text` the clause's words,
    empty for a table row whose cells say it all (running text may have fields too: its 责任单位); `cells` the
    row as 列名：值, merged cells included.
    """
    headings = [*clause.headings]
    group = (clause.fields or {}).get("group", "")
    if group and group not in headings:
        headings.append(group)
    if clause.heading and clause.heading not in headings:
        headings.append(clause.heading)
    cells = _cells(clause)
    return Passage(
        title=short_title(title),
        headings=" ".join(headings),
        text="" if cells and clause.kind is ClauseKind.ROW else clause.text,
        cells=cells,
    )


@functools.lru_cache(maxsize=4096)
def short_title(title: str) -> str:
    """The name of the document itself: …关于印发《乙计划》的通知 gives 乙计划; others stay as they are."""
    sent_out = _SENT_OUT.match(title.strip())
    return (sent_out["name"] if sent_out else title.strip()).translate(_BOOK_MARKS)


def _cells(clause: Worded) -> str:
    row = (clause.fields or {}).items()
    return "；".join(f"{column}：{cell}" for column, cell in row if cell and column not in _COUNTING_COLUMNS)
