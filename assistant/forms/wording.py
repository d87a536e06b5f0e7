"""A form of answer → what a person reads: lines of text with [1] markers; figures are bold between **."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from assistant.forms.shown import run_on
from assistant.types import AnswerForm, Citation, FormKind, Statement, Table

NEAREST = "最接近的条款（不是答案）："


def worded(form: AnswerForm, citations: Sequence[Citation] = ()) -> str:
    """The form as lines of text: its lead, its words with markers, its notes, and a line for each source.

    A list or a table says with each item where it stands and needs no lines of sources.
    """
    lines = [form.lead] if form.lead else []
    if form.kind is FormKind.NOTHING:
        nearest = [f"· {s.label}：{s.text}" for s in form.statements]
        return "\n".join([*lines, NEAREST, *nearest] if nearest else lines)
    if form.kind is FormKind.ITEMS:
        lines += _grouped(form)
    elif form.kind is FormKind.COMPARISON:
        lines += _compared(form)
    else:
        lines += _passages(form.statements)
    lines += form.notes
    if form.kind in (FormKind.PASSAGES, FormKind.WHO):
        lines += [source_line(c) for c in citations]
    return "\n".join(lines)


def source_line(citation: Citation) -> str:
    """One line that says where a marker points: [1] 《title》issuer，date，address."""
    parts = [p for p in (citation.issuer, citation.issued, citation.clause.cite) if p]
    return f"[{citation.marker}] 《{citation.title}》{'，'.join(parts)}"


def _passages(statements: Sequence[Statement]) -> list[str]:
    """One line for each clause: its sentences run on, its cells are named."""
    lines = []
    for marker, run in groupby(statements, key=lambda s: s.marker):
        lines.append(run_on((s.label, s.text) for s in run) + _marker(marker))
    return lines


def _grouped(form: AnswerForm) -> list[str]:
    lines: list[str] = []
    number = 0
    for group in form.groups:
        if group.label:
            lines.append(f"{group.label}（{len(group.items)}项）：")
        for item in group.items:
            number += 1
            where = f"（{item.label}）" if item.label else ""
            lines.append(f"{number}. {item.text}{where}{_marker(item.marker)}")
    return lines


def _compared(form: AnswerForm) -> list[str]:
    """The sentences that the cells stand on, one line each; without sentences the table's own rows."""
    if form.statements:
        return [f"{s.label}：{s.text}{_marker(s.marker)}" for s in form.statements]
    return _rows(form.table) if form.table else []


def _rows(table: Table) -> list[str]:
    lines = []
    for row in table.rows:
        cells = []
        for column, cell in zip(table.columns[1:], row[1:], strict=True):
            named = f"{column} " if len(table.columns) > 2 else ""
            cells.append(f"{named}{cell.text}{''.join(_marker(m) for m in cell.markers)}")
        lines.append(f"{row[0].text}：{'；'.join(cells)}")
    return lines


def _marker(marker: int | None) -> str:
    return f"[{marker}]" if marker is not None else ""


def bold_figures(text: str) -> str:
    """`text` with figures and dates between ** marks; markers such as [1] and addresses stay plain."""
    return re.sub(
        r"(?<![\[\d#A-Za-z.])(?:[≥≤<>]\s*)?\d+(?:\.\d+)?(?:%|‰|[个项条家台座公里亩万亿千百吨元人件年月日度倍点分微克平方米立方株辆所处]{1,6})+(?:/[升天日月年人吨亩立方平米公里千瓦时]{1,3})?(?:以上|以下|以内|左右)?",
        lambda m: f"**{m.group(0)}**",
        text,
    )
