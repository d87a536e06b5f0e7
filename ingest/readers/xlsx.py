"""Excel workbooks (.xlsx, .xlsm): what the visible sheets show, formulas by their stored values."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils.datetime import from_excel
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.number_formats import CHINESE_FORMATS, displayed, is_date_code
from ingest.readers.sheet_strips import Sheet
from ingest.readers.sheets import MAX_CELLS, workbook_blocks
from ingest.rendering import render

#: Bytes of all members unpacked; XML of a sheet with `MAX_CELLS` cells has about a third of this.
_MAX_UNPACKED = 60 * 1024 * 1024
_MAX_RATIO = 200  # worksheets pack ten- to thirtyfold
_RATIO_COUNTS_FROM = 5 * 1024 * 1024
#: Cells that exist in the file, filled or not: borders drawn over empty rows make many.
_MAX_STORED = 4 * MAX_CELLS
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+[^>]*?ref="([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?"')
_UNCALCULATED = re.compile(rb"(?:</f>|<f[^>]{0,200}/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")


def read_xlsx(path: Path, data: bytes, name: str) -> Document:
    """Return the document of a workbook; every line and row has its sheet and cell.

    A formula shows the value that was stored with it; `metadata["uncalculated"]` counts those without one, as
    programs write them that do not calculate.

    :raises UnreadableFile: If it is damaged, needs a password, or passes the limits.
    """
    uncalculated = _refuse_excess(path, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of parts that it does not keep
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            sheets = list(_sheets(book))
    except Exception as error:  # openpyxl passes on whatever its parsers raise for a damaged file
        raise UnreadableFile(
            path, "Excel 文件已损坏，无法打开。请用 Excel 或 WPS 另存一份后再放入。"
        ) from error
    metadata = {"uncalculated": str(uncalculated)} if uncalculated else {}
    return render(workbook_blocks(path, sheets), name=name, format="xlsx", metadata=metadata)


def _refuse_excess(path: Path, data: bytes) -> int:
    """The number of formulas without a stored value, when the archive holds no more than it may.

    :raises UnreadableFile: If the archive is damaged or passes a limit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > _MAX_UNPACKED or (
                unpacked > _RATIO_COUNTS_FROM and unpacked > _MAX_RATIO * len(data)
            ):
                raise UnreadableFile(
                    path,
                    f"解压后有 {unpacked / 1024**2:.0f} MB，超过上限，没有读取。"
                    "请删去多余的行列或拆分后再放入。",
                )
            stored = uncalculated = 0
            for member in archive.infolist():
                if member.filename.startswith("xl/") and "worksheets/" in member.filename:
                    xml = archive.read(member)
                    stored += _stored_cells(path, xml)
                    uncalculated += len(_UNCALCULATED.findall(xml))
    except UnreadableFile:
        raise
    except Exception as error:  # zipfile raises half a dozen kinds for damaged archives
        raise UnreadableFile(path, "Excel 文件已损坏，无法解压。请重新获取该文件。") from error
    if stored > _MAX_STORED:
        raise UnreadableFile(
            path,
            f"表格里有 {stored} 个单元格，超过上限 {_MAX_STORED} 个，没有读取。请删去多余的行列后再放入。",
        )
    return uncalculated


def _stored_cells(path: Path, xml: bytes) -> int:
    """How many cells a worksheet stores, and openpyxl makes of its merged areas.

    :raises UnreadableFile: If more of them have content than are read.
    """
    filled = xml.count(b"<v>") + xml.count(b"<is>")
    if filled > MAX_CELLS:
        raise UnreadableFile(
            path, f"表格里有 {filled} 个单元格，超过上限 {MAX_CELLS} 个，没有读取。请拆分后再放入。"
        )
    merged = 0
    for left, top, right, bottom in _MERGE.findall(xml):
        if right:
            merged += (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1)
    return merged + sum(1 for _ in _CELL.finditer(xml))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheets(book: Workbook) -> Iterator[Sheet]:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield _sheet(sheet, book)


def _sheet(sheet: Worksheet, book: Workbook) -> Sheet:
    cells = {
        (row - 1, column - 1): text
        for (row, column), cell in sheet._cells.items()  # iter_rows would make a cell for each empty place
        if cell.value is not None and (text := _shown(cell, book))
    }
    merges = [
        (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in sheet.merged_cells.ranges
    ]
    rows = frozenset(number - 1 for number, row in sheet.row_dimensions.items() if row.hidden)
    columns = frozenset(
        number - 1
        for column in sheet.column_dimensions.values()
        if column.hidden and column.min and column.max
        for number in range(column.min, column.max + 1)
    )
    return Sheet(sheet.title, cells, merges, rows, columns)


def _shown(cell: Cell, book: Workbook) -> str:
    value = cell.value
    code = cell.number_format if cell.has_style else "General"
    if cell.has_style:
        code = CHINESE_FORMATS.get(cell._style.numFmtId, code)  # openpyxl does not know 31
    if isinstance(value, int | float) and not isinstance(value, bool) and is_date_code(code):
        value = from_excel(value, book.epoch)
    return displayed(value, code).strip()
