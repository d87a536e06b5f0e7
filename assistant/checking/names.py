"""Public bodies with their roles, and places, as sentences and clauses name them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.bodies import core_name, mentions
from assistant.checking.mention import Mention
from assistant.checking.plain import before, plain
from assistant.places import find_place, lowest_place, region_forms, short_form, unlisted_names
from assistant.types import Role

_SUFFIX = (
    r"管委会|委员会|办公室|办公厅|领导小组|指挥部|检察院|法院|总队|支队|大队|工会|联合会|人民政府|政府"
    r"|(?<![布格结大全当])局|厅|集团|公司|银行|委|办|科|处"
)
#: What stands before a body's name, and what may follow a short ending such as 委 or 办.
_AFTER = r"(?=[、,;:。)(和与及等牵会负配的按根在要应将为主组承]|同[市区县各]|$)"
_TAIL = re.compile(rf"[\u4e00-\u9fff]{{2}}(?:{_SUFFIX}){_AFTER}")
_LEVEL = re.compile(r"^(?:市|区|县|省)(?!级)")

_LABEL = re.compile(r"(牵头|责任|配合|主办|协办|参与|承办|主管)(?:责任)?(?:单位|部门|科室|机构)?[:为是]$")
_LABELLED = re.compile(
    r"(?:^|[;。,(【\[|])\s*((?:牵头|责任|配合|主办|协办|参与|承办|主管)(?:责任)?(?:单位|部门|科室|机构)?)[:为是]([^;。)】\]|]*)$"
)
_DOES = re.compile(
    r"(?:等|[、和与及][^,;。:]{2,30}?)?(?:部门|单位)?(?:共同|具体|分别|统筹)?(牵头|负责|配合|协助|参与|主管|主办|协办)"
)
_ROLES: Mapping[str, Role] = {
    "牵头": Role.LEAD, "主办": Role.LEAD, "主管": Role.LEAD, "配合": Role.SUPPORT, "协办": Role.SUPPORT,
    "协助": Role.SUPPORT, "参与": Role.SUPPORT, "责任": Role.RESPONSIBLE, "负责": Role.RESPONSIBLE,
    "承办": Role.RESPONSIBLE,
}  # fmt: skip
#: What a clause must say of a body for a sentence to give it a role.
ALLOWED: Mapping[Role, frozenset[Role]] = {
    Role.LEAD: frozenset({Role.LEAD}),
    Role.SUPPORT: frozenset({Role.SUPPORT}),
    Role.RESPONSIBLE: frozenset({Role.LEAD, Role.RESPONSIBLE}),
}


def bodies(text: str, known: Collection[str]) -> Iterator[Mention[str]]:
    """The bodies that a plain text names, in order: `known` ones whole, others by how names of bodies end."""
    taken: list[tuple[int, int]] = []
    for match in _names_pattern(frozenset(known)).finditer(text) if known else ():
        if mentions(text[match.start() : match.end() + 4], match.group()):
            taken.append(match.span())
    for match in _TAIL.finditer(text):
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            taken.append(match.span())
    for start, end in sorted(taken):
        yield Mention(text[start:end], text, start, end)


def same_body(one: str, other: str) -> bool:
    """True for two forms of one body's name: 市发展改革委 and 发展改革委员会; never 市政府 and 区政府."""
    if core_name(one) != core_name(other):
        return False
    levels = [m.group() for m in (_LEVEL.match(one), _LEVEL.match(other)) if m]
    return len(set(levels)) < 2


def names_body(texts: Iterable[str], name: str) -> bool:
    """True when one of the plain `texts` names the body, in this or another form of its name."""
    bare = _LEVEL.sub("", name)
    forms = {name, bare, core_name(name)} | {f.replace("委", "委员会") for f in (bare,) if f.endswith("委")}
    for text in texts:
        if mentions(text, name):
            return True
        for form in forms:
            for match in re.finditer(re.escape(form), text):
                level = text[max(0, match.start() - 1) : match.start()]
                same = name in (form, bare) or level not in "市区县省" or level == name[0]
                if same and mentions(text[match.start() : match.end() + 4], form):
                    return True
    return False


def role_of(mention: Mention[str]) -> Role | None:
    """The role that the words around a body give it: 牵头单位：X, X牵头, X、Y配合; None without any."""
    label = _LABELLED.search(before(mention.text, mention.start, 160, stops=";。|"))
    if label is None:
        label = _LABELLED.search("|" + before(mention.text, mention.start, 160, stops=";。|"))
    if label is not None:
        return _ROLES[label.group(1)[:2]]
    does = _DOES.match(mention.text, mention.end)
    return _ROLES[does.group(1)] if does else None


def places(text: str, known: Collection[str]) -> Iterator[Mention[str]]:
    """The places that a plain text names, in order: `known` forms of regions and those of the gazetteer."""
    longest = max((len(form) for form in known), default=0)
    at = 0
    while at < len(text):
        name = next(
            (
                text[at : at + n]
                for n in range(max(11, longest), 1, -1)
                if text[at : at + n] in known
                or (n <= 11 and len(text) - at >= n and find_place(text[at : at + n]))
            ),
            None,
        )
        if name is None or text[at + len(name) : at + len(name) + 1] in tuple("路街湾港湖山江河站桥寺"):
            at += 1
            continue
        yield Mention(name, text, at, at + len(name))
        at += len(name)
    for name in unlisted_names(text):
        if name not in known and find_place(name) is None:
            yield Mention(name, text, (start := text.find(name)), start + len(name))


def names_place(texts: Sequence[str], region: str | None, name: str) -> bool:
    """True when a plain text names the place in some form, or the notice's region lies in it."""
    if any(form in text for form in {name, short_form(name)} for text in texts):
        return True
    if region is None:
        return False
    place, held = find_place(name), lowest_place(region)
    return name in region_forms(region) or (place is not None and held is not None and held.within(place))


@lru_cache(maxsize=8)
def _names_pattern(known: frozenset[str]) -> re.Pattern[str]:
    names = sorted({plain(n) for n in known if len(n) >= 2}, key=lambda n: (-len(n), n))
    return re.compile("|".join(re.escape(n) for n in names) or r"(?!)")
