"""A real table as a full grid, and which of its rows hold column titles.

Forced by tables of points, forms of public powers and workbooks of offices: titles in several rows without
merged cells, the head repeated where a page ended, and tables without any head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.characters import repair
from ingest.columns import is_number_column, is_whole_title
from ingest.document import Row, Table

#: A title below another is no longer than this.
_SUBTITLE_LENGTH = 15
#: A cell over this many columns is divided by the next row whatever its words.
_WIDE = 3
#: A text is this many times as long as a sentence that stands above it as its title.
_LONGER = 3
_FORM_LABEL_LENGTH = 20
_FORM_LABEL = re.compile(
    r"(?:名称|编码|代码|编号|机关|机构|依据|类别|类型|种类|流程|程序|方式|地址|地点|电话|部门|单位|时限|期限|时间|条件|"
    r"材料|对象|事项|标准|备注|范围|内容|职责|责任|边界|行为|要求|数量|收费|结果|环节|形式|主体|层级|咨询|投诉|监督|"
    r"代表人|负责人|联系人|邮编|传真|网址)$"
)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of the expanded grid: its text and the place (row, column) where it is printed."""

    text: str
    row: int
    column: int
    start: int | None = None
    end: int | None = None


Grid = Sequence[Sequence[GridCell]]


def expand(table: Table) -> list[list[GridCell]]:
    """The table as a full grid: a merged cell stands in every place that it covers."""
    width = max((_width(row) for row in table.rows), default=0)
    grid: list[list[GridCell | None]] = [[None] * width for _ in table.rows]
    for r, row in enumerate(table.rows):
        c = 0
        for cell in row.cells:
            while c < width and grid[r][c] is not None:
                c += 1
            placed = GridCell(repair(cell.text).strip(), r, c, cell.start, cell.end)
            for y in range(r, min(r + cell.rowspan, len(grid))):
                for x in range(c, min(c + cell.colspan, width)):
                    grid[y][x] = placed
            c += cell.colspan
    return [[cell or GridCell("", r, c) for c, cell in enumerate(cells)] for r, cells in enumerate(grid)]


def _width(row: Row) -> int:
    return sum(cell.colspan for cell in row.cells)


def printed(row: Sequence[GridCell], i: int) -> list[tuple[int, GridCell]]:
    """(column, cell) of the cells that are printed in row i and not in a row above."""
    seen: dict[tuple[int, int], tuple[int, GridCell]] = {}
    for c, cell in enumerate(row):
        if cell.row == i:
            seen.setdefault((cell.row, cell.column), (c, cell))
    return list(seen.values())


def head_rows(table: Table, grid: Grid) -> int:
    """How many rows at the top hold column titles: those that are marked, or the first; with each that
    divides a title over several columns. None in a form, and none where the first row is the first record:
    it holds sentences."""
    if not table.rows or is_form(table, grid) or _is_record(grid):
        return 0
    marked = 0
    while marked < len(table.rows) and table.rows[marked].header:
        marked += 1
    rows = marked or _unmarked(table, grid)
    while 0 < rows < len(grid) - 1 and _divides(table, grid, rows):
        rows += 1
    return rows


def _is_record(grid: Grid) -> bool:
    """Whether the first row holds sentences; not where it says of what the texts below are: each of those is
    longer by far."""
    if not any("。" in cell.text for cell in grid[0]):
        return False
    below = grid[1] if len(grid) > 1 else ()
    pairs = [(title, cell) for title, cell in zip(grid[0], below, strict=False) if cell.text]
    return not pairs or any(len(cell.text) < _LONGER * max(1, len(title.text)) for title, cell in pairs)


def _unmarked(table: Table, grid: Grid) -> int:
    """The first row, with those that its cells reach into where it stands over several columns; nothing
    where an untitled first row reaches into the rows below: it is merged as records are."""
    high = max((cell.rowspan for cell in table.rows[0].cells), default=1)
    wide = any(cell.colspan > 1 for cell in table.rows[0].cells)
    if not _is_titled(grid[0]):
        return 0 if high > 1 and not wide else 1
    return min(high, max(1, len(grid) - 1)) if high > 1 and wide else 1


