"""Comparisons: a row for each region or notice, each cell with its citation, an honest blank without one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.forms.ledger import chart_of, number_of, said
from assistant.forms.shown import Shown
from assistant.types import AnswerForm, Cell, Citation, FormKind, Statement, Table, Understood
from index.types import LedgerEntry, NoticeRecord

BLANK = "语料中没有条款回答。"


def comparison_form(
    understood: Understood,
    evidence: Evidence,
    shown: Sequence[Shown],
    citations: Sequence[Citation],
    entries: Sequence[LedgerEntry] = (),
) -> AnswerForm:
    """A row for each region (or notice, where one region has several), then the regions without an answer.

    `entries` are targets for the indicator asked: a cell whose clause states one has a column with its value.
    """
    names = _row_names([ranked.hit.notice for ranked in evidence.chosen])
    cells: dict[str, list[tuple[str, int]]] = {}
    statements: list[Statement] = []
    for ranked, one, citation in zip(evidence.chosen, shown, citations, strict=True):
        name = names[ranked.hit.notice.id]
        cells.setdefault(name, []).append((one.text, citation.marker))
        statements.append(Statement(one.text, citation.marker, f"{name}（{ranked.hit.clause.cite}）"))
    rows = [
        (Cell(name), Cell("\n".join(text for text, _ in found), tuple(marker for _, marker in found)))
        for name, found in cells.items()
    ]
    rows += [(Cell(name), Cell(BLANK)) for name in evidence.blank]
    statements += [Statement(BLANK, None, name) for name in evidence.blank]
    table = Table(("地区或文件", "规定"), tuple(rows))
    stated = _stated(evidence, citations, entries)
    if understood.indicator and stated:
        table = _with_values(table, understood.indicator, [stated.get(row[0].text) for row in rows])
    return AnswerForm(
        FormKind.COMPARISON,
        statements=tuple(statements),
        table=table,
        chart=chart_of(understood, [entry for entry, _ in stated.values()]),
        count=len(cells),
    )


def _stated(
    evidence: Evidence, citations: Sequence[Citation], entries: Sequence[LedgerEntry]
) -> dict[str, tuple[LedgerEntry, int]]:
    """Row name → the target that its cited clause states, with the marker; the first of several."""
    names = _row_names([ranked.hit.notice for ranked in evidence.chosen])
    markers = {citation.clause.id: citation.marker for citation in citations}
    found: dict[str, tuple[LedgerEntry, int]] = {}
    for entry in entries:
        if entry.clause.id in markers:
            found.setdefault(names[entry.notice.id], (entry, markers[entry.clause.id]))
    return found


def _with_values(table: Table, indicator: str, stated: Sequence[tuple[LedgerEntry, int] | None]) -> Table:
    """The table with a column of values before the words they stand in; blank where the ledger has none."""
    rows = tuple((row[0], _value(found), *row[1:]) for row, found in zip(table.rows, stated, strict=True))
    return Table((table.columns[0], indicator, *table.columns[1:]), rows)


def _value(found: tuple[LedgerEntry, int] | None) -> Cell:
    return Cell("—") if found is None else Cell(said(found[0]), (found[1],), number_of(found[0]))


def _row_names(notices: Sequence[NoticeRecord]) -> dict[str, str]:
    """Notice id → its region, or its title where it has none or another notice of the region is compared."""
    by_id = {notice.id: notice.card for notice in notices}
    regions = [card.region for card in by_id.values()]
    return {
        id_: card.region if card.region and regions.count(card.region) == 1 else f"《{card.title}》"
        for id_, card in by_id.items()
    }
