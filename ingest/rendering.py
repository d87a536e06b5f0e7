"""The text that a page shows, made from the blocks of a format without character offsets.

So every clause has a span, whatever the format: the reading pane can mark it and the audit can count it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ingest.document import Block, Document, Line, Place, Row, Table

_NOTHING: Mapping[str, str] = MappingProxyType({})


def render(
    blocks: Iterable[Block],
    *,
    name: str,
    format: str,
    encoding: str = "",
    metadata: Mapping[str, str] = _NOTHING,
) -> Document:
    """The document of blocks without offsets: one line of source for each line and each table row, cells
    apart by tabs; blocks are numbered in order, and lines, rows and cells get their offsets."""
    page = _Page()
    placed = tuple(page.block(block, ordinal) for ordinal, block in enumerate(blocks))
    return Document(name, page.source(), placed, encoding, format, metadata, rendered=True)


class _Page:
    """The source as it grows."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._at = 0

    def source(self) -> str:
        return "".join(self._pieces)

    def block(self, block: Block, ordinal: int) -> Block:
        if isinstance(block, Line):
            text = block.text.strip()
            start, end = self._write(text, "\n")
            return Line(text, ordinal, start, end, replace(block.place or Place(), block=ordinal))
        return Table(tuple(self._row(row, ordinal) for row in block.rows), ordinal, block.caption)

    def _row(self, row: Row, ordinal: int) -> Row:
        start = self._at
        cells = []
        for i, cell in enumerate(row.cells):
            last = i == len(row.cells) - 1
            begin, end = self._write(" ".join(cell.text.split()), "\n" if last else "\t")
            cells.append(replace(cell, start=begin, end=end))
        place = replace(row.place or Place(), block=ordinal)
        end = max([start, *(cell.end for cell in cells if cell.end is not None)])
        return replace(row, cells=tuple(cells), block=ordinal, start=start, end=end, place=place)

    def _write(self, text: str, after: str) -> tuple[int, int]:
        """The span of the text just written."""
        self._pieces += (text, after)
        start = self._at
        self._at = start + len(text) + len(after)
        return start, start + len(text)
