"""The order of candidate clauses for one question: the index's scores, re-read with what was understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.attachments import attachment_of, stands_in
from assistant.bodies import is_body_column, trailer_span
from assistant.lead_ins import is_left_open
from assistant.sentences import coverage, cue, sentences, shares_figures, speaks_of_other_years
from assistant.types import ChipKind, Part, QuestionKind, Sign, Understood, Want
from assistant.wording import years
from index.types import Hit
from ingest.notice import Clause, ClauseKind

# What each sign adds to a clause's score. Set by hand on questions of known answer; coarse on purpose.
_SEARCH = 0.5  # the index's own order
_COVERED = 1.0  # share of the question's words in the clause and its headings
_SENTENCE = 0.8  # the same within its best sentence: an answer stands together
_CUE = 0.2  # a figure, date or body where one is asked for
_FIGURES = 0.25  # the question's own numbers and years
_HINTED = 0.5  # in the attachment that the question names by its title
_YEAR_OF_PART = 0.4  # in an attachment made for the year asked for, or against it
_PART = 0.35  # in the table or in the running text, as asked
_BODIES = 0.2  # names who is responsible, where that is asked
_EARLIER = 0.6  # answered the turn before and this turn has no subject of its own
_BESIDE = 0.1  # stands beside what answered the turn before
_PROSE = 0.1  # in a comparison: a sentence says the figure with its year and condition, a cell does not
_REPEATED = 0.3  # a news wrapper repeats what a numbered item of the notice says
_FRAMING = 0.3  # the sentence that sends a plan out and the list of attachments hold nothing of it
_OTHER_YEARS = 0.15  # states years, but not the one asked for
_OUT_OF_PERIOD = 0.2  # a plan for other years than the one asked for
_HEADED = 0.15  # below 工作目标, 保障措施, … where goals or measures are asked for
_TITLE_ONLY = 0.8  # a heading without a body carries no answer
_LEFT_OPEN = 0.25  # 应当同时符合下列条件： says nothing without its items
_PURPOSE = 0.25  # 为…，根据…，制定本办法 names the subject and settles nothing


_PARTS_OF_PLANS = ("目标", "任务", "措施", "原则", "步骤", "职责", "条件", "材料", "标准", "程序", "待遇")
_REPEATS = frozenset({"新闻摘要"})
_FRAME = frozenset({"通知", "附件目录"})
_PURPOSES = re.compile(
    r"制[定订]本|(?:提出|制定)(?:以下|如下|下列)|(?:有关|相关)事项(?:通知|明确)如下|现印发|^为.{4,}(?:根据|按照)"
)
#: A clause with so many sentences settles something beside stating its purpose.
_SEVERAL_SENTENCES = 3
#: So much of a clause was shown whole before.
_SHOWN_WHOLE = 60
_NO_LEAD_INS: Mapping[str, Clause] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hit with its score for this question, the share of the question's words it covers, and the signs that
    add up to the score; no signs where it was not ranked but taken from the catalogue."""

    hit: Hit
    score: float
    covered: float = 0.0
    signs: tuple[Sign, ...] = ()


def rank(
    understood: Understood,
    hits: Sequence[Hit],
    earlier: Sequence[Clause] = (),
    lead_ins: Mapping[str, Clause] = _NO_LEAD_INS,
) -> tuple[Ranked, ...]:
    """`hits` in the order of how well they answer, best first; ties by clause id.

    `earlier` are the clauses that answered the turn before; `lead_ins` the open sentences that items end.
    """
    if not hits:
        return ()
    ranked = [
        _scored(understood, hit, searched, earlier, lead_ins.get(hit.clause.id))
        for hit, searched in zip(hits, search_scores(hits), strict=True)
    ]
    return tuple(sorted(ranked, key=lambda r: (-r.score, r.hit.clause.id)))


def search_scores(hits: Sequence[Hit]) -> list[float]:
    """What the index thought of each hit, 0 to 1: the mean of its signals where they are given.

    The fused score puts hits in order; how far they lie apart the signals behind it tell better.
    """
    signals = [
        _scaled([h.lexical for h in hits], floor=0.0),
        _scaled_from_lowest([h.dense for h in hits]),
        _scaled_from_lowest([h.alignment for h in hits]),
    ]
    given = [signal for signal in signals if signal is not None] or [_scaled([h.score for h in hits]) or []]
    return [sum(values) / len(given) for values in zip(*given, strict=True)]


def _scaled_from_lowest(values: Sequence[float | None]) -> list[float] | None:
    return _scaled(values, floor=min((v for v in values if v is not None), default=0.0))


def _scaled(values: Sequence[float | None], floor: float = 0.0) -> list[float] | None:
    """`values` as shares of the way from `floor` to the highest; None where there is nothing to compare."""
    top = max((v for v in values if v is not None), default=floor)
    if top <= floor:
        return None
    return [0.0 if v is None else (v - floor) / (top - floor) for v in values]


def _scored(
    understood: Understood, hit: Hit, searched: float, earlier: Sequence[Clause], lead_in: Clause | None
) -> Ranked:
    clause, title = hit.clause, hit.notice.card.title
    opening = lead_in.text if lead_in is not None else ""
    covered = coverage(understood.terms, f"{context(clause)}\n{opening}", title)
    bodies = Want.BODY in understood.wants and names_bodies(clause)
    signs = (
        Sign("检索得分", _SEARCH * searched),
        Sign("条款和标题含有问题的词", _COVERED * covered),
        Sign("同一句话含有问题的词", _SENTENCE * _best_sentence(understood, clause, opening, title)),
        Sign("有问题要的数字、时间或单位", _cue_weight(understood) * cue(understood, body_text(clause))),
        Sign("有问题里的数字和年份", _FIGURES * shares_figures(understood, context(clause))),
        Sign("所在的部分和年份", _place_score(understood, hit)),
        Sign("写明责任单位", _BODIES if bodies else 0.0),
        Sign("承接上一轮", _dialogue_score(understood, clause, earlier)),
        Sign("只有标题或半句话", _openness_score(clause)),
    )
    return Ranked(hit, sum(sign.value for sign in signs), covered, signs)


