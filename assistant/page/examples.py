"""Example questions for the first visit, drawn from what the corpus says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import Final

from assistant.page.backend import Backend
from index.types import NoticeRecord
from ingest.notice import Clause, ClauseKind

#: Reading every notice of a large corpus for six questions would slow the first visit down.
_NOTICES_READ: Final = 24

#: “到2025年，森林覆盖率达到62%”: a year, the thing measured, a verb, a figure.
_TARGET: Final = re.compile(
    r"(?P<year>20\d\d)年(?:底|末)?(?:前)?[，,]?(?:全[市省县区])?"
    r"(?P<what>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z.\d]{2,13}?)"
    r"(?:要|均|应)?(?:达到|提高到|保持在|控制在|降至|降到|下降到|不低于|超过)\s*\d"
)
#: “2024年6月底前”, “2025年底前”: a date by which something is to be done.
_DEADLINE: Final = re.compile(r"20\d\d年(?:\d{1,2}月)?底前")
_LEAD_COLUMNS: Final = ("牵头单位", "责任单位", "牵头部门", "责任部门")
_TASK_COLUMNS: Final = (
    "工作任务",
    "任务",
    "主要任务",
    "重点任务",
    "工作内容",
    "建设内容",
    "项目名称",
    "措施",
)
_DEPARTMENT: Final = re.compile(r"[、，,；;\s]+")
_PLAN_HEADING: Final = re.compile(r"措施|保障|任务|目标|要求|重点")
_CLAUSE_END: Final = re.compile(r"[，。；：,;:\n]")

_Form = Callable[[NoticeRecord, Sequence[Clause]], str | None]


def example_questions(backend: Backend, count: int = 6) -> list[str]:
    """At most `count` questions that the corpus can answer, of varied forms, from many notices.

    The same corpus gives the same questions, in the same order.
    """
    notices = [(record, backend.clauses(record.id)) for record in islice(backend.notices(), _NOTICES_READ)]
    found = _round_robin([list(_of_form(form, notices, offset)) for offset, form in enumerate(_FORMS)])
    return list(islice(dict.fromkeys(found), count))


def _of_form(
    form: _Form, notices: Sequence[tuple[NoticeRecord, Sequence[Clause]]], offset: int
) -> Iterator[str]:
    """The form's question for each notice; each form starts at another notice, so that all get a turn."""
    start = offset % len(notices) if notices else 0
    for record, clauses in [*notices[start:], *notices[:start]]:
        question = form(record, clauses)
        if question:
            yield question


def _round_robin(columns: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in zip_longest(*columns):
        yield from (question for question in row if question)


def _target(record: NoticeRecord, clauses: Sequence[Clause]) -> str | None:
    """岚州市2025年森林覆盖率要达到多少？"""
    for clause in clauses:
        match = _TARGET.search(clause.text)
        if match and clause.kind is not ClauseKind.ROW:
            return f"{_place(record)}{match['year']}年{match['what']}要达到多少？"
    return None


def _lead(record: NoticeRecord, clauses: Sequence[Clause]) -> str | None:
    """“推进河道清淤”由哪个单位牵头？"""
    for clause in clauses:
        task = _first_field(clause, _TASK_COLUMNS)
        if task and _first_field(clause, _LEAD_COLUMNS):
            words = _CLAUSE_END.split(task.strip("。"))[0]
            if 4 <= len(words) <= 24:
                return f"{_place(record)}“{words}”由哪个单位牵头？"
    return None


def _unit_tasks(record: NoticeRecord, clauses: Sequence[Clause]) -> str | None:
    """岚州市水利局要负责哪些任务？ The department that leads most rows, the first of several."""
    counts: dict[str, int] = {}
    for clause in clauses:
        for unit in _DEPARTMENT.split(_first_field(clause, _LEAD_COLUMNS) or ""):
            if 3 <= len(unit) <= 12:
                counts[unit] = counts.get(unit, 0) + 1
    if not counts:
        return None
    return f"{_place(record)}{max(counts, key=lambda unit: counts[unit]).removeprefix('市')}要负责哪些任务？"


def _deadline(record: NoticeRecord, clauses: Sequence[Clause]) -> str | None:
    """岚州市完成管网普查的期限是什么时候？"""
    for clause in clauses:
        if clause.heading and len(clause.heading) <= 20 and _DEADLINE.search(clause.text):
            return f"{_place(record)}{clause.heading}，什么时候完成？"
    return None


def _list(record: NoticeRecord, clauses: Sequence[Clause]) -> str | None:
    """岚州市在保障措施方面有哪些规定？"""
    for clause in clauses:
        heading = clause.heading or ""
        if clause.kind is ClauseKind.HEADING and len(heading) <= 12 and _PLAN_HEADING.search(heading):
            return f"{_place(record)}的{heading}有哪些？"
    return None


def _measure(record: NoticeRecord, clauses: Sequence[Clause]) -> str | None:
    """岚州市怎样推进农村污水治理？"""
    for clause in clauses:
        heading = (clause.heading or "").strip("。")
        if clause.kind is ClauseKind.ITEM and 5 <= len(heading) <= 18 and len(clause.text) > 60:
            return f"{_place(record)}怎样{heading}？"
    return None


_FORMS: Final[tuple[_Form, ...]] = (_target, _lead, _measure, _list, _unit_tasks, _deadline)


def _first_field(clause: Clause, columns: Sequence[str]) -> str | None:
    fields = clause.fields or {}
    return next((fields[column] for column in columns if fields.get(column)), None)


def _place(record: NoticeRecord) -> str:
    return record.card.region or ""
