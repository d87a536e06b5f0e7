"""Every clause that charges a public body with something: from the columns, never from a top k."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.attachments import stands_in
from assistant.bodies import Body, is_same_body, mentions
from assistant.groups import group_number, number_asked
from assistant.types import Part, Role, Understood
from assistant.vocabulary import NoticeView
from ingest.notice import Clause, ClauseKind

_TOGETHER = re.compile(r"同时|都有|均有")


def charged_clauses(understood: Understood, view: NoticeView) -> tuple[Clause, ...]:
    """The clauses of a notice that charge the bodies asked for, in document order.

    A body counts by its whole name. Where the question names an attachment, a group of its table, the table
    or the running text, a role (牵头, 配合), 单独 or 同时, only such clauses are taken. Running text without
    a list of bodies counts when it names one of them.
    """
    return tuple(
        c
        for c in view.clauses
        if in_place(understood, c, view) and _charges(understood, c, view.bodies[c.id])
    )


def in_place(understood: Understood, clause: Clause, view: NoticeView) -> bool:
    """True when a clause stands in the attachment, the group of a table and the part that are asked for."""
    labels = understood.filters.attachments or {n for i, n in understood.hinted if i == view.record.id}
    if (labels or understood.hinted) and not stands_in(clause, labels):
        return False
    row = clause.kind is ClauseKind.ROW
    if (understood.part is Part.TABLE and not row) or (understood.part is Part.BODY and row):
        return False
    group = number_asked(understood.question)
    return group is None or group_number(clause) == group


def _charges(understood: Understood, clause: Clause, bodies: Sequence[Body]) -> bool:
    if not bodies:
        listed = clause.kind is ClauseKind.ROW or understood.role is not None
        return not listed and any(mentions(clause.text, unit) for unit in understood.units)
    named = [b for b in bodies if any(is_same_body(b.name, unit) for unit in understood.units)]
    if not named or (_TOGETHER.search(understood.question) and len(named) < len(understood.units)):
        return False
    if understood.alone and len(_with_role(bodies, understood.role)) > len(named):
        return False
    return bool(_with_role(named, understood.role))


def _with_role(bodies: Sequence[Body], role: Role | None) -> list[Body]:
    """The bodies that have `role`; 责任 fits every role, because the column does not tell them apart."""
    return [b for b in bodies if role is None or b.role in (role, Role.RESPONSIBLE)]
