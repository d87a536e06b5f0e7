"""A mention of something that can be wrong, and whether it stands in the same relation as in the clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from assistant.checking.plain import STOP, after, before
from assistant.wording import pairs

T = TypeVar("T")

#: How far the words around a mention say what it is about.
_LEFT, _RIGHT, _FAR = 16, 12, 40
#: Another mention of the clause fits the words around this one better by so much: the two were mixed up.
#: `tight` is the share of the neighbouring characters that are the same, `about` that of the words.
_TIGHT, _TIGHT_LEAST = 0.25, 0.5
_ABOUT, _ABOUT_LEAST = 0.34, 0.6


@dataclass(frozen=True, slots=True)
class Mention(Generic[T]):
    """`value` as it stands in `text[start:end]`, a plain text (see `plain`)."""

    value: T
    text: str
    start: int
    end: int

    @property
    def printed(self) -> str:
        """The words of the mention."""
        return self.text[self.start : self.end]


class Subject(StrEnum):
    """Where the words stand that a mention is about: a figure follows its indicator, a date comes first."""

    BEFORE = "before"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class _Fit:
    tight: float
    about: float


def misplaced(
    mention: Mention[T],
    neighbours: Sequence[Mention[T]],
    ground: Sequence[Mention[T]],
    agrees: Callable[[T], bool],
    subject: Subject,
) -> bool:
    """True when the clause says something else of what the sentence says this of (A达到88% for B达到88%).

    `neighbours` are the mentions of the sentence and `ground` those of the clauses; `agrees` tells which of
    the latter say the same. The words around the mention must fit one of these about as well as any other.
    """
    same = [_fit(mention, neighbours, g, ground, subject) for g in ground if agrees(g.value)]
    others = [_fit(mention, neighbours, g, ground, subject) for g in ground if not agrees(g.value)]
    if not same or not others:
        return False
    tight, about = max(f.tight for f in same), max(f.about for f in same)
    for other in others:
        if other.tight >= max(_TIGHT_LEAST, tight + _TIGHT):
            return True
        if other.about >= max(_ABOUT_LEAST, about + _ABOUT) and other.tight >= tight:
            return True
    return False


def _fit(
    mention: Mention[T],
    neighbours: Sequence[Mention[T]],
    candidate: Mention[T],
    ground: Sequence[Mention[T]],
    subject: Subject,
) -> _Fit:
    left, right = before(mention.text, mention.start, _LEFT), after(mention.text, mention.end, _RIGHT)
    left_there = before(candidate.text, candidate.start, _LEFT)
    right_there = after(candidate.text, candidate.end, _RIGHT)
    length = len(left) + len(right)
    shared = common(left[::-1], left_there[::-1]) + common(right, right_there)
    said = pairs(_territory(mention, neighbours, subject))
    about = len(said & pairs(_territory(candidate, ground, subject))) / len(said) if said else 0.0
    return _Fit(shared / length if length else 0.0, about)


def _territory(mention: Mention[T], beside: Sequence[Mention[T]], subject: Subject) -> str:
    """The words that belong to a mention: up to a comma, and on its subject's side to the next mention."""
    start = max((m.end for m in beside if m.text == mention.text and m.end <= mention.start), default=0)
    end = min((m.start for m in beside if m.text == mention.text and m.start >= mention.end), default=10**9)
    near = STOP + ",、"
    left_stops, right_stops = (STOP, near) if subject is Subject.BEFORE else (near, STOP)
    left = before(mention.text, mention.start, min(_FAR, mention.start - start), left_stops)
    right = after(mention.text, mention.end, min(_FAR, end - mention.end), right_stops)
    return f"{left}|{right}"


def common(one: str, other: str) -> int:
    """How many characters both begin with."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
