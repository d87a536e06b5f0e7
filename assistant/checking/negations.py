"""Negations with what they negate: 不得排放 is not 排放."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.checking.mention import common
from assistant.checking.plain import after, before
from assistant.wording import pairs

#: Words of prohibition and absence; in 不断, 无障碍, 未来 the character negates nothing.
_NEGATION = re.compile(
    r"严禁|禁止|没有"
    r"|不(?!断|仅|但|只|同|论|管|光|等|过(?!去|程)|得已|妨|乏|久)(?:得|准|予|能|应|可|再|宜|许|要|允许)?"
    r"|未(?!来|必|成年)|无(?!线|人[机驾]|障碍|害|论|偿|缝|废|纸|接触|感|疑)|没(?!收)|勿"
)
#: A comparator is read with its number (不低于30%, 30%以上): see `quantities`.
_COMPARATOR = re.compile(
    r"(?:得|应|能|可|宜|要)?(?:低于|少于|小于|高于|超过|大于|多于|超出|短于|长于|早于|晚于|迟于|足|到|满)[^,、;。]{0,6}?\d"
)
_FORBIDS = re.compile("严禁|禁止")
_MODAL = re.compile("(?:可以?|应当?|必须|允许|能够?|会|要)$")
_REACH = 8
#: This much of what a negation negates must follow it in the clause as well.
_LEAST, _DROPPED_MOST = 2, 6
#: So many characters before a negation tell that a sentence speaks of the same place without it.
_SAME_PLACE = 4
_ALIKE = 0.4


def negations(text: str) -> Iterator[re.Match[str]]:
    """The negations of a plain text that stand by themselves, in order."""
    for match in _NEGATION.finditer(text):
        if not _COMPARATOR.match(text, match.end()):
            yield match


def unsupported_negations(sentence: str, statements: Sequence[str]) -> Iterator[str]:
    """Negations that the clause does not make of the same thing, and those of the clause that were dropped.

    Each with the words it negates, or would have to negate.
    """
    end = -1
    for match in negations(sentence):
        said = after(sentence, match.start(), _REACH + len(match.group()), stops="。;!?|,")
        doubled = match.start() == end and not any(said in statement for statement in statements)
        if doubled or not _negated_there(sentence, match, statements):
            yield said
        end = match.end()
    for statement in statements:
        yield from _dropped(sentence, statement, statements)


def _negated_there(sentence: str, match: re.Match[str], statements: Sequence[str]) -> bool:
    """True when a clause negates the same words, and says them nowhere without the negation more exactly."""
    rest = after(sentence, match.end(), _REACH, stops="。;!?|,")
    left = before(sentence, match.start(), 4, stops="。;!?|,")
    negated, bare = 0, 0
    for statement in statements:
        ends = {m.end() for m in negations(statement)}
        for at in _places(statement, rest[:_LEAST]):
            length = common(rest, statement[at : at + _REACH])
            if at in ends:
                begin = max(m.start() for m in negations(statement) if m.end() == at)
                negated = max(negated, length + common(left[::-1], statement[:begin][::-1]))
            else:
                bare = max(bare, length + common(left[::-1], statement[:at][::-1]))
    if negated >= max(bare, min(_LEAST, len(rest))):
        return True
    return not bare and not negated and _reworded(sentence, match, statements)


def _reworded(sentence: str, match: re.Match[str], statements: Sequence[str]) -> bool:
    """True when a clause negates something in words that are mostly those of the sentence (不准 for 严禁)."""
    said = pairs(after(sentence, match.end(), 14, stops="。;!?|,"))
    return bool(said) and any(
        len(said & pairs(after(statement, there.end(), 20))) / len(said) >= _ALIKE
        for statement in statements
        for there in negations(statement)
    )


def _dropped(sentence: str, statement: str, statements: Sequence[str]) -> Iterator[str]:
    """What `statement` negates and the sentence says without any negation before it."""
    for match in negations(statement):
        negated = after(statement, match.end(), _REACH, stops="。;!?|,、")[:_DROPPED_MOST]
        if len(negated) < _LEAST:
            continue
        for at in _places(sentence, negated):
            lead = before(sentence, at, 12, stops="。;!?|,")
            if _FORBIDS.search(lead) or _NEGATION.search(lead[-4:]):
                continue
            bare = _MODAL.sub("", before(sentence, at, 12))
            same_place = common(bare[::-1], statement[: match.start()][::-1]) >= _SAME_PLACE
            if same_place or not _said_bare(negated, statements):
                yield negated


def _said_bare(words: str, statements: Sequence[str]) -> bool:
    """True when a clause says the words somewhere without a negation before them."""
    return any(
        not _NEGATION.search(before(statement, at, 6, stops="。;!?|,"))
        for statement in statements
        for at in _places(statement, words)
    )


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
