"""Which clauses belong beside the best one: a second citation needs a reason that can be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.attachments import attachment_of, stands_in
from assistant.bodies import is_body_column
from assistant.lead_ins import introduces
from assistant.places import region_forms
from assistant.ranking import Ranked, body_text, context, is_row
from assistant.sentences import coverage
from assistant.types import QuestionKind, Understood
from assistant.vocabulary import NoticeView, title_overlap
from assistant.wording import comparable
from index.types import Hit
from ingest.notice import Clause, ClauseKind

#: Lines of one row are shown together when this near to the best; less where several are asked for.
_LINE, _LINE_OF_SEVERAL = 0.9, 0.7
#: Steps of one thing: at least so many children of one parent among the first so many hits.
_STEPS, _AMONG = 2, 6
#: At most so many clauses meet a condition before it is too wide to be one.
_WIDEST = 12

#: A table listed whole, and the share of its title that the question must use for that.
_WIDEST_TABLE, _TITLED = 40, 4
#: Items of a list are no longer than this, and cover this much of the best.
_SHORT_ITEM, _AS_MUCH = 120, 0.6
_AROUND = frozenset({"引言", "结语", "备注"})
_COUNTS = frozenset({"序号", "编号", "group"})

_SEVERAL = re.compile(r"分别|各[是自为要]?|哪几|两[个块部]|每|都")
_STEPWISE = re.compile(r"阶段|步骤|几步|分[成为]?[几哪]")
_DOUBTED = re.compile(r"还是|几种说法|到底|两处|几处|不一致|前后|矛盾|差在|差别|区别|不同|变化")
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{3,30})[”\"」』]")
_MEASURED = re.compile(r"\d+(?:\.\d+)?(?:%|[万亿]?[元吨亩个公里])(?:以上|以下|以内)?")
_LISTED_BY = re.compile(r"提到|出现|写到|含有|指标|哪些条|哪几条")
_EMPTY = re.compile(r"(?:没有?写?|未写|没列|缺少?|空着)(?:的)?(牵头|配合|责任)(?:单位|部门)")


def with_companions(understood: Understood, ranked: Sequence[Ranked], view: NoticeView) -> tuple[Ranked, ...]:
    """The best clause and those that answer with it, in document order where they form a list.

    `view` is the notice of the best clause. Reasons, the first that holds: rows whose column is empty, as
    asked; every clause that meets the condition a list asks for; the steps of one process; the rows of one
    merged cell; the lines of one row; clauses that state the same thing differently, where that is asked.
    """
    if not ranked:
        return ()
    best = ranked[0]
    chosen: Iterable[Clause] = ()
    if understood.kind is QuestionKind.LIST:
        chosen = (
            _rows_without(understood, view)
            or _meeting(understood, view)
            or _steps(understood, ranked, view)
            or _rows_like(understood, best.hit.clause, view)
            or _items_introduced(ranked, view)
            or _items_crowding(ranked, view)
            or _rows_of_cell(understood, best.hit.clause, view)
        )
    found = _as_ranked(chosen, ranked, view)
    if found:
        return found
    for near in ranked[:_AMONG]:
        if near.hit.notice.id == view.record.id and (rows := _rows_named(understood, near.hit.clause, view)):
            return _as_ranked(rows, ranked, view)
    return (best, *_lines(understood, ranked), *_doubled(understood, ranked))


def _rows_named(understood: Understood, row: Clause, view: NoticeView) -> list[Clause]:
    """The rows of several places of which one column has each (a province's table by city), where the
    question names more than one of them and asks for each."""
    if not is_row(row) or not _SEVERAL.search(understood.question):
        return []
    table = [c for c in view.clauses if is_row(c) and c.path[:-1] == row.path[:-1]]
    for name, value in (row.fields or {}).items():
        if _names_place(understood.question, value):
            rows = [c for c in table if _names_place(understood.question, (c.fields or {}).get(name, ""))]
            values = {(c.fields or {}).get(name) for c in rows}
            return rows if 1 < len(rows) == len(values) else []
    return []


def _names_place(question: str, value: str) -> bool:
    """True when a cell is a place that the question names in any of its forms."""
    place = value.strip()
    return place.endswith(("市", "县", "区", "州")) and any(form in question for form in region_forms(place))


def _rows_without(understood: Understood, view: NoticeView) -> list[Clause]:
    """Rows whose column of bodies is empty (没写配合单位), in the table and group that the question names."""
    match = _EMPTY.search(understood.question)
    if match is None:
        return []
    labels = understood.filters.attachments or {label for _, label in understood.hinted}
    rows = [
        c
        for c in view.clauses
        if is_row(c) and (not labels or stands_in(c, labels)) and _has_column(c, match.group(1))
    ]
    groups = {(c.fields or {}).get("group", "") for c in rows}
    group = max(sorted(groups), key=lambda g: coverage(understood.terms, g), default="")
    if coverage(understood.terms, group) > 0:
        rows = [c for c in rows if (c.fields or {}).get("group", "") == group]
    return [c for c in rows if not _column(c, match.group(1)).strip("-— ")]


def _has_column(clause: Clause, role: str) -> bool:
    return any(role in name for name in clause.fields or {})


def _column(clause: Clause, role: str) -> str:
    return next((value for name, value in (clause.fields or {}).items() if role in name), "")


def _meeting(understood: Understood, view: NoticeView) -> list[Clause]:
    """Clauses that hold the quoted words or the figure that a list is asked by (80%以上的指标有哪些)."""
    question = understood.question
    if not _LISTED_BY.search(question):
        return []
    wanted = [comparable(w) for w in _QUOTED.findall(question) + _MEASURED.findall(question)]
    labels = understood.filters.attachments or {label for _, label in understood.hinted}
    found = [
        c
        for c in view.clauses
        if wanted
        and c.kind is not ClauseKind.HEADING
        and (not labels or stands_in(c, labels))
        and all(w in comparable(body_text(c)) for w in wanted)
    ]
    return found if 1 < len(found) <= _WIDEST else []


def _steps(understood: Understood, ranked: Sequence[Ranked], view: NoticeView) -> list[Clause]:
    """All children of the parent that most of the first hits share, where stages or steps are asked for."""
    if not _STEPWISE.search(understood.question):
        return []
    parents = [r.hit.clause.path[:-1] for r in ranked[:_AMONG] if not is_row(r.hit.clause)]
    parent = max(dict.fromkeys(parents), key=parents.count, default=())
    if not parent or parents.count(parent) < _STEPS:
        return []
    return [c for c in view.clauses if c.path[:-1] == parent and c.path[-1] not in ("引言", "结语")]


def _rows_of_cell(understood: Understood, best: Clause, view: NoticeView) -> list[Clause]:
    """The rows that share the merged cell which the question is about (a heading over several tasks)."""
    if not is_row(best):
        return []
    for name, value in (best.fields or {}).items():
        if name == "group" or is_body_column(name, value) or len(value) < 4:
            continue
        beside = (c for c in view.clauses if is_row(c) and c.path[:-1] == best.path[:-1])
        rows = [c for c in beside if (c.fields or {}).get(name) == value]
        about = coverage(understood.terms, value) >= 0.6 * coverage(understood.terms, context(best))
        if 1 < len(rows) <= _WIDEST and about and _SEVERAL.search(understood.question):
            return rows
    return []


def _rows_like(understood: Understood, best: Clause, view: NoticeView) -> list[Clause]:
    """The rows whose cells hold what the question says of them (临桥区 in 所属区, 2023 in 计划年度).

    Without such a cell, the whole table where the question uses its title.
    """
    if not is_row(best):
        return []
    table = [c for c in view.clauses if is_row(c) and attachment_of(c) == attachment_of(best)]
    said = comparable(understood.question)
    conditions: dict[str, set[str]] = {}
    for row in table:
        for name, value in (row.fields or {}).items():
            if name not in _COUNTS and _says(said, comparable(value)):
                conditions.setdefault(name, set()).add(value)
    rows = [
        c for c in table if all((c.fields or {}).get(name) in values for name, values in conditions.items())
    ]
    titled = title_overlap(said, comparable(view.attachments.get(attachment_of(best), ""))) >= _TITLED
    wanted = rows if conditions else table if titled else []
    return wanted if 1 < len(wanted) <= _WIDEST_TABLE else []


def _says(said: str, value: str) -> bool:
    """True when the question says a whole cell; a bare year in a cell is said as 2023年."""
    if value.isdigit():
        return len(value) == 4 and f"{value}年" in said
    return 2 <= len(value) <= 12 and value in said


def _items_introduced(ranked: Sequence[Ranked], view: NoticeView) -> list[Clause]:
    """The items below the best clause where it only introduces them, or beside it where most answer too."""
    best = ranked[0].hit.clause
    if is_row(best):
        return []
    if best.path[-1] == "引言" and introduces(best):
        return _items_below(best.path[:-1], view)
    below = _items_below(best.path, view)
    if below and introduces(best):
        return below
    beside = _items_below(best.path[:-1], view)
    among = {r.hit.clause.id for r in ranked[:_AMONG] if r.covered >= _AS_MUCH * ranked[0].covered}
    introduced = any(
        introduces(c) for c in view.clauses if c.path in (best.path[:-1], (*best.path[:-1], "引言"))
    )
    enough = len([c for c in beside if c.id in among]) >= min(3, len(beside))
    short = all(len(c.text) <= _SHORT_ITEM for c in beside)
    return beside if introduced and enough and short and best in beside else []


def _items_crowding(ranked: Sequence[Ranked], view: NoticeView) -> list[Clause]:
    """All items of one lead-in where at least three of them are among the first hits."""
    near = [r.hit.clause for r in ranked[:_AMONG] if r.hit.notice.id == view.record.id]
    for parent in dict.fromkeys(c.path[:-1] for c in near if not is_row(c)):
        items = _items_below(parent, view)
        among = [c for c in near if c in items]
        introduced = any(introduces(c) for c in view.clauses if c.path in (parent, (*parent, "引言")))
        if introduced and len(among) >= 3 and all(len(c.text) <= _SHORT_ITEM for c in items):
            return items
    return []


def _items_below(path: Sequence[str], view: NoticeView) -> list[Clause]:
    """The short numbered items right below `path`; none where one has items of its own or is a row."""
    parents = {c.path[:-1] for c in view.clauses}
    items = [c for c in view.clauses if c.path[:-1] == tuple(path) and c.path[-1] not in _AROUND]
    plain = all(c.path not in parents and not is_row(c) for c in items)
    return items if plain and 1 < len(items) <= _WIDEST else []


def _lines(understood: Understood, ranked: Sequence[Ranked]) -> list[Ranked]:
    """Other lines of the best line's row (49.1, 49.2) that answer nearly as well."""
    best = ranked[0]
    clause = best.hit.clause
    if not is_row(clause) or len(clause.path) < 3 or not clause.path[-2].isdigit():
        return []
    several = understood.kind is QuestionKind.COMPARE or _SEVERAL.search(understood.question)
    least = (_LINE_OF_SEVERAL if several else _LINE) * best.score
    return [r for r in ranked[1:] if r.hit.clause.path[:-1] == clause.path[:-1] and r.score >= least]


def _doubled(understood: Understood, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The second clause that speaks of the same thing, where the question doubts which of two holds."""
    if understood.kind is QuestionKind.COMPARE or not _DOUBTED.search(understood.question):
        return []
    best = ranked[0]
    near = [r for r in ranked[1:6] if r.covered >= 0.75 * best.covered and r.score >= 0.75 * best.score]
    return near[:1]


def _as_ranked(clauses: Iterable[Clause], ranked: Sequence[Ranked], view: NoticeView) -> tuple[Ranked, ...]:
    known = {r.hit.clause.id: r for r in ranked}
    return tuple(known.get(c.id) or Ranked(Hit(c, view.record, 0.0), 0.0, 1.0) for c in clauses)
