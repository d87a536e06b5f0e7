"""Offset in a rendered source → the place in the file that it was read from."""

from __future__ import annotations

from bisect import bisect_right

from ingest.document import Document, Line, Place


class Places:
    """The places of a document's lines and rows, found by offset; none for plain text."""

    def __init__(self, document: Document) -> None:
        self._starts: list[int] = []
        self._places: list[Place] = []
        if not document.rendered:
            return
        for block in document.blocks:
            for piece in (block,) if isinstance(block, Line) else block.rows:
                if piece.start is not None and piece.place is not None:
                    self._starts.append(piece.start)
                    self._places.append(piece.place)

    def at(self, offset: int | None) -> Place | None:
        """The place of the line or row that holds the offset; None for plain text."""
        if offset is None or not self._starts:
            return None
        return self._places[max(0, bisect_right(self._starts, offset) - 1)]
