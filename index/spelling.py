"""Words typed by their sound: 抽氧 for 臭氧, 雾埋 for 雾霾.

Most Chinese is typed as pinyin and chosen from a list, so that a wrong word sounds right. A run of a question
that neither the notices nor a dictionary know is read as the word of the notices that sounds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .characters import homophones
from .segmentation import segmenter
from .tokens import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of words: how many clauses have one as it is cut, whether some clause has two near each
    other, and which are names."""

    frequency: Callable[[str], int]
    near: Callable[[str, str], bool]
    is_name: Callable[[str], bool] = lambda _: False


#: Longer words are compounds, of which one part is mistyped.
_LONGEST = 4

#: Of the known words that a run may stand for, so many of the commonest are looked at.
_TRIED = 3

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")

#: Single characters that a question has between its words; a mistyped word seldom begins or ends with one.
_LOOSE = STOP_WORDS | set(
    "年月日号个项家户人条件万亿吨克米元度天次级类处所名辆亩市县区省州镇乡村里上中下内外前后"
    "不没无未能可会应该还又再才只最更很太多少大小高低新老好每某本此以于从向往按照比如若但或且则"
    "做搞弄管办给让叫用去来说讲看问写算得着过想得着给跟同到在几第两一二三四五六七八九十百千零〇底初"
)


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A word of a question, `text[start:end]`, and the word that it is read as."""

    start: int
    end: int
    word: str


def misspelt(text: str, words: Words) -> tuple[Misspelt, ...]:
    """The mistyped words of `text`, in order, without overlap.

    A word is read as another one of two to four characters that differs from it in one character of the same
    sound (tones, zh/z, ch/c, sh/s and n/ng apart) and that some clause has; of several the commonest, the
    first of equal ones. Words of the dictionary, of the clauses and names are never changed: a right word of
    another meaning must not be turned into one that happens to sound like it. Two characters are changed only
    where some clause has the new word near one that stands beside it in the question (抽氧浓度, 臭氧…浓度):
    of 3,000 questions on other notices than those held, 7 in 1,000 were changed without that rule.
    """
    found: list[Misspelt] = []
    for run in _CHINESE.finditer(text):
        cut = _cut(run.group(), run.start())
        for first, last in _doubtful(cut, words):
            found += _in_stretch(text, cut[first].start, cut[last - 1].end, words, _beside(cut, first, last))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.word)

    @property
    def is_loose(self) -> bool:
        """Whether it stands between words of meaning."""
        return self.word in _LOOSE


def _cut(run: str, at: int) -> list[_Token]:
    found = []
    for word in segmenter().cut(run):
        is_guess = len(word) > 1 and not segmenter().FREQ.get(word) and any(c in _LOOSE for c in word)
        for part in word if is_guess else [word]:
            found.append(_Token(part, at))
            at += len(part)
    return found


def _doubtful(cut: Sequence[_Token], words: Words) -> Iterator[tuple[int, int]]:
    """The stretches, as places in `cut`, that are cut into single characters and unknown words."""
    at = 0
    for doubted, tokens in groupby(cut, key=lambda token: _is_doubted(token, words)):
        start, at = at, at + len(list(tokens))
        if doubted:
            yield start, at


def _is_doubted(token: _Token, words: Words) -> bool:
    if token.is_loose:
        return False
    return len(token.word) == 1 or not (segmenter().FREQ.get(token.word) or words.frequency(token.word))


def _beside(cut: Sequence[_Token], first: int, last: int) -> tuple[str, ...]:
    """The nearest words of meaning before and after a stretch."""
    before = [t.word for t in cut[:first] if not t.is_loose and len(t.word) > 1]
    after = [t.word for t in cut[last:] if not t.is_loose and len(t.word) > 1]
    return (*before[-1:], *after[:1])


def _in_stretch(text: str, at: int, end: int, words: Words, beside: Sequence[str]) -> Iterator[Misspelt]:
    """The mistyped words of a stretch, from left to right."""
    while at < end - 1:
        known = _known_from(text, at, end, words)
        match = None if known else _mended_from(text, at, end, words, beside)
        if match:
            yield match
        at = match.end if match else at + max(known, 1)


def _known_from(text: str, at: int, end: int, words: Words) -> int:
    """The length of the longest word or name that begins at `at` and is right; 0 without one."""
    lengths = range(min(_LONGEST, end - at), 1, -1)
    typed = ((length, text[at : at + length]) for length in lengths)
    return next((length for length, word in typed if words.frequency(word) or words.is_name(word)), 0)


def _mended_from(text: str, at: int, end: int, words: Words, beside: Sequence[str]) -> Misspelt | None:
    """The longest word from `at` that is one sound away from a known one."""
    for length in range(min(_LONGEST, end - at), 1, -1):
        counted = [(words.frequency(word), word) for word in _one_sound_away(text[at : at + length])]
        known = sorted((-count, word) for count, word in counted if count)
        for _, word in known[:_TRIED]:
            if length > 2 or not beside or any(words.near(word, other) for other in beside):
                return Misspelt(at, at + length, word)
    return None


def _one_sound_away(word: str) -> Iterator[str]:
    for place, character in enumerate(word):
        for other in homophones(character):
            yield word[:place] + other + word[place + 1 :]
