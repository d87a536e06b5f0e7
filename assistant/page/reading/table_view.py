"""A notice's table as a table: its columns, its groups, its merged cells, one row marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from assistant.page.html import Html, element
from assistant.page.reading.place import Place
from ingest.notice import Clause, ClauseKind

#: The field that holds a row's group, which is printed as a row of its own.
GROUP: Final = "group"


def table_view(members: Sequence[Clause], place: Place) -> Html:
    """The rows of one attachment in order, with the group titles that stand between them."""
    columns = _columns(clause for clause in members if clause.kind is ClauseKind.ROW)
    head = element("tr", *(element("th", column, scope="col") for column in columns))
    body: list[Html] = []
    for is_row, group in groupby(members, key=lambda clause: clause.kind is ClauseKind.ROW):
        clauses = list(group)
        if is_row:
            body += _row_groups(clauses, columns, place, titled=bool(body))
        else:
            body += [_title_of(clause, columns, place) for clause in clauses]
    table = element("table", element("thead", head), element("tbody", *body))
    return element("div", table, class_="tw-table", tabindex="0")


def _columns(rows: Iterable[Clause]) -> list[str]:
    """Every column name of the rows, in the order in which they first appear."""
    return list(dict.fromkeys(name for row in rows for name in _cells(row)))


def _cells(row: Clause) -> Mapping[str, str]:
    fields = row.fields or {"": row.text}
    return {name: text for name, text in fields.items() if name != GROUP}


def _title_of(clause: Clause, columns: Sequence[str], place: Place) -> Html:
    return _title(f"{place.label(clause)}{clause.text}", columns, place.attributes(clause, "tw-group"))


def _title(text: str, columns: Sequence[str], attributes: dict[str, str]) -> Html:
    return element("tr", element("th", text, colspan=str(len(columns)), scope="colgroup"), **attributes)


def _row_groups(
    rows: Sequence[Clause], columns: Sequence[str], place: Place, *, titled: bool
) -> Iterator[Html]:
    """The rows; a group that no clause of its own stands for gets its title from the rows' field.

    `titled` says that a title stands right above the first row already.
    """
    for title, group in groupby(rows, key=lambda row: (row.fields or {}).get(GROUP, "")):
        if title and not titled:
            yield _title(title, columns, {"class_": "tw-group"})
        titled = False
        yield from _rows(list(group), columns, place)


def _rows(rows: Sequence[Clause], columns: Sequence[str], place: Place) -> Iterator[Html]:
    """Rows of one group; a cell that was merged in print spans its rows again."""
    merged = [_merged(row, above) for above, row in zip([None, *rows], rows, strict=False)]
    for number, row in enumerate(rows):
        quote = _quote(row, place)
        cells = []
        for column in columns:
            if column in merged[number]:
                continue
            below = merged[number + 1 :]
            span = 1 + next((n for n, names in enumerate(below) if column not in names), len(below))
            below_here = rows[number : number + span]
            hit = not place.is_target(row) and any(place.is_target(other) for other in below_here)
            cells.append(
                element(
                    "td",
                    *_marked(_cells(row).get(column, ""), quote),
                    rowspan=str(span) if span > 1 else None,
                    class_="tw-hit-cell" if hit else None,
                )
            )
        yield element("tr", *cells, **place.attributes(row, "tw-row"))


def _merged(row: Clause, above: Clause | None) -> frozenset[str]:
    """The columns whose cell the row shares with the row above: filled down, not printed in its own text."""
    if above is None:
        return frozenset()
    printed, over = _squeezed(row.text), _cells(above)
    return frozenset(
        name
        for name, text in _cells(row).items()
        if text and over.get(name) == text and _squeezed(text) not in printed
    )


def _quote(row: Clause, place: Place) -> str:
    """The quoted words if they are part of this row; a row that is quoted whole needs no mark of its own."""
    mark = place.mark_in(row)
    quote = _squeezed(row.text[mark[0] : mark[1]]) if mark else ""
    return "" if quote == _squeezed(row.text) else quote


def _marked(text: str, quote: str) -> Iterator[str]:
    """A cell's text with the quote marked in it; a cell that lies wholly in the quote is marked whole."""
    squeezed = _squeezed(text)
    if quote and quote in text:
        before, after = text.split(quote, 1)
        yield from (before, element("mark", quote), after)
    elif quote and len(squeezed) > 1 and (squeezed in quote or quote in squeezed):
        yield element("mark", text)
    else:
        yield text


def _squeezed(text: str) -> str:
    """Without white space: a printed cell breaks inside words."""
    return "".join(text.split())
