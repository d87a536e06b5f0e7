"""The forms of an answer: passages, who, lists, comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from assistant.page.ask.chart_view import chart_view
from assistant.page.ask.phrases import PHRASES
from assistant.page.ask.prose import markers, words
from assistant.page.html import Html, element, join
from assistant.page.i18n import Language
from assistant.types import AnswerForm, Cell, FormKind, Group, Statement, Table

#: A long list is folded after so many of its items, so that its count and its end are in sight.
ITEMS_SHOWN: Final = 12
#: Rows of a comparison for which nothing was found; more are folded, and counted.
BLANKS_SHOWN: Final = 6
#: A note that says so is set apart from the others: two clauses contradict each other.
_CONTRADICTION: Final = ("不一致", "矛盾", "冲突")

Links = Mapping[int, str]


def form_view(form: AnswerForm, links: Links, language: Language) -> Html:
    """The form without its notes."""
    lead = element("p", words(form.lead, links), class_="tw-lead") if form.lead else Html("")
    return join([lead, *_body(form, links, language)])


def form_notes_view(form: AnswerForm, links: Links) -> Html:
    """The sentences that a reader must see, contradictions set apart."""
    return join(
        element(
            "p",
            words(note, links, bold=False),
            class_="tw-note tw-flag" if any(word in note for word in _CONTRADICTION) else "tw-note",
        )
        for note in form.notes
    )


def _body(form: AnswerForm, links: Links, language: Language) -> Iterator[Html]:
    if form.kind is FormKind.ITEMS:
        yield from _items(form.groups, links, language)
    elif form.kind is FormKind.COMPARISON and form.table is not None:
        yield from _comparison(form.table, links, language)
        if form.chart is not None:
            yield chart_view(form.chart, language)
    else:
        yield from _passages(form, links, language)


def _passages(form: AnswerForm, links: Links, language: Language) -> Iterator[Html]:
    """What answers of each clause, under it, folded, the rest; cells of a row as names and values."""
    left = list(form.folded)
    for number, run in groupby(form.statements, key=lambda statement: statement.marker):
        yield from _clause(list(run), number, links)
        yield from (_rest(one, links, language) for one in left if one.marker == number)
        left = [one for one in left if one.marker != number]
    yield from (_rest(one, links, language) for one in left)


def _clause(said: Sequence[Statement], number: int | None, links: Links) -> Iterator[Html]:
    runs = [(labelled, list(run)) for labelled, run in groupby(said, key=lambda one: bool(one.label))]
    for position, (labelled, run) in enumerate(runs):
        mark = markers([number], links) if position == len(runs) - 1 else Html("")
        if labelled:
            yield _cells(run, mark, links)
        else:
            yield element("p", *(words(one.text, links) for one in run), mark)


def _cells(run: Sequence[Statement], mark: Html, links: Links) -> Html:
    """Label and text side by side."""
    pairs: list[Html] = []
    for place, one in enumerate(run, 1):
        end = mark if place == len(run) else Html("")
        pairs += [element("dt", one.label), element("dd", words(one.text, links), end)]
    return element("dl", *pairs, class_="tw-cells")


def _rest(one: Statement, links: Links, language: Language) -> Html:
    summary = element("summary", PHRASES.say(language, "show_rest"))
    label = [element("strong", f"{one.label}：")] if one.label else []
    text = element("p", *label, words(one.text, links, bold=False), markers([one.marker], links))
    return element("details", summary, text, class_="tw-rest")


def _items(groups: Sequence[Group], links: Links, language: Language) -> Iterator[Html]:
    """Each group under its name with its count; numbers run on through all of them."""
    first = 1
    for group in groups:
        if group.label:
            count = element("span", PHRASES.say(language, "items", count=len(group.items)), class_="tw-count")
            yield element("h2", group.label, " ", count, class_="tw-group-head")
        shown, folded = group.items[:ITEMS_SHOWN], group.items[ITEMS_SHOWN:]
        if len(folded) < 3:
            shown, folded = group.items, ()
        yield _numbered(shown, first, links)
        if folded:
            summary = element("summary", PHRASES.say(language, "show_more_items", count=len(folded)))
            rest = _numbered(folded, first + len(shown), links)
            yield element("details", summary, rest, class_="tw-rest")
        first += len(group.items)


def _numbered(items: Sequence[Statement], first: int, links: Links) -> Html:
    lines = [
        element(
            "li",
            words(item.text, links),
            element("span", item.label, class_="tw-where") if item.label else "",
            markers([item.marker], links),
        )
        for item in items
    ]
    return element("ol", *lines, start=str(first), class_="tw-items")


def _comparison(table: Table, links: Links, language: Language) -> Iterator[Html]:
    """The table; rows that say nothing are folded at its end where there are many."""
    silent = [row for row in table.rows if all(cell.is_blank for cell in row[1:])]
    if len(silent) <= BLANKS_SHOWN or len(silent) == len(table.rows):
        yield _table(table, links)
        return
    yield _table(Table(table.columns, tuple(row for row in table.rows if row not in silent)), links)
    summary = element("summary", PHRASES.say(language, "show_blanks", count=len(silent)))
    yield element("details", summary, _table(Table(table.columns, tuple(silent)), links), class_="tw-rest")


def _table(table: Table, links: Links) -> Html:
    head = element("tr", *(element("th", column, scope="col") for column in table.columns))
    rows = [
        element("tr", element("th", row[0].text, scope="row"), *(_cell(cell, links) for cell in row[1:]))
        for row in table.rows
    ]
    body = element("table", element("thead", head), element("tbody", *rows))
    return element("div", body, class_="tw-compare", tabindex="0")


def _cell(cell: Cell, links: Links) -> Html:
    if cell.is_blank:
        return element("td", cell.text, class_="tw-blank")
    lines = cell.text.split("\n")
    if len(lines) == 1 or len(lines) != len(cell.markers):
        return element("td", words(cell.text, links), markers(cell.markers, links))
    cited = zip(lines, cell.markers, strict=True)
    return element("td", *(element("p", words(line, links), markers([n], links)) for line, n in cited))
