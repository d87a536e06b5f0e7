"""Glyphs → printed lines; words are kept apart where the page shows a gap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

from ingest.readers.page_items import Box, Glyph

_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffee\u3000-\u303f]")
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff]")

# Glyphs whose baselines differ by less than this share of an em stand in one line.
_SAME_LINE = 0.35
# A gap is a space from these shares of an em on: between ideographs, whose spacing a justified line widens,
# between an ideograph and a letter, and between letters or digits with a space character and without one.
_WIDE_GAP = 0.75
_MIXED_GAP = 0.4
_SPACE_GAP = 0.08
_WORD_GAP = 0.3


def is_wide(character: str) -> bool:
    """Whether the character fills an em square: an ideograph or a full-width sign."""
    return _WIDE.match(character) is not None


def is_ideograph(character: str) -> bool:
    """Whether the character is a Han ideograph."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U000323af"


def glyph_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """The glyphs of each line from left to right, lines from top to bottom; each line has a visible glyph."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.baseline, glyph.left)):
        line = lines[-1] if lines else None
        if line and glyph.baseline - line[0].baseline <= _SAME_LINE * min(glyph.em, line[0].em):
            line.append(glyph)
        else:
            lines.append([glyph])
    lines = [line for line in lines if any(not glyph.text.isspace() for glyph in line)]
    return [_without_doubles(sorted(line, key=lambda glyph: glyph.left)) for line in _with_raised(lines)]


def _with_raised(lines: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Small raised or lowered signs (km², 注①) put back into the line that they stand beside."""
    kept: list[list[Glyph]] = []
    for at, line in enumerate(lines):
        host = next((other for other in (*kept[-1:], *lines[at + 1 : at + 2]) if _hosts(other, line)), None)
        if host is None:
            kept.append(line)
        else:
            host.extend(line)
    return kept


def _hosts(line: Sequence[Glyph], raised: Sequence[Glyph]) -> bool:
    em = type_size(line)
    small = type_size(raised)
    middle = raised[0].baseline - 0.38 * small
    left, right = min(g.left for g in line), max(g.right for g in line)
    return (
        len(raised) <= 4
        and small < 0.8 * em
        and line[0].top - 0.2 * em < middle < line[0].bottom + 0.1 * em
        and left - em < raised[0].left < right + em
    )


def _without_doubles(line: Sequence[Glyph]) -> list[Glyph]:
    """The line without glyphs printed twice in almost one place, as some programs embolden."""
    kept: list[Glyph] = []
    for glyph in line:
        double = any(
            other.text == glyph.text and abs(other.left - glyph.left) < 0.25 * glyph.em for other in kept[-3:]
        )
        if not double or glyph.text.isspace():
            kept.append(glyph)
    return kept


def type_size(line: Sequence[Glyph]) -> float:
    """The em of a line: that of its ideographs, or of all its glyphs."""
    wide = [glyph.em for glyph in line if is_ideograph(glyph.text)]
    return median(wide or [glyph.em for glyph in line])


def line_text(line: Sequence[Glyph], em: float) -> str:
    """The text of a line whose type size is `em`, spaces where the page shows a gap."""
    pieces: list[str] = []
    before: Glyph | None = None
    spaced = False
    for glyph in line:
        if glyph.text.isspace():
            spaced = True
            continue
        if before is not None and (glyph.left - before.right) / em > _least_gap(before, glyph, spaced):
            pieces.append(" ")
        pieces.append(glyph.text)
        before, spaced = glyph, False
    return "".join(pieces)


def _least_gap(before: Glyph, glyph: Glyph, spaced: bool) -> float:
    """The gap, in ems, from which on neighbours are apart; `spaced`: a space character is between them."""
    if is_wide(before.text) and is_wide(glyph.text):
        return _MIXED_GAP if spaced else _WIDE_GAP
    if _WORD.match(before.text) and _WORD.match(glyph.text):
        return _SPACE_GAP if spaced else _WORD_GAP
    return _MIXED_GAP


def line_box(line: Sequence[Glyph], em: float) -> Box:
    """The box around the visible glyphs of a line whose type size is `em`."""
    visible = [glyph for glyph in line if not glyph.text.isspace()]
    baseline = median(glyph.baseline for glyph in visible)
    return (
        min(glyph.left for glyph in visible),
        baseline - 0.88 * em,
        max(glyph.right for glyph in visible),
        baseline + 0.12 * em,
    )


def joined(first: str, second: str) -> str:
    """Two printed lines as one text: a cut word whole, ideographs without a gap, words with one."""
    if not first or not second:
        return first + second
    before, after = first[-1], second[0]
    if before in "-\u00ad\u2010" and len(first) > 1 and first[-2].isascii() and first[-2].isalpha():
        return (first[:-1] if after.islower() else first) + second
    letters = before.isascii() and after.isascii()
    if letters and (before.isalpha() or before in ",.;:)%") and (after.isalnum() or after in '("'):
        return f"{first} {second}"
    return first + second
