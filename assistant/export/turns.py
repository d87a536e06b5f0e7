"""What is put on file: questions with their answers, and the parts of an answer in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from assistant.forms.shown import run_on
from assistant.forms.wording import NEAREST
from assistant.types import Answer, AnswerForm, Citation, FormKind, Statement, Table

_MARKER = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as asked, and its answer."""

    question: str
    answer: Answer


class Style(StrEnum):
    """How a paragraph is set."""

    LEAD = "lead"
    TEXT = "text"
    GROUP = "group"
    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Words:
    """Text and the markers of what it stands on; the text itself has no markers."""

    text: str
    markers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `number` counts the items of a list from 1."""

    words: Words
    style: Style = Style.TEXT
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads, and rows of as many cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


Part = Paragraph | Grid


def parts_of(answer: Answer) -> Iterator[Part]:
    """The parts of an answer in reading order, without the lines that name its sources."""
    form = answer.form
    if form is None:
        for line in answer.plain.split("\n"):
            yield Paragraph(words(line))
        return
    if form.lead:
        yield Paragraph(Words(form.lead), Style.LEAD)
    yield from _body(form)
    for note in form.notes:
        yield Paragraph(words(note), Style.NOTE)


def words(text: str, marker: int | None = None) -> Words:
    """`text` with the [1] markers in it, and `marker`, set apart."""
    found = [int(number) for number in _MARKER.findall(text)]
    markers = dict.fromkeys([*found, *([marker] if marker is not None else [])])
    return Words(_MARKER.sub("", text), tuple(markers))


def source_of(citation: Citation) -> str:
    """The source of a citation as a footnote has it: title, number, issuer, date, address, quote."""
    about = [citation.doc_number, citation.issuer, citation.issued, citation.clause.cite]
    facts = "，".join(fact for fact in about if fact)
    quote = " ".join(citation.quote.split())
    return f"《{citation.title}》{facts}：“{quote}”"


def _body(form: AnswerForm) -> Iterator[Part]:
    if form.kind is FormKind.NOTHING:
        if form.statements:
            yield Paragraph(Words(NEAREST), Style.GROUP)
        for statement in form.statements:
            yield Paragraph(Words(f"{statement.label}：{statement.text}"), Style.ITEM)
    elif form.groups:
        yield from _items(form)
    elif form.table is not None:
        yield grid_of(form.table)
    else:
        yield from _passages(form.statements)


def grid_of(table: Table) -> Grid:
    """A comparison as a grid."""
    rows = tuple(tuple(Words(words(cell.text).text, cell.markers) for cell in row) for row in table.rows)
    return Grid(table.columns, rows)


def _items(form: AnswerForm) -> Iterator[Paragraph]:
    number = 0
    for group in form.groups:
        if group.label:
            yield Paragraph(Words(f"{group.label}（{len(group.items)}项）："), Style.GROUP)
        for item in group.items:
            number += 1
            where = f"（{item.label}）" if item.label else ""
            yield Paragraph(words(f"{item.text}{where}", item.marker), Style.ITEM, number)


def _passages(statements: Sequence[Statement]) -> Iterator[Paragraph]:
    for marker, run in groupby(statements, key=lambda s: s.marker):
        yield Paragraph(words(run_on((s.label, s.text) for s in run), marker))
