"""A notice as a document: head with tools, outline, card, and its clauses with one of them highlighted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from urllib.parse import quote

from assistant.page.close import close_link
from assistant.page.html import Html, element
from assistant.page.i18n import Language, say
from assistant.page.links import SourceLink
from assistant.page.reading.card_view import card_view
from assistant.page.reading.opened import Opened
from assistant.page.reading.outline_view import outline_view
from assistant.page.reading.place import Place
from assistant.page.reading.table_view import GROUP, table_view
from ingest.notice import Clause, ClauseKind


def notice_view(opened: Opened, link: SourceLink, language: Language) -> Html:
    """The notice with the linked clause as `#tw-target`, its parents marked too.

    A link to the notice alone highlights nothing.
    """
    clauses = opened.clauses
    target = next((clause for clause in clauses if clause.id == link.clause), None)
    if target is None and link.clause:
        return missing_view(language)
    parents = {clause.id for clause in clauses if target is not None and _is_above(clause, target)}
    numbers = {clause.id: number for number, clause in enumerate(clauses)}
    by_path = {clause.path: clause for clause in clauses}
    place = Place(target, frozenset(parents), link.mark, by_path, numbers)
    text = element(
        "div", card_view(opened, language), *_body(clauses, place), class_="tw-notice-scroll", tabindex="0"
    )
    return element(
        "article",
        _head(opened, target, language),
        _page_image(opened, target, language),
        element("div", outline_view(clauses, place, language), text, class_="tw-notice-main"),
        class_="tw-notice",
        aria_label=opened.record.card.title,
    )


def missing_view(language: Language) -> Html:
    """What the pane says when the clause is gone."""
    return element(
        "article", element("p", say(language, "no_clause"), class_="tw-missing"), class_="tw-notice"
    )


def _is_above(clause: Clause, target: Clause) -> bool:
    return len(clause.path) < len(target.path) and target.path[: len(clause.path)] == clause.path


def _head(opened: Opened, target: Clause | None, language: Language) -> Html:
    """Which notice and which clause, and what can be done with it."""
    steps = [*target.headings, target.cite] if target is not None else []
    crumbs = element(
        "ol",
        *(element("li", step) for step in steps),
        class_="tw-crumbs",
        aria_label=say(language, "cited_clause"),
    )
    return element(
        "header",
        element("p", f"《{opened.record.card.title.strip('《》')}》", class_="tw-crumb-title"),
        crumbs if target is not None else Html(""),
        _tools(opened, target, language),
        close_link("#close-notice", language),
        class_="tw-notice-head",
    )


def _tools(opened: Opened, target: Clause | None, language: Language) -> Html:
    """Outline, the hits before and after, a link to paste into a message, and the file as it came.

    The script knows the first four by their `href`; it fills in which hit this is and hides what has no use.
    """
    record = opened.record
    address = f"{record.name} {target.cite}" if target is not None else record.name

    def tool(key: str, href: str, **attributes: str | None) -> Html:
        return element("a", say(language, key), href=href, role="button", **attributes)

    original = element(
        "a", say(language, "original"), href=f"original/{quote(record.id, safe='')}", download=""
    )
    return element(
        "div",
        tool("outline", "#outline"),
        tool("previous_hit", "#previous-hit", class_="tw-step"),
        element("span", class_="tw-position", role="status"),
        tool("next_hit", "#next-hit", class_="tw-step"),
        tool("copy_link", "#copy-link", data_address=address, data_done=say(language, "copied")),
        original,
        class_="tw-tools",
    )


def _page_image(opened: Opened, target: Clause | None, language: Language) -> Html:
    """The printed page with the clause's box, for formats that have pages; loaded when it is unfolded."""
    if target is None or target.place is None or target.place.page is None or target.place.box is None:
        return Html("")
    page = say(language, "page_of", page=target.place.page)
    source = f"page-image/{quote(opened.record.id, safe='')}/{quote(target.id, safe='')}.png"
    image = element("img", src=source, alt=f"{page} {target.cite}", loading="lazy")
    return element("details", element("summary", page), image, class_="tw-page-image")


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
