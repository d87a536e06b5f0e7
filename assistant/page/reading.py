"""The reading pane: a notice as a document, with one clause highlighted among its parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from assistant.page.answer_view import date_text
from assistant.page.close import close_link
from assistant.page.html import Html, element
from assistant.page.i18n import Language, say
from assistant.page.links import SourceLink
from index.types import NoticeRecord
from ingest.notice import Clause, ClauseKind

Span = tuple[int, int]

#: Names that the address rules give to unnumbered text; they are not printed in the notice.
_UNPRINTED: Final = frozenset({"前言", "通知", "引言", "结语", "附件目录", "新闻摘要", "备注", "附件"})
_CHINESE_NUMBER: Final = re.compile(r"[一二三四五六七八九十百零〇]+")
_GROUP: Final = "group"


def notice_view(
    record: NoticeRecord, clauses: Sequence[Clause], link: SourceLink, language: Language
) -> Html:
    """The notice with its card on top and the linked clause as `#tw-target`; its parents are marked too."""
    target = next((clause for clause in clauses if clause.id == link.clause), None)
    if target is None:
        return missing_view(language)
    parents = {clause.id for clause in clauses if _is_above(clause, target)}
    place = _Place(target, frozenset(parents), link.mark)
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


def printed_label(clause: Clause) -> str:
    """The clause's own number as a notice prints it: 一、 （一） 1. 第十条 一是 ——, or nothing."""
    label = clause.path[-1] if clause.path else ""
    if label in _UNPRINTED or clause.kind is ClauseKind.ROW:
        return ""
    if label.startswith("——"):
        return "——"
    if _CHINESE_NUMBER.fullmatch(label):
        return f"{label}、"
    if label.isdecimal():
        return f"{label}."
    return f"{label}\u3000" if label.startswith("第") else label


class _Place:
    """Where the reader is: the highlighted clause, its parents, and the marked span of its text."""

    def __init__(self, target: Clause, parents: frozenset[str], mark: Span | None) -> None:
        self.target = target
        self.parents = parents
        self.mark = mark

    def attributes(self, clause: Clause, style: str) -> dict[str, str]:
        """HTML attributes of the clause's element."""
        if clause.id == self.target.id:
            return {"class_": f"{style} tw-hit", "id": "tw-target", "aria_current": "location"}
        if clause.id in self.parents:
            return {"class_": f"{style} tw-parent"}
        return {"class_": style}

    def mark_in(self, clause: Clause) -> Span | None:
        """The marked span, if this is the highlighted clause and the span lies in its text."""
        if clause.id != self.target.id or self.mark is None:
            return None
        start, end = self.mark
        return self.mark if start < end <= len(clause.text) else None


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
        ("period", years),
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


def _body(clauses: Sequence[Clause], place: _Place) -> Iterator[Html]:
    flags = _table_flags(clauses)
    for (in_table, _), group in groupby(
        zip(clauses, flags, strict=True), key=lambda pair: (pair[1], pair[0].path[:1] if pair[1] else ())
    ):
        members = [clause for clause, _ in group]
        if in_table:
            yield _table(members, place)
        else:
            yield from (_paragraph(clause, place) for clause in members)


def _table_flags(clauses: Sequence[Clause]) -> list[bool]:
    """For each clause, whether it is drawn inside a table: rows, and a group title right before a row."""
    titles = [
        clause.kind is ClauseKind.HEADING and following.kind is ClauseKind.ROW and _heads(clause, following)
        for clause, following in pairwise(clauses)
    ]
    rows = [clause.kind is ClauseKind.ROW for clause in clauses]
    return [row or title for row, title in zip(rows, [*titles, False], strict=False)]


def _heads(title: Clause, row: Clause) -> bool:
    group = (row.fields or {}).get(_GROUP, "")
    return bool(title.heading) and title.heading is not None and title.heading in group


def _paragraph(clause: Clause, place: _Place) -> Html:
    depth = len(clause.path)
    label = printed_label(clause)
    shown_label = [element("span", label, class_="tw-label")] if label else []
    if clause.kind is ClauseKind.HEADING:
        style = f"tw-heading tw-depth-{min(depth, 6)}"
        level = f"h{min(depth + 2, 6)}"
        return element(level, *shown_label, *_text(clause, place), **place.attributes(clause, style))
    style = f"tw-clause tw-{clause.kind.value} tw-depth-{min(depth, 6)}"
    return element("p", *shown_label, *_text(clause, place), **place.attributes(clause, style))


def _text(clause: Clause, place: _Place) -> Iterator[str]:
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


def _table(members: Sequence[Clause], place: _Place) -> Html:
    rows = [clause for clause in members if clause.kind is ClauseKind.ROW]
    columns = _columns(rows)
    head = element("tr", *(element("th", column, scope="col") for column in columns))
    body: list[Html] = []
    group = ""
    for clause in members:
        if clause.kind is not ClauseKind.ROW:
            group = clause.heading or ""
            body.append(
                _group_row(
                    f"{printed_label(clause)}{clause.text}",
                    len(columns),
                    place.attributes(clause, "tw-group"),
                )
            )
            continue
        own_group = (clause.fields or {}).get(_GROUP, "")
        if own_group and (not group or group not in own_group):
            group = own_group
            body.append(_group_row(own_group, len(columns), {"class_": "tw-group"}))
        body.append(_row(clause, columns, place))
    table = element("table", element("thead", head), element("tbody", *body))
    return element("div", table, class_="tw-table", tabindex="0")


def _columns(rows: Iterable[Clause]) -> list[str]:
    """Every column name of the rows, in the order in which they first appear."""
    return list(dict.fromkeys(name for row in rows for name in (row.fields or {"": ""}) if name != _GROUP))


def _group_row(text: str, width: int, attributes: dict[str, str]) -> Html:
    return element("tr", element("th", text, colspan=str(width), scope="colgroup"), **attributes)


def _row(clause: Clause, columns: Sequence[str], place: _Place) -> Html:
    fields = clause.fields or {"": clause.text}
    mark = place.mark_in(clause)
    quote = clause.text[mark[0] : mark[1]] if mark else ""
    cells = (element("td", *_cell(fields.get(column, ""), quote)) for column in columns)
    return element("tr", *cells, **place.attributes(clause, "tw-row"))


def _cell(text: str, quote: str) -> Iterator[str]:
    """A cell's text with the quote marked in it; a cell that lies wholly in the quote is marked whole."""
    if len(text) > 1 and text in quote:
        yield element("mark", text)
    elif quote and quote in text:
        before, after = text.split(quote, 1)
        yield from (before, element("mark", quote), after)
    else:
        yield text
