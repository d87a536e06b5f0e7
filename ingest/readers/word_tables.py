"""Tables of word processors: rows of cells with edges → a `Table`, or the blocks inside if it only lays out
the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from ingest.document import Block, Cell, Line, Row, Table

# A cell that holds the article and not a fact: long, and most of what its table says.
_ARTICLE_CHARACTERS = 300
_ARTICLE_SHARE = 0.6

_MAX_COLUMNS = 64  # no printed table is wider; consumers unfold the spans


class Merge(Enum):
    """A cell's part in a vertical merge."""

    NONE = "none"
    FIRST = "first"
    CONTINUED = "continued"


@dataclass(slots=True)
class RawCell:
    """A cell with its edges (columns or twips from the left) and what it holds in reading order."""

    blocks: list[Block]
    left: int
    right: int
    merge: Merge = Merge.NONE
    rowspan: int = 1

    @property
    def text(self) -> str:
        """Its paragraphs, one a line; of a table inside the cell, the cells in reading order."""
        return "\n".join(_texts(self.blocks))


@dataclass(slots=True)
class RawRow:
    """Cells from left to right; `header` if the row is repeated on every page."""

    cells: list[RawCell] = field(default_factory=list)
    header: bool = False


def table_blocks(rows: Sequence[RawRow], *, tolerance: int = 0) -> Iterator[Block]:
    """Yield the `Table` that `rows` print, or what their cells hold where the table only lays out the page.

    Edges at most `tolerance` apart are one: old Word draws row by row, and edges meant to be one differ by
    some twips. Block numbers are left at 0 for `ingest.rendering.render` to give.
    """
    rows = [row for row in rows if row.cells]
    _align(rows, tolerance)
    _fill_gaps(rows)
    _merge(rows)
    if not _is_data(rows):
        for row in rows:
            for cell in row.cells:
                yield from cell.blocks
        return
    yield Table(tuple(_printed(row) for row in rows), 0)


def _printed(row: RawRow) -> Row:
    cells = (Cell(cell.text, cell.rowspan, min(cell.right - cell.left, _MAX_COLUMNS)) for cell in row.cells)
    return Row(tuple(cells), 0, header=row.header)


def _align(rows: Sequence[RawRow], tolerance: int) -> None:
    """Turn edges into columns, counted from 0; a column in which no cell begins or ends is none."""
    column, last = -1, None
    places: dict[int, int] = {}
    for edge in sorted({edge for row in rows for cell in row.cells for edge in (cell.left, cell.right)}):
        if last is None or edge - last > tolerance:
            column, last = column + 1, edge
        places[edge] = column
    for row in rows:
        for cell in row.cells:
            cell.left = places[cell.left]
            cell.right = max(places[cell.right], cell.left + 1)


def _fill_gaps(rows: Sequence[RawRow]) -> None:
    """Put an empty cell where a row begins to the right of the table's edge or leaves a place out."""
    for row in rows:
        full: list[RawCell] = []
        at = 0
        for cell in row.cells:
            if cell.left > at:
                full.append(RawCell([], at, cell.left))
            full.append(cell)
            at = max(at, cell.right)
        row.cells = full


def _merge(rows: Sequence[RawRow]) -> None:
    """Put vertically merged cells together at the first, and take the continued ones out."""
    open_at: dict[int, RawCell] = {}
    for row in rows:
        kept: list[RawCell] = []
        still_open: dict[int, RawCell] = {}
        for cell in row.cells:
            above = open_at.get(cell.left)
            if cell.merge is Merge.CONTINUED and above is not None:
                above.rowspan += 1
                still_open[cell.left] = above
                continue
            if cell.merge is not Merge.NONE:
                still_open[cell.left] = cell
            kept.append(cell)
        row.cells = kept
        open_at = still_open


def _is_data(rows: Sequence[RawRow]) -> bool:
    """Whether the table is a grid of facts: two rows and columns with text, and no cell holds the article.

    The same rule as for the tables of a web page.
    """
    sizes = [[len("".join(cell.text.split())) for cell in row.cells] for row in rows]
    filled = [row for row in sizes if any(row)]
    if len(filled) < 2 or max(sum(1 for size in row if size) for row in filled) < 2:
        return False
    longest = max(size for row in filled for size in row)
    total = sum(size for row in filled for size in row)
    return longest < _ARTICLE_CHARACTERS or longest < _ARTICLE_SHARE * total


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row.cells if cell.text)
