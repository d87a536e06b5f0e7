"""One form for what is written in many ways: passages and questions go through the same steps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial

from .characters import simplified
from .numerals import arabic, one_spelling, whole_amounts

#: One notice prints its decimal points as this private-use character.
_PRIVATE_POINT = "\ue010"

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

#: White space between two Chinese characters carries no meaning: cells and pages break inside words.
_GAP = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")

#: Full-width letters, figures and signs of numbers; brackets and commas stay as the question has them.
_NARROW = str.maketrans(
    {
        **{chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F) if chr(code).isalnum()},
        "％": "%",
        "．": ".",
        "／": "/",
        "－": "-",
        "＃": "#",
        "㎡": "m2",
        "㎥": "m3",
        "³": "3",
        "²": "2",
        "µ": "μ",
        "㎍": "μg",
        _PRIVATE_POINT: ".",
    }
)


def folded(text: str) -> str:
    """`text` in NFKC and lower case, private-use decimal points as `.`, no gaps between Chinese letters."""
    text = unicodedata.normalize("NFKC", text.replace(_PRIVATE_POINT, ".")).lower()
    return _GAP.sub("", text)


#: The steps of `normalise` by name, in order, so that each can be left out to be measured.
STEPS: dict[str, Callable[[str], str]] = {
    "width": folded,
    "script": simplified,
    "numerals": arabic,
    "units": one_spelling,
    "amounts": whole_amounts,
}


#: Those by which a question is read. 哪两家, 一家人, 三家各占多少 say how it is asked: single numerals stay.
_IN_QUESTIONS: dict[str, Callable[[str], str]] = {
    "script": simplified,
    "numerals": partial(arabic, shortest=2),
    "units": one_spelling,
}


def normalise(text: str) -> str:
    """`text` as words are looked for in it: every step of `STEPS`. For matching only; nobody reads it."""
    return _normalised(text, tuple(STEPS))


@lru_cache(maxsize=64)
def _normalised(text: str, steps: tuple[str, ...]) -> str:
    """Kept for a moment, because each way of cutting a passage asks for the same text again."""
    for name in steps:
        text = STEPS[name](text)
    return text


def plain_question(question: str) -> str:
    """A question as it is read: narrow, simplified, figures Arabic, units in Chinese.

    Punctuation and case stay, and amounts are left as written (2.4亿元), because what is read is also shown.
    """
    text = question.translate(_NARROW) if "width" in STEPS else question
    for name, step in _IN_QUESTIONS.items():
        if name in STEPS:
            text = step(text)
    return text
