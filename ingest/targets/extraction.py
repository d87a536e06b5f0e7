"""Notice → targets by clause."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ingest.notice import Clause, ClauseKind, Notice

from .plain import Plain, plain
from .prose import Setting, may_state_targets, sentence_targets
from .responsible import bodies_of, bodies_stated
from .rows import row_targets
from .sections import Section, Sections
from .times import Tense, dues, is_done
from .types import Target

_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_SETS_GOAL = re.compile(r"目标|力争|确保|争取|努力|到20\d\d年|前完成")
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
    if not (section.open or may_state_targets(clause.text)):
        return ()
    text = plain(clause.text)
    targets = _prose_targets(text, section, sections)
    if not targets:
        return ()
    bodies = bodies_of(clause.fields or {}) or bodies_stated(text.text)
    return tuple(replace(target, responsible=bodies) for target in targets)


def _prose_targets(text: Plain, section: Section, sections: Sections) -> list[Target]:
    """The targets of running text, sentence by sentence: one may turn from what was to what will be."""
    found: list[Target] = []
    year = section.year
    for match in _SENTENCE.finditer(text.text):
        sentence = match.group()
        turned = sections.turned(section, sentence)
        if turned is not None:
            section, year = turned, turned.year
        if not may_state_targets(sentence):
            continue
        years = [due.year for due in dues(sentence, section.reference)]
        if _is_past(sentence, section, years) or (section.strict and not _SETS_GOAL.search(sentence)):
            continue
        part = Plain(text.printed, sentence, text.origin[match.start() : match.end()])
        found += sentence_targets(part, Setting(year, section.reference))
        # 2020年，…。农村卫生厕所普及率达到100%。 In a report each sentence names its own year.
        if years and not sections.is_report and (section.year is None or years[-1] <= section.year):
            year = years[-1]
    return found


def _is_past(sentence: str, section: Section, years: list[int]) -> bool:
    """Whether a sentence reports: in a look back, of a year gone by, or in words of what is done."""
    last = max(years, default=None)
    if last is not None and section.reference is not None and last < section.reference:
        return True
    return section.tense is Tense.PAST or is_done(sentence)
