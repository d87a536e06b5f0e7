"""Real tables (HTML, Markdown) → rows with their cells by column name.

Merged cells are filled into every row that they cover. Rows that share one merged 序号 are sub-rows of it; a
row whose one cell spans the table is a group; a table without 序号 has its rows counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.columns import ColumnKind, column_kinds, is_number_column, main_name
from ingest.document import Table
from ingest.grammar import Style, match_label
from ingest.notes import NOTE
from ingest.notice import ClauseKind
from ingest.outline import Node, title_of
from ingest.runs import Run
from ingest.table_heads import GridCell, column_names, expand, head_rows, heads_again, is_form, printed

#: A cell over the whole width that is longer, or a sentence, is a record and no group.
_GROUP_LENGTH = 60


def grid_nodes(table: Table, path: tuple[str, ...]) -> list[Node]:
    """The nodes of a table's groups, rows and sub-rows below `path`, in order."""
    return _Grid(table, path).nodes()


def header_end(table: Table) -> int | None:
    """The source offset where the header rows end; None for formats without offsets."""
    rows = head_rows(table, expand(table))
    return table.rows[rows - 1].end if rows else None


def repeated_heads(table: Table) -> list[tuple[int | None, int | None]]:
    """The source offsets (start, end) of the rows that print the column titles once more."""
    grid = expand(table)
    again = heads_again(grid, head_rows(table, grid))
    return [(table.rows[i].start, table.rows[i].end) for i in again]


def first_number(table: Table) -> int | None:
    """The 序号 of a table's first row; None where its rows have no numbers."""
    return _Grid(table, ()).first_number()


class _Grid:
    def __init__(self, table: Table, path: tuple[str, ...]) -> None:
        self._table = table
        self._path = path
        self._cells = expand(table)
        self._body = head_rows(table, self._cells)
        self._again = set(heads_again(self._cells, self._body))
        self._form = is_form(table, self._cells)
        self._group = ""
        self._group_path = path
        self._count = 0
        self._take_head(0)

    def _take_head(self, i: int) -> None:
        """Name the columns by the titles at row i, which may be merged otherwise than on the page before."""
        width = len(self._cells[0]) if self._cells else 0
        self._names = ["项目", "内容"] if self._form else column_names(self._cells[i : i + self._body], width)
        self._kinds = column_kinds(self._names)
        self._number = next((c for c, name in enumerate(self._names) if is_number_column(name)), None)

    def first_number(self) -> int | None:
        """The first number in the 序号 column."""
        if self._number is None:
            return None
        texts = (row[self._number].text.strip(" .、．") for row in self._cells[self._body :])
        return next((int(text) for text in texts if re.fullmatch(r"\d{1,4}", text)), None)

    def nodes(self) -> list[Node]:
        nodes: list[Node] = []
        i = self._body
        while i < len(self._cells):
            if i in self._again:
                self._take_head(i)
                i += self._body
                continue
            if self._is_group(i):
                nodes.append(self._group_node(i))
                i += 1
                continue
            end = self._row_end(i)
            nodes.extend(self._row_nodes(i, end))
            i = end
        return nodes

    def _is_group(self, i: int) -> bool:
        """Whether the row is one cell over the whole width: the title of a group, or a note."""
        row = self._cells[i]
        origins = {(cell.row, cell.column) for cell in row}
        text = row[0].text
        words = bool(text) and len(text) <= _GROUP_LENGTH and not re.search("[。；;].|[，,].*。$", text)
        return len(row) > 1 and len(origins) == 1 and row[0].row == i and (words or bool(NOTE.match(text)))

    def _group_node(self, i: int) -> Node:
        text = self._cells[i][0].text
        run = Run(text, self._table.block, *self._place(i))
        note = NOTE.match(text)
        if note:
            node = Node((*self._path, note.group(1)), kind=ClauseKind.PARAGRAPH, begin=run.start)
            node.own = [run]
            return node
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
        named = shared or [cell for _, cell in printed(self._cells[begin], begin)][:1]
        heading.own = [self._run(cell, begin) for cell in named]
        heading.begin = self._place(begin)[0]
        nodes = [heading]
        for k, i in enumerate(range(begin, end)):
            nodes.append(self._row_node((*path, str(k + 1)), i, self._fields(i), left_out=named))
        return nodes

    def _shared_names(self, begin: int, end: int) -> list[GridCell]:
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
        parts: dict[str, list[GridCell]] = {}
        for name, cell in zip(self._names, self._cells[i], strict=True):
            cells = parts.setdefault(name, [])
            if cell not in cells:
                cells.append(cell)
        fields = {
            name: " ".join(cell.text for cell in cells if cell.text) for name, cells in parts.items() if name
        }
        return fields | ({"group": self._group} if self._group else {})

    def _row_node(
        self, path: tuple[str, ...], i: int, fields: dict[str, str], left_out: Sequence[GridCell] = ()
    ) -> Node:
        """The node of one row; `left_out` are cells that its 序号's heading holds."""
        node = Node(path, kind=ClauseKind.ROW, number=self._count, fields=fields)
        cells = [cell for c, cell in printed(self._cells[i], i) if cell.text and c != self._number]
        own = [cell for cell in cells if cell not in left_out] or cells
        node.own = [self._run(cell, i) for cell in own]
        first_below_heading = bool(left_out) and left_out[0].row == i and bool(node.own)
        node.begin = node.own[0].start if first_below_heading else self._place(i)[0]
        if self._form:
            node.heading = fields["项目"]
            return node
        main = main_name(self._kinds)
        if main is not None and re.search("名称$|^指标$|^项目$", self._names[main]):
            node.heading = fields[self._names[main]]
        return node

    def _place(self, i: int) -> tuple[int | None, int | None]:
        row = self._table.rows[i]
        return row.start, row.end

    def _run(self, cell: GridCell, i: int) -> Run:
        """The run of a cell; where the format gives no offsets for cells, with the place of its row."""
        start, end = (cell.start, cell.end) if cell.start is not None else self._place(i)
        return Run(cell.text, self._table.block, start, end)
