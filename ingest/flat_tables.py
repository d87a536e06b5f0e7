"""Flattened tables, one cell a line → rows with their cells by column name.

Forced by task tables of municipal plans as they are saved from the web: see the traps of one cell a line,
merged cells printed once, and empty cells that leave no trace.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.alignment import Record, align
from ingest.columns import ColumnKind, body_names, column_kinds, fit, main_name, starts_body
from ingest.grammar import Label, Style, match_label
from ingest.headers import ROW_NUMBER, Header, bare
from ingest.notes import NOTE
from ingest.notice import ClauseKind
from ingest.outline import Node, title_of
from ingest.runs import Run, span

#: Kinds of column whose cells are told from other text for sure.
_CLOSED_KINDS = (ColumnKind.BODY, ColumnKind.TIME, ColumnKind.ATTRIBUTE)


def _group_label(run: Run) -> Label | None:
    """The label of a group line (一、… or （一）)."""
    label = match_label(run.text)
    return label if label is not None and label.style in (Style.HAN, Style.HAN_PAREN) else None


class _Columns:
    """The columns of a table behind 序号: their titles, and what they hold."""

    def __init__(self, names: Sequence[str], kinds: Sequence[ColumnKind]) -> None:
        self.names = names
        self.kinds = kinds
        self._kind_of = dict(zip(reversed(names), reversed(kinds), strict=True))  # the first of equal titles
        main = main_name(kinds)
        #: The column that says what a row is about, and the first that holds values; empty if there is none.
        self.name = "" if main is None else names[main]
        self.value = next((name for name in names if self.kind(name) is ColumnKind.VALUE), "")
        #: Who does it and until when.
        self.closing = [name for name in names if self.kind(name) in (ColumnKind.BODY, ColumnKind.TIME)]

    def kind(self, name: str) -> ColumnKind:
        return self._kind_of[name]

    def is_name(self, name: str) -> bool:
        return self.kind(name) is ColumnKind.NAME


class FlatTable:
    """Reads the lines after a header into nodes below `path`."""

    def __init__(self, header: Header, path: tuple[str, ...]) -> None:
        kinds = column_kinds(list(header.names))
        self._number = header.number
        self._blank = dict.fromkeys(header.names, "")
        self._before = header.names[: self._number]
        self._number_name = header.names[self._number]
        self._columns = _Columns(header.names[self._number + 1 :], kinds[self._number + 1 :])
        self._path = path
        self._loose_groups = bool(header.group)
        self._group_path = path
        self._group = ""
        self._above: dict[str, str] = {}
        self.nodes: list[Node] = []
        if header.group:
            self._start_loose_group(list(header.group))

    def read(self, runs: Sequence[Run]) -> list[Node]:
        """The nodes of all rows, groups and notes, in order."""
        starts = _row_starts(runs)
        end = next((i for i, run in enumerate(runs) if NOTE.match(run.text)), len(runs))
        bounds = [i for i in starts if i < end]
        if (bounds and bounds[0] > 0) or not bounds:
            self._group_lines(runs[: bounds[0] if bounds else end])
        for begin, stop in zip(bounds, [*bounds[1:], end], strict=False):
            self._row(runs[begin], list(runs[begin + 1 : stop]), more=stop < end)
        self._notes(runs[end:])
        return self.nodes

    # -- groups and notes -----------------------------------------------------------------------------------

    def _group_lines(self, runs: Sequence[Run]) -> None:
        if not runs:
            return
        label = match_label(runs[0].text)
        if label is None or label.style not in (Style.HAN, Style.HAN_PAREN):
            self._start_loose_group(list(runs))
            return
        title = "".join([runs[0].slice(label.length).text, *(run.text for run in runs[1:])])
        self._group = runs[0].text[: label.length].strip() + title
        self._group_path = (*self._path, label.name)
        self._above = {}
        node = Node(self._group_path, label.printed, label.style, label.number, ClauseKind.HEADING)
        node.own, node.begin, node.heading = list(runs), runs[0].start, title_of(title)
        first = runs[0].slice(label.length)
        node.own = [run for run in (first, *runs[1:]) if run.text]
        self.nodes.append(node)

    def _start_loose_group(self, runs: list[Run]) -> None:
        """A group title without a number: it is a heading, and the rows' path leaves it out."""
        self._group = "".join(run.text for run in runs)
        self._group_path = self._path
        self._above = {}
        node = Node((*self._path, self._group), kind=ClauseKind.HEADING, heading=self._group)
        node.own, node.begin = list(runs), runs[0].start
        self.nodes.append(node)

    def _notes(self, runs: Sequence[Run]) -> None:
        if not runs:
            return
        found = NOTE.match(runs[0].text)
        name = "备注" if found is None or found.group(1) == "备注" else found.group(1)
        node = Node((*self._path, name), kind=ClauseKind.PARAGRAPH, begin=runs[0].start)
        node.own = [runs[0].slice(found.end() if found else 0), *runs[1:]]
        self.nodes.append(node)

    # -- rows -----------------------------------------------------------------------------------------------

    def _row(self, number_run: Run, runs: list[Run], *, more: bool) -> None:
        trailing: list[Run] = []
        for i in range(1, len(runs)):
            if _group_label(runs[i]) is not None:
                runs, trailing = runs[:i], runs[i:]
                break
        kinds = self._columns.kinds
        if self._loose_groups and more and not trailing and self._ends_in_group(runs, kinds):
            runs, trailing = runs[:-1], runs[-1:]
        records = align([run.text for run in runs], kinds)
        number = (ROW_NUMBER.match(bare(number_run.text)) or [""])[0].rstrip(".、．")
        row = _Row(str(int(number)), number_run, runs, self._columns, records)
        self.nodes.extend(self._row_nodes(row))
        self._group_lines(trailing)

    @staticmethod
    def _ends_in_group(runs: Sequence[Run], kinds: Sequence[ColumnKind]) -> bool:
        """Whether the last line is the next group's title: it is no cell of the last column."""
        return len(runs) > 1 and kinds[-1] in _CLOSED_KINDS and fit(runs[-1].text, kinds[-1]) < 0

    def _row_nodes(self, row: _Row) -> list[Node]:
        base = dict(self._blank)
        if self._before and self._group:
            base[self._before[-1]] = self._group
        base[self._number_name] = row.number
        path = (*self._group_path, row.number)
        if len(row.records) <= 1:
            fields = base | self._filled(row.cells(0))
            self._above = fields
            return [self._node(path, row, 0, fields)]
        return self._sub_rows(path, row, base)

    def _sub_rows(self, path: tuple[str, ...], row: _Row, base: dict[str, str]) -> list[Node]:
        """Several records under one 序号: a heading with the name they share, and the records below it."""
        parent, used = row.shared_name()
        heading = Node(path, kind=ClauseKind.HEADING, number=int(row.number), heading=parent or None)
        heading.own, heading.begin = used, row.number_run.start
        heading.printed = "序号"
        nodes = [heading]
        above = dict(self._above)
        fused = ""
        for index in range(len(row.records)):
            cells = row.cells(index, leave_out=used)
            fused = self._divide_value(cells, fused)
            own_name = cells.get(self._columns.name, "")
            if self._columns.name and parent:
                cells[self._columns.name] = f"{parent} {own_name}".strip() if own_name else parent
            # merged cells reach down from the record before; into the first one only names do
            fields = base | {
                name: cells.get(name, "")
                or (above.get(name, "") if index or self._columns.is_name(name) else "")
                for name in self._columns.names
            }
            above = fields
            node = self._node((*path, str(index + 1)), row, index, fields, used)
            node.heading = own_name or parent or None
            nodes.append(node)
        self._above = above
        return nodes

    def _divide_value(self, cells: dict[str, str], fused: str) -> str:
        """Two values printed in one cell for two records (≥85≤10): keep the first, return the second."""
        column = self._columns.value
        if not column:
            return ""
        if fused and column not in cells:
            cells[column] = fused
            return ""
        found = re.match(r"(.+?)(?=[≥≤＞＜])(?<![≥≤＞＜、，,；;])", cells.get(column, "")[1:])
        if not found or cells[column][0] not in "≥≤＞＜":
            return ""
        first, second = cells[column][: found.end() + 1], cells[column][found.end() + 1 :]
        cells[column] = first
        return second

    def _filled(self, cells: dict[str, str]) -> dict[str, str]:
        """Cells with merged ones filled from the row above: a name column that is not printed, and the
        columns at the end when none of them is printed."""
        closing = self._columns.closing
        merged = bool(closing) and not any(cells.get(name) for name in closing)
        filled = {}
        for name in self._columns.names:
            reaches = self._columns.is_name(name) or (merged and name in closing)
            filled[name] = cells.get(name, "") or (self._above.get(name, "") if reaches else "")
        return filled

    def _node(
        self,
        path: tuple[str, ...],
        row: _Row,
        index: int,
        fields: dict[str, str],
        left_out: Sequence[Run] = (),
    ) -> Node:
        """The node of one record; `left_out` are runs that its row's heading holds."""
        node = Node(path, kind=ClauseKind.ROW, number=int(row.number))
        own = row.runs_of(index)
        node.own = ([run for run in own if run not in left_out] if left_out else own) or [row.number_run]
        # the number stands before the first record; from there on it would hold the ones between
        node.begin = span(node.own)[0] if left_out or index else row.number_run.start
        node.fields = fields | ({"group": self._group} if self._group else {})
        name = self._columns.name
        if name.endswith("名称") and name in row.columns_of(index):
            node.heading = fields[name]
        return node


