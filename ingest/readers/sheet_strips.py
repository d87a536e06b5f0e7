"""Worksheets → strips: the rows that have text, with the filled rows and columns that each cell covers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Position = tuple[int, int]
Area = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its cells' texts as displayed, by (row, column) from 0.

    `merges` are (top, left, bottom, right), the last row and column inside. Hidden rows and columns are not
    printed, so they are no part of the document.
    """

    name: str
    cells: Mapping[Position, str]
    merges: Sequence[Area] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(slots=True)
class Spot:
    """A filled cell: its text, its place in the sheet, and how many filled rows and columns it covers."""

    text: str
    row: int
    column: int
    bottom: int
    right: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class Strip:
    """One row that has text of its own."""

    row: int
    spots: list[Spot] = field(default_factory=list)
    covered: bool = False  # a merged cell from above reaches into it
    gap: bool = False  # an empty row stands above it


def strips_of(sheet: Sheet) -> list[Strip]:
    """The rows that have text of their own, spans counted in filled rows and columns only."""
    spots = _spots(sheet)
    rows = sorted({spot.row for spot in spots})
    columns = sorted({spot.column for spot in spots})
    strips = [Strip(row) for row in rows]
    coverings = [0] * (len(rows) + 1)  # how many merged cells begin to reach, or cease to reach, into a row
    for spot in spots:
        at = bisect_left(rows, spot.row)
        strips[at].spots.append(spot)
        spot.rowspan = max(1, bisect_right(rows, spot.bottom) - at)
        spot.colspan = max(1, bisect_right(columns, spot.right) - bisect_left(columns, spot.column))
        if spot.rowspan > 1:
            coverings[at + 1] += 1
            coverings[at + spot.rowspan] -= 1
    reaching = 0
    for at, strip in enumerate(strips):
        reaching += coverings[at]
        strip.covered = reaching > 0
        above = range(rows[at - 1] + 1, strip.row) if at else ()
        strip.gap = not strip.covered and any(row not in sheet.hidden_rows for row in above)
    return strips


def _spots(sheet: Sheet) -> list[Spot]:
    areas = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    spots = []
    for (top, left), text in sorted(sheet.cells.items()):
        bottom, right = areas.get((top, left), (top, left))
        # a merged cell shows its text as long as one of its rows and columns is seen
        row = next((row for row in range(top, bottom + 1) if row not in sheet.hidden_rows), None)
        column = next(
            (column for column in range(left, right + 1) if column not in sheet.hidden_columns), None
        )
        if text.strip() and row is not None and column is not None:
            spots.append(Spot(text.strip(), row, column, bottom, right))
    return spots
