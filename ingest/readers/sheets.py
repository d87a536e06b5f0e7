"""Worksheets → blocks: titles above a table and notes below it are lines, the rest are its rows.

A sheet of a government workbook is a printed page: a title merged over the width, the unit of measurement,
a header of one or two lines, rows with merged cells, 备注 at the foot. Office workers leave empty rows and
columns and merge far beyond what they fill; only filled places count here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.columns import is_number_column, is_whole_title
from ingest.document import Block, Cell, Line, Place, Row, Table
from ingest.errors import UnreadableFile
from ingest.grammar import match_label
from ingest.layout import is_title
from ingest.notes import NOTE

#: Cells with text in all sheets together. The longest task table of a province has below ten thousand.
MAX_CELLS = 200_000
#: Places of the grid in which the filled rows and columns of one sheet cross, empty ones too.
MAX_PLACES = 1_000_000

_OWN_LABEL = re.compile(r"附\s*[件表录]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})?\s*[:：]?$")
_UNNAMED = re.compile(r"(?:sheet|工作表)\s*[-_(（]?\d*[)）]?", re.IGNORECASE)
_FORM_ENTRY = re.compile(r"[^：:，。]{2,12}[：:]")  # 填报单位：…　填报日期：…
_TITLE_LENGTH = 60
_ENTRY_LENGTH = 40

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
class _Spot:
    """A filled cell: its text, its place in the sheet, and how many filled rows and columns it covers."""

    text: str
    row: int
    column: int
    bottom: int
    right: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class _Strip:
    """One row that has text of its own."""

    row: int
    spots: list[_Spot] = field(default_factory=list)
    covered: bool = False  # a merged cell from above reaches into it
    gap: bool = False  # an empty row stands above it


def workbook_blocks(path: Path, sheets: Sequence[Sheet]) -> list[Block]:
    """Blocks of the visible sheets in order. With several sheets each is an attachment of its own: the label
    that it prints or its place among the sheets, then the title that it prints or its name.

    :raises UnreadableFile: If there are more than `MAX_CELLS` cells with text, or a sheet is too sparse a
        grid to be unfolded.
    """
    count = sum(len(sheet.cells) for sheet in sheets)
    if count > MAX_CELLS:
        raise UnreadableFile(
            path, f"表格里有 {count} 个单元格，超过上限 {MAX_CELLS} 个，没有读取。请拆分后再放入。"
        )
    for sheet in sheets:
        places = len({row for row, _ in sheet.cells}) * len({column for _, column in sheet.cells})
        if places > MAX_PLACES:
            raise UnreadableFile(
                path, f"工作表“{sheet.name}”的行列太多（{places} 格），没有读取。请拆分后再放入。"
            )
    read = [(sheet, blocks) for sheet in sheets if (blocks := sheet_blocks(sheet))]
    if not read:
        return []
    return read[0][1] if len(read) == 1 else list(_attached(read))


def _attached(read: Sequence[tuple[Sheet, list[Block]]]) -> Iterator[Block]:
    """The blocks of several sheets, each below a label and a title."""
    titles = Counter(_first_text(blocks) for _, blocks in read)
    own = [
        bool(_OWN_LABEL.match(_first_text(blocks)) or _OWN_LABEL.fullmatch(sheet.name.strip()))
        for sheet, blocks in read
    ]
    kind, count = "表" if any(own) else "件", 0
    for (sheet, blocks), labelled in zip(read, own, strict=True):
        name, place = sheet.name.strip(), Place(sheet=sheet.name)
        if not labelled:
            count += 1
            yield Line(f"附{kind}{count}", 0, place=place)
            if not _has_title(sheet, blocks, titles) and not _UNNAMED.fullmatch(name):
                yield Line(name, 0, place=place)
        elif not _OWN_LABEL.match(_first_text(blocks)):
            yield Line(name, 0, place=place)
        yield from blocks


def _first_text(blocks: Sequence[Block]) -> str:
    return blocks[0].text.strip() if isinstance(blocks[0], Line) else ""


def _has_title(sheet: Sheet, blocks: Sequence[Block], titles: Counter[str]) -> bool:
    """Whether the sheet prints its title; what several sheets print alike names none of them."""
    text = _first_text(blocks)
    if not text or titles[text] > 1 or len(text) > _TITLE_LENGTH or match_label(text):
        return False
    first = min((spot for spot in sheet.cells), default=(0, 0))
    merged = any((top, left) == first and right > left for top, left, _, right in sheet.merges)
    return is_title(text) or (merged and text[-1] not in "。；;：:")


def sheet_blocks(sheet: Sheet) -> list[Block]:
    """The lines and tables of one sheet from top to bottom, each with the address of its first cell."""
    strips = _strips(sheet)
    out: list[Block] = []
    at = 0
    while at < len(strips):
        begin = next((i for i in range(at, len(strips)) if _opens_table(strips, i)), len(strips))
        out.extend(_lines(sheet, strips[at:begin]))
        at = _table_end(strips, begin)
        rows = strips[begin:at]
        if len(rows) > 1:
            out.append(_table(sheet, rows))
        else:
            out.extend(_lines(sheet, rows))
    return out


# -- filled places ------------------------------------------------------------------------------------------


def _strips(sheet: Sheet) -> list[_Strip]:
    """The rows that have text of their own, spans counted in filled rows and columns only."""
    spots = _spots(sheet)
    rows = sorted({spot.row for spot in spots})
    columns = sorted({spot.column for spot in spots})
    strips = [_Strip(row) for row in rows]
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


def _spots(sheet: Sheet) -> list[_Spot]:
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
            spots.append(_Spot(text.strip(), row, column, bottom, right))
    return spots


# -- where a table begins and ends --------------------------------------------------------------------------


def _opens_table(strips: Sequence[_Strip], at: int) -> bool:
    """Whether a row is the first of a table: it has several cells, and they are no entries of a form."""
    strip = strips[at]
    if _is_over_columns(strips, at):
        return True
    if len(strip.spots) < 2 and not (strip.covered or _begins_rows(strip)):
        return False
    following = strips[at + 1] if at + 1 < len(strips) else None
    entries = all(_FORM_ENTRY.match(spot.text) for spot in strip.spots)
    return not (entries and following is not None and len(following.spots) > len(strip.spots))


def _is_over_columns(strips: Sequence[_Strip], at: int) -> bool:
    """Whether a lone cell is a title over some columns of the header below it, not over the first of them."""
    strip = strips[at]
    below = strips[at + 1].spots if at + 1 < len(strips) and not strips[at + 1].gap else []
    if len(strip.spots) != 1 or strip.covered or len(below) < 3:
        return False
    spot = strip.spots[0]
    under = [cell for cell in below if spot.column <= cell.column <= spot.right]
    return len(under) > 1 and spot.column > below[0].column and not re.search("单位|[：:]", spot.text)


def _begins_rows(strip: _Strip) -> bool:
    return any(spot.rowspan > 1 for spot in strip.spots)


def _table_end(strips: Sequence[_Strip], begin: int) -> int:
    """Where the table that begins at a row ends: before another title with a header of its own, and before
    the notes at its foot."""
    end = begin + 1
    while end < len(strips) and not _opens_another(strips, begin, end):
        end += 1
    while end > begin + 1 and end <= len(strips) and _is_foot(strips[end - 1], strips[begin]):
        end -= 1
    return min(end, len(strips))


def _opens_another(strips: Sequence[_Strip], begin: int, at: int) -> bool:
    """After an empty row: a header, with up to three lines of its own above it."""
    if not strips[at].gap:
        return False
    header = next((i for i in range(at, min(at + 4, len(strips))) if _opens_table(strips, i)), None)
    return header is not None and _is_header(strips[header], strips[begin])


def _is_header(strip: _Strip, first: _Strip) -> bool:
    texts = ["".join(spot.text.split()) for spot in strip.spots]
    if len(texts) < 2:
        return False
    if texts == ["".join(spot.text.split()) for spot in first.spots]:
        return True
    return is_number_column(texts[0]) or sum(map(is_whole_title, texts)) * 2 > len(texts)


def _is_foot(strip: _Strip, header: _Strip) -> bool:
    """Whether a last row is text below the table: a note, a line merged over the width, a sentence."""
    if strip.covered or len(strip.spots) != 1 or _begins_rows(strip):
        return False
    spot = strip.spots[0]
    width = sum(cell.colspan for cell in header.spots)
    wide = spot.colspan > 1 and spot.colspan * 2 >= width
    return bool(wide or NOTE.match(spot.text) or (strip.gap and len(spot.text) > 20))


# -- blocks -------------------------------------------------------------------------------------------------


def _lines(sheet: Sheet, strips: Sequence[_Strip]) -> Iterator[Line]:
    """A line for each printed line of each cell; short cells that stand in one row are one line."""
    for strip in strips:
        place = _place(sheet, strip)
        texts = [spot.text for spot in strip.spots]
        if len(texts) > 1 and all(len(text) <= _ENTRY_LENGTH for text in texts):
            texts = ["　".join(" ".join(text.split()) for text in texts)]
        for text in texts:
            for line in text.splitlines():
                if line.strip():
                    yield Line(line.strip(), 0, place=place)


def _place(sheet: Sheet, strip: _Strip) -> Place:
    first = min(strip.spots, key=lambda spot: spot.column)
    return Place(sheet=sheet.name, cell=cell_address(first.row, first.column))


def cell_address(row: int, column: int) -> str:
    """The address of a cell, row and column from 0: (6, 1) is B7."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _table(sheet: Sheet, strips: Sequence[_Strip]) -> Table:
    header = _header_rows(strips)
    kept = [strip for at, strip in enumerate(strips) if at < header or not _repeats(strips[:header], strip)]
    columns = sorted({spot.column for strip in kept for spot in strip.spots})
    rows = [strip.row for strip in kept]
    filled: set[Position] = set()  # (strip, column) that a merged cell covers
    out = []
    for at, strip in enumerate(kept):
        cells = _cells(strip, at, columns, rows, filled)
        out.append(Row(tuple(cells), 0, header=at < header, place=_place(sheet, strip)))
    return Table(tuple(out), 0)


