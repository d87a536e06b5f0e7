"""The values that leave this room: a `Notice`, its `Card` and its `Clause`s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.document import Place

#: How the label of an annexed part begins.
ATTACHED = ("附件", "附表", "附录")


class ClauseKind(StrEnum):
    """What a clause is in the printed notice."""

    HEADING = "heading"  # a title line whose body is in its children
    ITEM = "item"  # a numbered item with its text
    PARAGRAPH = "paragraph"  # unnumbered text: 前言, 引言, 结语, 通知, 附件目录, 备注
    BULLET = "bullet"  # ——lead words
    INLINE = "inline"  # 一是, 二是 inside a paragraph
    ROW = "row"  # a table row


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. Leaves do not overlap; a parent's text is only what stands before its children.

    `path` holds labels from the outermost inwards, brackets full-width; `cite` joins them for reading.
    `headings` are the ancestors' headings, outermost first, one for each ancestor that has one.
    `fields` maps column name to cell for a table row, merged cells filled down, `group` for a group row.
    `start`/`end` are offsets into the notice's source: the decoded file for .txt and .md; for other formats
    the text that the page shows, and `place` says where in the file that is.
    """

    id: str
    path: tuple[str, ...]
    label: str
    cite: str
    kind: ClauseKind
    heading: str | None
    text: str
    headings: tuple[str, ...] = ()
    fields: Mapping[str, str] | None = None
    start: int | None = None
    end: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An annexed part: its label (附件1, 附件3附件) and title."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a notice says of itself. None where the text does not say it; never a guess.

    Dates are ISO (YYYY-MM-DD); `period` is (first year, last year). `kind` is the kind of document that the
    title names (通知, 方案, 办法, …); `repeals` and `cites` name other documents as the text does, with their
    numbers where it gives them.
    """

    title: str
    notice_title: str | None = None
    issuer: str | None = None
    region: str | None = None
    doc_number: str | None = None
    issued: str | None = None
    published: str | None = None
    period: tuple[int, int] | None = None
    addressees: str | None = None
    attachments: tuple[Attachment, ...] = ()
    kind: str | None = None
    index_number: str | None = None
    effective: str | None = None
    expires: str | None = None
    repeals: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a notice's source, and the rule that set it apart."""

    text: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """Where every printed character of a source went; white space does not count.

    `lost` characters are in no clause, not in the card and not furniture; `twice` are in two clauses.
    """

    total: int = 0
    in_clauses: int = 0
    in_card: int = 0
    furniture: tuple[Stretch, ...] = ()
    lost: tuple[Stretch, ...] = ()
    twice: tuple[Stretch, ...] = ()

    @property
    def in_furniture(self) -> int:
        """How many characters are page furniture."""
        return sum(ink(stretch.text) for stretch in self.furniture)

    @property
    def share(self) -> float:
        """The share of characters accounted for exactly once, 0 to 1; 1 for an empty source."""
        wrong = sum(ink(stretch.text) for stretch in (*self.lost, *self.twice))
        return 1.0 if not self.total else 1 - wrong / self.total


def ink(text: str) -> int:
    """The number of characters that are not white space."""
    return len("".join(text.split()))


@dataclass(frozen=True, slots=True)
class Notice:
    """A file as staff know it: its card and its clauses in document order.

    `name` is the path inside the corpus folder, with `/`; `id` comes from `name` and `sha256` (of the bytes).
    `source` is the decoded text that clause offsets point into; `remarks` are plain Chinese sentences about
    what a reader should know (a text that breaks off, numbers that skip).
    """

    id: str
    name: str
    sha256: str
    format: str
    card: Card
    clauses: tuple[Clause, ...]
    source: str
    remarks: tuple[str, ...] = ()
    audit: Audit = field(default_factory=Audit)
