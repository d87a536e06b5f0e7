"""Clauses that must stand beside the best one: the sentence it ends, another value for the same thing, and
the answer to the question's other half."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.indicators import normal_form
from assistant.ranking import Ranked, context
from assistant.sentences import coverage, cue
from assistant.terms import terms_of
from assistant.types import QuestionKind, Understood
from assistant.vocabulary import NoticeView, Vocabulary
from index.types import Hit, LedgerEntry

#: A half of a question whose words the best clause has less than this of, and another clause this much.
_UNMET, _MET = 0.35, 0.6
#: How near to the best score a clause must be to answer the other half.
_NEAR = 0.55
_AMONG = 8
_HALVES = re.compile(r"[？?；;。]")
_BRIEF = frozenset({QuestionKind.FACT, QuestionKind.WHEN, QuestionKind.WHO, QuestionKind.TASK})


def opening_of(understood: Understood, best: Ranked, view: NoticeView) -> list[Ranked]:
    """The open sentence that the best clause ends (停发补贴：), where the item alone does not say what is
    asked; none where it states the figure, date or body that the question wants."""
    lead = view.lead_ins.get(best.hit.clause.id)
    wanted = understood.wants and cue(understood, best.hit.clause.text) == 1.0
    if lead is None or wanted or understood.kind not in _BRIEF:
        return []
    return [Ranked(Hit(lead, view.record, 0.0), best.score, best.covered)]


def contradictions(understood: Understood, best: Ranked, entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Targets of the same notice for the same indicator, year and unit as the best clause states, with
    another value; in order of the notice."""
    here = [e for e in entries if e.notice.id == best.hit.notice.id and not e.target.stretch]
    stated = [e for e in here if e.clause.id == best.hit.clause.id and _asked(understood, e)]
    found: list[LedgerEntry] = []
    for one in stated:
        found += [
            other
            for other in here
            if other.clause.id != one.clause.id and _same_thing(one, other) and _differs(one, other)
        ]
    return list({e.clause.id: e for e in reversed(found)}.values())


def _asked(understood: Understood, entry: LedgerEntry) -> bool:
    return not understood.years or entry.target.year in (None, *understood.years)


def _same_thing(one: LedgerEntry, other: LedgerEntry) -> bool:
    a, b = one.target, other.target
    same_year = a.year == b.year or None in (a.year, b.year)
    return (
        normal_form(a.indicator) == normal_form(b.indicator)
        and a.unit == b.unit
        and a.change == b.change
        and same_year
    )


def _differs(one: LedgerEntry, other: LedgerEntry) -> bool:
    return one.target.value != other.target.value and None not in (one.target.value, other.target.value)


def other_half(understood: Understood, ranked: Sequence[Ranked], vocabulary: Vocabulary) -> list[Ranked]:
    """The clause for the half of a question (…是哪年的？…又是哪年的？) that the best one leaves open."""
    halves = [h for h in _HALVES.split(understood.question) if h.strip()]
    if len(halves) < 2 or understood.kind not in _BRIEF:
        return []
    own = {t.word: t for t in understood.terms if not t.carried}
    for half in halves:
        terms = tuple(
            own.get(t.word, t) for t in terms_of(half, vocabulary) if t.word in own and not t.asking
        )
        if not terms or sum(t.weight for t in terms) < _UNMET:
            continue
        if coverage(terms, context(ranked[0].hit.clause)) >= _UNMET:
            continue
        for other in ranked[1:_AMONG]:
            met = coverage(terms, context(other.hit.clause)) >= _MET
            if met and other.score >= _NEAR * ranked[0].score:
                return [replace(other)]
    return []
