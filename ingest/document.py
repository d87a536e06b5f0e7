"""What a reader makes of a file: blocks in reading order, before anything is known of clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line or paragraph.

    `text` equals `document.source[start:end]` for formats with character offsets (.txt, .md); for the
    others `start` and `end` are None and `block` (the ordinal of the block in the document) is the place.
    """

    text: str
    block: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a real table; a merged cell is stored once, at its top left corner."""

    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a real table, cells from left to right; places as in `Line`."""

    cells: tuple[Cell, ...]
    block: int
    start: int | None = None
    end: int | None = None
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table that the source marks up as one (HTML, Markdown pipes, later docx, xlsx)."""

    rows: tuple[Row, ...]
    block: int
    caption: str = ""


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its decoded text, its blocks in reading order, and what its markup states of itself.

    `metadata` holds page metadata under lower-case names (`title`, `pubdate`, …) when the format has any.
    """

    name: str
    source: str
    blocks: tuple[Block, ...]
    encoding: str
    format: str
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
