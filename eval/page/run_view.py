"""One run: its figures by question type, and the questions that it missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.page.html import Html, element, join
from assistant.page.i18n import Language
from assistant.page.records import Browsing, Column, listing_view
from assistant.page.records import Row as TableRow
from assistant.page.records.listing import page_of
from eval.bootstrap import Estimate
from eval.means import ALL
from eval.page.clause_texts import clause_list
from eval.page.phrases import PHRASES
from eval.results import Row, RunResult
from eval.summary import main_measures


def run_view(result: RunResult, type_: str, browsing: Browsing, language: Language) -> Html:
    """Head, figures, and a page of the missed questions of that type (of all for an empty one)."""
    return element(
        "div",
        _head(result, language),
        _figures(result, language),
        missed_view(result, type_, browsing, language),
    )


def missed(result: RunResult) -> list[Row]:
    """The questions that went wrong; of a run that does not answer those whose clause was not first."""
    return [row for row in result.rows if _is_missed(row)]


def missed_view(result: RunResult, type_: str, browsing: Browsing, language: Language) -> Html:
    """A page of the missed questions with what went wrong and the clauses."""
    asked = [row for row in result.rows if type_ in ("", row.type)]
    found = [row for row in missed(result) if type_ in ("", row.type)]
    columns = [
        Column(PHRASES.say(language, key))
        for key in (
            "question_column",
            "what_went_wrong",
            "answer_column",
            "evidence_column",
            "retrieved_column",
        )
    ]
    rows = [
        TableRow(
            [
                question_cell(row),
                "；".join(row.misses) or PHRASES.say(language, "not_found"),
                row.answer,
                clause_list(row.evidence, result.clauses),
                clause_list(row.retrieved, result.clauses),
            ]
        )
        for row in found[page_of(len(found), browsing)]
    ]
    caption = PHRASES.say(language, "missed" if found else "none_missed", count=len(found), all=len(asked))
    return listing_view(columns, rows, browsing, language, total=len(found), caption=caption)


def question_cell(row: Row) -> Html:
    """A question with its id and type."""
    about = element("span", f"{row.id} {row.type}".strip(), class_="tw-muted")
    return join([element("span", row.question, class_="tw-turns"), " ", about])


def interval_bar(found: Estimate) -> Html:
    """The interval as a line on an axis from 0 to 1, the mean as a dot."""
    low, mid, high = (
        f"{4 + 72 * min(max(value, 0.0), 1.0):.1f}" for value in (found.low, found.mean, found.high)
    )
    parts = [
        element("line", x1="4", x2="76", y1="6", y2="6", class_="tw-axis"),
        element("line", x1=low, x2=high, y1="6", y2="6"),
        element("circle", cx=mid, cy="6", r="3.5"),
    ]
    return element("svg", *parts, viewBox="0 0 80 12", class_="tw-interval", aria_hidden="true")


def _is_missed(row: Row) -> bool:
    if row.right is not None:
        return not row.right or bool(row.misses)
    return row.values.get("hit@1", row.values.get("nDCG@10", 1.0)) == 0.0


def _head(result: RunResult, language: Language) -> Html:
    latency, made = result.cost.latency, result.provenance
    facts = PHRASES.say(
        language,
        "made_with",
        questions=result.benchmark.questions,
        clauses=result.benchmark.clauses,
        commit=made.revision.commit,
        model=made.model or "—",
        p50=f"{latency.p50:.1f}",
        p99=f"{latency.p99:.1f}",
    )
    remarks = [element("p", remark, class_="tw-refusal") for remark in result.benchmark.remarks]
    return element("header", element("h2", result.name), element("p", facts), *remarks, class_="tw-run-head")


def _figures(result: RunResult, language: Language) -> Html:
    """A line for each question type and one for all, a column for each measure."""
    figures = result.figures
    measures = main_measures([result]) or list(result.measures)
    heads = [PHRASES.say(language, "question_type"), PHRASES.say(language, "n"), *measures]
    counts = {type_: sum(1 for row in result.rows if type_ in (ALL, row.type)) for type_ in figures}
    lines = [
        _line(PHRASES.say(language, "every_type") if type_ == ALL else type_, counts[type_], found, heads)
        for type_, found in figures.items()
    ]
    caption = PHRASES.say(language, "by_type")
    head = element("thead", element("tr", *(element("th", one, scope="col") for one in heads)))
    table = element("table", head, element("tbody", *lines), aria_label=caption)
    return element(
        "div",
        element("div", element("p", caption), class_="tw-count"),
        element("div", table, class_="tw-records-scroll"),
        class_="tw-records tw-figures",
    )


def _line(name: str, n: int, found: Mapping[str, Estimate], heads: Sequence[str]) -> Html:
    cells = [element("td", name, data_label=heads[0]), element("td", str(n), data_label=heads[1])]
    for measure in heads[2:]:
        estimate = found.get(measure)
        cells.append(element("td", _estimate(estimate) if estimate else "", data_label=measure))
    return element("tr", *cells)


def _estimate(found: Estimate) -> Html:
    interval = element("small", f"[{found.low:.3f}, {found.high:.3f}]")
    return element("span", element("b", f"{found.mean:.3f}"), " ", interval, interval_bar(found))
