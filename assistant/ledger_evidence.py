"""Comparisons over many notices from the ledger of targets: complete, one target a notice, none guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.indicators import normal_form
from assistant.ledger import Fit
from assistant.source import ClauseSource
from assistant.types import QuestionKind, Understood, Want
from index.types import LedgerEntry, NoticeRecord

Value = TypeVar("Value")

#: Fewer notices with a target are compared clause by clause.
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """One target for each notice that states one, by region: those that meet the condition asked (all,
    without one), those that meet it in part (5%以上 may lie above 5%), and how many notices state one."""

    entries: tuple[LedgerEntry, ...]
    partly: tuple[LedgerEntry, ...] = ()
    stated: int = 0
    blank: tuple[str, ...] = ()


def compared_targets(
    understood: Understood, source: ClauseSource, records: Sequence[NoticeRecord]
) -> Compared | None:
    """What the ledger knows for a comparison over all notices; None where it is no such question, or the
    ledger has too little."""
    if understood.kind is not QuestionKind.COMPARE or not understood.indicator or understood.scopes:
        return None
    stated = one_a_notice(understood, source.targets(indicator=understood.indicator))
    if len(stated) < _LEAST:
        return None
    if understood.condition is None:
        held = {entry.notice.id for entry in stated}
        blank = tuple(_name(record) for record in records if record.id not in held)
        return Compared(stated, stated=len(stated), blank=blank if len(blank) < len(stated) else ())
    wholly = tuple(e for e in stated if understood.condition.fit(e.target) is Fit.WHOLLY)
    partly = tuple(e for e in stated if understood.condition.fit(e.target) is Fit.PARTLY)
    return Compared(wholly, partly, len(stated))


def stated_in(
    understood: Understood, entries: Iterable[LedgerEntry], notices: frozenset[str]
) -> list[LedgerEntry]:
    """The targets of these notices for the year asked for, where a figure is asked for; in their order.

    Only of an indicator of the same name: 医保 in a question is not 医保服务站 in a target.
    """
    if Want.FIGURE not in understood.wants or understood.indicator is None:
        return []
    asked = normal_form(understood.indicator)
    entries = [e for e in entries if normal_form(e.target.indicator) == asked]
    years = understood.years
    here = [e for e in entries if e.notice.id in notices and not e.target.stretch]
    return [e for e in here if e.target.year in years] if years else here


def one_a_notice(understood: Understood, entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """The target of each notice that is asked for: of the year, and of the unit that most notices use."""
    found = [e for e in entries if not e.target.stretch and e.target.value is not None]
    if understood.years:
        found = [e for e in found if e.target.year in understood.years] or found
    else:  # a report states this year's targets and those of five years: the year that most state
        year = _most_common(e.target.year for e in found)
        found = sorted(found, key=lambda e: e.target.year != year)
    best = _most_common(unit for _, unit in sorted({(e.notice.id, e.target.unit) for e in found}))
    first: dict[str, LedgerEntry] = {}
    for entry in sorted(found, key=lambda e: e.target.unit != best):
        first.setdefault(entry.notice.id, entry)
    return tuple(sorted(first.values(), key=lambda e: (_name(e.notice), e.notice.id)))


def _most_common(values: Iterable[Value]) -> Value | None:
    """The value that comes most often, the first of equals."""
    counted = Counter(values)
    return max(counted, key=lambda value: counted[value], default=None)


def _name(record: NoticeRecord) -> str:
    return record.card.region or record.card.title
