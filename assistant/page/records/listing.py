"""A page of records as a table: columns to sort by, how many there are, and the way to the other pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.page.html import Html, element
from assistant.page.i18n import Language, say
from assistant.page.records.browsing import Browsing

#: Sends what is clicked in the table to the server; to be given to the `gr.HTML` that shows a listing.
SCRIPT: Final = (Path(__file__).parent / "listing.js").read_text(encoding="utf-8")
#: Rows of one page.
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, and the key that orders by it, empty where that makes no sense."""

    label: str
    key: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """As many cells as there are columns."""

    cells: Sequence[str]
    marked: bool = False


def listing_view(  # noqa: PLR0913 - what a table is made of
    columns: Sequence[Column],
    rows: Sequence[Row],
    browsing: Browsing,
    language: Language,
    *,
    total: int,
    caption: str,
    tool: str = "",
) -> Html:
    """`rows` are those of the page that `browsing` names, of `total`.

    `caption` says what is counted; beside it stands `tool`, what can be done with all of them.
    On a narrow screen each row becomes a card, whose lines begin with the heads of the columns.
    """
    count = element("div", element("p", caption, role="status"), tool, class_="tw-count")
    if not rows:
        return element("div", count, class_="tw-records")
    head = element("tr", *(_head(column, browsing) for column in columns))
    body = [_row(row, columns) for row in rows]
    table = element("table", element("thead", head), element("tbody", *body), aria_label=caption)
    return element(
        "div",
        count,
        element("div", table, class_="tw-records-scroll"),
        _pages(browsing, total, language),
        class_="tw-records",
    )


def page_of(total: int, browsing: Browsing) -> slice:
    """Which of `total` records stand on the page; the last page for a page beyond it."""
    page = min(browsing.page, max(0, (total - 1) // PAGE))
    return slice(page * PAGE, (page + 1) * PAGE)


def _head(column: Column, browsing: Browsing) -> Html:
    style = "tw-number" if column.numeric else None
    if not column.key:
        return element("th", column.label, scope="col", class_=style)
    is_ordered = column.key == browsing.column
    order = ("descending" if browsing.descending else "ascending") if is_ordered else "none"
    link = element("a", column.label, href=f"#sort={column.key}", role="button")
    return element("th", link, scope="col", class_=style, aria_sort=order)


def _row(row: Row, columns: Sequence[Column]) -> Html:
    cells = [
        element("td", cell, data_label=column.label, class_="tw-number" if column.numeric else None)
        for column, cell in zip(columns, row.cells, strict=True)
    ]
    return element("tr", *cells, class_="tw-marked" if row.marked else None)


def _pages(browsing: Browsing, total: int, language: Language) -> Html:
    """The way to the page before and after; nothing where all rows fit one page."""
    if total <= PAGE:
        return Html("")
    here, last = page_of(total, browsing).start // PAGE, (total - 1) // PAGE
    where = say(language, "page_of_pages", page=here + 1, pages=last + 1)
    return element(
        "nav",
        _step(say(language, "page_before"), here - 1, last, "before"),
        element("span", where),
        _step(say(language, "page_after"), here + 1, last, "after"),
        class_="tw-pages",
    )


def _step(label: str, page: int, last: int, name: str) -> Html:
    if not 0 <= page <= last:
        return element("span", label, class_="tw-no-page")
    return element("a", label, href=f"#page={page}", role="button", data_name=name)
