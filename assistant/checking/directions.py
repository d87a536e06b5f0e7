"""Rises and falls of things without a figure: 降低浓度 is not 提高浓度."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checking.plain import after

_UP = ("提高", "提升", "增加", "增长", "上升", "扩大", "上调")
_DOWN = ("降低", "下降", "减少", "削减", "压减", "缩减", "缩小", "下调")
_WORD = re.compile("|".join((*_UP, *_DOWN)))
#: So many characters must follow in both for them to speak of one thing.
_SAME = 4


def reversed_directions(sentence: str, statements: Sequence[str]) -> Iterator[str]:
    """Words for a rise of what the clause says falls, or the other way round, with what follows them."""
    for match in _WORD.finditer(sentence):
        about = after(sentence, match.end(), _SAME)
        if len(about) < _SAME:
            continue
        same, opposite = (_UP, _DOWN) if match.group() in _UP else (_DOWN, _UP)
        if _says(opposite, about, statements) and not _says(same, about, statements):
            yield match.group() + about


def _says(words: Sequence[str], about: str, statements: Sequence[str]) -> bool:
    return any(word + about in statement for statement in statements for word in words)
