"""An answer as plain text with its citations, to be pasted into a document or a message."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.export.turns import Grid, Paragraph, Style, Words, parts_of, source_of
from assistant.types import Answer


def copy_text(answer: Answer) -> str:
    """The question, the answer with its [n] markers, and a line for each citation: title, number, address,
    quote."""
    parts = [_part(part) for part in parts_of(answer)]
    sources = [f"[{citation.marker}] {source_of(citation)}" for citation in answer.citations]
    return "\n".join([f"问：{' '.join(answer.understood.question.split())}", *parts, *sources])


def _part(part: Paragraph | Grid) -> str:
    if isinstance(part, Grid):
        return "\n".join(_rows(part))
    number = f"{part.number}. " if part.number is not None else "· " if part.style is Style.ITEM else ""
    return number + _words(part.words)


def _rows(grid: Grid) -> Iterator[str]:
    """Cells parted by tabs, as a spreadsheet takes them."""
    yield "\t".join(grid.heads)
    for row in grid.rows:
        yield "\t".join(_words(cell) for cell in row)


def _words(words: Words) -> str:
    text = " ".join(words.text.split())
    return text + "".join(f"[{marker}]" for marker in words.markers)
