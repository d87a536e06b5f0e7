"""Values of worksheet cells as the worksheet shows them: 0.25 under `0%` is 25%, a date is 2024年3月.

The codes are those of ECMA-376 part 1, 18.8.30 and 18.8.31; what a code says beyond digits, percent,
grouping, literals and dates (fractions, colours) is left out, and the value is shown as it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

#: Built-in formats of a Chinese Excel, which files name by number only (ECMA-376 part 1, 18.8.30, zh-cn).
CHINESE_FORMATS: Mapping[int, str] = (
    dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"')
    | dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"')
    | {14: "yyyy/m/d", 22: "yyyy/m/d h:mm", 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"'}
    | {32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'}
    | dict.fromkeys((34, 55), '上午/下午h"时"mm"分"')
    | dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"')
)

_SECTION = re.compile(r'(?:"[^"]*"?|\\.|\[[^\]]*\]|[^;"\\\[]|\[)+|(?<=;)(?=;)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\]")
_TOKEN = re.compile(
    r'"([^"]*)"?|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(h+|m+|s+)\]|\[[^\]]*\]|(上午/下午|AM/PM|A/P|am/pm)'
    r"|(?i:(general|y+|m+|d+|h+|s+|a{3,4}|e+(?![+-])|b+))|(0+(?=$|[^.0#?,%])|.)",
    re.DOTALL,
)
_LITERALS = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_PLACES = re.compile(r"[#0?,]*[#0?](?:\.[0#?]*)?,*|\.[0#?]+,*")
_WEEKDAYS = "一二三四五六日"
_DIGITS = "〇一二三四五六七八九"


def displayed(value: object, code: str) -> str:
    """The text that a cell with this value and number format shows; "" for None.

    A number under General is shown with up to ten significant digits, an integer with all of its digits.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date_text(value, code)
    if isinstance(value, dt.timedelta):
        return _elapsed(value)
    if isinstance(value, int | float):
        return _number_text(value, code)
    return str(value)


def is_date_code(code: str) -> bool:
    """Whether a number under this format is a date or a time."""
    bare = _LITERALS.sub("", code.split(";", maxsplit=1)[0])
    return "general" not in bare.lower() and re.search(r"[ymdhsYMDHS]|aaa", bare) is not None


# -- numbers ------------------------------------------------------------------------------------------------


def _number_text(value: float, code: str) -> str:
    try:
        number = Decimal(repr(value))
        if not number.is_finite():
            return str(value)
        section, number = _section(number, code)
        return _in_places(number, section).strip()
    except (InvalidOperation, ValueError, OverflowError):
        return str(value)


def _section(number: Decimal, code: str) -> tuple[str, Decimal]:
    """The section of the code that the number falls under, and the number without a sign that it shows."""
    sections = _SECTION.findall(code) or ["General"]
    for section in sections:
        condition = _CONDITION.search(section)
        if condition and _holds(number, *condition.groups()):
            return section, number
    if _CONDITION.search(code):
        return next((s for s in sections if not _CONDITION.search(s)), "General"), number
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _holds(number: Decimal, sign: str, limit: str) -> bool:
    bound = Decimal(limit)
    tests: Mapping[str, Callable[[], bool]] = {
        "<": lambda: number < bound,
        "<=": lambda: number <= bound,
        ">": lambda: number > bound,
        ">=": lambda: number >= bound,
        "=": lambda: number == bound,
        "<>": lambda: number != bound,
    }
    return tests[sign]()


def _in_places(number: Decimal, section: str) -> str:
    """The number in the digit places of one section, literals around it."""
    bare = _LITERALS.sub("", section)
    places = _PLACES.search(bare)
    if "general" in bare.lower() or "@" in bare or "/" in bare or re.search("[eE][+-]", bare):
        shown = _general(number)
    elif places is None:
        shown = ""
    else:
        shown = _digits(number * 100 ** bare.count("%"), places.group())
    return _with_literals(section, shown)


