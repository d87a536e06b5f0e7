"""Shares that are said another way round: 80%的村建成图书室, and several rates that reach “五个100%”."""

from __future__ import annotations

import re

from .names import is_measured

_HAN = {digit: number for number, digit in enumerate("二三四五六七八九十", start=2)} | {"两": 2}
_SEVERAL = re.compile(rf"(?:达到|实现|均为|力争|确保)?[“\"]?(?P<count>[{''.join(_HAN)}])个$")
_SCOPE = re.compile(r"^全[市省区县]")
_JOINED = re.compile(r"、|和|及|以及")
_DONE = re.compile(
    r"^的(?P<of>.{2,20}?(?:建成|达到|完成|实现|开展|通过|创建|设立|配备|建立|纳入|具备|用上|接入).{2,})$"
)


def share_of(after: str) -> str:
    """What a share is of, from the words behind it (的村建成图书室), or nothing."""
    match = _DONE.match(after)
    return match["of"] if match and not re.search(r"\d", match["of"]) else ""


def several_rates(before: str) -> tuple[str, ...]:
    """The rates, listed before 五个, that all reach the figure behind it; none unless there are as many."""
    several = _SEVERAL.search(before)
    if several is None:
        return ()
    listed = _SCOPE.sub("", before[: several.start()])
    names = tuple(name for name in _JOINED.split(listed) if name)
    whole = len(names) == _HAN[several["count"]] and all(map(is_measured, names))
    return names if whole else ()
