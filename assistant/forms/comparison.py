"""Comparisons: a row for each region or notice, each cell with its citation, an honest blank without one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.forms.shown import Shown
from assistant.types import AnswerForm, Cell, Citation, FormKind, Statement, Table
from index.types import NoticeRecord

BLANK = "语料中没有条款回答。"


def comparison_form(evidence: Evidence, shown: Sequence[Shown], citations: Sequence[Citation]) -> AnswerForm:
    """A row for each region (or notice, where one region has several), then the regions without an answer."""
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
    return AnswerForm(FormKind.COMPARISON, statements=tuple(statements), table=table, count=len(cells))


def _row_names(notices: Sequence[NoticeRecord]) -> dict[str, str]:
    """Notice id → its region, or its title where it has none or another notice of the region is compared."""
    by_id = {notice.id: notice.card for notice in notices}
    regions = [card.region for card in by_id.values()]
    return {
        id_: card.region if card.region and regions.count(card.region) == 1 else f"《{card.title}》"
        for id_, card in by_id.items()
    }
