"""Questions that the ledger of targets answers: which indicator, and what its value is asked to be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.indicators import matching_indicators, normal_form
from assistant.ledger import Condition
from assistant.wording import comparable
from index.lexicon import load_lexicon
from ingest.targets import Comparator

#: The shortest name of an indicator that may be read out of a question.
_SHORTEST = 2

_FIGURE = r"(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>%|％|[万亿千百]*[\u4e00-\u9fff]{0,3}?)"
_BEFORE = (
    (Comparator.AT_LEAST, r"不低于|不少于|至少|大于等于|≥|不小于"),
    (Comparator.AT_MOST, r"不高于|不超过|至多|小于等于|≤|不大于"),
    (Comparator.MORE, r"高于|超过|大于|多于|高过|>"),
    (Comparator.LESS, r"低于|小于|少于|不到|不足|<"),
    (Comparator.EQUAL, r"等于|正好是|刚好是"),
)
_AFTER = (
    (Comparator.AT_LEAST, r"(?:及|或)?以上|(?:及|或)?更高"),
    (Comparator.AT_MOST, r"(?:及|或)?以[下内]|(?:及|或)?更低"),
)
_CONDITIONS = tuple(
    (c, re.compile(rf"(?:{words}){_FIGURE}(?=的|$|[？?，,。])")) for c, words in _BEFORE
) + tuple((c, re.compile(rf"{_FIGURE}(?:{words})")) for c, words in _AFTER)


def indicator_in(question: str, known: Sequence[str]) -> str | None:
    """The words of `question` that name an indicator of which targets are `known`; the longest, or None.

    Names are found as the notices write them, and as people say them (GDP, 物价) by the lexicon.
    """
    text = comparable(question).upper()
    names = {normal_form(name) for name in known}
    said = [name for name in names if len(name) >= _SHORTEST and name in text]
    for match in load_lexicon().matches(question):
        if match.entry.kind in {"synonym", "abbreviation"} and matching_indicators(match.entry.lay, known):
            said.append(match.entry.lay)
    return max(sorted(said), key=len, default=None)


def condition_in(question: str) -> Condition | None:
    """What the value is asked to be (高于5%, 1万人以上), or None; a year is no value."""
    found = _condition(question)
    if found is None:
        return None
    comparator, match = found
    return Condition(comparator, float(match.group("value")), match.group("unit").replace("％", "%"))


def without_condition(question: str) -> str:
    """`question` with a comma in place of its condition, which is no subject."""
    found = _condition(question)
    return question if found is None else question.replace(found[1].group(0), "，")


def _condition(question: str) -> tuple[Comparator, re.Match[str]] | None:
    for comparator, pattern in _CONDITIONS:
        match = pattern.search(question)
        if match and match.group("unit") not in {"年", "月", "日"}:
            return comparator, match
    return None
