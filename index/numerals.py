"""Numbers and units in one spelling: 二〇二七年 is 2027年, 百分之二十五 is 25%, 35μg/m3 is 35微克/立方米."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "0": 0,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = "万亿"
_NO_UNIT = 10**5

_NUMERAL = r"[一二三四五六七八九两十][一二三四五六七八九十百千万亿两零〇]*(?:点[零〇一二三四五六七八九]+)?"

#: Counted in figures as often as in characters. Not 个, 项, 条, 章, 级: 三项制度 and 第三条 are names.
_COUNTED = (
    r"个月|个工作日|个百分点|平方公里|平方千米|平方米|立方米|微克|毫克|公斤|千克|公里|千米|厘米|毫米|小时|分钟"
    r"|公顷|万千瓦|千瓦|兆瓦|年|月|日|天|周|岁|人|名|户|家|元|块|角|万|亿|吨|克|米|亩|升|倍|次|台|辆|座|套"
    r"|(?:m2|m3|km2|hm2|km|kg)(?![a-z\d])"
)

#: 二〇二七年, 二0二七年; without 年 only where the century says that it is one.
_YEAR = re.compile(r"[一二][九〇零○0][〇零○0一二三四五六七八九]{2}(?![〇零○一二三四五六七八九十百千万亿])")
_SHARE = re.compile(rf"(百|千)分之({_NUMERAL}|[零〇]点[零〇一二三四五六七八九]+|\d+(?:\.\d+)?)")
#: 八成以上; not 三成立, 一成不变.
_TENTHS = re.compile(r"(?<![一-九])([一二三四五六七八九])成(半)?(?=以上|以下|以内|左右|多|[的，。；、？?]|$)")
#: Not the first (第三年), not one of a word (统一年度, 同一天, 一次性, 一户一档).
_QUANTITY = re.compile(
    rf"(?<![第几数统同唯单之逐专初每期周哪某\d.])({_NUMERAL})(?=(?:{_COUNTED})(?!一))(?!次性|家子|年级)"
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?!\d)")
_UNIT_SIGN = "%‰℃a-zμ万亿年月日天元个人户家名吨亩公平立千厘毫微克米升度台辆座"
_SPACED = re.compile(rf"(?<![a-zA-Z\d.])(\d+(?:\.\d+)?)[ \u00a0]+(?=[{_UNIT_SIGN}])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

_MASS = {"μg": "微克", "ug": "微克", "微克": "微克", "mg": "毫克", "毫克": "毫克", "g": "克", "克": "克"}
_VOLUME = {"m3": "立方米", "立方米": "立方米", "立方": "立方米", "l": "升", "升": "升"}
_CONCENTRATION = re.compile(
    r"(微克|毫克|(?<![a-z])(?:μg|ug|mg|g)|(?<=\d)克) *(?:/|每|·) *(m3|立方米|立方|l(?![a-z])|升)"
)
_PER_VOLUME = re.compile(r"每(立方米|升)(\d+(?:\.\d+)?)(微克|毫克|克)")
_AFTER_NUMBER = {
    "平方千米": "平方公里",
    "平方": "平方米",
    "平米": "平方米",
    "km2": "平方公里",
    "hm2": "公顷",
    "ha": "公顷",
    "m2": "平方米",
    "m3": "立方米",
    "立方": "立方米",
    "千米": "公里",
    "km": "公里",
    "千克": "公斤",
    "kg": "公斤",
    "mg": "毫克",
    "μg": "微克",
    "ug": "微克",
    "kwh": "千瓦时",
    "kw·h": "千瓦时",
    "kw": "千瓦",
    "mw": "兆瓦",
    "db(a)": "分贝",
    "db": "分贝",
    "°c": "摄氏度",
    "℃": "摄氏度",
    "块钱": "元",
    "块": "元",
    "个点": "个百分点",
    "t": "吨",
}
_UNIT = re.compile(
    rf"(?<=\d)([万亿]?)({'|'.join(sorted(map(re.escape, _AFTER_NUMBER), key=len, reverse=True))})"
    r"(?![a-z\d]|米|公里|千米)"
)
_AMOUNT = re.compile(r"(?<![\d.])(\d{1,12}(?:\.\d{1,6})?)(万亿|[千百]?万|亿)")
_MULTIPLIERS = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4}


def arabic(text: str, *, shortest: int = 1) -> str:
    """`text` with years, dates, shares and quantities in Arabic figures; numerals that name or order stay.

    二〇二七年 → 2027年, 2027-06-30 → 2027年6月30日, 百分之二十五 → 25%, 八成以上 → 80%以上, 十五日 → 15日,
    一百二十万元 → 120万元; 第三条, 三项制度, 一体化, 三四十人 stay as they are.
    Numerals of quantities with fewer characters than `shortest` stay too.
    """
    text = _THOUSANDS.sub("", text)
    text = _DATE.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", text)
    text = _YEAR.sub(lambda m: "".join(str(_DIGITS[c]) for c in m[0]), text)
    text = _SHARE.sub(_share, text)
    text = _TENTHS.sub(lambda m: f"{_DIGITS[m[1]]}{5 if m[2] else 0}%", text)
    return _QUANTITY.sub(lambda m: _figures(m[1], shortest), text)


def one_spelling(text: str) -> str:
    """`text` (lower case) with units in the spelling that notices use most: 35μg/m3 → 35微克/立方米."""
    text = _SPACED.sub(r"\1", text)
    text = _CONCENTRATION.sub(lambda m: f"{_MASS[m[1]]}/{_VOLUME[m[2]]}", text)
    text = _PER_VOLUME.sub(r"\2\3/\1", text)
    return _UNIT.sub(lambda m: m[1] + _AFTER_NUMBER[m[2]], text)


def whole_amounts(text: str) -> str:
    """`text` with 万 and 亿 multiplied out, so that 2.4亿元, 24000万元 and 240000000元 are one."""
    return _AMOUNT.sub(lambda m: _written(Decimal(m[1]) * _MULTIPLIERS[m[2]]), text)


def number_of(numeral: str) -> str | None:
    """The Arabic figures of a Chinese numeral, a last 万 or 亿 kept: 三万五千 → 35000, 一百二十万 → 120万.

    None for what is no single number (三四十, 一二百) or leaves a unit out (三万五).
    """
    whole, _, fraction = numeral.partition("点")
    if fraction:
        value = number_of(whole)
        return f"{value}.{''.join(str(_DIGITS[c]) for c in fraction)}" if value and value.isdigit() else None
    kept = (
        re.search(r"(?<=[^万亿])(?:万亿|万|亿)$", whole) if len(re.findall(r"[万亿]+", whole)) == 1 else None
    )
    value_of_rest = _value(whole[: kept.start()] if kept else whole)
    return None if value_of_rest is None else f"{value_of_rest}{kept[0] if kept else ''}"


def _figures(numeral: str, shortest: int) -> str:
    return numeral if len(numeral) < shortest else number_of(numeral) or numeral


def _value(numeral: str) -> int | None:
    """The value of a whole numeral; None where digits or units do not follow on."""
    total = section = 0
    digit: int | None = None
    last_unit, is_short = _NO_UNIT, False
    for before, char in pairwise(f" {numeral}"):
        if char in "零〇":
            continue
        if char in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[char]
            is_first = last_unit == _NO_UNIT and not total
            is_short = not is_first and last_unit != 10 and before not in "零〇"
        elif char in _MYRIADS:
            section += digit or 0
            total = (total + section) * 10**8 if char == "亿" else total + section * 10**4
            section, digit, last_unit = 0, None, _NO_UNIT
        elif _TENS[char] >= last_unit or (digit is None and char != "十"):
            return None
        else:
            section += (1 if digit is None else digit) * _TENS[char]
            digit, last_unit = None, _TENS[char]
    return None if digit is not None and is_short else total + section + (digit or 0)


def _share(match: re.Match[str]) -> str:
    numeral = match[2]
    if numeral[0] in "零〇":
        value: str | None = "0." + "".join(str(_DIGITS[c]) for c in numeral[2:])
    else:
        value = numeral if numeral[0].isdigit() else number_of(numeral)
    return match[0] if value is None else value + ("%" if match[1] == "百" else "‰")


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}"
