"""Tables of word processors: rows of cells with edges → a `Table`, or the blocks inside if it only lays out
the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from ingest.document import Block, Cell, Line, Row, Table

# A cell that holds the article and not a fact: long, and most of what its table says.
_ARTICLE_CHARACTERS = 300
_ARTICLE_SHARE = 0.6

# Where rows are drawn one by one, edges this near (in twips, a twentieth of a point) are one.
_TOLERANCE = 60
_DEFAULT_WIDTH = 1000

# Rows by columns: a larger table is a trap for those who lay it out in full, and its text is enough.
_MAX_PLACES = 200_000
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


@dataclass(frozen=True, slots=True)
class RowShape:
    """How a row is drawn: the `edges` of its cells in twips (one more than cells), what each has of a
    vertical merge, and the cells that are `joined` to the one at their left."""

    edges: Sequence[int] = ()
    merges: Sequence[Merge] = ()
    joined: frozenset[int] = frozenset()
    header: bool = False


class TableUnderWay:
    """Gathers cells and rows where a document marks the ends of cells and rows only.

    A table in a cell is text of that cell.
    """

    def __init__(self) -> None:
        self._rows: list[RawRow] = []
        self._cells: list[list[Block]] = []
        self._cell: list[Block] = []
        self.is_open = False

    def add(self, blocks: Iterable[Block], *, ends_cell: bool) -> None:
        """Take a paragraph of a cell, and end the cell with it."""
        self.is_open = True
        self._cell.extend(blocks)
        if ends_cell:
            self._cells.append(self._cell)
            self._cell = []

    def end_row(self, shape: RowShape) -> None:
        """End the row, which is drawn as `shape` says; cells beyond its edges get equal widths."""
        self.is_open = True
        if self._cell:
            self.add((), ends_cell=True)
        self._rows.append(RawRow(_drawn(self._cells, shape), shape.header))
        self._cells = []

    def close(self) -> Iterator[Block]:
        """Yield the table that ends here, if one is open; a row without its mark is a row too."""
        if self._cell or self._cells:
            self.end_row(RowShape())
        rows, self._rows, self.is_open = self._rows, [], False
        if rows:
            yield from table_blocks(rows, tolerance=_TOLERANCE)


def _drawn(contents: Sequence[list[Block]], shape: RowShape) -> list[RawCell]:
    edges = list(shape.edges)
    if len(edges) <= len(contents) or any(left >= right for left, right in pairwise(edges)):
        edges = [index * _DEFAULT_WIDTH for index in range(len(contents) + 1)]
    cells: list[RawCell] = []
    for index, blocks in enumerate(contents):
        if index in shape.joined and cells:
            cells[-1].right = edges[index + 1]
            cells[-1].blocks += blocks
        else:
            merge = shape.merges[index] if index < len(shape.merges) else Merge.NONE
            cells.append(RawCell(blocks, edges[index], edges[index + 1], merge))
    return cells


def table_blocks(rows: Sequence[RawRow], *, tolerance: int = 0) -> Iterator[Block]:
    """Yield the `Table` that `rows` print, or what their cells hold where the table only lays out the page.

    Edges at most `tolerance` apart are one: old Word draws row by row, and edges meant to be one differ by
    some twips. Block numbers are left at 0 for `ingest.rendering.render` to give.
    """
    rows = [row for row in rows if row.cells]
    columns = _align(rows, tolerance)
    if len(rows) * columns <= _MAX_PLACES:
        _fill_gaps(rows)
        _merge(rows)
        if _is_data(rows):
            yield Table(tuple(_printed(row) for row in rows), 0)
            return
    for row in rows:
        for cell in row.cells:
            yield from cell.blocks


def _printed(row: RawRow) -> Row:
    cells = (Cell(cell.text, cell.rowspan, min(cell.right - cell.left, _MAX_COLUMNS)) for cell in row.cells)
    return Row(tuple(cells), 0, header=row.header)


def _align(rows: Sequence[RawRow], tolerance: int) -> int:
    """Turn edges into columns, counted from 0, and return how many there are; a column in which no cell
    begins or ends is none."""
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
    return column + 1


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
