"""Two runs side by side: which figures differ, and the questions that moved with both answers."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.page.html import Html, element, join
from assistant.page.i18n import Language
from assistant.page.records import Browsing, Column, listing_view
from assistant.page.records import Row as TableRow
from assistant.page.records.listing import page_of
from eval.comparison import LEVEL, LOWER_IS_BETTER, Comparison, MeasureDifference, Moved, compare
from eval.means import ALL
from eval.page.clause_texts import clause_list
from eval.page.phrases import PHRASES
from eval.page.run_view import question_cell
from eval.results import Row, RunResult
from eval.significance import p_text


def difference_view(a: RunResult, b: RunResult, type_: str, browsing: Browsing, language: Language) -> Html:
    """The measures of the questions of that type (of all for an empty one), and a page of those that moved.

    Raises EvalError when the runs cannot be compared.
    """
    found = compare(a, b)
    return element(
        "div",
        _names(found),
        _measures(found, type_ or ALL, language),
        _moved(a, b, found, type_, browsing, language),
    )


def _names(found: Comparison) -> Html:
    lines = [element("p", element("b", mark), f" {name}") for mark, name in (("A", found.a), ("B", found.b))]
    return element("header", *lines, class_="tw-run-head")


def _measures(found: Comparison, group: str, language: Language) -> Html:
    heads = [
        PHRASES.say(language, "measure"),
        "n",
        "A",
        "B",
        "B−A",
        "p",
        PHRASES.say(language, "wins"),
        PHRASES.say(language, "losses"),
    ]
    lines = [_measure(one, heads) for one in found.differences if one.group == group]
    caption = PHRASES.say(language, "differences")
    head = element("thead", element("tr", *(element("th", one, scope="col") for one in heads)))
    table = element("table", head, element("tbody", *lines), aria_label=caption)
    return element(
        "div",
        element("div", element("p", caption), class_="tw-count"),
        element("div", table, class_="tw-records-scroll"),
        class_="tw-records tw-figures",
    )


def _measure(found: MeasureDifference, heads: list[str]) -> Html:
    """One measure; what differs by more than chance is marked."""
    test = found.test
    cells = (
        found.measure,
        str(test.n),
        f"{found.a:.3f}",
        f"{found.b:.3f}",
        f"{test.difference:+.3f}",
        f"{p_text(test.p, 3)}{' *' if test.p < LEVEL else ''}",
        str(test.wins),
        str(test.losses),
    )
    drawn = (element("td", cell, data_label=head) for cell, head in zip(cells, heads, strict=True))
    return element("tr", *drawn, class_="tw-real" if test.p < LEVEL else None)


def _moved(  # noqa: PLR0913, PLR0917 - two runs, what differs, and where somebody is in it
    a: RunResult, b: RunResult, found: Comparison, type_: str, browsing: Browsing, language: Language
) -> Html:
    moved = [one for one in found.moved if type_ in ("", one.type)]
    in_a, in_b = ({row.id: row for row in run.rows} for run in (a, b))
    clauses = {**a.clauses, **b.clauses}
    columns = [
        Column(PHRASES.say(language, "question_column")),
        Column(PHRASES.say(language, "values_column")),
        Column("A"),
        Column("B"),
        Column(PHRASES.say(language, "evidence_column")),
    ]
    rows = []
    for one in moved[page_of(len(moved), browsing)]:
        row_a, row_b = in_a.get(one.id), in_b.get(one.id)
        known = row_a or row_b
        rows.append(
            TableRow(
                [
                    question_cell(known) if known else one.id,
                    _values(one),
                    _answer(row_a, a),
                    _answer(row_b, b),
                    clause_list(known.evidence, clauses) if known else "",
                ]
            )
        )
    caption = PHRASES.say(language, "moved", count=len(moved))
    return listing_view(columns, rows, browsing, language, total=len(moved), caption=caption)


def _values(moved: Moved) -> Html:
    return element("ul", *(_value(name, pair) for name, pair in moved.values.items()), class_="tw-changes")


def _value(name: str, pair: tuple[float, float]) -> Html:
    """One measure in A and in B, its class by whether B is better."""
    better = (pair[1] > pair[0]) != (name in LOWER_IS_BETTER)
    words = f"{name} {pair[0]:g} → {pair[1]:.3g}"
    return element("li", words, class_="tw-better" if better else "tw-worse")


def _answer(row: Row | None, run: RunResult) -> Html:
    """What the run answered, and what it retrieved."""
    if row is None:
        return Html("")
    clauses: Mapping[str, object] = run.clauses
    parts = [element("p", row.answer, class_="tw-turns")] if row.answer else []
    return join([*parts, clause_list((key for key in row.retrieved if key in clauses), run.clauses)])
