"""What was understood, as chips that a person can strike out; and the question without those struck."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from assistant.types import Chip, ChipKind, QuestionKind, Scope, Understood
from assistant.understanding.question import query_of
from assistant.vocabulary import Vocabulary

_KINDS = {
    QuestionKind.FACT: "数字",
    QuestionKind.WHEN: "时间",
    QuestionKind.WHO: "责任单位",
    QuestionKind.TASK: "任务和要求",
    QuestionKind.LIST: "清单",
    QuestionKind.UNIT_TASKS: "部门的全部任务",
    QuestionKind.COMPARE: "比较",
}


def with_chips(understood: Understood, vocabulary: Vocabulary) -> Understood:
    """`understood` with its chips, in the order of reading: where, what, who, which form."""
    return replace(understood, chips=tuple(_chips(understood, vocabulary)))


def _chips(understood: Understood, vocabulary: Vocabulary) -> Iterator[Chip]:
    inherited = understood.inherited
    yield from _places(understood)
    yield from _parts(understood, vocabulary)
    if (deadline := understood.deadline) is not None:
        label = f"{deadline.label}（含）" if deadline.by else deadline.label
        yield Chip(ChipKind.DEADLINE, label, f"期限：{label}", carried=ChipKind.DEADLINE in inherited)
    for year in understood.years:
        if deadline is not None and year == deadline.year:
            continue
        yield Chip(ChipKind.YEAR, str(year), f"年份：{year}年", ChipKind.YEAR in inherited)
    for unit in understood.units:
        asked = next((asked for asked, name in understood.aliases if name == unit), unit)
        label = f"部门：{unit}" if asked == unit else f"部门：{unit}（问题写作{asked}）"
        yield Chip(ChipKind.UNIT, unit, label)
    if understood.role is not None:
        yield Chip(ChipKind.ROLE, understood.role.value, f"角色：{understood.role.value}")
    if understood.indicator is not None and understood.kind is QuestionKind.COMPARE:
        yield Chip(
            ChipKind.INDICATOR,
            understood.indicator,
            f"指标：{understood.indicator}",
            ChipKind.INDICATOR in inherited,
        )
    topic = [t.word for t in understood.terms if t.carried]
    if topic:
        yield Chip(ChipKind.TOPIC, "carried", "话题：" + "、".join(topic), carried=True)
    yield Chip(ChipKind.KIND, understood.kind.value, f"要的是：{_KINDS[understood.kind]}")


def _places(understood: Understood) -> Iterator[Chip]:
    for scope in understood.scopes:
        carried = ChipKind.PLACE in understood.inherited
        is_notice = scope.name.startswith("《")
        kind, label = (ChipKind.NOTICE, "文件") if is_notice else (ChipKind.PLACE, "地区")
        yield Chip(kind, scope.name, f"{label}：{scope.name}", carried)
    for name in understood.unknown_places:
        yield Chip(ChipKind.UNKNOWN_PLACE, name, f"地区：{name}（语料中没有）")


def _parts(understood: Understood, vocabulary: Vocabulary) -> Iterator[Chip]:
    """The attachment, address or part of a notice that is asked for."""
    for label in sorted(understood.filters.attachments):
        yield Chip(ChipKind.ATTACHMENT, label, f"附件：{label}")
    for notice_id, label in sorted(understood.hinted):
        if label not in understood.filters.attachments:
            title = vocabulary.view(notice_id).attachments.get(label, label)
            carried = ChipKind.ATTACHMENT in understood.inherited
            yield Chip(ChipKind.ATTACHMENT, f"{notice_id}/{label}", f"附件：{label} {title}", carried)
    if understood.address is not None:
        text = understood.address.text.strip()
        yield Chip(ChipKind.ADDRESS, text, f"位置：{text}")
    if understood.part is not None:
        yield Chip(ChipKind.PART, understood.part.value, f"部分：{understood.part.value}")


def without(understood: Understood, struck: frozenset[str], vocabulary: Vocabulary) -> Understood:
    """`understood` as if the parts whose chips have these ids had not been read into the question."""
    gone = [chip for chip in _chips(understood, vocabulary) if chip.id in struck]
    for chip in gone:
        understood = _without(understood, chip)
    return understood


def _without(understood: Understood, chip: Chip) -> Understood:
    return _STRIKES[chip.kind](understood, chip.value)


def _without_place(understood: Understood, name: str) -> Understood:
    return _in(understood, tuple(s for s in understood.scopes if s.name != name))


def _without_unknown_place(understood: Understood, name: str) -> Understood:
    places = tuple(p for p in understood.unknown_places if p != name)
    return _in(replace(understood, unknown_places=places), understood.scopes)


def _without_attachment(understood: Understood, value: str) -> Understood:
    filters = replace(understood.filters, attachments=understood.filters.attachments - {value})
    hinted = frozenset(h for h in understood.hinted if "/".join(h) != value)
    return replace(understood, hinted=hinted, filters=filters)


def _without_year(understood: Understood, value: str) -> Understood:
    return replace(understood, years=tuple(y for y in understood.years if str(y) != value))


def _without_deadline(understood: Understood, _value: str) -> Understood:
    """A list by a deadline is a plain list without it; its year was a part of it."""
    if understood.deadline is None:
        return understood
    years = tuple(y for y in understood.years if y != understood.deadline.year)
    return replace(understood, deadline=None, years=years)


def _without_unit(understood: Understood, name: str) -> Understood:
    units = tuple(unit for unit in understood.units if unit != name)
    tasks = understood.kind is QuestionKind.UNIT_TASKS and not units
    return replace(understood, units=units, kind=QuestionKind.TASK if tasks else understood.kind)


def _without_topic(understood: Understood, _value: str) -> Understood:
    terms = tuple(t for t in understood.terms if not t.carried)
    return replace(understood, terms=terms, query=query_of(understood.question, terms))


def _in(understood: Understood, scopes: tuple[Scope, ...]) -> Understood:
    """`understood` within `scopes`; what compared several regions is a plain question of one."""
    notices = frozenset(n for s in scopes for n in s.notices)
    hinted = frozenset(h for h in understood.hinted if not notices or h[0] in notices)
    several = len(scopes) + len(understood.unknown_places) > 1
    kind = understood.kind
    if kind is QuestionKind.COMPARE and not several:
        kind = QuestionKind.FACT
    filters = replace(understood.filters, notices=notices)
    return replace(understood, scopes=scopes, hinted=hinted, kind=kind, filters=filters)


_STRIKES: Mapping[ChipKind, Callable[[Understood, str], Understood]] = {
    ChipKind.PLACE: _without_place,
    ChipKind.NOTICE: _without_place,
    ChipKind.UNKNOWN_PLACE: _without_unknown_place,
    ChipKind.ATTACHMENT: _without_attachment,
    ChipKind.ADDRESS: lambda understood, _: replace(understood, address=None),
    ChipKind.PART: lambda understood, _: replace(understood, part=None),
    ChipKind.YEAR: _without_year,
    ChipKind.DEADLINE: _without_deadline,
    ChipKind.UNIT: _without_unit,
    ChipKind.ROLE: lambda understood, _: replace(understood, role=None, alone=False),
    ChipKind.INDICATOR: lambda understood, _: replace(understood, indicator=None),
    ChipKind.TOPIC: _without_topic,
    ChipKind.KIND: lambda understood, _: replace(understood, kind=QuestionKind.TASK, wants=frozenset()),
}
