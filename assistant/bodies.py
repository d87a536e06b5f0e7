"""Public bodies: which a clause names and in what role, and which a question means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.types import Role
from assistant.wording import readable
from index.lexicon import load_lexicon
from ingest.notice import Clause

#: Columns of responsibility tables, by what stands in their head.
_COLUMN = re.compile(r"单位|部门|机构|责任主体|责任人|牵头|配合|主管")
#: A column called just 单位 holds units of measurement, unless what stands in it ends as bodies do.
_MEASURES = re.compile(r"^(?:计量|指标|数量)?单位$")
_BODY_END = re.compile(r"(?:[局委办院厅府会处队所]|公司|集团|中心|部门?)$")
_SUPPORT = re.compile(r"配合|协办|协助|参与|协同|参加")
_LEAD = re.compile(r"牵头|主办|主管")

#: （责任单位：市住建局、市水利局） at the end of an item.
_TRAILER = re.compile(
    r"[（(\[【]?\s*((?:牵头|配合|责任|主办|协办|承办|参与)(?:单位|部门)?)\s*[:：]\s*([^）)\]】。;；]+)"
)
_SEPARATOR = re.compile(r"[、，,;；\n]|(?<=[局委办院会厅])[和及](?=[市区县省各])")

#: A rule that notices print below a table: the first body named leads.
_FIRST_LEADS = re.compile(r"(?:排列?|列)?(?:在)?第一[位个]?的?(?:单位|部门)?(?:为|是)牵头")

#: What a body's name ends with; used only for bodies that no column lists.
_NAME = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:管委会|人大常委会|政府办公室|办公室|委员会|领导小组|总工会|工会|联合会|妇联|团委|检察院|法院|电力局|集团|公司"
    r"|[^大格布结]局|组织部|宣传部|统战部|纪委|监委|发改委|经信委|农办|治水办|编办|编委办|政协|人行|银监局|供电公司)"
)
#: What a short name of one body ends with; 市里 and 上头 name nobody.
_SHORT_NAME = re.compile(r"[局委办部厅院会所队社联]$")

_SECTION = re.compile(r"[\u4e00-\u9fff]{1,8}[科处股]")
#: Those below the city, whom running text charges without naming each.
_LEVELS = re.compile(r"乡镇|街道|各县区|各县\(市、区\)")


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in a clause: its whole name as printed, and its role there."""

    name: str
    role: Role


def bodies_of(clause: Clause, *, first_leads: bool = False) -> tuple[Body, ...]:
    """The bodies that a clause's columns or its （责任单位：…） name, in order, each once.

    With `first_leads` (see `states_first_leads`) the first of several responsible bodies is the lead.
    """
    found: list[Body] = []
    for head, value in _responsibilities(clause):
        role = _role(head)
        names = [
            n
            for n in (part.strip(" 等") for part in _SEPARATOR.split(value))
            if n and n not in {"-", "—", "——"}
        ]
        for position, name in enumerate(names):
            lead = first_leads and role is Role.RESPONSIBLE and position == 0
            found.append(Body(re.sub(r"\s+", "", name), Role.LEAD if lead else role))
    return tuple(
        {body.name: body for body in reversed(found)}[name] for name in dict.fromkeys(b.name for b in found)
    )


def _responsibilities(clause: Clause) -> Iterable[tuple[str, str]]:
    """(column or label, names) pairs of a clause."""
    for column, value in (clause.fields or {}).items():
        if value and is_body_column(column, value):
            yield column, value
    if not any(is_body_column(column, value) for column, value in (clause.fields or {}).items()):
        for match in _TRAILER.finditer(clause.text):
            yield match.group(1), match.group(2)


def _role(head: str) -> Role:
    if _SUPPORT.search(head) and not _LEAD.search(head):
        return Role.SUPPORT
    return Role.LEAD if _LEAD.search(head) else Role.RESPONSIBLE


def is_body_column(column: str, value: str) -> bool:
    """True for a cell that lists bodies (责任单位, 牵头单位, 配合部门), not for units of measurement."""
    if column == "group" or not _COLUMN.search(column):
        return False
    return not _MEASURES.match(column) or bool(_BODY_END.search(value.strip()))


def first_leads_rule(clauses: Iterable[Clause]) -> Clause | None:
    """The clause in which a notice states that the first body of a list leads, or None."""
    short = (c for c in clauses if len(c.text) < 200)
    return next((c for c in short if _FIRST_LEADS.search(readable(c.text).replace(" ", ""))), None)


def states_first_leads(clauses: Iterable[Clause]) -> bool:
    """True when a notice states that the first body of a list leads."""
    return first_leads_rule(clauses) is not None


