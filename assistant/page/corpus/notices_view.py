"""The notices of the corpus as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.page.answer_view import date_text
from assistant.page.corpus.notices import NoticeFilter, ordered
from assistant.page.corpus.phrases import PHRASES
from assistant.page.html import Html, element, join
from assistant.page.i18n import Language, say
from assistant.page.links import SourceLink
from assistant.page.reading.card_view import share_text
from assistant.page.records import Browsing, Column, Row, listing_view
from assistant.page.records.listing import page_of
from index.types import NoticeRecord

#: As long as the longest numbers of documents are.
_SHORT: Final = 20


def notices_view(
    records: Sequence[NoticeRecord],
    wanted: NoticeFilter,
    browsing: Browsing,
    language: Language,
    *,
    may_change: bool,
) -> Html:
    """The notices that pass the filter, a page of them; each opens in the reading pane.

    Whoever may change the corpus can remove one, after a question in its row.
    """
    found = ordered([record for record in records if wanted.passes(record)], browsing)
    shown = found[page_of(len(found), browsing)]
    rows = [_row(record, browsing, language, may_change=may_change) for record in shown]
    key = "notice_count" if len(found) == len(records) else "notice_count_some"
    caption = PHRASES.say(language, key, count=len(found), all=len(records))
    columns = _columns(language, may_change=may_change)
    return listing_view(columns, rows, browsing, language, total=len(found), caption=caption)


def _columns(language: Language, *, may_change: bool) -> list[Column]:
    return [
        Column(PHRASES.say(language, "title_column"), "title"),
        Column(say(language, "document_number"), "number"),
        Column(say(language, "issuer"), "issuer"),
        Column(PHRASES.say(language, "region"), "region"),
        Column(say(language, "issued"), "issued"),
        Column(say(language, "kind"), "kind"),
        Column(PHRASES.say(language, "clause_count"), "clauses", numeric=True),
        Column(say(language, "accounted"), "accounted", numeric=True),
        *([Column("")] if may_change else []),
    ]


def _row(record: NoticeRecord, browsing: Browsing, language: Language, *, may_change: bool) -> Row:
    card = record.card
    title = element("a", card.title, href=SourceLink(record.id).href)
    cells: list[str] = [
        title,
        _whole(card.doc_number),
        card.issuer or "",
        _whole(card.region),
        _whole(date_text(card.issued, language)),
        _whole(card.kind),
        str(record.clause_count),
        share_text(record.accounted),
    ]
    is_asked = browsing.asked == record.id
    if may_change:
        cells.append(_question(record, language) if is_asked else _remove_link(record, language))
    return Row(cells, marked=is_asked and may_change)


def _remove_link(record: NoticeRecord, language: Language) -> Html:
    words = PHRASES.say(language, "remove")
    label = f"{words} {record.card.title}"
    link = element("a", words, href=f"#ask={record.id}", role="button", aria_label=label)
    return _whole(link)


def _whole(text: str | None) -> Html:
    """A short text, which a narrow column does not break unless it is long after all."""
    if not text:
        return Html("")
    return element("span", text, class_="tw-whole" if isinstance(text, Html) or len(text) <= _SHORT else None)


def _question(record: NoticeRecord, language: Language) -> Html:
    """An archive leaves as a whole: the row must say so before it does."""
    archive = next((part for part in record.name.split("/")[:-1] if part.lower().endswith(".zip")), None)
    key = "remove_archive" if archive else "remove_question"
    question = element("p", PHRASES.say(language, key, name=archive))
    yes = element(
        "a",
        PHRASES.say(language, "remove"),
        href=f"#remove={record.id}",
        role="button",
        class_="tw-grave",
        data_event="submit",
    )
    no = element("a", PHRASES.say(language, "cancel"), href="#ask=", role="button")
    return element("div", question, join([yes, " ", no]), class_="tw-confirm", role="alert")
