"""A mention of something that can be wrong, and whether it stands in the same relation as in the clause."""

from __future__ import annotations

import re
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
#: `tight` is the share of the neighbouring characters that are the same; `about` the share of the words, of
#: those that the clause has around any such mention.
_TIGHT, _TIGHT_LEAST = 0.35, 0.6
_ABOUT, _ABOUT_LEAST = 0.5, 0.75
#: The part between two commas begins with its subject, of which so many characters tell it from others.
_SUBJECT = 4

_DATED = re.compile(r"^[到至自从在]?(?:19|20)\d{2}年?(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初]?[前起]?|^到")
_SHARED_OUT = "分别"
#: Words that stand around figures of every kind.
_EVERYWHERE = re.compile(
    r"达到|[提降]到|高到|不(?:得|能)?[低高]于|不(?:得|能)?超过|不[少多大小]于|控制在|以[上下内]|左右|至少|至多|最高|最低|为|至"
    r"|提高|下降|降低|增长|年均|要|应当?|必须|力争|累计|建设内容|工作任务|\d+年|[个项条家座台人%‰\d.]+"
)


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


def misplaced(
    mention: Mention[T],
    neighbours: Sequence[Mention[T]],
    ground: Sequence[Mention[T]],
    agrees: Callable[[T], bool],
    subject: Subject | None,
) -> bool:
    """True when the clause says something else of what the sentence says this of (A达到88% for B达到88%).

    `neighbours` are the mentions of the sentence and `ground` those of the clauses; `agrees` tells which of
    the latter say the same. The words around the mention must fit one of these about as well as any other;
    without a `subject` only the neighbouring characters count.
    """
    same = [g for g in ground if agrees(g.value)]
    others = [g for g in ground if not agrees(g.value)]
    tight = max((_tight(mention, there) for there in same), default=0.0)
    if any(_tight(mention, other) >= max(_TIGHT_LEAST, tight + _TIGHT) for other in others):
        return True
    if subject is None:
        return False
    if subject is Subject.BEFORE and _of_another_subject(mention, same, others):
        return True
    return _about_another(mention, neighbours, same, others, subject)


def _about_another(
    mention: Mention[T],
    neighbours: Sequence[Mention[T]],
    same: Sequence[Mention[T]],
    others: Sequence[Mention[T]],
    subject: Subject,
) -> bool:
    """True when the words of another mention are those of this one, and those of the same are not."""
    ground = (*same, *others)
    if any(_SHARED_OUT in before(there.text, there.start, _FAR) for there in same):
        return False  # A、B分别为1、2: which is whose, the words around them do not tell
    words = {id(there): _about(there, ground, subject) for there in ground}
    said = _about(mention, neighbours, subject) & frozenset().union(*words.values())
    if not said:
        return False
    shares = {key: len(said & there) / len(said) for key, there in words.items()}
    fitting = max((shares[id(there)] for there in same), default=0.0)
    parts = {_place_of_part(there) for there in same}
    return any(
        shares[id(other)] >= max(_ABOUT_LEAST, fitting + _ABOUT) and _place_of_part(other) not in parts
        for other in others
    )


def _tight(mention: Mention[T], there: Mention[T]) -> float:
    """The share of the characters right beside a mention that also stand beside `there`."""
    left, right = before(mention.text, mention.start, _LEFT), after(mention.text, mention.end, _RIGHT)
    left_there = before(there.text, there.start, _LEFT)
    right_there = after(there.text, there.end, _RIGHT)
    shared = common(left[::-1], left_there[::-1]) + common(right, right_there)
    return shared / (len(left) + len(right)) if left or right else 0.0


def _about(mention: Mention[T], beside: Sequence[Mention[T]], subject: Subject) -> frozenset[str]:
    """Pairs of characters of the words that belong to a mention.

    They reach up to a comma, and on the side of its subject to the next mention.
    """
    start = max((m.end for m in beside if m.text == mention.text and m.end <= mention.start), default=0)
    end = min((m.start for m in beside if m.text == mention.text and m.start >= mention.end), default=10**9)
    near = STOP + ",、"
    left_stops, right_stops = (STOP, near) if subject is Subject.BEFORE else (near, STOP)
    left = before(mention.text, mention.start, min(_FAR, mention.start - start), left_stops)
    right = after(mention.text, mention.end, min(_FAR, end - mention.end), right_stops)
    telling = _telling(f"{left}|{right}")
    if subject is Subject.BEFORE and not _telling(before(mention.text, mention.start, _FAR, near)):
        # 比2022年下降20%,控制在26: the second figure is about what the first is about.
        telling |= _telling(before(mention.text, mention.start, _FAR))
    return telling


def _telling(words: str) -> frozenset[str]:
    parts = re.split("[|,、:]", _EVERYWHERE.sub("|", words))
    return frozenset(pair for part in parts for pair in pairs(part))


def _of_another_subject(
    mention: Mention[T], same: Sequence[Mention[T]], others: Sequence[Mention[T]]
) -> bool:
    """True when the part of the sentence begins as parts of the clause do that say something else."""
    mine = _part(mention)
    ours = {_part(g) for g in same}
    if len(mine) < _SUBJECT or any(common(mine, part) >= _SUBJECT for part in ours):
        return False
    return any(common(mine, part) >= _SUBJECT for part in {_part(g) for g in others} - ours)


def _place_of_part(mention: Mention[T]) -> tuple[str, int]:
    """Where the words between two commas begin in which a mention stands (每千人2名 is one part)."""
    return mention.text, mention.start - len(before(mention.text, mention.start, 10**6, STOP + ",、"))


def _part(mention: Mention[T]) -> str:
    """The words between commas in which a mention stands, up to it, without a date at their beginning."""
    return _DATED.sub("", before(mention.text, mention.start, _FAR, STOP + ",:"), count=1)


def common(one: str, other: str) -> int:
    """How many characters both begin with."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