def trailer_span(text: str) -> tuple[int, int] | None:
    """Where （责任单位：…） stands in a clause's text, brackets included, or None."""
    match = _TRAILER.search(text)
    if match is None:
        return None
    end = match.end()
    return match.start(), end + 1 if text[end : end + 1] in "）)]】" else end


def name_forms(name: str) -> tuple[str, ...]:
    """The forms in which people name a body: 市总工会, 总工会, 工会. Whole names only, never a part."""
    forms = [name]
    bare = re.sub(r"^(?:市|区|县|省)(?!级)", "", name)
    if len(bare) >= 2:
        forms.append(bare)
    if bare.startswith("总") and len(bare) > 2:
        forms.append(bare[1:])
    return tuple(dict.fromkeys(forms))


def bodies_named(question: str, known: Mapping[str, int]) -> tuple[str, ...]:
    """The `known` bodies (name → how many clauses name it) that a question names, longest form first.

    A form inside a longer one that also matches is not taken (市政府 in 市政府办公室).
    """
    forms: dict[str, str] = {}
    for name in sorted(known, key=lambda n: (-known[n], n)):
        for form in name_forms(name):
            forms.setdefault(form, name)
    taken: list[tuple[int, int, str]] = []
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        for match in re.finditer(re.escape(form), question):
            if all(match.end() <= a or match.start() >= b for a, b, _ in taken):
                taken.append((match.start(), match.end(), forms[form]))
    return tuple(dict.fromkeys(name for _, _, name in sorted(taken)))


def bodies_abbreviated(question: str, known: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """(as asked, `known` name) for bodies that a question names by a short form or another name.

    卫健委 is 卫生健康委员会; 环保局 and 生态环境局 name one body before and after a reform.
    """
    by_core: dict[str, list[str]] = {}
    for name in sorted(known):
        by_core.setdefault(core_name(name), []).append(name)
    found: list[tuple[str, str]] = []
    for match in load_lexicon().matches(question):
        if match.entry.kind == "department" and _SHORT_NAME.search(match.entry.lay):
            for official in (match.entry.lay, *match.entry.official):
                found += [(match.entry.lay, name) for name in by_core.get(core_name(official), [])]
    return tuple(dict.fromkeys(found or _by_earlier_names(question, by_core)))


def _by_earlier_names(question: str, by_core: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """As `bodies_abbreviated`, for a name of today in the question and an earlier or short one in a notice:
    who asks for the 生态环境局 means the 环保局 of a notice of 2018."""
    for entry in load_lexicon().entries():
        if entry.kind != "department" or not _SHORT_NAME.search(entry.lay):
            continue
        for asked in entry.official:
            if _SHORT_NAME.search(asked) and asked in question:
                for other in (entry.lay, *entry.official):
                    yield from ((asked, name) for name in by_core.get(core_name(other), []))


def core_name(name: str) -> str:
    """A body's name without its level and in its shortest ending: 市卫生健康委员会 → 卫生健康委."""
    bare = re.sub(r"^(?:市|区|县|省)(?!级)", "", name)
    return bare.replace("委员会", "委").replace("办公室", "办")


def body_like_names(question: str) -> tuple[str, ...]:
    """Names in a question that end as public bodies do, for those that no column lists; tails of them too.

    上虞区财政局 gives 上虞区财政局, 虞区财政局, 区财政局, … so that the caller can take the longest it knows.
    """
    names = [m.group(0) for m in _NAME.finditer(question)] + _LEVELS.findall(question)
    return tuple(dict.fromkeys(name[at:] for name in names for at in range(max(1, len(name) - 2))))


def is_same_body(name: str, asked: str) -> bool:
    """True for the body asked for and for a section of it (市教育局基教科); not for 市政府办公室."""
    section = name.removeprefix(asked)
    return not section or (section != name and bool(_SECTION.fullmatch(section)))


#: What makes the name before it another body's; 组织, 办理, 部署 and 处理 are what the body does.
_GOES_ON = re.compile(
    r"办(?![理法事好])|局|委(?!托)|分局|部(?![署门分])|处(?![理置罚])|组(?![织建成])|研究[院所室中]"
)


def mentions(text: str, name: str) -> bool:
    """True when `text` names the body `name` whole: 市政府 does not stand in 市政府办公室."""
    return any(not _GOES_ON.match(text, match.end()) for match in re.finditer(re.escape(name), text))


def count_bodies(clauses: Iterable[Sequence[Body]]) -> dict[str, int]:
    """How many clauses name each body."""
    counts: dict[str, int] = {}
    for bodies in clauses:
        for body in bodies:
            counts[body.name] = counts.get(body.name, 0) + 1
    return counts
