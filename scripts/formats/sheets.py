"""Workbooks (.xlsx, .xls) of a notice's annexed tables: each attachment a sheet."""

from __future__ import annotations

import io
import re

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Border, Side

from scripts.formats.fixed import without_time
from scripts.formats.sample import Sample

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BORDER = Border(*(Side(style="thin") for _ in range(4)))


def _value(text: str) -> str | int | float:
    """A number as a number, as people type it."""
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def xlsx(sample: Sample) -> bytes:
    """A sheet for each attachment: its label, its title over all columns, its table with borders."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for label, title, grid, note in sample.annexes():
        sheet = book.create_sheet(label)
        columns = len(grid.rows[0])
        sheet.append([label])
        sheet.append([title])
        sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=columns)
        sheet["A2"].alignment = Alignment(horizontal="center")
        for row in grid.rows:
            sheet.append([_value(text) for text in row])
        for cells in sheet.iter_rows(3, 2 + len(grid.rows), 1, columns):
            for cell in cells:
                cell.border = _BORDER
        if note:
            sheet.append([note])
    buffer = io.BytesIO()
    book.save(buffer)
    return without_time(buffer.getvalue())


def xls(sample: Sample) -> bytes:
    """The same in the format of Excel 97–2003."""
    book = xlwt.Workbook(encoding="utf-8")
    bordered = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    for label, title, grid, note in sample.annexes():
        sheet = book.add_sheet(label)
        sheet.write(0, 0, label)
        sheet.write_merge(1, 1, 0, len(grid.rows[0]) - 1, title)
        for at, row in enumerate(grid.rows, start=2):
            for column, text in enumerate(row):
                sheet.write(at, column, _value(text), bordered)
        if note:
            sheet.write(2 + len(grid.rows), 0, note)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
