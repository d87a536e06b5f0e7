"""Tables in Markdown: pipe tables, and the HTML tables that stand in for them where cells are merged."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.document import Cell, Row
from ingest.errors import UnreadableFile
from ingest.readers.html_blocks import cell_text
from ingest.readers.html_tables import is_data_table, read_table
from ingest.readers.html_tree import parse_html
from ingest.readers.lines import trimmed
from ingest.readers.md_inline import plain

Span = tuple[int, int]

_DELIMITER_ROW = re.compile(r"[ \t]*\|?(?:[ \t]*:?-++:?[ \t]*\|)++(?:[ \t]*:?-++:?[ \t]*)?[ \t]*")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)

_TABLE_TAG = re.compile(r"<table(?=[\s>])|(</table\s*>)", re.IGNORECASE)
_ROW_START = re.compile(r"<tr(?=[\s>])", re.IGNORECASE)
_ROW_END = re.compile(r"</tr\s*>|</table", re.IGNORECASE)


def is_table_head(source: str, lines: Sequence[Span], index: int) -> bool:
    """Whether a row of cells stands above a delimiter row of as many (GitHub Flavored Markdown 4.10)."""
    if index + 1 >= len(lines):
        return False
    head, delimiter = source[slice(*lines[index])], source[slice(*lines[index + 1])]
    return (
        "|" in head
        and _DELIMITER_ROW.fullmatch(delimiter) is not None
        and len(_cells(head)) == len(_cells(delimiter))
    )


def pipe_rows(source: str, lines: Sequence[Span], index: int) -> list[Row]:
    """Return the rows of the pipe table whose header is line `index`; the delimiter row is none."""
    rows = [_row(source, lines[index], header=True)]
    index += 2
    while index < len(lines) and "|" in source[slice(*lines[index])]:
        rows.append(_row(source, lines[index], header=False))
        index += 1
    return rows


def _row(source: str, span: Span, *, header: bool) -> Row:
    start, end = trimmed(source, *span)
    cells = tuple(Cell(text) for text in _cells(source[start:end]))
    return Row(cells, 0, start, end, header)


def _cells(row: str) -> list[str]:
    parts = _CELL_BORDER.split(row.strip())
    if not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip():
        parts = parts[:-1]
    return [plain(_BREAK_TAG.sub("\n", part)).strip() for part in parts]


def html_tables(source: str) -> Mapping[int, int]:
    """Return start → end of the HTML tables in `source` that are closed and hold no other table."""
    tables: dict[int, int] = {}
    opened: list[int] = []
    innermost = False
    for tag in _TABLE_TAG.finditer(source):
        if not tag.group(1):
            opened.append(tag.start())
            innermost = True
        elif opened:
            start = opened.pop()
            if innermost:
                tables[start] = tag.end()
            innermost = False
    return tables


def html_rows(path: Path, source: str, start: int, end: int) -> list[Row]:
    """Return the rows of the HTML table in `source[start:end]`; none if it only lays text out.

    A row's span is that of its `tr`; where the source does not open each row, it is that of the table.
    """
    try:
        table = parse_html(path, source[start:end]).find(".//table")
    except UnreadableFile:
        return []
    if table is None or not is_data_table(table):
        return []
    rows = read_table(table, cell_text).rows
    spans = _row_spans(source, start, end)
    if len(spans) != len(rows):
        spans = [(start, end)] * len(rows)
    return [Row(row.cells, 0, *span, row.header) for row, span in zip(rows, spans, strict=True)]


def _row_spans(source: str, start: int, end: int) -> list[Span]:
    starts = [match.start() for match in _ROW_START.finditer(source, start, end)]
    return [_row_span(source, *span) for span in zip(starts, [*starts[1:], end], strict=True)]


def _row_span(source: str, start: int, end: int) -> Span:
    closing = _ROW_END.search(source, start, end)
    if closing:
        end = closing.start() if closing.group().lower() == "</table" else closing.end()
    return trimmed(source, start, end)
