"""Real tables (HTML, Markdown) → rows with their cells by column name.

Merged cells are filled into every row that they cover. Rows that share one merged 序号 are sub-rows of it; a
row whose one cell spans the table is a group; a table without 序号 has its rows counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import repair
from ingest.columns import ColumnKind, column_kinds, is_number_column, is_whole_title, main_name
from ingest.document import Row, Table
from ingest.grammar import Style, match_label
from ingest.notice import ClauseKind
from ingest.outline import Node, title_of
from ingest.runs import Run


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell of the expanded grid: its text and the place (row, column) where it is printed."""

    text: str
    row: int
    column: int
    start: int | None = None
    end: int | None = None


def grid_nodes(table: Table, path: tuple[str, ...]) -> list[Node]:
    """The nodes of a table's groups, rows and sub-rows below `path`, in order."""
    return _Grid(table, path).nodes()


def header_end(table: Table) -> int | None:
    """The source offset where the header rows end; None for formats without offsets."""
    grid = _expand(table)
    return table.rows[_header_rows(table, grid) - 1].end if table.rows else None


class _Grid:
    def __init__(self, table: Table, path: tuple[str, ...]) -> None:
        self._table = table
        self._path = path
        self._cells = _expand(table)
        self._body = _header_rows(table, self._cells)
        self._names = _column_names(self._cells[: self._body])
        self._kinds = column_kinds(self._names)
        self._number = next((i for i, name in enumerate(self._names) if is_number_column(name)), None)
        self._group = ""
        self._group_path = path
        self._count = 0

    def nodes(self) -> list[Node]:
        nodes: list[Node] = []
        i = self._body
        while i < len(self._cells):
            if self._is_group(i):
                nodes.append(self._group_node(i))
                i += 1
                continue
            end = self._row_end(i)
            nodes.extend(self._row_nodes(i, end))
            i = end
        return nodes

    def _is_group(self, i: int) -> bool:
        """Whether the row is one cell over the whole width (or one filled cell with all others empty)."""
        row = self._cells[i]
        origins = {(cell.row, cell.column) for cell in row}
        filled = {cell.text for cell in row if cell.text}
        return len(row) > 1 and len(origins) == 1 and bool(filled) and row[0].row == i

    def _group_node(self, i: int) -> Node:
        text = self._cells[i][0].text
        run = Run(text, self._table.block, *self._place(i))
        label = match_label(text)
        self._group = text
        if label is not None and label.style in (Style.HAN, Style.HAN_PAREN):
            self._group_path = (*self._path, label.name)
            title = title_of(text[label.length :])
            node = Node(self._group_path, label.printed, label.style, label.number, ClauseKind.HEADING)
            node.own = [run.slice(label.length)]
        else:
            self._group_path = self._path
            title = text
            node = Node((*self._path, text), kind=ClauseKind.HEADING, own=[run])
        node.heading, node.begin = title, run.start
        return node

    def _row_end(self, i: int) -> int:
        """The end of the rows that share the 序号 cell of row i."""
        if self._number is None:
            return i + 1
        origin = self._cells[i][self._number]
        end = i + 1
        while end < len(self._cells) and self._cells[end][self._number] == origin and origin.text:
            end += 1
        return end

    def _row_nodes(self, begin: int, end: int) -> list[Node]:
        self._count += 1
        number = self._cells[begin][self._number].text.strip(" .、．") if self._number is not None else ""
        number = number or str(self._count)
        path = (*self._group_path, number)
        if end == begin + 1:
            return [self._row_node(path, begin, self._fields(begin))]
        shared = self._shared_names(begin, end)
        name = " ".join(dict.fromkeys(cell.text for cell in shared))
        heading = Node(path, "序号", kind=ClauseKind.HEADING, heading=name or None)
        printed = shared or [cell for _, cell in _printed(self._cells[begin], begin)][:1]
        heading.own = [self._run(cell, begin) for cell in printed]
        heading.begin = self._place(begin)[0]
        nodes = [heading]
        for k, i in enumerate(range(begin, end)):
            nodes.append(self._row_node((*path, str(k + 1)), i, self._fields(i), left_out=printed))
        return nodes

    def _shared_names(self, begin: int, end: int) -> list[_Cell]:
        """The name cells that all rows of one 序号 share, from left to right."""
        shared = [
            self._cells[begin][c]
            for c, kind in enumerate(self._kinds)
            if kind is ColumnKind.NAME
            and all(self._cells[i][c] == self._cells[begin][c] for i in range(begin, end))
        ]
        return [cell for cell in dict.fromkeys(shared) if cell.text]

    def _fields(self, i: int) -> dict[str, str]:
        """Column name → cell; columns under one merged title are put together, what they repeat once."""
        parts: dict[str, list[_Cell]] = {}
        for name, cell in zip(self._names, self._cells[i], strict=True):
            cells = parts.setdefault(name, [])
            if cell not in cells:
                cells.append(cell)
        fields = {
            name: " ".join(cell.text for cell in cells if cell.text) for name, cells in parts.items() if name
        }
        return fields | ({"group": self._group} if self._group else {})

    def _row_node(
        self, path: tuple[str, ...], i: int, fields: dict[str, str], left_out: Sequence[_Cell] = ()
    ) -> Node:
        """The node of one row; `left_out` are cells that its 序号's heading holds."""
        node = Node(path, kind=ClauseKind.ROW, number=self._count, fields=fields)
        printed = [cell for c, cell in _printed(self._cells[i], i) if cell.text and c != self._number]
        own = [cell for cell in printed if cell not in left_out] or printed
        node.own = [self._run(cell, i) for cell in own]
        first_below_heading = bool(left_out) and left_out[0].row == i and bool(node.own)
        node.begin = node.own[0].start if first_below_heading else self._place(i)[0]
        main = main_name(self._kinds)
        if main is not None and re.search("名称$|^指标$|^项目$", self._names[main]):
            node.heading = fields[self._names[main]]
        return node

    def _place(self, i: int) -> tuple[int | None, int | None]:
        row = self._table.rows[i]
        return row.start, row.end

    def _run(self, cell: _Cell, i: int) -> Run:
        """The run of a cell; where the format gives no offsets for cells, with the place of its row."""
        start, end = (cell.start, cell.end) if cell.start is not None else self._place(i)
        return Run(cell.text, self._table.block, start, end)