def _header_rows(strips: Sequence[_Strip]) -> int:
    """How many rows hold column titles: the first, and those below it where a title stands over several
    columns. Their own titles may be merged down or, in hasty workbooks, just have nothing below them."""
    first, second = strips[0], strips[1]
    over = [spot for spot in first.spots if spot.colspan > 1]
    if _is_over_columns(strips, 0):
        return min(2, len(strips) - 1)
    if not over or len(first.spots) < 2:
        return 1
    rows = max(spot.rowspan for spot in first.spots)
    below = [any(top.column <= spot.column <= top.right for top in over) for spot in second.spots]
    if rows == 1 and len(below) > 1 and all(below) and all(len(spot.text) <= 20 for spot in second.spots):
        rows = 2
    return min(rows, len(strips) - 1)


def _repeats(header: Sequence[_Strip], strip: _Strip) -> bool:
    """Whether a row prints the column titles again, as at the head of a printed page."""
    texts = [spot.text for spot in strip.spots]
    return len(texts) > 1 and any(texts == [spot.text for spot in line.spots] for line in header)


def _cells(
    strip: _Strip, at: int, columns: Sequence[int], rows: Sequence[int], filled: set[Position]
) -> Iterator[Cell]:
    """The cells of one row from left to right, empty ones too, those covered from above left out."""
    spots = {spot.column: spot for spot in strip.spots}
    if len(spots) == 1 and not strip.covered and at:
        _widen_group(strip.spots[0], columns)
    place = 0
    while place < len(columns):
        spot = spots.get(columns[place])
        if (at, place) in filled and spot is None:
            place += 1
            continue
        if spot is None:
            yield Cell("")
            place += 1
            continue
        width = 1
        while place + width < len(columns) and columns[place + width] <= spot.right:
            if columns[place + width] in spots or (at, place + width) in filled:
                break
            width += 1
        height = max(1, bisect_right(rows, spot.bottom) - at)
        filled.update((below, place + i) for below in range(at + 1, at + height) for i in range(width))
        yield Cell(spot.text, height, width)
        place += width


def _widen_group(spot: _Spot, columns: Sequence[int]) -> None:
    """A row with nothing but a labelled or merged text names the rows below it: it spans the table."""
    if spot.column == columns[0] and (spot.colspan > 1 or match_label(spot.text)):
        spot.right = columns[-1]
