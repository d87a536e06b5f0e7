"""What a clause's headings and the text before it say of it: a look back or a goal, and for which year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.notice import Clause, ClauseKind, Notice

from .plain import plain
from .times import Tense

#: Kinds of documents that set targets; in others a figure is a rule unless the text says it is a goal.
_PLANNING = frozenset(
    {"计划", "方案", "规划", "要点", "报告", "纲要", "行动", "安排", "任务", "清单", "目标"}
)
_PAST = re.compile(
    r"回顾|过去|五年来|一年来|工作情况|完成情况|执行情况|成就|成效|成绩|总结|现状|工作基础|发展基础|形势|背景|存在问题|主要问题|"
    r"名词解释|名词注释|内容注释"
)
_GOAL = re.compile(r"目标|任务|安排|打算|建议|举措|重点工作|主要工作|要求|今年|今后|未来|考虑|实事")
_SETS = re.compile(r"计划|方案|任务|目标|规划|项目表|清单|实事")
_YEAR = re.compile(r"(20\d\d)年?")
_PLAN = re.compile(r"十([二三四五六])五")
_PLAN_END = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_TURNED_BACK = re.compile(
    r"过去[一五]年，|[一五]年来，|这五年|回顾(?:过去|“|20)|是[^，。]{0,30}的五年[。，]|一年来的"
)
_TURNED_AHEAD = re.compile(
    r"预期目标(?:是|为|：)|(?:20\d\d年|今年)[^。]{0,20}(?:总体要求|主要目标|重点工作|工作思路)|做好(?:今年|20\d\d年)|今年是|新的一年"
)
_FIVE_YEARS_AHEAD = re.compile(
    r"^.{0,12}?[“\"]十[三四五六]五[”\"]时期.{0,60}(?:目标|要求|任务|关键|重要|建议)|《[^》]*(?:纲要|规划)[^》]*》[^。]{0,12}(?:明确|提出|细化|设定|围绕)|"
    r"^.{0,8}(?:今后|未来)五年.{0,40}(?:目标|要求|任务)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """How the figures of a clause are to be read: its tense, the year that they are due unless they say, the
    year that 今年 means, whether the text itself must say that it sets a goal, and whether running text may
    turn the section to another tense or year."""

    tense: Tense
    year: int | None
    reference: int | None
    strict: bool = False
    open: bool = False


class Sections:
    """The sections of one notice; to be asked clause by clause, in document order."""

    def __init__(self, notice: Notice) -> None:
        card = notice.card
        first, last = card.period or (None, None)
        issued = int(card.issued[:4]) if card.issued else None
        self.is_report = card.kind == "报告"
        self._reference = last if self.is_report else issued or first
        if self._reference is None:
            headings = [c.heading or "" for c in notice.clauses if c.kind is ClauseKind.HEADING]
            years = (int(year) for heading in headings for year in _YEAR.findall(heading))
            self._reference = max(years, default=None)
        self._whole = Section(
            tense=Tense.GOAL,
            year=self._reference if last is None and self.is_report else last,
            reference=self._reference,
            strict=card.kind not in _PLANNING,
            open=self.is_report,
        )
        self._titles = {attachment.label: attachment.title for attachment in card.attachments}
        self._read: dict[tuple[str, Section], Section | None] = {}
        self._running: Section | None = None
        self._turned_in: tuple[str, ...] = ()

    def of(self, clause: Clause) -> Section:
        """The section of the next clause."""
        part = self._of_part(clause)
        own = clause.heading if clause.kind is not ClauseKind.HEADING else None
        for heading in (own, *reversed(clause.headings)):
            section = self._read_before(heading, part) if heading and len(heading) < 40 else None
            if section is None:
                continue
            if not section.open:
                return section
            part = section
            break
        if self._running is not None and self._turned_in == clause.path[:1]:
            return self._running
        self._running, self._turned_in = None, clause.path[:1]
        return part

    def turned(self, sentence: str) -> Section | None:
        """The open section from a sentence of running text on, or None where it turns nothing."""
        sentence = "".join(sentence.split())
        turned: Section | None = None
        if _TURNED_AHEAD.search(sentence):
            turned = self._whole
        elif _FIVE_YEARS_AHEAD.search(sentence):
            year = _plan_year(sentence) or (self._reference + 4 if self._reference else None)
            turned = replace(self._whole, year=year)
        elif _TURNED_BACK.search(sentence):
            turned = replace(self._whole, tense=Tense.PAST)
        self._running = turned or self._running
        return turned

    def _of_part(self, clause: Clause) -> Section:
        """The whole's section, or that of the attachment: 2018年…实施计划 is due in 2018."""
        title = self._titles.get(clause.path[0])
        if title is None and clause.headings and clause.path[0].startswith("附"):
            title = clause.headings[0]
        years = [int(year) for year in _YEAR.findall(title or "")]
        if title and _PAST.search(title):
            return replace(self._whole, tense=Tense.PAST, open=False)
        if not years:
            return self._whole
        strict = self._whole.strict and not _SETS.search(title or "")
        return replace(self._whole, year=max(years), reference=max(years), strict=strict, open=False)

    def _read_before(self, heading: str, part: Section) -> Section | None:
        """As `_by_heading`; the clauses of a section share its headings."""
        if (heading, part) not in self._read:
            self._read[heading, part] = self._by_heading(heading, part)
        return self._read[heading, part]

    def _by_heading(self, heading: str, part: Section) -> Section | None:
        """The section that a heading opens, or None where it says nothing of it."""
        text = plain(heading).text
        years = [int(year) for year in _YEAR.findall(text)]
        ahead = max(
            (year for year in years if self._reference is None or year >= self._reference), default=None
        )
        if self.is_report:
            return self._of_report_heading(text, part, bool(years), ahead)
        if _PAST.search(text):
            return replace(part, tense=Tense.PAST)
        if ahead and _GOAL.search(text):
            return replace(part, year=ahead, strict=False)
        return replace(part, strict=False) if part.strict and "目标" in text else None

    def _of_report_heading(self, text: str, part: Section, dated: bool, ahead: int | None) -> Section | None:
        plan = _plan_year(text)
        later = plan if plan and self._reference is not None and plan >= self._reference else None
        if _PAST.search(text):  # 发展成就和主要目标: its text begins with the look back
            return replace(part, tense=Tense.PAST, open=bool(later and _GOAL.search(text)))
        if later and ahead:  # 目标任务和2026年工作安排
            return replace(part, year=later, open=True)
        if later and _GOAL.search(text):
            return replace(part, year=later, open=False)
        if ahead:
            return replace(part, year=ahead, open=False)
        return replace(part, tense=Tense.PAST, open=False) if dated and not plan else None


def _plan_year(text: str) -> int | None:
    return max((_PLAN_END[name] for name in _PLAN.findall(text)), default=None)