def _with_literals(section: str, shown: str) -> str:
    """The section's literals, percent and currency signs with the number where its first digit place is."""
    out: list[str] = []
    pending = shown
    for token in _TOKEN.finditer(section):
        quoted, escaped, currency, _, _, word, sign = token.groups()
        literal = next((part for part in (quoted, escaped, currency) if part is not None), None)
        if literal is not None:
            out.append(literal)
        elif word is not None or (sign is not None and sign[0] in "#0?.@,"):
            out.append(pending)
            pending = ""
        elif sign is not None:
            out.append(sign if sign[0] not in "+-/" or not pending.startswith("-") else "")
    return "".join(out)


def _digits(number: Decimal, places: str) -> str:
    scaled = places.rstrip(",")  # each comma at the end divides by a thousand
    number /= 1000 ** (len(places) - len(scaled))
    whole, _, fraction = scaled.partition(".")
    number = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    text = f"{abs(number):,f}" if "," in whole else f"{abs(number):f}"
    units, _, decimals = text.partition(".")
    least = len(fraction.rstrip("#?"))
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    units = units.rjust(whole.count("0"), "0")
    if units == "0" and "0" not in whole and decimals:
        units = ""
    return ("-" if number < 0 else "") + units + (f".{decimals}" if decimals else "")


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return str(int(number))
    return f"{Decimal(f'{float(number):.10g}'):f}"


# -- dates --------------------------------------------------------------------------------------------------


def _date_text(value: dt.datetime | dt.date | dt.time, code: str) -> str:
    section = code.split(";", maxsplit=1)[0]
    if not is_date_code(section):
        return _plain_date(value)
    moment = _moment(value)
    han = "DBNum" in section
    tokens = list(_TOKEN.finditer(section))
    out: list[str] = []
    for index, token in enumerate(tokens):
        quoted, escaped, currency, elapsed, half, word, sign = token.groups()
        literal = next((part for part in (quoted, escaped, currency) if part is not None), None)
        if literal is not None:
            out.append(literal)
        elif half is not None:
            out.append("上午" if moment.hour < 12 else "下午")
        elif word is not None or elapsed is not None:
            twelve = any(other.group(5) for other in tokens)
            out.append(_date_part(moment, (word or elapsed).lower(), _is_minute(tokens, index), twelve, han))
        elif sign is not None and sign != "@":
            out.append(sign)
    return "".join(out).strip()


def _moment(value: dt.datetime | dt.date | dt.time) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time())
    return dt.datetime.combine(dt.date(1900, 1, 1), value)


def _plain_date(value: dt.datetime | dt.date | dt.time) -> str:
    if isinstance(value, dt.time):
        return value.strftime("%H:%M") if not value.second else value.strftime("%H:%M:%S")
    moment = _moment(value)
    date = f"{moment.year}-{moment.month:02}-{moment.day:02}"
    return date if moment.time() == dt.time() else f"{date} {moment:%H:%M}"


def _is_minute(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether m at this place means minutes: after hours or before seconds."""
    words = [(i, (t.group(6) or t.group(4) or "").lower()) for i, t in enumerate(tokens)]
    before = [word for i, word in words if i < index and word]
    after = [word for i, word in words if i > index and word]
    return (bool(before) and before[-1][0] == "h") or (bool(after) and after[0][0] == "s")


def _date_part(moment: dt.datetime, word: str, minute: bool, twelve: bool, han: bool) -> str:
    kind, long = word[0], len(word)
    if kind in "ye":
        year = f"{moment.year:04}" if long > 2 or kind == "e" else f"{moment.year % 100:02}"
        return "".join(_DIGITS[int(digit)] for digit in year) if han else year
    if kind == "a" or (kind == "d" and long > 2):
        return ("" if word == "aaa" else "星期") + _WEEKDAYS[moment.weekday()]
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    numbers = {"m": moment.minute if minute else moment.month, "d": moment.day, "h": hour, "s": moment.second}
    number = numbers.get(kind)
    if number is None:
        return ""
    return _han(number) if han else f"{number:0{2 if long == 2 else 1}}"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    digit = _DIGITS[ones] if ones or not tens else ""
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + digit


def _elapsed(value: dt.timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"
