"""Number formats of word processors: the number 3 as 三, 3, ③, ⑶, iii, C, 叁.

Names are those of ECMA-376 part 1, 17.18.59 (ST_NumberFormat), also used for old Word's codes (MS-OSHARED
2.2.1.3, MSONFC).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

# Beyond this a document is damaged; Word itself stops at 32,767.
MAX_NUMBER = 99_999

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千", "万")
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_UNITS = ("", "拾", "佰", "仟", "万")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def written(number: int, form: str) -> str:
    """Return `number` as a list in the number format `form` prints it; an unknown format prints digits.

    A number that the format has no sign for (④① ends at ⑳, 甲 at 癸) is printed in digits, as Word does.
    """
    if not 0 <= number <= MAX_NUMBER:
        return str(number)
    return _FORMS.get(form, str)(number)


def _counting(digits: str, units: tuple[str, ...], *, drop_one: bool) -> Callable[[int], str]:
    """Numbers as they are spoken; `drop_one`: 十五, not 一十五."""

    def write(number: int) -> str:
        if number == 0:
            return digits[0]
        text, pending = "", False
        for place in range(len(units) - 1, -1, -1):
            digit = number // 10**place % 10
            if digit == 0:
                pending = pending or bool(text)
                continue
            if pending:
                text += digits[0]
                pending = False
            spoken = not (drop_one and digit == 1 and place == 1 and not text)
            text += (digits[digit] if spoken else "") + units[place]
        return text

    return write


def _signs(first: int, last: int, code: int) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode: `first` … `last` from `code` on."""
    return lambda number: chr(code + number - first) if first <= number <= last else str(number)


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text


def _letter(number: int) -> str:
    """A … Z, AA, BB …: Word repeats the letter."""
    if not 1 <= number <= 780:
        return str(number)
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _translated(table: str) -> Callable[[int], str]:
    """Digit for digit: 10 as 一〇."""
    return lambda number: "".join(table[int(digit)] for digit in str(number))


_spoken = _counting(_DIGITS, _UNITS, drop_one=True)
_formal = _counting(_FORMAL_DIGITS, _FORMAL_UNITS, drop_one=False)
_digital = _translated("〇一二三四五六七八九")
_full_width = _translated("０１２３４５６７８９")

_FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda _: "",
    "bullet": lambda _: "",
    "chineseCounting": _spoken,
    "chineseCountingThousand": _spoken,
    "taiwaneseCounting": _spoken,
    "taiwaneseCountingThousand": _spoken,
    "japaneseCounting": _spoken,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "japaneseLegal": _formal,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _signs(1, 20, 0x2474),
    "decimalEnclosedFullstop": _signs(1, 20, 0x2488),
    "ideographEnclosedCircle": _signs(1, 10, 0x3280),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
}
