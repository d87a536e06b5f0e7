"""Drawn lines and glyphs → tables: a missing line between two places of the grid merges them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ingest.grammar import match_label
from ingest.readers.page_items import Box, Glyph, PageItems, Rule, mean_confidence, union
from ingest.readers.text_lines import glyph_lines, joined, line_box, line_text, type_size

# In points. Lines of one frame miss each other by up to the width of a thick border.
_REACH = 3.0
_SAME_AXIS = 2.5
#: Share of an edge of the grid that must be drawn for it to part two cells.
_DRAWN = 0.6
_LEAST_GAP = 7.0
_MAX_GRID = 20_000
# In ems. A line that leaves less of its cell empty is full; one that leaves more than the other is short.
_FULL = 1.9
_SHORT = 4.0
#: 2-1.《…》, the second ground of the first point, as forms of public powers number them.
_POINT = re.compile(r"\d{1,2}-\d{1,2}[.．、]")
_MAX_CROSSINGS = 1_000_000  # a drawing or a map; a table of a thousand rows has some ten thousand


@dataclass(slots=True)
class RuledCell:
    """A cell of a drawn table; `full` says that its last line reaches its right edge."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    full: bool = False


@dataclass(slots=True)
class RuledTable:
    """A drawn table on one page: x of its columns, boxes of its rows, cells in reading order."""

    page: int
    box: Box
    columns: list[float]
    rows: list[Box]
    cells: list[RuledCell]
    confidence: float | None = None

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.columns) - 1


@dataclass(slots=True)
class _Frame:
    """Lines that touch one another."""

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)

    @property
    def box(self) -> Box:
        xs = [rule.at for rule in self.vertical]
        xs += [x for rule in self.horizontal for x in (rule.begin, rule.end)]
        ys = [rule.at for rule in self.horizontal]
        ys += [y for rule in self.vertical for y in (rule.begin, rule.end)]
        return min(xs), min(ys), max(xs), max(ys)


def ruled_tables(page: PageItems) -> tuple[list[RuledTable], list[Glyph]]:
    """The drawn tables of a page from top to bottom, and the glyphs that are in none of them.

    A frame of one column is no table; a frame around other tables only lays the page out. A table of one row
    is given: it may go on from the page before.
    """
    horizontal, vertical = _merged(page.horizontal), _merged(page.vertical)
    if len(horizontal) * len(vertical) > _MAX_CROSSINGS:
        return [], list(page.glyphs)
    frames = [frame for frame in _frames(horizontal, vertical) if frame.horizontal and frame.vertical]
    grids = [grid for frame in frames if (grid := _Grid.of(frame)) is not None]
    grids = [grid for grid in grids if not any(_holds(grid.box, other.box) for other in grids)]
    glyphs = list(page.glyphs)
    tables = []
    for grid in sorted(grids, key=lambda grid: grid.box[1]):
        inside = [glyph for glyph in glyphs if grid.holds(glyph)]
        table = grid.table(page.number, inside)
        if table is not None:
            tables.append(table)
            taken = set(map(id, inside))
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
    return tables, glyphs


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer != inner
        and outer[0] <= inner[0] + _REACH
        and outer[1] <= inner[1] + _REACH
        and outer[2] >= inner[2] - _REACH
        and outer[3] >= inner[3] - _REACH
    )


