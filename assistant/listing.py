"""Lists by a condition on the catalogue's fields: all that is due by a deadline, all rows of a group.

Complete, and therefore counted; never from a top k. A question with a subject of its own
(哪些水利项目2020年完成) is no such list: which rows speak of a subject is a judgement, left to the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.attachments import attachment_of, depth_of_attachment
from assistant.charges import charged_clauses, in_place
from assistant.deadlines import without_deadline
from assistant.dues import Due, first_year, stated_by_row, stated_by_text, year_meant
from assistant.groups import group_name, groups_named, number_asked, without_groups
from assistant.places import region_forms, without
from assistant.sentences import Sentence
from assistant.types import Deadline, QuestionKind, Understood
from assistant.vocabulary import NoticeView
from assistant.wording import STOP_WORDS, comparable, words
from index.types import NoticeRecord
from ingest.notice import Clause, ClauseKind

#: What is listed, and how: no subject.
_NO_SUBJECT = re.compile(
    r"(?:重点|主要|所有|全部|一共)?(?:项目|工作|事项|任务|工程|行动|计划|指标|措施)|重点|主要|所有|全部|一共|部分|附件|附表|表格"
    r"|分别|之内|以内|必须|务必|应当|目前|明确|安排|承担|参与|牵头|配合|落实|单位|今年|[一这那]+[组类批]"
)
_LISTS = frozenset({QuestionKind.LIST, QuestionKind.UNIT_TASKS})


@dataclass(frozen=True, slots=True)
class Listed:
    """One item: a clause, when it is `due` where that is asked; of running text the sentences that say so."""

    clause: Clause
    record: NoticeRecord
    due: Due | None = None
    said: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """All items that meet the condition, by notice and due date, in document order.

    `nearest` are, where none does, those due next before and after it; `standing` and `undated` count rows
    left out because they go on (长期, 每年) or because their column of time holds no date.
    """

    items: tuple[Listed, ...]
    nearest: tuple[Listed, ...] = ()
    standing: int = 0
    undated: int = 0


def listing(understood: Understood, views: Sequence[NoticeView]) -> Listing | None:
    """What the question lists in these notices; None where it lists by no deadline or group, names a subject
    besides, or the notices state neither."""
    if understood.kind not in _LISTS:
        return None
    rows = [c for view in views for c in _asked(understood, view) if c.kind is ClauseKind.ROW]
    groups = groups_named(understood.question, rows)
    by_group = bool(groups) or (number_asked(understood.question) is not None)
    if understood.deadline is None and (not by_group or understood.units or understood.years):
        return None
    views = _speaking_of(_subject(understood, sorted(groups)), views)
    within = {c.id for c in rows if not groups or group_name(c) in groups} if by_group else None
    if understood.deadline is not None:
        return _due(understood, understood.deadline, views, within)
    items = [Listed(c, view.record) for view in views for c in view.clauses if within and c.id in within]
    return Listing(tuple(items)) if items else None


def _asked(understood: Understood, view: NoticeView) -> Iterator[Clause]:
    """The clauses of a notice in the place asked for; of the bodies where the question names any."""
    if understood.units:
        yield from charged_clauses(understood, view)
        return
    yield from (c for c in view.clauses if c.kind is not ClauseKind.HEADING and in_place(understood, c, view))


def _subject(understood: Understood, groups: Sequence[str]) -> list[str]:
    """The words of the question that name neither condition, region, group nor body."""
    bodies = [*understood.units, *(asked for asked, _ in understood.aliases)]
    text = without(understood.question, bodies)
    text = without(text, [form for scope in understood.scopes for form in region_forms(scope.name)])
    said = words(without_groups(without_deadline(text), groups))
    return [w for w in said if len(w) > 1 and w not in STOP_WORDS and not _NO_SUBJECT.fullmatch(w)]


def _speaking_of(subject: Sequence[str], views: Sequence[NoticeView]) -> list[NoticeView]:
    """The notices in whose titles or columns (小区名称) all these words stand; none where the question has a
    subject that none of them names."""
    return [view for view in views if all(word in _titles(view) for word in subject)]


def _titles(view: NoticeView) -> str:
    columns = {name for clause in view.clauses for name in clause.fields or {}}
    return comparable("，".join([view.record.card.title, *view.attachments.values(), *sorted(columns)]))


def _due(
    understood: Understood, deadline: Deadline, views: Sequence[NoticeView], within: set[str] | None
) -> Listing | None:
    """Everything due within the deadline. None where none is met and no column of time says
    so for all: running text and cells that cannot be read prove nothing."""
    asked = [(c, v) for v in views for c in _asked(understood, v) if within is None or c.id in within]
    if _asks_for_projects(understood) and any(_of_projects(c, v) for c, v in asked):
        asked = [(c, v) for c, v in asked if _of_projects(c, v)]
    found: list[Listed] = []
    standing = undated = 0
    for clause, view in asked:
        stated = stated_by_row(clause.fields or {}, _year_meant(clause, view))
        if stated is None:
            found += _said(clause, view, deadline)
        elif stated.due is not None:
            found.append(Listed(clause, view.record, stated.due))
        standing += stated is not None and stated.standing
        undated += stated is not None and stated.due is None and not stated.standing
    meeting = [item for item in found if item.due is not None and item.due.meets(deadline)]
    readable = any(not item.said for item in found) and not undated
    if not meeting and not readable:
        return None
    return Listing(_by_due(meeting, views), () if meeting else _nearest(found, deadline), standing, undated)


def _year_meant(clause: Clause, view: NoticeView) -> int | None:
    """The year that dates without one mean: of the attachments a clause stands in, else of its notice."""
    labels = clause.path[: depth_of_attachment(clause)]
    titles = [view.attachments.get("".join(labels[: n + 1]), "") for n in range(len(labels))]
    return year_meant(view.record.card, [*titles, *clause.headings])


def _said(clause: Clause, view: NoticeView, deadline: Deadline) -> list[Listed]:
    """The deadlines that running text (or a row without a column of time) states: those met as one item with
    its last one, else each by itself."""
    texts = {"": clause.text}
    if clause.kind is ClauseKind.ROW:
        texts = {name: value for name, value in (clause.fields or {}).items() if name != "group"}
    first = first_year(view.record.card)
    year = _year_meant(clause, view)
    stated = [found for text in texts.values() for found in stated_by_text(text, year, first)]
    met = [(sentence, due) for sentence, due in stated if due.meets(deadline)]
    if not met:
        return [Listed(clause, view.record, due, (sentence,)) for sentence, due in stated]
    said = tuple({sentence.text: sentence for sentence, _ in met}.values())
    return [Listed(clause, view.record, max((due for _, due in met), key=lambda due: due.end), said)]


def _asks_for_projects(understood: Understood) -> bool:
    """True where the question, or the topic it goes on with, is of projects."""
    carried = (term.word for term in understood.terms if term.carried)
    return any("项目" in text for text in (understood.question, *carried))


def _of_projects(clause: Clause, view: NoticeView) -> bool:
    """True for a row of a table of projects, by its columns or its title."""
    if clause.kind is not ClauseKind.ROW:
        return False
    title = view.attachments.get(attachment_of(clause), "")
    return "项目" in title or any("项目" in name for name in clause.fields or {})


def _nearest(found: Sequence[Listed], deadline: Deadline) -> tuple[Listed, ...]:
    """The items due last before the deadline and first after it."""
    asked = (deadline.year, deadline.month or 12)
    ends = {item.due.end for item in found if item.due}
    before = max((end for end in ends if end <= asked), default=None)
    after = min((end for end in ends if end > asked), default=None)
    return tuple(item for end in (before, after) if end for item in found if item.due and item.due.end == end)


def _by_due(items: Sequence[Listed], views: Sequence[NoticeView]) -> tuple[Listed, ...]:
    """By notice, then by due date; of one date in document order."""
    order = {view.record.id: number for number, view in enumerate(views)}
    return tuple(
        sorted(
            items,
            key=lambda i: (order[i.record.id], i.due.end if i.due else (0, 0), i.due.label if i.due else ""),
        )
    )


def nothing_due(understood: Understood, found: Listing) -> str:
    """That nothing is due within the deadline, with what is due next to it (最近的是2020年的13项)."""
    counts: dict[str, int] = {}
    for item in sorted(found.nearest, key=lambda item: item.due.end if item.due else (0, 0)):
        if item.due is not None:
            counts[item.due.label] = counts.get(item.due.label, 0) + 1
    nearest = "、".join(f"{label}的{count}项" for label, count in counts.items())
    return f"没有写明{condition_label(understood)}完成的事项；最近的是{nearest}"


def condition_label(understood: Understood) -> str:
    """What is listed by, in words: 市水务局牵头、2024年底前."""
    who = "、".join(understood.units) + (
        understood.role.value if understood.role and understood.units else ""
    )
    parts = [who, understood.deadline.label if understood.deadline else ""]
    return "、".join(part for part in parts if part)
