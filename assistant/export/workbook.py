"""Answers as a workbook: one sheet an answer, a row for each item, cell or passage, with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.export.turns import Turn, words
from assistant.export.xlsx import Sheet, Value, write_sheets
from assistant.types import Answer, AnswerForm, Cell, Citation, Statement, Table

_SOURCE = ("文件", "文号", "发文机关", "日期", "地址", "引文")
_NAME_LENGTH = 20


def write_xlsx(path: Path, turns: Sequence[Turn]) -> None:
    """Writes a first sheet with every question and answer, then a sheet for each answer that has sources.

    Raises ExportFault as `write_sheets`.
    """
    answers = [(number, turn) for number, turn in enumerate(turns, 1) if turn.answer.citations]
    rows = [(number, turn.question, turn.answer.plain) for number, turn in enumerate(turns, 1)]
    sheets = [Sheet(_name(n, turn), *_sheet(turn.answer)) for n, turn in answers]
    overview = Sheet("问答", ("序号", "问题", "回答"), rows)
    write_sheets(path, [overview, *sheets])


def _name(number: int, turn: Turn) -> str:
    return f"{number} {turn.question[:_NAME_LENGTH]}"


def _sheet(answer: Answer) -> tuple[Sequence[str], Sequence[Sequence[Value]]]:
    """Heads and rows of one answer."""
    sources = {citation.marker: citation for citation in answer.citations}
    form = answer.form
    if form is not None and form.table is not None:
        return _table(form.table, sources)
    return _statements(form, sources)


def _table(table: Table, sources: Mapping[int, Citation]) -> tuple[Sequence[str], Sequence[Sequence[Value]]]:
    """A comparison as it is, its numbers in columns of their own, and a last column with all sources."""
    columns = range(1, len(table.columns))
    numbered = [n for n in columns if any(row[n].number is not None for row in table.rows)]
    heads = [*table.columns, *(f"{table.columns[n]}（数值）" for n in numbered), "出处"]
    rows = []
    for row in table.rows:
        texts = [words(cell.text).text for cell in row]
        rows.append([*texts, *(row[n].number for n in numbered), _sources_of(row, sources)])
    return heads, rows


def _sources_of(row: Sequence[Cell], sources: Mapping[int, Citation]) -> str:
    cited = dict.fromkeys(m for cell in row for m in cell.markers if m in sources)
    return "\n".join(
        f"《{sources[m].title}》{sources[m].clause.cite}：{_line(sources[m].quote)}" for m in cited
    )


def _statements(
    form: AnswerForm | None, sources: Mapping[int, Citation]
) -> tuple[Sequence[str], Sequence[Sequence[Value]]]:
    """A row for each statement; without a form, one for each citation."""
    if form is None:
        return ("序号", *_SOURCE), [(n, *_source(c)) for n, c in sources.items()]
    shown = [("", statement) for statement in form.statements]
    shown += [(group.label, item) for group in form.groups for item in group.items]
    rows = []
    for number, (group, said) in enumerate(shown, 1):
        text = words(said.text).text
        rows.append((number, _label(group, said, sources), text, *_source_at(said, sources)))
    return ("序号", "类别", "内容", *_SOURCE), rows


def _label(group: str, statement: Statement, sources: Mapping[int, Citation]) -> str:
    """The group's label, or the statement's where it is not the address, which has its own column."""
    citation = sources.get(statement.marker or 0)
    own = "" if citation is not None and statement.label == citation.clause.cite else statement.label
    return group or own


def _source_at(statement: Statement, sources: Mapping[int, Citation]) -> tuple[Value, ...]:
    citation = sources.get(statement.marker or 0)
    return _source(citation) if citation is not None else (None,) * len(_SOURCE)


def _source(citation: Citation) -> tuple[Value, ...]:
    return (
        citation.title,
        citation.doc_number,
        citation.issuer,
        citation.issued,
        citation.clause.cite,
        _line(citation.quote),
    )


def _line(text: str) -> str:
    return " ".join(text.split())