# -- frames -------------------------------------------------------------------------------------------------


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one axis that touch or overlap as one; doubles of a thick border fall together."""
    merged: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if group and rule.at - group[0].at > _SAME_AXIS:
            merged.extend(_joined(group))
            group = []
        group.append(rule)
    return [*merged, *_joined(group)]


def _joined(group: Sequence[Rule]) -> Iterator[Rule]:
    if not group:
        return
    at = sum(rule.at for rule in group) / len(group)
    begin, end = None, 0.0
    for rule in sorted(group, key=lambda rule: rule.begin):
        if begin is None:
            begin, end = rule.begin, rule.end
        elif rule.begin <= end + _REACH:
            end = max(end, rule.end)
        else:
            yield Rule(at, begin, end)
            begin, end = rule.begin, rule.end
    if begin is not None:
        yield Rule(at, begin, end)


def _frames(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[_Frame]:
    """Groups of rules that cross or touch."""
    leaders = list(range(len(horizontal) + len(vertical)))

    def leader(i: int) -> int:
        while leaders[i] != i:
            leaders[i] = leaders[leaders[i]]
            i = leaders[i]
        return i

    for h, level in enumerate(horizontal):
        for v, upright in enumerate(vertical):
            if (
                level.begin - _REACH <= upright.at <= level.end + _REACH
                and upright.begin - _REACH <= level.at <= upright.end + _REACH
            ):
                leaders[leader(len(horizontal) + v)] = leader(h)
    frames: dict[int, _Frame] = {}
    for h, rule in enumerate(horizontal):
        frames.setdefault(leader(h), _Frame()).horizontal.append(rule)
    for v, rule in enumerate(vertical):
        frames.setdefault(leader(len(horizontal) + v), _Frame()).vertical.append(rule)
    return list(frames.values())


# -- grids --------------------------------------------------------------------------------------------------


class _Grid:
    """The places between all lines of a frame, and which of them are one cell."""

    def __init__(self, frame: _Frame, xs: list[float], ys: list[float]) -> None:
        self._upright = _by_axis(frame.vertical, xs)
        self._level = _by_axis(frame.horizontal, ys)
        self._xs = xs
        self._ys = ys
        self.box: Box = (xs[0], ys[0], xs[-1], ys[-1])

    @classmethod
    def of(cls, frame: _Frame) -> _Grid | None:
        """The grid of a frame; None if it has less than two columns, or is a hatching too fine for text."""
        left, top, right, bottom = frame.box
        # a table may be open at its sides, or above its first and below its last line
        xs = _axes([rule.at for rule in frame.vertical] + [left, right])
        ys = _axes([rule.at for rule in frame.horizontal] + [top, bottom])
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MAX_GRID:
            return None
        if min(_usual_gap(xs), _usual_gap(ys)) < _LEAST_GAP:
            return None
        return cls(frame, xs, ys)

    def holds(self, glyph: Glyph) -> bool:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]

    def table(self, page: int, glyphs: Sequence[Glyph]) -> RuledTable | None:
        """The table of the glyphs inside the grid; None if there are none."""
        areas = self._areas()
        contents: dict[int, list[Glyph]] = {}
        owner = {place: number for number, area in enumerate(areas) for place in area.places()}
        for glyph in glyphs:
            place = (
                _place(self._ys, (glyph.top + glyph.bottom) / 2),
                _place(self._xs, (glyph.left + glyph.right) / 2),
            )
            contents.setdefault(owner[place], []).append(glyph)
        if not any(not glyph.text.isspace() for glyph in glyphs):
            return None
        cells = [
            self._cell(area, contents.get(number, []))
            for number, area in sorted(enumerate(areas), key=lambda item: (item[1].top, item[1].left))
        ]
        rows = [
            (self._xs[0], top, self._xs[-1], bottom)
            for top, bottom in zip(self._ys, self._ys[1:], strict=False)
        ]
        return _with_filled_rows(RuledTable(page, self.box, self._xs, rows, cells, mean_confidence(glyphs)))

    def _cell(self, area: _Area, glyphs: Sequence[Glyph]) -> RuledCell:
        right = self._xs[area.right]
        text, full = cell_text(glyphs, right)
        return RuledCell(text, area.top, area.left, area.bottom - area.top, area.right - area.left, full)

    def _areas(self) -> list[_Area]:
        """The places of the grid, merged where no line parts them; each place is in one area."""
        rows, columns = len(self._ys) - 1, len(self._xs) - 1
        taken: set[tuple[int, int]] = set()
        areas = []
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                area = self._grown(row, column, taken)
                taken.update(area.places())
                areas.append(area)
        return areas

    def _grown(self, row: int, column: int, taken: set[tuple[int, int]]) -> _Area:
        """The largest rectangle from a place on to the right and down that no line crosses."""
        right = column + 1
        while (
            right < len(self._xs) - 1
            and (row, right) not in taken
            and not self._is_parted_upright(right, row)
        ):
            right += 1
        bottom = row + 1
        while bottom < len(self._ys) - 1 and all(
            (bottom, x) not in taken and not self._is_parted_level(bottom, x) for x in range(column, right)
        ):
            bottom += 1
        return _Area(row, column, bottom, right)

    def _is_parted_upright(self, x: int, row: int) -> bool:
        return _is_drawn(self._upright[x], self._ys[row], self._ys[row + 1])

    def _is_parted_level(self, y: int, column: int) -> bool:
        return _is_drawn(self._level[y], self._xs[column], self._xs[column + 1])


@dataclass(frozen=True, slots=True)
class _Area:
    top: int
    left: int
    bottom: int
    right: int

    def places(self) -> Iterator[tuple[int, int]]:
        for row in range(self.top, self.bottom):
            for column in range(self.left, self.right):
                yield row, column


def _axes(values: Iterable[float]) -> list[float]:
    """Values nearer than a line's thickness as one."""
    axes: list[float] = []
    for value in sorted(values):
        if not axes or value - axes[-1] > _REACH:
            axes.append(value)
    return axes


