"""Tables of a page: which hold data and which only lay the page out, and the rows of the former."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.document import Cell

# A cell that holds the article: long, and most of what its table says.
_ARTICLE_CHARACTERS = 300
_ARTICLE_SHARE = 0.6

# HTML allows colspan up to 1,000; no printed table is wider than this, and consumers unfold the spans.
_MAX_COLSPAN = 64


@dataclass(frozen=True, slots=True)
class RawRow:
    """Cells of one `tr`, and whether it is a header row."""

    cells: tuple[Cell, ...]
    header: bool


@dataclass(frozen=True, slots=True)
class RawTable:
    """A data table before it has a place in the document."""

    rows: tuple[RawRow, ...]
    caption: str


def is_data_table(table: etree._Element) -> bool:
    """Whether `table` is a grid of facts: two rows and columns with text, no table or article inside.

    A table with text outside its cells (rows never opened, stray words) is none, so that no text is lost.
    """
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return False
    rows = [[_length(cell) for cell in _cells_of(row)] for row in _rows_of(table)]
    filled_rows = [row for row in rows if any(row)]
    if len(filled_rows) < 2 or max(sum(1 for size in row if size) for row in filled_rows) < 2:
        return False
    longest = max(size for row in filled_rows for size in row)
    total = sum(size for row in filled_rows for size in row)
    if total + sum(map(_length, table.iterchildren("caption"))) < _length(table):
        return False
    return longest < _ARTICLE_CHARACTERS or longest < _ARTICLE_SHARE * total


def read_table(table: etree._Element, cell_text: Callable[[etree._Element], str]) -> RawTable:
    """Return the rows of `table`; a merged cell stands once, in its first row; spans end with the table."""
    elements = list(_rows_of(table))
    rows = tuple(_row(row, len(elements) - index, cell_text) for index, row in enumerate(elements))
    captions = [cell_text(caption) for caption in table.iterchildren("caption")]
    return RawTable(rows, " ".join(caption for caption in captions if caption))


def _row(row: etree._Element, rows_left: int, cell_text: Callable[[etree._Element], str]) -> RawRow:
    elements = list(_cells_of(row))
    cells = tuple(
        Cell(
            cell_text(cell),
            rowspan=_span(cell, "rowspan", rows_left),
            colspan=_span(cell, "colspan", _MAX_COLSPAN),
        )
        for cell in elements
    )
    parent = row.getparent()
    in_head = parent is not None and parent.tag == "thead"
    return RawRow(cells, in_head or (bool(elements) and all(cell.tag == "th" for cell in elements)))


def _span(cell: etree._Element, attribute: str, limit: int) -> int:
    digits = (cell.get(attribute) or "").strip()[:6]
    if not digits.isascii() or not digits.isdigit():
        return 1
    value = int(digits)
    if value == 0:  # HTML: rowspan 0 reaches to the end of the table section
        return limit if attribute == "rowspan" else 1
    return min(value, limit)


def _rows_of(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _cells_of(row: etree._Element) -> Iterator[etree._Element]:
    yield from row.iterchildren("td", "th")


def _length(cell: etree._Element) -> int:
    return len("".join("".join(cell.itertext()).split()))
