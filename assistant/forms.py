"""Forms of answers: what is shown of one clause, with the quote that proves it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.bodies import is_body_column, trailer_span
from assistant.ranking import is_row
from assistant.sentences import best_sentences, coverage, sentence_score
from assistant.types import Understood, Want
from assistant.wording import comparable, readable
from ingest.notice import Clause

_TIME_COLUMN = re.compile(r"时间|时限|期限|日期|年份|进度|节点")
_ORDER_COLUMN = re.compile(r"^(?:序号|编号|group)$")
_TYPE_COLUMN = re.compile(r"属性|性质|类别|类型")
_TYPE_ASKED = re.compile(r"约束|参考|预期|属性|性质")
_GAP = "……"


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows of a clause (`text`, readable), and a verbatim `quote` of its text or a cell."""

    text: str
    quote: str


def show(understood: Understood, clause: Clause, budget: int) -> Shown:
    """The part of `clause` that answers, at most about `budget` characters, the answering words first."""
    if is_row(clause):
        return _show_row(understood, clause, budget)
    return _show_text(understood, clause, budget)


def _show_text(understood: Understood, clause: Clause, budget: int) -> Shown:
    text = clause.text
    chosen = list(best_sentences(understood, text, budget))
    if not chosen:
        return Shown(readable(text), text)
    best = max(chosen, key=lambda s: (sentence_score(understood, s.text), -s.start))
    trailer = trailer_span(text) if Want.BODY in understood.wants else None
    parts: list[str] = []
    last_end = 0
    for sentence in chosen:
        if parts and text[last_end : sentence.start].strip():
            parts.append(_GAP)
        parts.append(readable(sentence.text))
        last_end = sentence.end
    shown = "".join(parts)
    if trailer and comparable(text[slice(*trailer)]) not in comparable(shown):
        shown = readable(text[slice(*trailer)]) + shown
    return Shown(shown, best.text)


def _show_row(understood: Understood, clause: Clause, budget: int) -> Shown:
    cells = _ordered_cells(understood, clause)
    parts: list[str] = []
    left = budget
    for name, value in cells:
        cell = f"{name}：{_cell_text(understood, value, max(40, left - len(name)))}"
        if parts and len(cell) > left:
            continue
        parts.append(cell)
        left -= len(cell) + 1
    quote = max((v for _, v in cells), key=lambda v: coverage(understood.terms, v), default=clause.text)
    if Want.BODY in understood.wants:
        quote = next((v for n, v in cells if is_body_column(n, v)), quote)
    return Shown("；".join(p.rstrip("。；;") for p in parts) + "。", quote.strip() or clause.text)


def _cell_text(understood: Understood, value: str, budget: int) -> str:
    if len(value) <= budget:
        return readable(value)
    return _GAP.join(readable(s.text) for s in best_sentences(understood, value, budget))


def _ordered_cells(understood: Understood, clause: Clause) -> list[tuple[str, str]]:
    """The row's cells, the asked columns first, then the ones that share most words with the question."""
    cells = [
        (n, v) for n, v in (clause.fields or {}).items() if v and v.strip() and not _ORDER_COLUMN.match(n)
    ]
    return sorted(cells, key=lambda cell: _column_rank(understood, *cell))


def _column_rank(understood: Understood, name: str, value: str) -> int:
    """0 for a column that is asked for; then content, figures and their unit, the rest."""
    if is_body_column(name, value):
        return 0 if Want.BODY in understood.wants or understood.units else 3
    if _TIME_COLUMN.search(name):
        return 0 if Want.DATE in understood.wants else 3
    if _TYPE_COLUMN.search(name):
        return 0 if _TYPE_ASKED.search(understood.question) else 4
    if re.search(r"领域|方面|类", name):
        return 4
    return 1


def bold_figures(text: str) -> str:
    """`text` with figures and dates between ** marks; markers such as [1] and addresses stay plain."""
    return re.sub(
        r"(?<![\[\d#A-Za-z.])(?:[≥≤<>]\s*)?\d+(?:\.\d+)?(?:%|‰|[个项条家台座公里亩万亿千百吨元人件年月日度倍点微克平方米立方株辆所处]{1,6})+(?:以上|以下|以内|左右)?",
        lambda m: f"**{m.group(0)}**",
        text,
    )
