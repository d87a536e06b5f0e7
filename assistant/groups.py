"""The groups of a table that a question names: 第二组, 附件2第三部分, 大气治理类."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.addresses import number_of
from assistant.attachments import depth_of_attachment
from assistant.wording import comparable
from ingest.notice import Clause

_NUMBER = re.compile(r"第([\d一二三四五六七八九十]+)个?(?:大类|部分|板块|组|类)")
_LABEL = re.compile(r"^[（(]?[一二三四五六七八九十]+[)）]?[、.．]?\s*")
_QUOTES = re.compile(r"[“”\"'‘’「」《》\s]")
#: What a group is called after its subject; questions leave it out.
_TAIL = re.compile(r"(?:重点)?(?:项目|任务|工程|工作|指标)$|类$")
#: A shorter name is a word of every question.
_SHORTEST = 3


def number_asked(question: str) -> int | None:
    """The number of the group that a question names (第二组), or None."""
    match = _NUMBER.search(question)
    return number_of(match.group(1)) if match else None


def group_number(clause: Clause) -> int | None:
    """The number of the table group that a row stands in (附件1/六/74 → 6), or None."""
    inside = clause.path[depth_of_attachment(clause) :]
    if len(inside) < 2 or inside[0].isdigit():
        return None
    return number_of(inside[0].strip("（）"))


def group_name(clause: Clause) -> str:
    """The name of a row's group as printed; empty without one."""
    return (clause.fields or {}).get("group") or ""


def groups_named(question: str, rows: Sequence[Clause]) -> frozenset[str]:
    """The groups of `rows` whose name stands in `question`, whole or without its label and kind; the longest
    of several."""
    said = _QUOTES.sub("", comparable(question))
    found: dict[str, int] = {}
    for name in dict.fromkeys(map(group_name, rows)):
        whole = bare_name(name)
        forms = (whole, _TAIL.sub("", whole))
        found[name] = max((len(f) for f in forms if len(f) >= _SHORTEST and f in said), default=0)
    longest = max(found.values(), default=0)
    return frozenset(name for name, length in found.items() if length == longest > 0)


def without_groups(question: str, names: Sequence[str]) -> str:
    """`question` in comparable form with commas in place of its groups' numbers and names."""
    text = _NUMBER.sub("，", _QUOTES.sub("", comparable(question)))
    for name in names:
        for form in (bare_name(name), _TAIL.sub("", bare_name(name))):
            text = text.replace(form, "，") if form else text
    return text


def bare_name(name: str) -> str:
    """A group's name in comparable form without its label and quotes."""
    return _QUOTES.sub("", comparable(_LABEL.sub("", name)))
