"""Markdown inside a line: what a reader of the printed page sees of it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

# A tag as CommonMark 6.6 defines it; `a<b 且 b>c` is none.
_ATTRIBUTE = (
    r"""\s+[A-Za-z_:][\w:.-]{0,60}(?:\s*=\s*(?:"[^"\n]{0,2000}"|'[^'\n]{0,2000}'|[^\s"'=<>`]{1,2000}))?"""
)
TAG = re.compile(rf"</?[A-Za-z][A-Za-z0-9-]{{0,20}}(?:{_ATTRIBUTE}){{0,50}}\s*/?>", re.ASCII)

# Lengths are bounded so that hostile text costs no more than its length times a constant.
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[((?:[^\[\]\n\\]|\\.){0,500})\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)")
_STRONG = re.compile(r"(?<!\\)(?:\*\*|~~)")
_STRONG_UNDERSCORE = re.compile(r"(?<![\w\\])__(?=\S)([^\n]{1,500}?)(?<=\S)__(?!\w)", re.ASCII)
# Not between letters or digits, where an asterisk is a sign of its own: 2*3*4.
_ASTERISK = re.compile(r"(?<![\w\\*])\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s\\*])\*(?![\w*])", re.ASCII)
_UNDERSCORE = re.compile(r"(?<![\w\\])_(?=[^\s_])([^_\n]{1,500})(?<=[^\s\\_])_(?!\w)", re.ASCII)
_CODE = re.compile(r"(?<!`)(`{1,3})([^`\n]{1,500})\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")


@dataclass(frozen=True, slots=True)
class PlainText:
    """Text as printed, and for each of its characters the index in the marked-up text."""

    text: str
    places: Sequence[int]


# What goes, in this order, and the group of each match that stays (0: none).
_MARKUP = (
    (_IMAGE, 0),
    (_LINK, 1),
    (TAG, 0),
    (_STRONG, 0),
    (_STRONG_UNDERSCORE, 1),
    (_ASTERISK, 1),
    (_UNDERSCORE, 1),
    (_CODE, 2),
    (_ESCAPE, 1),
)


def plain(text: str) -> str:
    r"""Return `text` without inline markup: `**1\.** [见附件](a.htm)` → `1. 见附件`."""
    return plain_with_places(text).text


def plain_with_places(text: str) -> PlainText:
    r"""Return `text` without inline markup, with the place of each character, which ascend.

    Images, tags, emphasis, code ticks and link targets go; backslash escapes and entities become the
    character. Lines keep their markup because their text is a span of the source: a consumer calls this on
    the text of a line of a Markdown document before it looks for labels or shows it to people.
    """
    result = PlainText(text, range(len(text)))
    if any(mark in text for mark in "*_`\\[<&~"):
        for pattern, group in _MARKUP:
            result = _without(result, pattern, group)
        result = _with_entities_resolved(result)
    return result


def _without(marked: PlainText, pattern: re.Pattern[str], group: int) -> PlainText:
    """Drop each match but for its group."""
    kept: list[tuple[int, int]] = []
    cursor = 0
    for match in pattern.finditer(marked.text):
        kept.append((cursor, match.start()))
        if group:
            kept.append(match.span(group))
        cursor = match.end()
    if not kept:
        return marked
    kept.append((cursor, len(marked.text)))
    return PlainText(
        "".join(marked.text[start:end] for start, end in kept),
        [place for start, end in kept for place in marked.places[start:end]],
    )


def _with_entities_resolved(marked: PlainText) -> PlainText:
    """Each entity becomes its character, at the place of the ampersand."""
    characters: list[str] = []
    places: list[int] = []
    cursor = 0
    for match in _ENTITY.finditer(marked.text):
        resolved = html.unescape(match.group())
        if resolved == match.group():
            continue  # no such entity
        characters.append(marked.text[cursor : match.start()] + resolved)
        places.extend(marked.places[cursor : match.start()])
        places.extend([marked.places[match.start()]] * len(resolved))
        cursor = match.end()
    if not characters:
        return marked
    return PlainText("".join(characters) + marked.text[cursor:], [*places, *marked.places[cursor:]])