@dataclass(slots=True)
class _Row:
    """The lines of one numbered row and how they were aligned."""

    number: str
    number_run: Run
    runs: list[Run]
    columns: _Columns
    records: list[Record]

    def columns_of(self, index: int) -> dict[str, list[Run]]:
        """Column title → the runs of its cell in one record."""
        if not self.records:
            return {}
        names = self.columns.names
        return {names[c]: [self.runs[i] for i in lines] for c, lines in self.records[index].items()}

    def runs_of(self, index: int) -> list[Run]:
        if not self.records:
            return []
        return [self.runs[i] for lines in sorted(self.records[index].values()) for i in lines]

    def cells(self, index: int, leave_out: Sequence[Run] = ()) -> dict[str, str]:
        """Column title → cell text, lines of a cell put together."""
        cells = {}
        for name, runs in self.columns_of(index).items():
            texts = [run.text for run in runs if run not in leave_out]
            if texts:
                cells[name] = texts[0] if len(texts) == 1 else join_cell(texts, self.columns.kind(name))
        return cells

    def shared_name(self) -> tuple[str, list[Run]]:
        """The name that all records of the row share, and its runs in the first record."""
        column = self.columns.name
        if not column:
            return "", []
        runs = self.columns_of(0).get(column, [])
        others_named = any(column in self.columns_of(i) for i in range(1, len(self.records)))
        if others_named and len(runs) > 1:
            runs = runs[:-1]
        return join_cell([run.text for run in runs], ColumnKind.NAME) if runs else "", runs


def join_cell(texts: Sequence[str], kind: ColumnKind) -> str:
    """The lines of one cell as one text: broken words closed up, a stack of bodies listed with 、."""
    cell = texts[0]
    for text in texts[1:]:
        if kind is ColumnKind.BODY and cell[-1] not in "、，," and starts_body(text) and body_names(cell):
            cell += "、" + text
        elif kind is ColumnKind.VALUE or (kind is ColumnKind.TEXT and cell[-1] in "。；;"):
            cell += "\n" + text
        else:
            cell += text
    return cell


def _row_starts(runs: Sequence[Run]) -> list[int]:
    """Positions of the lines that are row numbers: they count up from the first, and may skip one.

    A bare number can be a value (100, 2018); it is a row number only where the count expects it.
    """
    numbers = [
        (i, int(found.group(1)))
        for i, run in enumerate(runs)
        if (found := ROW_NUMBER.match(run.text.strip()))
    ]
    last = {number: i for i, number in numbers}
    starts: list[int] = []
    expected = 1
    for i, number in numbers:
        if not starts and number != 1:
            continue
        if number == expected or (expected < number <= expected + 2 and last.get(expected, -1) <= i):
            starts.append(i)
            expected = number + 1
    return starts
