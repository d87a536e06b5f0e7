"""The reading pane: a notice as a document, with one clause highlighted among its parents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from assistant.page.answer_view import date_text
from assistant.page.close import close_link
from assistant.page.html import Html, element
from assistant.page.i18n import Language, say
from assistant.page.links import SourceLink
from assistant.page.place import Place
from assistant.page.table_view import GROUP, table_view
from index.types import NoticeRecord
from ingest.notice import Clause, ClauseKind


def notice_view(
    record: NoticeRecord, clauses: Sequence[Clause], link: SourceLink, language: Language
) -> Html:
    """The notice with its card on top and the linked clause as `#tw-target`; its parents are marked too."""
    target = next((clause for clause in clauses if clause.id == link.clause), None)
    if target is None:
        return missing_view(language)
    parents = {clause.id for clause in clauses if _is_above(clause, target)}
    place = Place(target, frozenset(parents), link.mark, {clause.path: clause for clause in clauses})
    return element(
        "article",
        _crumbs(record, target, language),
        element(
            "div", _card(record, language), *_body(clauses, place), class_="tw-notice-scroll", tabindex="0"
        ),
        class_="tw-notice",
        aria_label=record.card.title,
    )


def missing_view(language: Language) -> Html:
    """What the pane says when the clause is gone."""
    return element(
        "article", element("p", say(language, "no_clause"), class_="tw-missing"), class_="tw-notice"
    )


def _is_above(clause: Clause, target: Clause) -> bool:
    return len(clause.path) < len(target.path) and target.path[: len(clause.path)] == clause.path


def _crumbs(record: NoticeRecord, target: Clause, language: Language) -> Html:
    steps = [*target.headings, target.cite]
    return element(
        "header",
        element("p", f"《{record.card.title.strip('《》')}》", class_="tw-crumb-title"),
        element(
            "ol",
            *(element("li", step) for step in steps),
            class_="tw-crumbs",
            aria_label=say(language, "cited_clause"),
        ),
        close_link("#close-notice", language),
        class_="tw-notice-head",
    )


def _card(record: NoticeRecord, language: Language) -> Html:
    card = record.card
    years = say(language, "years", first=card.period[0], last=card.period[1]) if card.period else None
    facts = (
        ("document_number", card.doc_number),
        ("issuer", card.issuer),
        ("issued", date_text(card.issued, language)),
        ("published", date_text(card.published, language)),
        ("effective", date_text(card.effective, language)),
        ("expires", date_text(card.expires, language)),
        ("repeals", "；".join(card.repeals) or None),
        ("period", years),
        ("accounted", say(language, "accounted_share", share=_share(record.accounted))),
        ("file", record.name),
    )
    rows = [
        element("div", element("dt", say(language, key)), element("dd", value))
        for key, value in facts
        if value is not None
    ]
    remarks = [element("p", remark, class_="tw-remark") for remark in record.remarks]
    title = card.notice_title or card.title
    return element("header", element("h2", title), element("dl", *rows), *remarks, class_="tw-card")


def _share(accounted: float) -> str:
    """A share of characters in per cent, never rounded up to all of them."""
    return "100%" if accounted == 1.0 else f"{min(accounted, 0.9999):.2%}"


def _body(clauses: Sequence[Clause], place: Place) -> Iterator[Html]:
    """The clauses in document order; neighbours that form a table are drawn as one."""
    for table, group in groupby(zip(clauses, _tables(clauses), strict=True), key=lambda pair: pair[1]):
        members = [clause for clause, _ in group]
        if table is None:
            yield from (_paragraph(clause, place) for clause in members)
        else:
            yield table_view(members, place)


def _tables(clauses: Sequence[Clause]) -> list[str | None]:
    """For each clause the attachment whose table it is drawn in, else None.

    In a table are its rows, and a group title that stands right before a row.
    """
    followers: list[Clause | None] = [*clauses[1:], None]
    return [
        clause.path[0] if clause.kind is ClauseKind.ROW or _heads(clause, following) else None
        for clause, following in zip(clauses, followers, strict=False)
    ]


def _heads(title: Clause, row: Clause | None) -> bool:
    if title.kind is not ClauseKind.HEADING or row is None:
        return False
    return row.kind is ClauseKind.ROW and title.text in (row.fields or {}).get(GROUP, "")


def _paragraph(clause: Clause, place: Place) -> Html:
    depth = len(clause.path)
    label = place.label(clause)
    shown_label = [element("span", label, class_="tw-label")] if label else []
    if clause.kind is ClauseKind.HEADING:
        style = f"tw-heading tw-depth-{min(depth, 6)}"
        level = f"h{min(depth + 2, 6)}"
        return element(level, *shown_label, *_text(clause, place), **place.attributes(clause, style))
    style = f"tw-clause tw-{clause.kind.value} tw-depth-{min(depth, 6)}"
    return element("p", *shown_label, *_text(clause, place), **place.attributes(clause, style))


def _text(clause: Clause, place: Place) -> Iterator[str]:
    """The clause's text, its heading words strong and the marked span in `<mark>`."""
    text, mark = clause.text, place.mark_in(clause)
    heading = clause.heading or ""
    strong_until = len(heading) if clause.kind is not ClauseKind.HEADING and text.startswith(heading) else 0
    cuts = sorted({0, strong_until, len(text), *(mark or ())})
    for start, end in pairwise(cuts):
        piece: str = text[start:end]
        if end <= strong_until:
            piece = element("strong", piece)
        if mark and mark[0] <= start and end <= mark[1]:
            piece = element("mark", piece)
        yield piece
