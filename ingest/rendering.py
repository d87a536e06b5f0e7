"""The text that a page shows, made from the blocks of a format without character offsets.

So every clause has a span, whatever the format: the reading pane can mark it and the audit can count it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from ingest.document import Block, Document, Line, Place, Table

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
    apart by tabs; blocks are numbered in order and get their offsets."""
    pieces: list[str] = []
    placed: list[Block] = []
    at = 0

    def take(text: str) -> tuple[int, int]:
        nonlocal at
        pieces.append(text)
        start, at = at, at + len(text) + 1
        return start, start + len(text)

    for ordinal, block in enumerate(blocks):
        if isinstance(block, Line):
            text = block.text.strip()
            start, end = take(text)
            place = replace(block.place or Place(), block=ordinal)
            placed.append(Line(text, ordinal, start, end, place))
        else:
            rows = []
            for row in block.rows:
                start, end = take("\t".join(" ".join(cell.text.split()) for cell in row.cells))
                place = replace(row.place or Place(), block=ordinal)
                rows.append(replace(row, block=ordinal, start=start, end=end, place=place))
            placed.append(Table(tuple(rows), ordinal, block.caption))
    source = "\n".join(pieces) + "\n" if pieces else ""
    return Document(name, source, tuple(placed), encoding, format, metadata, rendered=True)
