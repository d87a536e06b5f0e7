"""What a figure is a figure of: the words before it, taken apart from the end into verbs and a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .times import Base, base_before
from .types import Comparator

_FALLS = r"下降|降低|减少|压减|压降|缩小|回落|削减|下调|降幅"
_CHANGES = re.compile(
    rf"(?:增长|增加|提高|提升|上升|上涨|扩大|上调|{_FALLS}|增速|增幅|涨幅|升幅)(?:速度|幅度)?$"
)
_FALL = re.compile(_FALLS)
#: Verbs that end before the value that is reached. Those of the first lines also say how it is limited.
_LIMITS = (
    (
        Comparator.AT_LEAST,
        re.compile(r"(?:不得?低于|不少于|不小于|不短于|大于等于|大于或等于|至少(?:达到)?|不能低于)$"),
    ),
    (
        Comparator.AT_MOST,
        re.compile(
            r"(?:不得?高于|不得?超过|不大于|不多于|小于等于|小于或等于|不突破|最多|控制在|控制到|限制在)$"
        ),
    ),
    (Comparator.MORE, re.compile(r"(?:高于|大于|多于|超过|超出|突破|超)$")),
    (Comparator.LESS, re.compile(r"(?:低于|小于|少于)$")),
    (Comparator.ABOUT, re.compile(r"(?:(?<![节预签合集契])约|大约|约为|接近|(?<![附就临靠])近)$")),
)
_REACHED = re.compile(
    r"(?:(?:提高|提升|增加|增长|上升|扩大|上调|下降|降低|减少|压减|压降|缩小|回落|升|降|增|达|调)(?:到|至)|达到|(?<![发到抵送传])达|保持在|保持|"
    r"稳定在|稳定|维持在|设定为|安排为|确定为|是|(?<![行作])为|实现|完成|巩固在|力保)$"
)
_LONGEST = 10
_ADVERBS = re.compile(
    r"(?:(?<![人平户亩日月])均|(?<![首成古花国])都|各|分别|全部|(?<![需主重])要|将|(?<![供响反适相效])应|须|(?<![急刚内军必])需|力争|争取|确保|"
    r"努力|稳步|总体|继续|持续|进一步|基本|普遍|同口径|年均|同比|再|也|仍|必须|宜|实际|预计|计划|按|每年|年度|，)$"
)
#: 不低于全市居住用地的40%: the limit stands before what the share is of.
_INNER_LIMIT = re.compile(r"(?:应当?|要|须|按照?)?(?P<limit>不得?低于|不少于|不得?高于|不得?超过)(?=.{2,})")
#: What stands before a name and is none of it.
_LEADS = re.compile(
    r"(?:、|，|：|—|”|和(?![美谐平田顺静硕龙])|与|及|以及|并(?![购网轨])|且|但|或者?|同时|其中|另外|另|力争|争取|确保|努力|着力|继续(?!教育)|进一步|"
    r"使得?(?!用)|让|推动|促进|实现|基本(?=实现|完成|建成|形成|消除|达到|淘汰)|加快|切实|不断|持续|大力|深入|积极|有序|逐步|全面|稳步|累计|"
    r"全(?:[市省县年州]|区(?!域))|年底前|年内|[我本][市省区县州]|要(?![素求点件])|将(?![军乐])|今年|每年|预计|保持|达到|"
    r"主要预期目标(?:是|为)|目标(?:是|为)|具体为|即|按照?|正常年景下|原则上|提出|明确|计划(?=[建新实完投推打培])|包括|其中包括|要求)"
)
#: The name begins after the last of these.
_CUTS = re.compile(
    r"(?:力争|争取|确保|努力实现|预计|使得?(?!用)|从而|推动(?=.{2}.*[率量值额收入]$)|实现(?=.{3}))"
)
#: 保费由每人5元提高到10元.
_FROM = re.compile(r"(?:由|从)[^由从，]*\d[^由从，]*$")
_TAIL = re.compile(r"(?:的|总体|原则上|应当|水平达|各|也|将|要|—|(?:增速|增长)?目标值?)$")
#: 用水量较2015年下降率达到19%以上: the fall is part of the name.
_RATE = re.compile(r"(?:下降|降低|增长|提高|上升|减少)(?:率|幅度)$")


@dataclass(frozen=True, slots=True)
class Subject:
    """What the words before a figure say: the name of the indicator (empty where they leave it out) at
    `start:end`, the word of its growth or fall, what limits the figure and where those words begin."""

    name: str
    start: int
    end: int
    change: str = ""
    change_start: int | None = None
    limit: Comparator | None = None
    limit_start: int | None = None
    base: Base | None = None
    apart: bool = False
    reached: bool = False
    stretch: bool = False

    @property
    def falls(self) -> bool:
        """Whether the figure is how much less it is to be."""
        return bool(_FALL.search(self.change))


def subject_before(text: str, start: int, end: int, year: int | None) -> Subject:
    """The subject of the figure at `end`, from the words `text[start:end]`; `year` is when it is due."""
    reading = _Reading(text, start, end)
    reading.take_apart(year)
    lead, tail = reading.name_span()
    return Subject(
        name=text[lead:tail],
        start=lead,
        end=tail,
        change=reading.change,
        change_start=reading.change_start,
        limit=reading.limit,
        limit_start=reading.limit_start,
        base=reading.base,
        apart=reading.apart,
        reached=reading.reached,
        stretch=reading.stretch,
    )


class _Reading:
    """The words before a figure while they are taken away from the end."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.change = ""
        self.change_start: int | None = None
        self.limit: Comparator | None = None
        self.limit_start: int | None = None
        self.base: Base | None = None
        self.apart = False
        self.reached = False
        self.stretch = False

    def take_apart(self, year: int | None) -> None:
        """Take verbs, adverbs and the base away until only the name is left."""
        while self.end > self.start and (
            self._take_base(year)
            or self._take_limit()
            or self._take_reached()
            or self._take_change()
            or self._take_adverb()
        ):
            pass
        inner = _INNER_LIMIT.search(self.text, self.start, self.end)
        if inner and self.limit is None:
            least = inner["limit"].endswith(("低于", "少于"))
            self.limit = Comparator.AT_LEAST if least else Comparator.AT_MOST
            self.limit_start, self.end = inner.start("limit"), inner.start()

    def name_span(self) -> tuple[int, int]:
        """Where the name stands in the text; an empty span where there is none."""
        start, end = self.start, self.end
        cut = max((match.end() for match in _CUTS.finditer(self.text, start, end)), default=start)
        start = cut if cut < end else start
        while start < end and (match := _LEADS.match(self.text, start, end)):
            start = match.end()
        while end > start and (match := _TAIL.search(self.text, max(start, end - _LONGEST), end)):
            end = match.start()
        raised = _FROM.search(self.text, start, end)
        return start, raised.start() if raised else end

    def _last(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What the words end with; a verb is no longer than `_LONGEST`."""
        return pattern.search(self.text, max(self.start, self.end - _LONGEST), self.end)

    def _take_base(self, year: int | None) -> bool:
        base = base_before(self.text, self.end, year)
        if base is None or base.start < self.start:
            return False
        self.base, self.end = base, base.start
        return True

    def _take_limit(self) -> bool:
        for comparator, pattern in _LIMITS:
            if match := self._last(pattern):
                if self.limit is None:
                    self.limit, self.limit_start = comparator, match.start()
                self.end = match.start()
                self.reached = True
                return True
        return False

    def _take_reached(self) -> bool:
        if match := self._last(_REACHED):
            self.reached = True
            self.end = match.start()
        return match is not None

    def _take_change(self) -> bool:
        match = self._last(_CHANGES) or self._rate_of_change()
        if match is None or self.change:
            return False
        self.change, self.change_start, self.end = match.group(), match.start(), match.start()
        return True

    def _rate_of_change(self) -> re.Match[str] | None:
        match = self._last(_RATE)
        return match if match and base_before(self.text, match.start(), None) else None

    def _take_adverb(self) -> bool:
        match = self._last(_ADVERBS)
        if match is None:
            return False
        self.apart = self.apart or match.group() == "分别"
        self.stretch = self.stretch or match.group() in ("力争", "争取")
        self.end = match.start()
        return True
