"""Drawn tables of pages → tables of the document; one that goes on over pages is one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.columns import is_number_column
from ingest.document import Block, Cell, Line, Place, Row, Table
from ingest.readers.page_items import Box
from ingest.readers.ruled_tables import RuledCell, RuledTable
from ingest.readers.text_lines import joined

#: Points by which a column may be shifted on the next page.
_SAME_COLUMN = 8.0
_SENTENCE_ENDS = "。；;！？"


@dataclass(slots=True)
class LongTable:
    """A table over one or more pages while it is read: rows of cells with the place of each row."""

    columns: list[float]
    rows: list[list[RuledCell]]
    places: list[Place]


def begun(table: RuledTable) -> LongTable:
    """A table that begins with what stands on one page."""
    return LongTable(list(table.columns), _rows(table), [_place(table, box) for box in table.rows])


def goes_on(long: LongTable, table: RuledTable) -> bool:
    """Whether a table at the top of a page goes on with the one at the end of the page before: it is as wide,
    and one of them has all column lines of the other (merged cells leave some out)."""
    return _common_axes(long.columns, table.columns) is not None


def _common_axes(first: Sequence[float], second: Sequence[float]) -> Sequence[float] | None:
    """The finer of two divisions of the same width; None if neither holds the other."""
    one, two = [x - first[0] for x in first], [x - second[0] for x in second]
    if abs(one[-1] - two[-1]) > 2 * _SAME_COLUMN:
        return None
    for coarse, fine, axes in ((two, one, first), (one, two, second)):
        if all(min(abs(x - other) for other in fine) < _SAME_COLUMN for x in coarse):
            return axes
    return None


def extend(long: LongTable, table: RuledTable) -> None:
    """Add the rows of the next page: a repeated header is left out, a row that the page cut is made whole."""
    rows = _rows(table)
    axes = _common_axes(long.columns, table.columns) or long.columns
    if axes is long.columns:
        _divide(rows, table.columns, axes)
    else:
        _divide(long.rows, long.columns, axes)
        long.columns = list(axes)
    places = [_place(table, box) for box in table.rows]
    repeated = _repeated_header(long.rows, rows, recognised=table.confidence is not None)
    rows, places = rows[repeated:], places[repeated:]
    if rows and _is_cut(long.rows, rows[0]):
        _complete(long.rows[-1], rows[0])
        rows, places = rows[1:], places[1:]
    elif rows:
        _reach_down(long.rows, rows)
    long.rows.extend(rows)
    long.places.extend(places)


def _divide(rows: Sequence[Sequence[RuledCell]], coarse: Sequence[float], axes: Sequence[float]) -> None:
    """Count the columns of cells by finer axes."""
    places = [
        min(range(len(axes)), key=lambda i, x=x: abs(axes[i] - axes[0] - (x - coarse[0])))  # type: ignore[misc]
        for x in coarse
    ]
    for row in rows:
        for cell in row:
            begin, end = places[cell.column], places[cell.column + cell.colspan]
            cell.column, cell.colspan = begin, end - begin


def finished(long: LongTable) -> list[Block]:
    """The table without empty columns; lines if what remains has one row or one column only."""
    columns = sorted({cell.column for row in long.rows for cell in row if cell.text})
    if len(long.rows) < 2 or len(columns) < 2:
        return [
            Line(text, 0, place=place)
            for row, place in zip(long.rows, long.places, strict=True)
            for cell in row
            for text in cell.text.splitlines()
            if text
        ]
    header = _header_rows(long.rows)
    rows = tuple(
        Row(_cells(row, columns, len(long.rows) - at), 0, header=at < header, place=place)
        for at, (row, place) in enumerate(zip(long.rows, long.places, strict=True))
    )
    return [Table(rows, 0)]


def _cells(row: Sequence[RuledCell], columns: Sequence[int], rows_left: int) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            cell.text,
            min(cell.rowspan, rows_left),
            sum(cell.column <= column < cell.column + cell.colspan for column in columns),
        )
        for cell in row
        if any(cell.column <= column < cell.column + cell.colspan for column in columns)
    )


def _rows(table: RuledTable) -> list[list[RuledCell]]:
    rows: list[list[RuledCell]] = [[] for _ in table.rows]
    for cell in table.cells:
        rows[cell.row].append(replace(cell))
    return rows


def _place(table: RuledTable, box: Box) -> Place:
    left, top, right, bottom = (round(edge, 1) for edge in box)
    return Place(page=table.page, box=(left, top, right, bottom), confidence=table.confidence)


def _texts(row: Sequence[RuledCell]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]


def _repeated_header(
    before: Sequence[Sequence[RuledCell]], rows: Sequence[Sequence[RuledCell]], *, recognised: bool
) -> int:
    """How many rows at the head of the page say the same as the first rows of the table."""
    count = 0
    while (
        count < min(len(rows), len(before), 4)
        and _says_the_same(_texts(before[count]), _texts(rows[count]), recognised)
        and sum(map(bool, _texts(rows[count]))) > 1
    ):
        count += 1
    return count


def _says_the_same(first: Sequence[str], second: Sequence[str], recognised: bool) -> bool:
    """Whether two rows have the same texts; in recognised ones a tenth of the characters may differ."""
    if first == second or not recognised or len(first) != len(second):
        return first == second
    one, two = Counter("".join(first)), Counter("".join(second))
    return (one & two).total() >= 0.9 * max(one.total(), two.total())


def _header_rows(rows: Sequence[Sequence[RuledCell]]) -> int:
    """How many rows hold column titles: the first, and those that a title over several columns needs."""
    first = rows[0]
    if len(first) < 2 or all(cell.colspan == 1 for cell in first):
        return 1
    return min(max(cell.rowspan for cell in first), len(rows) - 1)


def _is_cut(before: Sequence[Sequence[RuledCell]], row: Sequence[RuledCell]) -> bool:
    """Whether a row at the head of a page is the rest of the last row.

    It has nothing in the column that numbers or names the rows, and it goes on with a cell that was full and
    in the middle of a sentence. In a table whose first column is never merged, an empty first cell is enough.
    """
    last = {cell.column: cell for cell in before[-1]}
    filled = [cell for cell in row if cell.text]
    number = _number_column(before)
    first = number if number is not None else min(cell.column for cell in row)
    if not filled or any(cell.column == first or cell.column not in last for cell in filled):
        return False
    if any(_is_open(last[cell.column]) for cell in filled):
        return True
    merged = any(cell.rowspan > 1 for line in before for cell in line if cell.column == first)
    return number is None and not merged and bool(last.get(first) and last[first].text)


def _is_open(cell: RuledCell) -> bool:
    return cell.full and cell.text[-1:] not in _SENTENCE_ENDS


def _number_column(rows: Sequence[Sequence[RuledCell]]) -> int | None:
    return next((cell.column for cell in rows[0] if is_number_column("".join(cell.text.split()))), None)


def _complete(last: Sequence[RuledCell], rest: Sequence[RuledCell]) -> None:
    """Add the texts of a cut row's rest to the cells above them."""
    cells = {cell.column: cell for cell in last}
    for more in rest:
        cell = cells.get(more.column)
        if cell is None or not more.text:
            continue
        keeps = cell.text and not _is_open(cell)
        cell.text = f"{cell.text}\n{more.text}" if keeps else joined(cell.text, more.text)
        cell.full = more.full


def _reach_down(before: list[list[RuledCell]], rows: list[list[RuledCell]]) -> None:
    """Merged cells that the page's end cut: an empty cell without a number goes on with the one above."""
    number = _number_column(before)
    if number is None:
        return
    head = rows[0]
    empty = next((cell for cell in head if cell.column == number and not cell.text), None)
    if empty is None or not any(cell.text for cell in head):
        return
    for cell in [cell for cell in head if not cell.text and cell.column <= number + 1]:
        above = _above(before, cell.column)
        if above is None:
            continue
        at, owner = above
        owner.rowspan = len(before) - at + cell.rowspan
        head.remove(cell)


def _above(rows: Sequence[Sequence[RuledCell]], column: int) -> tuple[int, RuledCell] | None:
    """(row, cell) of the last cell that covers a column in the last row."""
    for at in range(len(rows) - 1, -1, -1):
        for cell in rows[at]:
            if cell.column <= column < cell.column + cell.colspan:
                return (at, cell) if at + cell.rowspan >= len(rows) else None
    return None