def _usual_gap(axes: Sequence[float]) -> float:
    return median(after - before for before, after in pairwise(axes))


def _place(axes: Sequence[float], value: float) -> int:
    return min(max(bisect_right(axes, value) - 1, 0), len(axes) - 2)


def _by_axis(rules: Sequence[Rule], axes: Sequence[float]) -> list[list[Rule]]:
    """The rules that lie on each axis."""
    return [[rule for rule in rules if abs(rule.at - axis) <= _REACH] for axis in axes]


def _is_drawn(rules: Sequence[Rule], begin: float, end: float) -> bool:
    drawn = sum(max(0.0, min(rule.end, end) - max(rule.begin, begin)) for rule in rules)
    return drawn >= _DRAWN * (end - begin)


def _with_filled_rows(table: RuledTable) -> RuledTable:
    """The table without rows that have no text of their own: doubled lines, rows that only part columns."""
    rows = sorted({cell.row for cell in table.cells if cell.text})
    cells = []
    for cell in table.cells:
        if cell.row in rows:
            rowspan = sum(cell.row <= row < cell.row + cell.rowspan for row in rows)
            cells.append(replace(cell, row=rows.index(cell.row), rowspan=rowspan))
    bottoms = [*rows[1:], len(table.rows)]
    boxes = [union(table.rows[row], table.rows[end - 1]) for row, end in zip(rows, bottoms, strict=True)]
    return RuledTable(table.page, table.box, table.columns, boxes, cells, table.confidence)


# -- the text of a cell -------------------------------------------------------------------------------------


def cell_text(glyphs: Sequence[Glyph], right: float) -> tuple[str, bool]:
    """(the text of a cell, whether its last line reaches the right edge).

    Lines that the narrow column broke are joined; a line that ends a paragraph keeps its break.
    """
    text, rest, filled = "", 0.0, False
    for line in glyph_lines(glyphs):
        em = type_size(line)
        printed = line_text(line, em)
        if text and _ends_paragraph(text, rest, printed, filled=filled):
            text = f"{text}\n{printed}"
        else:
            text = joined(text, printed)
        rest = (right - line_box(line, em)[2]) / em
        filled = filled or rest < _FULL
    return text, rest < _FULL


def _ends_paragraph(text: str, rest: float, following: str, *, filled: bool) -> bool:
    """Whether a paragraph ends with the text, whose last line leaves `rest` ems of the cell empty.

    A label opens a paragraph behind a sentence, and behind a line that is not full; text does so where both
    hold. Where lines of the cell are full (`filled`), a short one ends a paragraph, unless a word follows
    that could not be broken (a web address).
    """
    closed = text[-1] in "。；;"
    label = match_label(following) is not None or _POINT.match(following) is not None
    if rest < _FULL:
        return label and text[-1] == "。"
    return label or closed or (filled and rest > _SHORT and not following[0].isascii())
