"""Notice → targets by clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.notice import Clause, ClauseKind, Notice

from .plain import plain
from .prose import Setting, may_state_targets, sentence_targets
from .responsible import bodies_of, bodies_stated
from .rows import row_targets
from .sections import Section, Sections
from .times import Due, Tense, dues, is_done
from .types import Target

_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_SETS_GOAL = re.compile(r"目标|力争|到20\d\d年|年底前|前完成")
#: Parts that only repeat or list what others state.
_REPEATING = frozenset({"新闻摘要", "附件目录", "通知"})


def targets_of(notice: Notice) -> Mapping[str, tuple[Target, ...]]:
    """The targets that the clauses of a notice state, by clause id, in the order of print.

    What was achieved is no target, nor is a figure that a rule sets: a notice that is no plan must say that
    it sets a goal.
    """
    sections = Sections(notice)
    found: dict[str, tuple[Target, ...]] = {}
    for clause in notice.clauses:
        section = sections.of(clause)
        if clause.path[0] in _REPEATING:
            continue
        targets = _clause_targets(clause, section, sections)
        if targets:
            found[clause.id] = targets
    return found


def _clause_targets(clause: Clause, section: Section, sections: Sections) -> tuple[Target, ...]:
    if clause.kind is ClauseKind.ROW:
        return row_targets(clause, section) if section.tense is Tense.GOAL and not section.strict else ()
    if not section.open and (section.tense is Tense.PAST or not may_state_targets(clause.text)):
        return ()
    targets = _prose_targets(clause.text, section, sections)
    if not targets:
        return ()
    bodies = bodies_of(clause.fields or {}) or bodies_stated(clause.text)
    return tuple(replace(target, responsible=bodies) for target in targets) if bodies else tuple(targets)


def _prose_targets(text: str, section: Section, sections: Sections) -> list[Target]:
    """The targets of running text, sentence by sentence: one may turn from what was to what will be."""
    found: list[Target] = []
    year = section.year
    for match in _SENTENCE.finditer(text):
        printed = match.group()
        turned = sections.turned(printed) if section.open else None
        if turned is not None:
            section, year = turned, turned.year
        if section.tense is Tense.PAST or not may_state_targets(printed):
            year = section.year
            continue
        sentence = plain(printed)
        times = tuple(dues(sentence.text, section.reference))
        if _is_past(sentence.text, section, times) or _is_rule(sentence.text, section):
            continue
        found += sentence_targets(sentence, Setting(year, section.reference), times)
        if not sections.is_report:  # in a report each sentence names its own year
            year = _year_after(sentence.text, times, section, year)
    return found


def _year_after(sentence: str, times: Sequence[Due], section: Section, year: int | None) -> int | None:
    """The year that goes on to the next sentence with a figure: 到2020年，…。农村卫生厕所普及率达到100%。

    Only a time that opens a sentence or a part of it does, and none that lies beyond the notice's own.
    """
    opening = [d.year for d in times if not d.start or sentence[d.start - 1] in "；："]
    if not opening or (section.year is not None and opening[-1] > section.year):
        return year
    return opening[-1]


def _is_past(sentence: str, section: Section, times: Sequence[Due]) -> bool:
    """Whether a sentence reports: of a year gone by, or in words of what is done."""
    last = max((due.year for due in times), default=None)
    if last is not None and section.reference is not None and last < section.reference:
        return True
    return is_done(sentence)


def _is_rule(sentence: str, section: Section) -> bool:
    """Whether the figures of a sentence are those of a rule: it would have to say that it sets a goal."""
    return section.strict and not _SETS_GOAL.search(sentence)
