"""When: the year by which something is due, the year it is measured against, and whether it lies behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

#: The last years of the five-year plans.
_PLAN_ENDS = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_PLAN = r"[“\"‘]?(?P<plan>十[一二三四五六]五)[”\"’]?"
_MONTH = r"(?:(?:1[0-2]|0?[1-9])月)?(?:\d{1,2}日)?(?:年?底|年?末|上旬|中旬|下旬)?"
_DUE = re.compile(
    rf"(?:(?:力争|确保|争取)?(?:到|至|截至|在|于)?(?P<year>20\d\d)，?年(?!度|版|第|来|以来|修订|建成的|远景|愿景){_MONTH}(?:之?[前内]|，)?)"
    rf"|(?:到|至|在)?{_PLAN}(?:规划)?(?:时期|期间|期末|末|期内|的?五年)(?:内|，)?"
    r"|(?P<this>今年|本年度?|年内|全年|当年)(?:底|末|内)?(?:之?前)?"
    r"|(?P<next>明年)(?:底|末)?(?:之?前)?"
    r"|(?:今后|未来|再用|通过|力争|用)(?P<span>[一二三四五六七八九十\d])(?:到[一-九十]|至[一-九十])?年(?:左右)?(?:时间|内)?"
)
_BASE = re.compile(
    r"(?:同比|相比|比|较|与|在)(?:(?P<year>(?:19|20)\d\d)年(?P<more>同期|年?底|年?末|度)?(?:基础上|基数上|相比)?|(?P<last>上一?年度?|去年)(?:同期|年?底|年?末)?|"
    + _PLAN
    + r"(?:末|期末|时期|期间)?|(?P<then>“?上年”?|基准年))(?:实绩|水平|实际)?"
)
#: What has been done already. 已 before a relative clause (已淘汰的锅炉) is no statement.
_DONE = re.compile(
    r"去年|过去[一五]年|[一五]年来|以来|这五年|已(?:经)?(?:建成|达|完成|实现|有|形成|累计|连续|基本|突破|超)|"
    r"(?:达到|完成|实现|增长|建成|新增|突破|超过|提高|培育|引进)了|连续[一二三四五六七八九十\d]+[年个季]|超额完成|圆满完成|居全国第|获评|荣获"
)
_NAMED = re.compile(r"《[^》]*》")
_HAN = {digit: number for number, digit in enumerate("一二三四五六七八九十", start=1)}


class Tense(Enum):
    """Whether text reports what was done or sets what is to be done."""

    PAST = "past"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Due:
    """A time at `start:end` of a plain text by which something is due."""

    start: int
    end: int
    year: int


@dataclass(frozen=True, slots=True)
class Base:
    """The words at `start:end` that name what a value is measured against; `year` None where not stated."""

    start: int
    end: int
    year: int | None


def dues(text: str, reference: int | None) -> Iterator[Due]:
    """The due times of a plain text; `reference` is the year that 今年 means, without which it means none."""
    if "年" not in text and "五" not in text:
        return
    found = tuple(_DUE.finditer(text))
    hidden = (
        [match.span() for pattern in (_NAMED, _BASE) for match in pattern.finditer(text)] if found else []
    )
    for match in found:
        year = _due_year(match, reference)
        if year and not any(a <= match.start("year" if match["year"] else 0) < b for a, b in hidden):
            yield Due(match.start(), match.end(), year)


def _due_year(match: re.Match[str], reference: int | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["plan"]:
        return _PLAN_ENDS[match["plan"]]
    if reference is None:
        return None
    if match["span"]:
        span = match["span"]
        return reference + (int(span) if span.isdigit() else _HAN[span]) - 1
    return reference + 1 if match["next"] else reference


def base_before(text: str, end: int, year: int | None) -> Base | None:
    """The base that ends at `end` of a plain text (比2015年|下降20%); 上年 is the year before `year`."""
    for match in _BASE.finditer(text, max(0, end - 24), end):
        if match.end() == end:
            return Base(match.start(), match.end(), _base_year(match, year))
    return None


def _base_year(match: re.Match[str], year: int | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["plan"]:
        return _PLAN_ENDS[match["plan"]]
    return year - 1 if year and match["last"] else None


def is_done(text: str) -> bool:
    """Whether a plain sentence says that something is done; what it is measured against does not count."""
    return _DONE.search(_BASE.sub("", text)) is not None
