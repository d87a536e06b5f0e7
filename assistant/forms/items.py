"""Complete lists: every item that meets the condition, with a count; a body's tasks by its role."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.bodies import Body, is_same_body
from assistant.forms.shown import Part, Shown, show
from assistant.groups import group_name
from assistant.listing import Listed, Listing, condition_label
from assistant.types import AnswerForm, Citation, FormKind, Group, Role, Statement, Understood
from assistant.vocabulary import Vocabulary
from assistant.wording import readable

_ORDER = (Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT, Role.MENTIONED)


def list_form(shown: Sequence[Shown], citations: Sequence[Citation]) -> AnswerForm:
    """All items in the order of the notice, with their count."""
    items = tuple(_item(one, citation) for one, citation in zip(shown, citations, strict=True))
    return AnswerForm(FormKind.ITEMS, f"共{len(items)}项：", groups=(Group("", items),), count=len(items))


def show_listed(understood: Understood, listed: Listed, budget: int) -> Shown:
    """What a list shows of an item: of running text the sentences that state the deadline, of a row its
    cells."""
    if listed.said:
        said = listed.said
        return Shown(tuple(Part(readable(s.text)) for s in said), said[0].text)
    return show(understood, listed.clause, budget)


def listing_form(
    understood: Understood, found: Listing, shown: Sequence[Shown], citations: Sequence[Citation]
) -> AnswerForm:
    """All items that meet the condition, counted: by due date or by the group of the table, of several
    notices each by itself. What was left out because it has no end is said."""
    several = len({item.record.id for item in found.items}) > 1
    groups: dict[str, list[Statement]] = {}
    for item, one, citation in zip(found.items, shown, citations, strict=True):
        label = f"《{citation.title}》{_label(item)}" if several else _label(item)
        groups.setdefault(label, []).append(_item(one, citation))
    count = len(citations)
    condition = condition_label(understood)
    lead = f"{condition}完成的共{count}项：" if understood.deadline else f"共{count}项："
    return AnswerForm(
        FormKind.ITEMS,
        lead,
        groups=tuple(Group(label, tuple(items)) for label, items in groups.items()),
        count=count,
        notes=(*_left_out(found), *_aliases(understood)),
    )


def _label(item: Listed) -> str:
    """When an item is due, or the group of the table that it stands in."""
    return item.due.label if item.due else group_name(item.clause)


def _left_out(found: Listing) -> list[str]:
    notes = []
    if found.standing:
        notes.append(f"另有{found.standing}项写明长期、每年或每季度等，没有完成期限，未列入。")
    if found.undated:
        notes.append(f"另有{found.undated}项的时间栏读不出年份，未列入，请看原表。")
    return notes


def _aliases(understood: Understood) -> list[str]:
    return [f"问题中的“{asked}”，文件写作“{name}”。" for asked, name in understood.aliases]


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
        notes=tuple(_aliases(understood)),
    )


def role_in(understood: Understood, bodies: Sequence[Body]) -> Role:
    """The weightiest role that the bodies asked for have in a clause; MENTIONED where no list names them."""
    roles = {b.role for b in bodies if any(is_same_body(b.name, unit) for unit in understood.units)}
    return next((role for role in _ORDER if role in roles), Role.MENTIONED)


def _item(one: Shown, citation: Citation) -> Statement:
    return Statement(one.text.rstrip("。；;"), citation.marker, citation.clause.cite)
