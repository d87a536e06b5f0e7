"""Worksheets → blocks: titles above a table and notes below it are lines, the rest are its rows.

A sheet of a government workbook is a printed page: a title merged over the width, the unit of measurement,
a header of one or two lines, rows with merged cells, 备注 at the foot. Office workers leave empty rows and
columns and merge far beyond what they fill; only filled places count here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.columns import is_number_column, is_whole_title
from ingest.document import Block, Cell, Line, Place, Row, Table
from ingest.errors import UnreadableFile
from ingest.grammar import match_label
from ingest.layout import is_title
from ingest.notes import NOTE
from ingest.readers.sheet_headers import divided, is_caption, is_over_columns, is_over_text
from ingest.readers.sheet_strips import Position, Sheet, Spot, Strip, strips_of

#: Cells with text in all sheets together. The longest task table of a province has below ten thousand.
MAX_CELLS = 200_000
#: Places of the grid in which the filled rows and columns of one sheet cross, empty ones too.
MAX_PLACES = 1_000_000

_OWN_LABEL = re.compile(r"附\s*[件表录]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})?\s*[:：]?$")
_UNNAMED = re.compile(r"(?:sheet|工作表)\s*[-_(（]?\d*[)）]?", re.IGNORECASE)
_FORM_ENTRY = re.compile(r"[^：:，。]{2,12}[：:]")  # 填报单位：…　填报日期：…
#: Chinese characters of a line over the width that says more than the sheet's name: 青川县 names no sheet.
_LEAST_TITLE = 5
_LONGEST_TITLE = 60
_ENTRY_LENGTH = 40


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
            if not _has_title(sheet, blocks, titles) and not _is_unnamed(sheet):
                yield Line(name, 0, place=place)
        elif not _OWN_LABEL.match(_first_text(blocks)):
            yield Line(name, 0, place=place)
        yield from blocks


def _first_text(blocks: Sequence[Block]) -> str:
    return blocks[0].text.strip() if isinstance(blocks[0], Line) else ""


def _has_title(sheet: Sheet, blocks: Sequence[Block], titles: Counter[str]) -> bool:
    """Whether the sheet prints its title; what several sheets print alike names none of them, and a place
    alone no sheet that has a name."""
    text = _first_text(blocks)
    if not text or titles[text] > 1 or match_label(text):
        return False
    first = min((spot for spot in sheet.cells), default=(0, 0))
    merged = any((top, left) == first and right > left for top, left, _, right in sheet.merges)
    short = len(re.findall("[\u4e00-\u9fff]", text)) < _LEAST_TITLE
    over = merged and len(text) <= _LONGEST_TITLE and text[-1] not in "。；;：:"
    is_name = "".join(text.split()).lower() == "".join(sheet.name.split()).lower()
    return is_name or is_title(text) or (over and (not short or _is_unnamed(sheet)))


def _is_unnamed(sheet: Sheet) -> bool:
    return _UNNAMED.fullmatch(sheet.name.strip()) is not None


def sheet_blocks(sheet: Sheet) -> list[Block]:
    """The lines and tables of one sheet from top to bottom, each with the address of its first cell."""
    strips = strips_of(sheet)
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


# -- where a table begins and ends --------------------------------------------------------------------------


def _opens_table(strips: Sequence[Strip], at: int) -> bool:
    """Whether a row is the first of a table: it has several cells, and they are no entries of a form; or its
    one cell is the title of columns, which the first line of a sheet never is."""
    strip = strips[at]
    below = strips[at + 1] if at + 1 < len(strips) else None
    if is_over_columns(strip, below) or (at > 0 and is_over_text(strip, below)):
        return True
    if len(strip.spots) < 2 and not (strip.covered or _begins_rows(strip)):
        return False
    entries = all(_FORM_ENTRY.match(spot.text) for spot in strip.spots)
    is_form = entries and below is not None and len(below.spots) > len(strip.spots)
    return not (is_form or is_caption(strip, below))


def _begins_rows(strip: Strip) -> bool:
    return any(spot.rowspan > 1 for spot in strip.spots)


def _table_end(strips: Sequence[Strip], begin: int) -> int:
    """Where the table that begins at a row ends: before another title with a header of its own, and before
    the notes at its foot."""
    end = begin + 1
    while end < len(strips) and not _opens_another(strips, begin, end):
        end += 1
    while end > begin + 1 and end <= len(strips) and _is_foot(strips[end - 1], strips[begin]):
        end -= 1
    return min(end, len(strips))


def _opens_another(strips: Sequence[Strip], begin: int, at: int) -> bool:
    """After an empty row: a header, with up to three lines of its own above it."""
    if not strips[at].gap:
        return False
    header = next((i for i in range(at, min(at + 4, len(strips))) if _opens_table(strips, i)), None)
    return header is not None and _is_header(strips[header], strips[begin])


def _is_header(strip: Strip, first: Strip) -> bool:
    texts = ["".join(spot.text.split()) for spot in strip.spots]
    if len(texts) < 2:
        return False
    if texts == ["".join(spot.text.split()) for spot in first.spots]:
        return True
    return is_number_column(texts[0]) or sum(map(is_whole_title, texts)) * 2 > len(texts)


def _is_foot(strip: Strip, header: Strip) -> bool:
    """Whether a last row is text below the table: a note, a line merged over the width, a sentence."""
    if strip.covered or len(strip.spots) != 1 or _begins_rows(strip):
        return False
    spot = strip.spots[0]
    width = sum(cell.colspan for cell in header.spots)
    wide = spot.colspan > 1 and spot.colspan * 2 >= width
    return bool(wide or NOTE.match(spot.text) or (strip.gap and len(spot.text) > 20))


# -- blocks -------------------------------------------------------------------------------------------------


def _lines(sheet: Sheet, strips: Sequence[Strip]) -> Iterator[Line]:
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


def _place(sheet: Sheet, strip: Strip) -> Place:
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


def _table(sheet: Sheet, strips: Sequence[Strip]) -> Table:
    head, body = divided(strips)
    kept = [*head, *(strip for strip in body if not _repeats(head, strip))]
    columns = sorted({spot.column for strip in kept for spot in strip.spots})
    rows = [strip.row for strip in kept]
    filled: set[Position] = set()  # (strip, column) that a merged cell covers
    out = []
    for at, strip in enumerate(kept):
        below = rows[: len(head)] if at < len(head) else rows
        cells = _cells(strip, at, columns, below, filled)
        out.append(Row(tuple(cells), 0, header=at < len(head), place=_place(sheet, strip)))
    return Table(tuple(out), 0)


def _repeats(header: Sequence[Strip], strip: Strip) -> bool:
    """Whether a row prints the column titles again, as at the head of a printed page."""
    texts = [spot.text for spot in strip.spots]
    return len(texts) > 1 and any(texts == [spot.text for spot in line.spots] for line in header)


def _cells(
    strip: Strip, at: int, columns: Sequence[int], rows: Sequence[int], filled: set[Position]
) -> Iterator[Cell]:
    """The cells of one row from left to right, empty ones too, those covered from above left out; they reach
    down in `rows`."""
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


def _widen_group(spot: Spot, columns: Sequence[int]) -> None:
    """A row with nothing but a labelled or merged text names the rows below it: it spans the table."""
    if spot.column == columns[0] and (spot.colspan > 1 or match_label(spot.text)):
        spot.right = columns[-1]