def _printed(row: Sequence[_Cell], i: int) -> list[tuple[int, _Cell]]:
    """(column, cell) of the cells that are printed in row i and not in a row above."""
    seen: dict[tuple[int, int], tuple[int, _Cell]] = {}
    for c, cell in enumerate(row):
        if cell.row == i:
            seen.setdefault((cell.row, cell.column), (c, cell))
    return list(seen.values())


def _expand(table: Table) -> list[list[_Cell]]:
    """The table as a full grid: a merged cell stands in every place that it covers."""
    width = max((_width(row) for row in table.rows), default=0)
    grid: list[list[_Cell | None]] = [[None] * width for _ in table.rows]
    for r, row in enumerate(table.rows):
        c = 0
        for cell in row.cells:
            while c < width and grid[r][c] is not None:
                c += 1
            placed = _Cell(repair(cell.text).strip(), r, c, cell.start, cell.end)
            for y in range(r, min(r + cell.rowspan, len(grid))):
                for x in range(c, min(c + cell.colspan, width)):
                    grid[y][x] = placed
            c += cell.colspan
    return [[cell or _Cell("", r, c) for c, cell in enumerate(cells)] for r, cells in enumerate(grid)]


def _width(row: Row) -> int:
    return sum(cell.colspan for cell in row.cells)


def _header_rows(table: Table, grid: Sequence[Sequence[_Cell]]) -> int:
    """How many rows at the top hold column titles: marked ones, or the first and those it reaches into."""
    marked = 0
    while marked < len(table.rows) and table.rows[marked].header:
        marked += 1
    if marked:
        return marked
    if not grid or not _is_titled(grid[0]):
        return 1 if grid else 0
    rows = max((cell.rowspan for cell in table.rows[0].cells), default=1)
    return min(rows, max(1, len(grid) - 1)) if rows > 1 and _spans_columns(table.rows[0]) else 1


def _is_titled(row: Sequence[_Cell]) -> bool:
    texts = [re.sub(r"\s+", "", cell.text) for cell in row if cell.text]
    return any(is_number_column(text) or is_whole_title(text) for text in texts)


def _spans_columns(row: Row) -> bool:
    """Whether a header cell stands over several columns, so that a second line of titles follows."""
    return any(cell.colspan > 1 for cell in row.cells)


def _column_names(header: Sequence[Sequence[_Cell]]) -> list[str]:
    """A name for each column: the titles above it from top to bottom, each once, blanks left out."""
    if not header:
        return []
    names = []
    for c in range(len(header[0])):
        titles = dict.fromkeys(re.sub(r"\s+", "", row[c].text) for row in header)
        names.append("".join(title for title in titles if title))
    return [name or f"列{i + 1}" for i, name in enumerate(names)]
