"""What a reader makes of a file: blocks in reading order, before anything is known of clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause, line or row stands in a format that is not plain text.

    `block` is the ordinal of the paragraph or table; `page` counts from 1; `box` is (left, top, right,
    bottom) in points from the page's top left corner; `sheet` and `cell` are a worksheet's name and a cell's
    address (B7); `confidence` is the mean OCR confidence from 0 to 1, None for text that was not recognised
    from an image.
    """

    block: int = 0
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line or paragraph; `text` equals `document.source[start:end]`. Where it stands does not
    count in comparisons.

    A reader of a format without character offsets leaves `start` and `end` None, may give a `place`, and
    passes its blocks through `ingest.rendering.render`, which makes the source and the offsets.
    """

    text: str
    block: int
    start: int | None = field(default=None, compare=False)
    end: int | None = field(default=None, compare=False)
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a real table; a merged cell is stored once, at its top left corner.

    Offsets are those of the cell's text in the source, where the format has them.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1
    start: int | None = field(default=None, compare=False)
    end: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a real table, cells from left to right; offsets and place as in `Line`."""

    cells: tuple[Cell, ...]
    block: int
    start: int | None = field(default=None, compare=False)
    end: int | None = field(default=None, compare=False)
    header: bool = False
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that the source marks up as one (HTML, Markdown pipes, later docx, xlsx)."""

    rows: tuple[Row, ...]
    block: int
    caption: str = ""


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its text, its blocks in reading order, and what its markup states of itself.

    `source` is the decoded file for .txt and .md; for the other formats it is the text that their page shows
    (`rendered`), made from the blocks, and offsets point into that.
    `metadata` holds page metadata under lower-case names (`title`, `pubdate`, …) when the format has any.
    """

    name: str
    source: str
    blocks: tuple[Block, ...]
    encoding: str
    format: str
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    rendered: bool = False
