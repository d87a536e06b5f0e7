"""What an answer shows of one clause: its answering sentences or cells, and the quote that proves them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.bodies import is_body_column, trailer_span
from assistant.ranking import is_row
from assistant.sentences import Sentence, best_sentences, coverage, sentence_score, sentences
from assistant.types import Understood, Want
from assistant.wording import comparable, readable
from ingest.notice import Clause

_TIME_COLUMN = re.compile(r"时间|时限|期限|日期|年份|进度|节点")
_ORDER_COLUMN = re.compile(r"^(?:序号|编号|group)$")
_UNIT_COLUMN = re.compile(r"^(?:计量|指标)?单位$")
#: 2022年 as the head of a column of figures, not of dates.
_YEAR_COLUMN = re.compile(r"\d{4}年")
_BARE_FIGURE = re.compile(r"[≥≤<>＜＞]?\s*\d[\d.]*")
_LONGEST_UNIT = 12
_TYPE_COLUMN = re.compile(r"属性|性质|类别|类型")
_TYPE_ASKED = re.compile(r"约束|参考|预期|属性|性质")
GAP = "……"


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence or cell as it is shown; `label` is the cell's column, empty for a sentence."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer shows of a clause, as it is read, and a verbatim `quote` of its text or a cell.

    `rest` is the part of the clause that is left out, to be folded; empty when all is shown.
    """

    parts: tuple[Part, ...]
    quote: str
    rest: str = ""

    @property
    def text(self) -> str:
        """The parts as one text: sentences run on, cells are named and parted by semicolons."""
        return run_on((part.label, part.text) for part in self.parts)


def run_on(parts: Iterable[tuple[str, str]]) -> str:
    """(label, text) pairs as one text: sentences run on; cells are named, parted by semicolons, and ended."""
    text, in_cells = "", False
    for label, words in parts:
        if label:
            text = f"{text.rstrip('。；;')}；" if in_cells else text
            text += f"{label}：{words.rstrip('。；;')}"
        else:
            text += words
        in_cells = bool(label)
    return f"{text}。" if in_cells else text


def show(understood: Understood, clause: Clause, budget: int) -> Shown:
    """The part of `clause` that answers, at most about `budget` characters, the answering words first."""
    if is_row(clause):
        return _show_row(understood, clause, budget)
    return _show_text(understood, clause, budget)


def _show_text(understood: Understood, clause: Clause, budget: int) -> Shown:
    text = clause.text
    chosen = list(best_sentences(understood, text, budget))
    if not chosen:
        return Shown((Part(readable(text)),), text)
    best = max(chosen, key=lambda s: (sentence_score(understood, s.text), -s.start))
    trailer = trailer_span(text) if Want.BODY in understood.wants else None
    parts: list[Part] = []
    last_end = 0
    for sentence in chosen:
        gap = GAP if parts and text[last_end : sentence.start].strip() else ""
        parts.append(Part(gap + readable(sentence.text)))
        last_end = sentence.end
    shown = comparable("".join(part.text for part in parts))
    if trailer and comparable(text[slice(*trailer)]) not in shown:
        parts.insert(0, Part(readable(text[slice(*trailer)])))
    return Shown(tuple(parts), best.text, _left_out(text, chosen))


def _left_out(text: str, chosen: Sequence[Sentence]) -> str:
    """The sentences that are not shown, in order."""
    shown = {s.start for s in chosen}
    return "".join(readable(s.text) for s in sentences(text) if s.start not in shown)


def _show_row(understood: Understood, clause: Clause, budget: int) -> Shown:
    cells = _ordered_cells(understood, clause)
    parts: list[Part] = []
    rest: list[tuple[str, str]] = []
    left = budget
    for name, value in cells:
        shown = _cell_text(understood, value, max(40, left - len(name)))
        length = len(name) + len(shown) + 2
        if parts and length > left:
            rest.append((name, readable(value)))
            continue
        parts.append(Part(shown.rstrip("。；;"), name))
        left -= length
    quote = max((v for _, v in cells), key=lambda v: coverage(understood.terms, v), default=clause.text)
    if Want.BODY in understood.wants:
        quote = next((v for n, v in cells if is_body_column(n, v)), quote)
    return Shown(tuple(parts), quote.strip() or clause.text, run_on(rest))


def _cell_text(understood: Understood, value: str, budget: int) -> str:
    if len(value) <= budget:
        return readable(value)
    return GAP.join(readable(s.text) for s in best_sentences(understood, value, budget))


def _ordered_cells(understood: Understood, clause: Clause) -> list[tuple[str, str]]:
    """The row's cells, the asked columns first, then the ones that share most words with the question."""
    cells = [
        (n, v) for n, v in (clause.fields or {}).items() if v and v.strip() and not _ORDER_COLUMN.match(n)
    ]
    return sorted(_with_units(cells), key=lambda cell: _column_rank(understood, *cell))


def _with_units(cells: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The cells with the row's unit behind each bare figure instead of in a cell of its own."""
    unit = next((v.strip() for n, v in cells if _UNIT_COLUMN.match(n) and not is_body_column(n, v)), "")
    figures = {n for n, v in cells if _BARE_FIGURE.fullmatch(v.strip()) and not _TIME_COLUMN.search(n)}
    years = {n for n, v in cells if _YEAR_COLUMN.match(n) and _BARE_FIGURE.fullmatch(v.strip())}
    if not unit or not figures | years or len(unit) > _LONGEST_UNIT:
        return list(cells)
    return [
        (n, f"{v.strip()}{unit}" if n in figures | years else v)
        for n, v in cells
        if not (_UNIT_COLUMN.match(n) and v.strip() == unit)
    ]


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
