"""Years and dates, as sentences, clauses and cards print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.checking.mention import Mention
from assistant.checking.plain import after, before

_DATE = re.compile(
    r"(?<![\d.])(?:"
    r"(?P<y1>(?:19|20)\d{2})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})(?!\d)"
    r"|(?P<y>(?:19|20)\d{2})(?:年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?|(?=(?:-|—+|~|至|到)(?:19|20)\d{2}(?!\d))|(?=[:;,、。)(\]]|$))"
    r"|(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})日)?"
    r")(?P<part>年?[底末初]|上半年|下半年|上旬|中旬|下旬)?(?P<bound>[以之]?前(?![期十列])|[以之]?后(?!续)|起)?"
)
_PLAN = re.compile(r"十[一二三四五六]五")
_FREQUENCY = re.compile(r"每(?:半|两|个)?(?:年|月|季度?|周|日|天)")


@dataclass(frozen=True, slots=True)
class Date:
    """A year, month and day as far as they are said; `part` is 底, 初, 上半年 …, `bound` 前, 后 or 起."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    bound: str = ""
    words: str = ""

    def said_by(self, other: Date) -> bool:
        """True when `other` says at least what this says; a part or bound that is left out is no fault."""
        return all(
            mine in (None, "") or mine == theirs
            for mine, theirs in (
                (self.year, other.year),
                (self.month, other.month),
                (self.day, other.day),
                (self.part, other.part),
                (self.bound, other.bound),
                (self.words, other.words),
            )
        )


def dates(text: str) -> Iterator[Mention[Date]]:
    """The dates of a plain text, in order: years, months, days, 十四五, 每年."""
    found = [_date(match, text) for match in _DATE.finditer(text)]
    for pattern in (_PLAN, _FREQUENCY):
        found += [
            Mention(Date(words=m.group().replace("个", "")), text, m.start(), m.end())
            for m in pattern.finditer(text)
        ]
    yield from sorted(found, key=lambda mention: mention.start)


def governing_date(text: str, at: int) -> Date | None:
    """The year for which a figure at `at` is said: the last one before it in the statement that is no base
    year (比2020年提高), or one that follows it before the next comma; None without one."""
    start = at - len(before(text, at, at))
    part = at - len(before(text, at, at, stops="。;!?|,"))
    end = at + len(after(text, at, 40, stops="。;!?|,"))
    governing = None
    for mention in dates(text):
        if not start <= mention.start < end or mention.value.year is None or is_base(mention):
            continue
        if mention.start > at and governing is not None and governing.start >= part:
            break
        governing = mention
    return governing.value if governing is not None else None


def is_base(mention: Mention[Date]) -> bool:
    """True for a year that figures are compared with: 比2020年, 较2015年, 以2022年为基年."""
    return mention.text[max(0, mention.start - 1) : mention.start] in tuple("比较以")


def blank_dates(text: str) -> str:
    """`text` with its dates overwritten by □, so that their digits count as no other figure."""
    for mention in dates(text):
        text = text[: mention.start] + "□" * (mention.end - mention.start) + text[mention.end :]
    return text


def _date(match: re.Match[str], text: str) -> Mention[Date]:
    year = match["y"] or match["y1"]
    month = match["m"] or match["m1"] or match["m2"]
    day = match["d"] or match["d1"] or match["d2"]
    part = (match["part"] or "").removeprefix("年").replace("末", "底")
    bound = re.sub("[以之]", "", match["bound"] or "")
    value = Date(_number(year), _number(month), _number(day), part, bound)
    return Mention(value, text, match.start(), match.end())


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