def _is_titled(row: Sequence[GridCell]) -> bool:
    texts = [re.sub(r"\s+", "", cell.text) for cell in row if cell.text]
    return any(is_number_column(text) or is_whole_title(text) for text in texts)


def _divides(table: Table, grid: Grid, i: int) -> bool:
    """Whether row i holds the titles below a title over several columns that no row has divided yet."""
    if any(cell.rowspan > 1 for cell in table.rows[i].cells):
        return False
    widths = _undivided(grid, i)
    under = []
    for column, cell in printed(grid[i], i):
        if not cell.text:
            continue
        covered = [c for c in _columns(grid[i], column) if c in widths]
        if not covered or not _is_subtitle(cell.text, widths[covered[0]]):
            return False
        under.append(cell)
    return len(under) > 1


def _undivided(grid: Grid, rows: int) -> dict[int, int]:
    """Column → width of the title above it, for columns below a title over several of them that have no
    title of their own yet."""
    found: dict[int, int] = {}
    for r in range(rows):
        for column, cell in printed(grid[r], r):
            columns = _columns(grid[r], column)
            for c in columns if cell.text else ():
                found.pop(c, None)
                if 1 < len(columns) < len(grid[r]):
                    found[c] = len(columns)
    return found


def _columns(row: Sequence[GridCell], column: int) -> range:
    """The columns that the cell at a column covers."""
    end = column + 1
    while end < len(row) and row[end] is row[column]:
        end += 1
    return range(column, end)


def _is_subtitle(text: str, width: int) -> bool:
    words = re.sub(r"\s+", "", text)
    if len(words) > _SUBTITLE_LENGTH or re.search("[。；;：:]", words) or re.fullmatch(r"[\d.,%％]+", words):
        return False
    return width >= _WIDE or is_whole_title(words) or bool(re.fullmatch(r"(?:19|20)\d{2}年.{0,4}", words))


def is_form(table: Table, grid: Grid) -> bool:
    """Whether the table is a form: a label and what stands for it in each row, without column titles. A first
    row that a reader took for them counts as a record where its second cell is no title."""
    if len(grid) < 3 or len(grid[0]) != 2 or any(row.header for row in table.rows[1:]):
        return False
    second = re.sub(r"\s+", "", grid[0][1].text)
    if is_whole_title(second) or _FORM_LABEL.search(second) or is_number_column(grid[0][0].text):
        return False
    labels = [re.sub(r"\s+", "", row[0].text) for row in grid]
    known = sum(bool(_FORM_LABEL.search(label)) for label in labels)
    short = all(0 < len(label) <= _FORM_LABEL_LENGTH and not re.search("[。；;]", label) for label in labels)
    return short and 2 * known >= len(labels) and len(set(labels)) == len(labels)


def heads_again(grid: Grid, rows: int) -> list[int]:
    """The rows further down that print the column titles once more, as at the top of a page."""
    if not rows:
        return []
    head = [_texts(grid, i) for i in range(rows)]
    found: list[int] = []
    for i in range(rows, len(grid) - rows + 1):
        if (
            (not found or i > found[-1])
            and len(head[0]) > 1
            and [_texts(grid, k) for k in range(i, i + rows)] == head
        ):
            found.extend(range(i, i + rows))
    return found


def _texts(grid: Grid, i: int) -> list[str]:
    return [re.sub(r"\s+", "", cell.text) for _, cell in printed(grid[i], i) if cell.text]


def column_names(head: Grid, width: int) -> list[str]:
    """A name for each column: the titles above it from top to bottom, each once, blanks left out."""
    names = []
    for c in range(width):
        titles = dict.fromkeys(re.sub(r"\s+", "", row[c].text) for row in head)
        names.append("".join(title for title in titles if title))
    return [name or f"列{i + 1}" for i, name in enumerate(names)]
