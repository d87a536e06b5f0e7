"""The ledger of targets as a table, each row linked to its clause."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ledger_table import target_words
from assistant.page.html import Html, element
from assistant.page.i18n import Language
from assistant.page.links import SourceLink
from assistant.page.records import Browsing, Column, Row, listing_view
from assistant.page.records.listing import page_of
from assistant.page.targets.asked import AskedTargets, ordered
from assistant.page.targets.phrases import PHRASES
from assistant.wording import readable
from index.types import LedgerEntry


def targets_view(
    entries: Sequence[LedgerEntry], asked: AskedTargets, browsing: Browsing, language: Language
) -> Html:
    """A page of the targets, how many there are, and the way to the workbook of all of them."""
    found = ordered(entries, browsing)
    rows = [_row(entry) for entry in found[page_of(len(found), browsing)]]
    columns = [
        Column(PHRASES.say(language, label), key)
        for label, key in (
            ("target_region", "region"),
            ("indicator", "indicator"),
            ("target", "value"),
            ("target_year", "year"),
            ("responsible", "responsible"),
            ("clause_address", "notice"),
        )
    ]
    key = "target_count" if found else "no_targets"
    caption = PHRASES.say(language, key, count=len(found))
    tool = _workbook_link(asked, language) if found else ""
    return listing_view(columns, rows, browsing, language, total=len(found), caption=caption, tool=tool)


def _workbook_link(asked: AskedTargets, language: Language) -> Html:
    words = PHRASES.say(language, "to_workbook")
    return element("a", words, href=f"targets.xlsx?{asked.query}", download="", class_="tw-export")


def _row(entry: LedgerEntry) -> Row:
    target, clause = entry.target, entry.clause
    link = SourceLink.to_quote(entry.notice.id, clause.id, clause.text, target.quote)
    source = f"《{readable(entry.notice.card.title).strip('《》')}》{readable(clause.cite)}"
    return Row(
        [
            entry.notice.card.region or "",
            readable(target.indicator),
            element("strong", target_words(entry)),
            str(target.year or ""),
            "、".join(target.responsible),
            element("a", source, href=link.href),
        ]
    )
