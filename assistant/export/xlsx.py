"""Tables as .xlsx workbooks in which text stays text: no cell of a notice can become a formula."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.export.errors import ExportFault

#: A cell: text, a number, or None for an empty one.
Value = str | int | float | None

#: The largest sheet and cell of the format (ECMA-376 as Excel reads it).
_ROWS, _COLUMNS, _CHARACTERS = 1_048_576, 16_384, 32_767
_CUT = "……（单元格放不下，后文略）"
#: Columns as wide as their content, within what fits a screen; longer text is wrapped.
_NARROW, _WIDE = 8, 60
_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, the column heads, and rows of as many cells."""

    name: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]


def write_table(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet: str = "表"
) -> None:
    """Writes one table as an .xlsx file, the head row frozen and filtered; see `write_sheets`."""
    write_sheets(path, [Sheet(sheet, headers, [tuple(row) for row in rows])])


def write_sheets(path: Path, sheets: Sequence[Sheet]) -> None:
    """Writes a workbook. Text that begins with = + - @ is stored as text and shown as it is.

    Numbers are stored as numbers. Characters that the format cannot hold become U+FFFD; text longer than a
    cell holds ends in a remark that says so. Raises ExportFault where the file cannot be written or a table
    is larger than a sheet, ValueError for a row that has not as many cells as there are heads.
    """
    book = Workbook()
    book.remove(book.active)
    names: list[str] = []
    for sheet in sheets:
        names.append(_free_name(sheet.name, names))
        _fill(book.create_sheet(names[-1]), sheet)
    try:
        book.save(path)
    except OSError as error:
        raise ExportFault.unwritable(path, error) from error


def _fill(target: Worksheet, sheet: Sheet) -> None:
    if len(sheet.rows) >= _ROWS or len(sheet.headers) > _COLUMNS:
        raise ExportFault(
            f"表格有{len(sheet.rows)}行{len(sheet.headers)}列，超出 .xlsx 的上限，请缩小范围再导出。"
        )
    for number, row in enumerate((sheet.headers, *sheet.rows), 1):
        if len(row) != len(sheet.headers):
            raise ValueError(f"row {number} has {len(row)} cells for {len(sheet.headers)} columns")
        for column, value in enumerate(row, 1):
            _put(target.cell(number, column), value)
    for cell in target[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF4")
    target.freeze_panes = "A2"
    target.auto_filter.ref = target.dimensions
    for column in range(1, len(sheet.headers) + 1):
        shown = (row[column - 1] for row in (sheet.headers, *sheet.rows))
        width = max(_width(value) for value in shown)
        target.column_dimensions[get_column_letter(column)].width = min(_WIDE, max(_NARROW, width + 2))


def _put(cell: Cell, value: Value) -> None:
    """Text goes in as text whatever it begins with: openpyxl takes =1+1 for a formula and #N/A for an error,
    a spreadsheet takes +1 or @x for one when the cell is edited, which `quotePrefix` prevents."""
    if not isinstance(value, str) or not value:
        cell.value = None if value == "" else value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > _CHARACTERS:
        text = text[: _CHARACTERS - len(_CUT)] + _CUT
    cell.value = text
    cell.data_type = "s"
    cell.style = "Normal"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if text[:1] in ("=", "+", "-", "@", "\t"):
        cell.quotePrefix = True


def _width(value: Value) -> int:
    """The width of the longest line, in half-width characters."""
    lines = str(value if value is not None else "").split("\n")
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines)


def _free_name(name: str, taken: Sequence[str]) -> str:
    """`name` as a sheet may be called: no []:*?/\\ or outer ', at most 31 characters, not taken yet."""
    plain = "".join(" " if c in "[]:*?/\\" else c for c in ILLEGAL_CHARACTERS_RE.sub("", name)).strip(" '")
    plain = plain[:_SHEET_NAME] or "表"
    known = {t.casefold() for t in taken}
    number, free = 2, plain
    while free.casefold() in known:
        tail = f" {number}"
        free = plain[: _SHEET_NAME - len(tail)] + tail
        number += 1
    return free
