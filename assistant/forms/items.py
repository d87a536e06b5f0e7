"""Complete lists: every item that meets the condition, with a count; a body's tasks by its role."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.bodies import Body, is_same_body
from assistant.forms.shown import Shown
from assistant.types import AnswerForm, Citation, FormKind, Group, Role, Statement, Understood
from assistant.vocabulary import Vocabulary

_ORDER = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT, Role.MENTIONED)


def list_form(shown: Sequence[Shown], citations: Sequence[Citation]) -> AnswerForm:
    """All items in the order of the notice, with their count."""
    items = tuple(_item(one, citation) for one, citation in zip(shown, citations, strict=True))
    return AnswerForm(FormKind.ITEMS, f"共{len(items)}项：", groups=(Group("", items),), count=len(items))


def tasks_form(
    understood: Understood, shown: Sequence[Shown], citations: Sequence[Citation], vocabulary: Vocabulary
) -> AnswerForm:
    """Everything the bodies asked for are charged with, by role, with counts; one role needs no heading."""
    items: dict[Role, list[Statement]] = {}
    for one, citation in zip(shown, citations, strict=True):
        bodies = vocabulary.view(citation.notice_id).bodies[citation.clause.id]
        items.setdefault(role_in(understood, bodies), []).append(_item(one, citation))
    count = len(citations)
    groups = tuple(Group(role.value, tuple(items[role])) for role in _ORDER if role in items)
    return AnswerForm(
        FormKind.ITEMS,
        f"{'、'.join(understood.units)}共{count}项：",
        groups=groups,
        count=count,
        notes=tuple(f"问题中的“{asked}”，文件写作“{name}”。" for asked, name in understood.aliases),
    )


def role_in(understood: Understood, bodies: Sequence[Body]) -> Role:
    """The weightiest role that the bodies asked for have in a clause; MENTIONED where no list names them."""
    roles = {b.role for b in bodies if any(is_same_body(b.name, unit) for unit in understood.units)}
    return next((role for role in _ORDER if role in roles), Role.MENTIONED)


def _item(one: Shown, citation: Citation) -> Statement:
    return Statement(one.text.rstrip("。；;"), citation.marker, citation.clause.cite)
