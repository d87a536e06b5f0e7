"""Excel 97–2003 workbooks (.xls), what the visible sheets show."""

from __future__ import annotations

import io
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.sheet import Cell as XlsCell
from xlrd.sheet import Sheet as XlsSheet
from xlrd.xldate import xldate_as_datetime

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.number_formats import CHINESE_FORMATS, displayed
from ingest.readers.sheet_strips import Sheet
from ingest.readers.sheets import workbook_blocks
from ingest.rendering import render


def read_xls(path: Path, data: bytes, name: str) -> Document:
    """Return the document of a workbook; every line and row has its sheet and cell.

    :raises UnreadableFile: If it is damaged, needs a password, or passes the limits.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), ragged_rows=True
        )
        sheets = [_sheet(sheet, book) for sheet in book.sheets() if sheet.visibility == 0]
    except XLRDError as error:
        if "encrypt" in str(error).lower() or "password" in str(error).lower():
            raise UnreadableFile(path, "Excel 文件设有打开密码。请去掉密码后再放入。") from error
        raise UnreadableFile(path, _DAMAGED) from error
    except Exception as error:  # xlrd unpacks records without checks: anything may come of a damaged file
        raise UnreadableFile(path, _DAMAGED) from error
    return render(workbook_blocks(path, sheets), name=name, format="xls")


_DAMAGED = "Excel 文件已损坏，无法打开。请用 Excel 或 WPS 另存一份后再放入。"


def _sheet(sheet: XlsSheet, book: Book) -> Sheet:
    cells = {
        (row, column): text
        for row in range(sheet.nrows)
        for column, cell in enumerate(sheet.row(row))
        if (text := _shown(cell, book))
    }
    merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    rows = frozenset(number for number, row in sheet.rowinfo_map.items() if row.hidden)
    columns = frozenset(number for number, column in sheet.colinfo_map.items() if column.hidden)
    return Sheet(sheet.name, cells, merges, rows, columns)


def _shown(cell: XlsCell, book: Book) -> str:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return displayed(bool(cell.value), "General")
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value).strip()
    key = book.xf_list[cell.xf_index].format_key if cell.xf_index is not None else 0
    format_ = book.format_map.get(key)
    code = CHINESE_FORMATS.get(key) or (format_.format_str if format_ else "General")
    value: object = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        value = xldate_as_datetime(cell.value, book.datemode)
    return displayed(value, code).strip()