def _openness_score(clause: Clause) -> float:
    """What speaks against a title without a body, and against a sentence that its items go on with."""
    if is_left_open(clause):
        return -_LEFT_OPEN
    titled = clause.heading is not None and clause.text.strip("。 ") == clause.heading.strip("。 ")
    return -_TITLE_ONLY if titled or clause.kind is ClauseKind.HEADING else 0.0


def _cue_weight(understood: Understood) -> float:
    """A comparison lives on what can be set side by side: there the wanted figure counts twice."""
    return 2 * _CUE if understood.kind is QuestionKind.COMPARE else _CUE


def _dialogue_score(understood: Understood, clause: Clause, earlier: Sequence[Clause]) -> float:
    """What speaks for the clause that answered the turn before, or for one beside it."""
    if not earlier or ChipKind.TOPIC not in understood.inherited:
        return 0.0
    if any(clause.id == before.id for before in earlier):
        if _has_said_all(understood, clause):
            return -_EARLIER
        if understood.contrasted:
            return -_EARLIER / 4
        return _EARLIER if understood.elliptical else _EARLIER / 3
    return _BESIDE if any(clause.path[:-1] == before.path[:-1] for before in earlier) else 0.0


def _has_said_all(understood: Understood, clause: Clause) -> bool:
    """True for a short sentence, shown whole, of which the turn wants no figure, date or body: it asks on."""
    short = not is_row(clause) and len(clause.text) <= _SHOWN_WHOLE
    return short and not understood.wants


def _best_sentence(understood: Understood, clause: Clause, opening: str, title: str) -> float:
    """The coverage of the best sentence; an item is read on from the open sentence above it."""
    if is_row(clause):
        return coverage(understood.terms, body_text(clause), title)
    texts = (opening + s.text for s in sentences(clause.text))
    return max((coverage(understood.terms, text, title) for text in texts), default=0.0)


def _place_score(understood: Understood, hit: Hit) -> float:
    """What the clause's place in its notice speaks for: the attachment, its year, table or running text."""
    clause, score = hit.clause, 0.0
    label, attachment = clause.path[0], attachment_of(clause)
    if understood.hinted:
        score += (
            _HINTED
            if any(i == hit.notice.id and stands_in(clause, (name,)) for i, name in understood.hinted)
            else -_HINTED / 2
        )
    title = clause.headings[0] if clause.headings else ""
    made_for = years(title) if attachment else ()
    if len(made_for) == 1 and understood.years:
        score += _YEAR_OF_PART if made_for[0] in understood.years else -_YEAR_OF_PART
    row = clause.kind is ClauseKind.ROW
    if understood.part is Part.TABLE:
        score += _PART if row else -_PART
    elif understood.part is Part.BODY:
        score += -_PART if row or attachment else _PART
    if understood.kind is QuestionKind.UNIT_TASKS and row:
        score += _PART / 2
    if understood.kind is QuestionKind.COMPARE and understood.part is None:
        score += _PROSE * ((not row) + (not attachment))
    if label in _REPEATS:
        score -= _REPEATED
    if label in _FRAME and not set(understood.question) >= set("附件"):
        score -= _FRAMING
    if _PURPOSES.search(clause.text) and len(sentences(clause.text)) < _SEVERAL_SENTENCES:
        score -= _PURPOSE
    return score + _heading_bonus(understood, clause) - _year_cost(understood, hit)


def _heading_bonus(understood: Understood, clause: Clause) -> float:
    """For a clause below a heading such as 工作目标 or 保障措施, where goals or measures are asked for."""
    asked = [noun for noun in _PARTS_OF_PLANS if noun in understood.question]
    nearest = (clause.heading or "") + (clause.headings[-1] if clause.headings else "")
    return _HEADED if any(noun in nearest for noun in asked) else 0.0


def _year_cost(understood: Understood, hit: Hit) -> float:
    """What speaks against a clause by the years it states, or its notice is made for."""
    cost = _OTHER_YEARS if speaks_of_other_years(understood, context(hit.clause)) else 0.0
    period = hit.notice.card.period
    if understood.years and period and not any(period[0] <= y <= period[1] for y in understood.years):
        cost += _OUT_OF_PERIOD
    return cost


def context(clause: Clause) -> str:
    """The clause with its ancestors' headings and its cells: what it is about, for matching."""
    return "\n".join([*clause.headings, clause.heading or "", body_text(clause)])


def is_row(clause: Clause) -> bool:
    """True for a table row; running text may have fields too (its 责任单位), and is read as text."""
    return clause.kind is ClauseKind.ROW and bool(clause.fields)


def body_text(clause: Clause) -> str:
    """The clause's own words: all its cells where it is a row, else its text."""
    if clause.fields and is_row(clause):
        return "\n".join(
            f"{name}：{value}" for name, value in clause.fields.items() if value and name != "group"
        )
    return clause.text


def names_bodies(clause: Clause) -> bool:
    """True when the clause says who is responsible in a column or in （责任单位：…）."""
    columns = clause.fields or {}
    return (
        any(value and is_body_column(name, value) for name, value in columns.items())
        or trailer_span(clause.text) is not None
    )
