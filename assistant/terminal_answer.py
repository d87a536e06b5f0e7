"""An answer on the terminal: tables, numbered lists and bars in its width; in a pipe plain lines."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from assistant.forms.wording import bold_figures, source_line
from assistant.types import Answer, AnswerForm, Cell, Chart, Citation, FormKind, Table
from assistant.wording import comparable, readable
from ingest.notice import ClauseKind

#: A clause that was shown in part is given whole below its source, for at most this many sources.
_WHOLE_CLAUSES = 3
#: The longest bar, in columns of the terminal.
_BAR = 24


def print_answer(console: Console, answer: Answer) -> None:
    """The answer, what the question was taken for, and each source with the clause it quotes."""
    if console.is_terminal and answer.form is not None and _is_set(answer.form):
        for part in _set(answer.form):
            console.print(part)
    else:
        console.print(answer_text(answer.text), soft_wrap=True)
    console.print(Text(chips_line(answer), style="dim"), soft_wrap=True)
    for note in answer.understood.notes:
        console.print(Text(note, style="dim"), soft_wrap=True)
    _print_sources(console, answer)


def answer_text(text: str) -> Text:
    """Words with their figures bold; `**` in the corpus's own text would only toggle the style."""
    styled = Text()
    for position, part in enumerate(text.split("**")):
        styled.append(part, style="bold" if position % 2 else "")
    return styled


def chips_line(answer: Answer) -> str:
    """What the question was taken for, on one line; what was carried over is marked."""
    parts = [f"{chip.label}{'（承接上文）' if chip.carried else ''}" for chip in answer.understood.chips]
    return "理解为：" + " ｜ ".join(parts)


def _is_set(form: AnswerForm) -> bool:
    """Lists, and comparisons whose cells are short, are set as tables; sentences run on."""
    return form.kind is FormKind.ITEMS or (form.kind is FormKind.COMPARISON and not form.statements)


def _set(form: AnswerForm) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(form.lead, style="bold")] if form.lead else []
    if form.table is not None:
        parts.append(_table(form.table, form.chart))
    number = 0
    for group in form.groups:
        if group.label:
            parts.append(Text(f"{group.label}（{len(group.items)}项）", style="bold"))
        grid = Grid.grid(padding=(0, 1))
        grid.add_column(justify="right")
        grid.add_column(overflow="fold")
        for item in group.items:
            number += 1
            words = answer_text(bold_figures(item.text))
            where = f"（{item.label}）" if item.label else ""
            grid.add_row(f"{number}.", words.append(f"{where}[{item.marker}]", style="dim"))
        parts.append(grid)
    return [*parts, *(Text(note, style="italic") for note in form.notes)]


def _table(table: Table, chart: Chart | None) -> Grid:
    """The comparison with a bar beside each number that the chart has."""
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in (*table.columns, *(["出处"] if table.rows else []), *([""] if chart else [])):
        grid.add_column(column, overflow="fold")
    longest = max((abs(number) for number in chart.numbers), default=0.0) if chart else 0.0
    for row in table.rows:
        markers = "".join(f"[{marker}]" for cell in row for marker in cell.markers)
        cells = [Text(cell.text, style="dim" if _is_empty(cell, row) else "") for cell in row]
        bar = [Text(_bar(row, longest), style="cyan")] if chart else []
        grid.add_row(*cells, Text(markers, style="dim"), *bar)
    return grid


def _is_empty(cell: Cell, row: Sequence[Cell]) -> bool:
    return cell is not row[0] and cell.is_blank


def _bar(row: Sequence[Cell], longest: float) -> str:
    number = next((cell.number for cell in row if cell.number is not None), None)
    return "" if number is None or not longest else "█" * max(1, round(_BAR * abs(number) / longest))


def _print_sources(console: Console, answer: Answer) -> None:
    for citation in answer.citations:
        if source_line(citation) not in answer.plain:
            console.print(Text(source_line(citation), style="dim"), soft_wrap=True)
    if len(answer.citations) <= _WHOLE_CLAUSES:
        for citation in answer.citations:
            _print_clause(console, citation, answer.plain)


def _print_clause(console: Console, citation: Citation, shown: str) -> None:
    """The cited clause, unless the answer has all its words already; a row's cells stand in the answer."""
    text = readable(citation.clause.text)
    if citation.clause.kind is not ClauseKind.ROW and comparable(text) not in comparable(shown):
        console.print(Text(f"    {citation.clause.cite}  {text}", style="dim"), soft_wrap=True)
