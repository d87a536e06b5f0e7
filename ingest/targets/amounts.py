"""Figures with their unit and what limits them: 5%左右, 4.5%—5%, 65万人以上, ≥25."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .types import Comparator

_NUMBER = r"(?:\d{1,3}(?:，\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_MULTIPLE = r"(?:万亿|[百千]?[万亿]|[百千])"
#: Units of indicators, longest first where one begins another. 年 is one only behind a fraction (11.7年).
_BASE = (
    r"个百分点|百分点|%|‰|平方公里|平方千米|平方米|立方米|公里|千米|千瓦时|千瓦|兆瓦时|兆瓦|吉瓦时|吉瓦|公顷|公斤|千克|"
    r"蒸吨|厘米|毫米|毫克|微克|分贝|标准箱|标箱|人次|人天|床位|张床位|吨标准煤|吨标煤|标准煤|万亿次|批次|例次|项次|条次|件次|户次|家次|场次|架次|"
    r"班次|课时|小时|分钟|车次|美元|亩次|辆次|元|人|户|家|个|项|座|所|条|吨|亩|方|度|斤|辆|艘|台|套|例|名|件|处|片|场|"
    r"次|只|头|株|棵|岁|天|倍|篇|册|种|类|批|支|期|门|节|升|分|架|部|间|床|幢|栋|宗|笔|款|镇|村|街道|县|区|市|校|米|"
    r"路|口|眼|艇|列|根|块|杆|平方|张|羽|尾|枚|本|班|趟|MW|GW|kW|MWh|GWh|kWh|TEU|EFLOPS|Eflops|PFLOPS|mg|ug|μg|µg|cm|mm|km|dB|m[2²3³]?"
)
_PER = rf"[/·]每?(?:{_MULTIPLE}?(?:{_BASE})|日|年|月|天|秒|L|m3|m³|h|a)"
_UNIT = (
    rf"{_MULTIPLE}?(?:{_BASE}|(?<=\.\d)年|(?<=\.\d\d)年)(?:（[次套台]）)?(?:{_PER})*|{_MULTIPLE}(?![一-鿿])"
)
_AMOUNT = re.compile(
    rf"(?P<sign>[≥≤><]=?)?(?P<low>{_NUMBER})(?:(?P<low_unit>{_UNIT})?(?:—+|至|到)(?P<high>{_NUMBER}))?"
    rf"(?P<odd>[余多])?(?P<unit>{_UNIT})?"
    r"(?P<limit>（?(?:及以上|及以下|或以上|以上|以下|以内|之内|之间|左右|上下)）?)?"
)
_SIGNS = {
    "≥": Comparator.AT_LEAST,
    ">=": Comparator.AT_LEAST,
    "≤": Comparator.AT_MOST,
    "<=": Comparator.AT_MOST,
    ">": Comparator.MORE,
    "<": Comparator.LESS,
}
_LIMITS = (
    (re.compile(r"以上"), Comparator.AT_LEAST),
    (re.compile(r"以下|以内|之内"), Comparator.AT_MOST),
    (re.compile(r"左右|上下"), Comparator.ABOUT),
)
#: A figure behind these is part of a name or of another figure: PM2.5, 第3, 1+4.
_NO_START = re.compile(r"[A-Za-z0-9.+/\\№第#×÷=]$")
#: 7个工作日 is how long something takes.
_SPAN = re.compile(r"(?:工作|自然)?日|月|季度|学期|小时")
#: What follows a figure that is a date, an ordinal or part of a name.
_NO_END = re.compile(r"^(?:年(?!限)|月|日|号|届|世纪|时许|时至|\+|：\d|[A-Za-z]|级|型|G|℃|°|、\d+[、条])")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure at `start:end` of a plain text; `limit` is what its own words say of it, if anything."""

    start: int
    end: int
    low: float
    high: float | None
    unit: str
    limit: Comparator | None

    @property
    def value(self) -> float | tuple[float, float]:
        """The number, or (low, high)."""
        return self.low if self.high is None else (self.low, self.high)


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """The figures of a plain text between two offsets, without dates and numbers inside names."""
    for match in _AMOUNT.finditer(text, start, end):
        if _NO_START.search(text[max(0, match.start() - 1) : match.start()]):
            continue
        unit = match["unit"] or match["low_unit"] or ""
        if unit == "个" and _SPAN.match(text, match.end()):
            continue
        if not unit and (_NO_END.match(text[match.end() :]) or not _stands_alone(match, text)):
            continue
        yield _amount(match, unit)


def parse_amount(text: str) -> Amount | None:
    """The one figure that a whole plain text is (≥25, 100, 98%以上); None for any other text."""
    match = _AMOUNT.fullmatch(text)
    return _amount(match, match["unit"] or match["low_unit"] or "") if match else None


def _stands_alone(match: re.Match[str], text: str) -> bool:
    """Whether a figure without a unit is a value (85以上, ≥25) and not a number in a name."""
    return bool(match["limit"] or match["sign"]) or text[match.end() : match.end() + 1] in (
        "",
        "，",
        "；",
        "。",
    )


def _amount(match: re.Match[str], unit: str) -> Amount:
    low = _number(match["low"])
    high = _number(match["high"]) if match["high"] else None
    if high is not None and high <= low:  # 100—50 is no range, and a unit before the dash belongs to it
        high = None if high < low else high
    return Amount(match.start(), match.end(), low, high, unit, _limit(match, high))


def _limit(match: re.Match[str], high: float | None) -> Comparator | None:
    if match["sign"]:
        return _SIGNS[match["sign"]]
    if high is not None:
        return Comparator.RANGE
    for pattern, comparator in _LIMITS:
        if pattern.search(match["limit"] or ""):
            return comparator
    return Comparator.MORE if match["odd"] else None


def _number(printed: str) -> float:
    number = float(printed.replace("，", ""))
    return int(number) if number.is_integer() else number
