"""A comparison from the ledger of targets: the table, the count, and a chart of the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ledger_evidence import Compared
from assistant.types import AnswerForm, Cell, Chart, FormKind, Table, Understood
from assistant.wording import readable
from index.types import LedgerEntry
from ingest.targets import Comparator

BLANK = "账本里没有这项目标"
_SAID = {
    Comparator.MORE: "高于",
    Comparator.LESS: "低于",
    Comparator.AT_LEAST: "不低于",
    Comparator.AT_MOST: "不高于",
    Comparator.EQUAL: "等于",
}


def ledger_form(understood: Understood, compared: Compared) -> AnswerForm:
    """A row for each notice with its target; what meets a condition only in part is named below."""
    indicator = understood.indicator or ""
    several = not _one_a_region(compared.entries)
    rows = [
        (
            Cell(f"《{e.notice.card.title}》" if several else region_of(e)),
            Cell(said(e), (marker,), number_of(e)),
        )
        for marker, e in enumerate(compared.entries, 1)
    ]
    rows += [(Cell(name), Cell(BLANK)) for name in compared.blank]
    table = Table(("地区", indicator), tuple(rows))
    return AnswerForm(
        FormKind.COMPARISON,
        lead=_lead(understood, compared),
        table=table,
        chart=chart_of(understood, compared.entries),
        count=len(compared.entries),
        notes=_notes(compared),
    )


def _one_a_region(entries: Sequence[LedgerEntry]) -> bool:
    """False where two notices of one region are compared: they are then told apart by their titles."""
    regions = [region_of(entry) for entry in entries]
    return len(set(regions)) == len(regions)


def said(entry: LedgerEntry) -> str:
    """The target in the notice's words: 增长5%左右, 120万人以上."""
    target = entry.target
    words = readable(target.text)
    return words if not target.change or target.change in words else f"{target.change}{words}"


def region_of(entry: LedgerEntry) -> str:
    """The region of the notice, or its title where it has none."""
    return entry.notice.card.region or f"《{entry.notice.card.title}》"


def number_of(entry: LedgerEntry) -> float | None:
    """The target's number; of a range its lower bound."""
    value = entry.target.value
    return value[0] if isinstance(value, tuple) else value


def chart_of(understood: Understood, entries: Sequence[LedgerEntry]) -> Chart | None:
    """A bar for each number where all are of one unit; None for less than two."""
    drawn = [(region_of(e), number) for e in entries if (number := number_of(e)) is not None]
    units = {e.target.unit for e in entries}
    if len(drawn) < 2 or len(units) != 1:
        return None
    years = "、".join(f"{year}年" for year in understood.years)
    ranged = any(isinstance(e.target.value, tuple) for e in entries)
    title = f"{years}{understood.indicator}{'（区间取下限）' if ranged else ''}"
    return Chart(title, tuple(n for n, _ in drawn), tuple(v for _, v in drawn), units.pop())


def _lead(understood: Understood, compared: Compared) -> str:
    years = "、".join(f"{year}年" for year in understood.years)
    count = len(compared.entries)
    if understood.condition is None:
        counted = "个地区" if _one_a_region(compared.entries) else "份文件"
        return f"{years}{understood.indicator}目标，共{count}{counted}："
    condition = understood.condition
    meant = f"{_SAID[condition.comparator]}{condition.value:g}{condition.unit}"
    return f"{years}{understood.indicator}目标{meant}的，{compared.stated}个地区中有{count}个："


def _notes(compared: Compared) -> tuple[str, ...]:
    if not compared.partly:
        return ()
    first = len(compared.entries) + 1
    named = "；".join(f"{region_of(e)}{said(e)}[{first + i}]" for i, e in enumerate(compared.partly))
    return (f"另有{len(compared.partly)}个地区的目标可能达到、但不必达到这个条件：{named}。",)
