"""Numbers with their unit, comparator and direction, as sentences and clauses print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from assistant.checking.dates import blank_dates
from assistant.checking.mention import Mention
from assistant.checking.plain import before
from assistant.checking.verdict import FaultKind


def _read_units() -> dict[str, str]:
    """Each name of a unit → the one it goes by."""
    lines = (Path(__file__).parent / "units.txt").read_text(encoding="utf-8").splitlines()
    named = [line.split() for line in lines if line and not line.startswith("#")]
    return {name: names[0] for names in named for name in names}


_UNITS = _read_units()
_UNIT = "|".join(re.escape(u) for u in sorted(_UNITS, key=lambda u: (-len(u), u)))
_SCALES = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
_DIGITS = "零一二三四五六七八九"

_QUANTITY = re.compile(
    rf"(?P<ordinal>第)?(?P<hundredth>百分之)?"
    rf"(?:(?<![a-z\d.])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?P<fraction>\.\d+)?"
    rf"|(?P<han>[零〇一二两三四五六七八九十百千]+))"
    rf"(?P<vague>余|多)?(?P<scale>万亿|千万|百万|十万|亿|万|千(?!瓦|米|克)|百|十)?(?P<vague2>余|多)?"
    rf"(?P<unit>(?:{_UNIT})(?:/[万千百]?(?:{_UNIT})(?:[·.](?:{_UNIT}))?)?"
    r"|[\u4e00-\u9fff]{1,3}(?:/[\u4e00-\u9fff]{1,3})?(?=(?:及|含)?以[上下内]))?"
)
_AT_MOST = r"不(?:得|应|能|可|宜|要)?(?:高于|超过|大于|多于|超出|长于|晚于|迟于)|≤|<=|最高|最多|至多|上限"
_AT_LEAST = r"不(?:得|应|能|可|宜)?(?:低于|少于|小于|短于|早于)|≥|>=|至少|最低|最少|下限"
_PREFIXES = (
    ("≤", re.compile(rf"(?:{_AT_MOST})[^,、:()\d]{{0,12}}$")),
    ("≥", re.compile(rf"(?:{_AT_LEAST})[^,、:()\d]{{0,12}}$")),
    (">", re.compile(r"(?<!不)(?<!不[得应能可宜要])(?:超过|高于|大于|多于|超出|突破|>)[^,、:()]{0,6}$")),
    ("<", re.compile(r"(?<!不)(?<!不[得应能可宜要])(?:低于|少于|小于|不足|不到|不满|未满|<)[^,、:()]{0,6}$")),
    ("≈", re.compile(r"(?:约|大约|近|接近)[为]?$")),
)  # fmt: skip
_SUFFIXES = (
    ("≥", re.compile(r"(?:及|\(含\))?(?:或)?以上|之上")),
    ("≤", re.compile(r"(?:及|\(含\))?以[内下]|之[内下]")),
    ("≈", re.compile(r"左右|上下")),
    ("out", re.compile(r"以外|之外")),
    ("before", re.compile(r"[以之]?前(?![期十列])")),
    ("after", re.compile(r"[以之]?后(?!续)")),
)
#: 30日内 is within 30 days; 市内 after a number of cities is not.
_WITHIN = re.compile(r"内")
_TIMES = frozenset({"日", "个工作日", "个月", "年", "小时", "分钟", "周", "个季度", "秒"})
_UP = re.compile(r"提高|提升|增长|增加|上升|新增|上调|增幅|扩大")
_DOWN = re.compile(r"下降|降低|减少|削减|压减|缩减|下调|降幅|缩短|回落")
_PER = re.compile(r"每([^,、每\d]{1,4})$")
_RANGE = re.compile(r"(?:-|—+|~|至|到)$")
#: 一个, 一批, 一次 are articles more often than figures.
_ONE = Decimal(1)
_ENOUGH_WITH_ONE = frozenset({"个月", "年", "个工作日", "日", "倍", "小时", "%", "元", "公里"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as said: `digits` as printed, `value` with its scale (3万 is 30000), `unit` under one name.

    `comparators` are of ≥ ≤ > < ≈ out before after; `direction` is 1 for a rise, -1 for a fall, 0 where the
    words before it say neither; `ordinal` is True for 第3; `per` is what 每 says right before it (每户120元).
    """

    digits: str
    value: Decimal
    unit: str
    comparators: frozenset[str] = frozenset()
    direction: int = 0
    ordinal: bool = False
    per: str = ""

    def fault_against(self, other: Quantity) -> FaultKind | None:
        """Why this is not what `other` says; None when it is."""
        if self.ordinal != other.ordinal or (self.value != other.value and self.digits != other.digits):
            return FaultKind.NUMBER
        per_another = self.per and other.per and self.per != other.per
        if self.unit != other.unit or self.value != other.value or per_another:
            return FaultKind.UNIT
        if self.comparators != other.comparators:
            return FaultKind.COMPARATOR
        if self.direction * other.direction < 0:
            return FaultKind.DIRECTION
        return None


