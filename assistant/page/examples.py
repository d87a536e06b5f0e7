"""Example questions for the first visit, drawn from what the corpus says and tried before they are shown."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Final

from assistant.page.backend import SPOKEN_ERRORS, Backend
from index.types import NoticeRecord
from ingest.notice import Clause, ClauseKind

#: Reading every notice of a large corpus for six questions would take too long.
_NOTICES_READ: Final = 24
#: Questions tried at most; a first visit that finds fewer good ones shows fewer.
_TRIED: Final = 30

#: “到2025年，森林覆盖率达到62%”: a year to come, the thing measured, a verb, a figure.
_TARGET: Final = re.compile(
    r"到(?P<year>20\d\d)年(?:底|末)?[，,]?(?:全[市省县区]|我[市省县区])?的?"
    r"(?P<what>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z.\d]{2,13}?)"
    r"(?:要|均|应)?(?:达到|提高到|提高至|控制在|降至|降到|下降到|不低于|不高于)\s*\d"
)
#: “2024年6月底前”, “2025年底前”: a date by which something is to be done.
_DEADLINE: Final = re.compile(r"20\d\d年(?:\d{1,2}月)?底前")
#: Notices open a measure with its verb; other headings make no question with 怎样.
_MEASURE: Final = re.compile(
    r"(?:推进|加快|加强|完善|建立|健全|落实|实施|开展|提升|优化|强化|推动|严格|深化|扩大|培育|发展|保护|治理|建设|改造|规范|防治)"
    r"[\u4e00-\u9fff、“”]{3,14}"
)
_LISTED: Final = frozenset(
    {"主要目标", "工作目标", "目标任务", "主要任务", "重点任务", "保障措施", "组织保障"}
)
_LEAD_COLUMNS: Final = ("牵头单位", "责任单位", "牵头部门", "责任部门")
_TASK_COLUMNS: Final = (
    "工作任务",
    "任务",
    "主要任务",
    "重点任务",
    "项目名称",
    "工作内容",
    "建设内容",
    "措施",
)
_UNITS: Final = re.compile(r"[、，,；;\s]+")
_CLAUSE_END: Final = re.compile(r"[，。；：,;:\n]")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question and what its answer must cite: a clause at or below `path` of the notice."""

    question: str
    notice: str
    path: tuple[str, ...]


_Form = Callable[[NoticeRecord, Sequence[Clause]], _Candidate | None]


def example_questions(backend: Backend, count: int = 6) -> list[str]:
    """At most `count` questions of varied forms, from many notices, whose answers cite what they came from.

    The same corpus gives the same questions, in the same order.
    """
    notices = [(record, backend.clauses(record.id)) for record in islice(backend.notices(), _NOTICES_READ)]
    candidates = _round_robin([list(_of_form(form, notices, place)) for place, form in enumerate(_FORMS)])
    good = (one.question for one in islice(candidates, _TRIED) if _is_answered(backend, one))
    return list(islice(dict.fromkeys(good), count))


class Examples:
    """The example questions of a backend, drawn once for each state of its corpus."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._lock = threading.Lock()
        self._state: tuple[str, ...] = ()
        self._questions: list[str] = []

    def current(self) -> list[str]:
        """As `example_questions`; a second caller waits for the first instead of trying them again."""
        with self._lock:
            state = tuple(record.id for record in self._backend.notices())
            if state != self._state:
                self._questions = example_questions(self._backend)
                self._state = state
            return self._questions


def _is_answered(backend: Backend, candidate: _Candidate) -> bool:
    try:
        answer = backend.extract([candidate.question], notices=frozenset())
    except SPOKEN_ERRORS:
        return False
    if answer.abstained:
        return False
    depth = len(candidate.path)
    return any(
        cited.notice_id == candidate.notice and cited.clause.path[:depth] == candidate.path
        for cited in answer.citations
    )


def _of_form(
    form: _Form, notices: Sequence[tuple[NoticeRecord, Sequence[Clause]]], place: int
) -> Iterator[_Candidate]:
    """The form's question for each notice; each form starts a third further on, so that all get a turn."""
    start = place * max(1, len(notices) // 3) % len(notices) if notices else 0
    for record, clauses in [*notices[start:], *notices[:start]]:
        candidate = form(record, clauses)
        if candidate:
            yield candidate


def _round_robin(columns: Sequence[Sequence[_Candidate]]) -> Iterator[_Candidate]:
    for row in zip_longest(*columns):
        yield from (candidate for candidate in row if candidate)


def _target(record: NoticeRecord, clauses: Sequence[Clause]) -> _Candidate | None:
    """岚州市2025年森林覆盖率要达到多少？"""
    for clause in clauses:
        match = _TARGET.search(clause.text)
        if match and clause.kind is not ClauseKind.ROW:
            return _about(record, clause, f"{match['year']}年{match['what']}要达到多少？")
    return None


def _lead(record: NoticeRecord, clauses: Sequence[Clause]) -> _Candidate | None:
    """岚州市“推进河道清淤”由哪个单位牵头？"""
    for clause in clauses:
        task = _first_field(clause, _TASK_COLUMNS)
        if task and _first_field(clause, _LEAD_COLUMNS):
            words = _CLAUSE_END.split(task)[0]
            if 4 <= len(words) <= 20:
                return _about(record, clause, f"“{words}”由哪个单位牵头？")
    return None


def _unit_tasks(record: NoticeRecord, clauses: Sequence[Clause]) -> _Candidate | None:
    """岚州市水利局要负责哪些任务？ The unit that leads most rows, the first of several."""
    led: dict[str, list[Clause]] = {}
    for clause in clauses:
        for unit in _UNITS.split(_first_field(clause, _LEAD_COLUMNS) or ""):
            if 3 <= len(unit) <= 12:
                led.setdefault(unit, []).append(clause)
    if not led:
        return None
    unit = max(led, key=lambda name: len(led[name]))
    return _about(record, led[unit][0], f"{unit.removeprefix('市')}要负责哪些任务？")


def _deadline(record: NoticeRecord, clauses: Sequence[Clause]) -> _Candidate | None:
    """岚州市推进管网普查要在什么时候前完成？"""
    for clause in clauses:
        heading = clause.heading or ""
        if 4 <= len(heading) <= 16 and _DEADLINE.search(clause.text):
            return _about(record, clause, f"{heading}要在什么时候前完成？")
    return None


def _list(record: NoticeRecord, clauses: Sequence[Clause]) -> _Candidate | None:
    """岚州市的主要目标有哪些？"""
    for clause in clauses:
        if clause.kind is ClauseKind.HEADING and clause.heading in _LISTED:
            return _about(record, clause, f"的{clause.heading}有哪些？")
    return None


def _measure(record: NoticeRecord, clauses: Sequence[Clause]) -> _Candidate | None:
    """岚州市怎样推进农村污水治理？"""
    for clause in clauses:
        if (
            clause.kind is ClauseKind.ITEM
            and len(clause.text) > 60
            and _MEASURE.fullmatch(clause.heading or "")
        ):
            return _about(record, clause, f"怎样{clause.heading}？")
    return None


_FORMS: Final[tuple[_Form, ...]] = (_target, _lead, _measure, _unit_tasks, _deadline, _list)


def _about(record: NoticeRecord, clause: Clause, question: str) -> _Candidate:
    return _Candidate(f"{record.card.region or ''}{question}", record.id, clause.path)


def _first_field(clause: Clause, columns: Sequence[str]) -> str | None:
    fields = clause.fields or {}
    return next((fields[column] for column in columns if fields.get(column)), None)
