"""The ledger of targets as people read it: a table on the screen, lines in a pipe, a sheet in a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.export.xlsx import Value, write_table
from assistant.wording import readable
from index.types import LedgerEntry
from ingest.targets import Comparator

#: In a pipe a line is a target and a tab parts its cells, so that cut and a spreadsheet can take them.
_BETWEEN = "\t"
_HEADS = ("地区", "指标", "目标", "年份", "责任单位", "出处")
_SHEET_HEADS = (
    *(
        "地区",
        "指标",
        "变化",
        "比较",
        "数值",
        "上限",
        "单位",
        "原文数值",
        "力争",
        "年份",
        "基准年",
        "责任单位",
    ),
    *("文件", "标题", "条款", "原句"),
)
_MEANING = {
    Comparator.EQUAL: "等于",
    Comparator.ABOUT: "左右",
    Comparator.AT_LEAST: "不低于",
    Comparator.AT_MOST: "不高于",
    Comparator.MORE: "高于",
    Comparator.LESS: "低于",
    Comparator.RANGE: "区间",
    Comparator.SYNC: "同步",
}


def print_ledger(console: Console, entries: Sequence[LedgerEntry]) -> None:
    """One target a row, ended by how many there are; in a pipe one line a target, without a last line."""
    if not console.is_terminal:
        for cells in (_HEADS, *map(_cells, entries)):
            console.file.write(_BETWEEN.join(map(_without_controls, cells)) + "\n")  # rich expands tabs
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head, share in zip(_HEADS, (2, 5, 3, 1, 3, 5), strict=True):
        table.add_column(head, ratio=share, overflow="fold", min_width=4)
    for entry in entries:
        table.add_row(*map(Text, _cells(entry)))
    console.print(table)
    console.print(Text(f"共 {len(entries)} 个目标。"))


def write_ledger(path: Path, entries: Sequence[LedgerEntry]) -> None:
    """Writes one target a row as .xlsx, numbers as numbers. Raises ExportFault where it cannot be written."""
    write_table(path, _SHEET_HEADS, map(_row, entries), sheet="量化目标")


def target_words(entry: LedgerEntry) -> str:
    """The target as it is said: 增长5%左右, 比2015年下降22%, 力争37微克/立方米以内."""
    target = entry.target
    base = f"比{target.base_year}年" if target.base_year else ""
    change = "" if target.text.startswith(target.change) else target.change
    stretch = "力争" if target.stretch else ""
    return readable(f"{stretch}{base}{change}{target.text}")


def _cells(entry: LedgerEntry) -> tuple[str, ...]:
    target = entry.target
    return (
        entry.notice.card.region or "—",
        readable(target.indicator),
        target_words(entry),
        str(target.year or "—"),
        "、".join(target.responsible) or "—",
        f"《{readable(entry.notice.card.title)}》{readable(entry.clause.cite)}",
    )


def _without_controls(cell: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in cell)


def _row(entry: LedgerEntry) -> tuple[Value, ...]:
    target = entry.target
    low, high = target.value if isinstance(target.value, tuple) else (target.value, None)
    return (
        entry.notice.card.region,
        target.indicator,
        target.change,
        _MEANING[target.comparator],
        low,
        high,
        target.unit,
        target.text,
        "力争" if target.stretch else "",
        target.year,
        target.base_year,
        "、".join(target.responsible),
        entry.notice.name,
        entry.notice.card.title,
        entry.clause.cite,
        target.quote,
    )