def quantities(text: str) -> Iterator[Mention[Quantity]]:
    """The quantities of a plain text, in order; the numbers of its dates are none."""
    undated = blank_dates(text)
    for match in _QUANTITY.finditer(undated):
        if match["han"] and not _counts(match):
            continue
        value = _value(match)
        unit = _unit(match)
        if match["han"] and value == _ONE and unit not in _ENOUGH_WITH_ONE and not match["ordinal"]:
            continue
        left = before(undated, match.start(), 18, stops="。;!?|,、")
        comparators = _comparators(
            left, undated[match.end() :], unit, vague=bool(match["vague"] or match["vague2"])
        )
        digits = (match["digits"] or match["han"]) + (match["fraction"] or "")
        per = _PER.search(left)
        quantity = Quantity(
            digits,
            value,
            unit,
            comparators,
            _direction(left),
            ordinal=bool(match["ordinal"]),
            per=per.group(1) if per else "",
        )
        yield Mention(quantity, text, match.start(), match.end())


def _counts(match: re.Match[str]) -> bool:
    """True for Chinese numerals that are a figure: 第三, 百分之五, 三项; not 一体, 二氧化碳, 三角."""
    return bool(match["ordinal"] or match["hundredth"] or match["unit"])


def _value(match: re.Match[str]) -> Decimal:
    if match["han"]:
        number = Decimal(_han_number(match["han"]))
    else:
        number = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    return number * _SCALES.get(match["scale"] or "", 1)


def _han_number(text: str) -> int:
    """三十五 → 35, 一百零二 → 102, 二〇二五 → 2025."""
    text = text.replace("〇", "零").replace("两", "二")
    if not set(text) & set("十百千"):
        return int("".join(str(_DIGITS.index(c)) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS.index(c)
        else:
            total += (digit or (1 if c == "十" or not total else 0) or 1) * _SCALES[c]
            digit = 0
    return total + digit


def _unit(match: re.Match[str]) -> str:
    if match["hundredth"]:
        return "%"
    return unit_name(match["unit"] or "")


def unit_name(unit: str) -> str:
    """The one name of a unit, in plain form: 天 → 日, μg/m3 → 微克/立方米; any other text as it is."""
    return "/".join(_UNITS.get(part, part) for part in unit.split("/"))


def _comparators(left: str, right: str, unit: str, *, vague: bool) -> frozenset[str]:
    found = {_nearest_prefix(left)}
    found |= {next((sign for sign, pattern in _SUFFIXES if pattern.match(right)), "")}
    if unit in _TIMES and _WITHIN.match(right):
        found.add("≤")
    if vague:
        found.add(">")
    if _RANGE.search(left) and re.search(r"\d[^\d达高低降增升减得]{0,4}(?:-|—+|~|至|到)$", left):
        found.add("range")
    return frozenset(found - {""})


def _nearest_prefix(left: str) -> str:
    """The sign of the comparator that stands last in `left` (最高不超过, but 最高超过); "" without one."""
    matches = [(m.start(), sign) for sign, pattern in _PREFIXES if (m := pattern.search(left))]
    return max(matches, default=(0, ""))[1]


def _direction(left: str) -> int:
    ups = [m.start() for m in _UP.finditer(left)]
    downs = [m.start() for m in _DOWN.finditer(left)]
    if not ups and not downs:
        return 0
    return 1 if max(ups, default=-1) > max(downs, default=-1) else -1
