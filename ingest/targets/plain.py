"""Printed text in one width and without white space, with the way back to what is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NARROWED = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_MARKS = dict(zip(map(ord, ",;:()?!"), "，；：（）？！", strict=True))
_DASHES = {ord(dash): "—" for dash in "-‐‑‒–―－~～〜∼﹣"}
_SIGNS = {ord("﹪"): "%", ord("≧"): "≥", ord("≦"): "≤", ord("⩾"): "≥", ord("⩽"): "≤"}
#: One step from what is printed: narrow letters and digits, wide marks, one dash.
_PLAIN = _NARROWED | _MARKS | _DASHES | _SIGNS | {ord(mark): mark for mark in "，；：（）？！"}
#: Most sentences need nothing, which a search tells faster than a translation.
_OTHER = re.compile("[" + "".join(re.escape(chr(c)) for c, plain in _PLAIN.items() if chr(c) != plain) + "]")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text`: letters and digits narrow, Chinese punctuation wide, dashes one; `origin[i]` is the offset in
    `printed` of character i."""

    printed: str
    text: str
    origin: Sequence[int]

    def slice(self, start: int, end: int) -> str:
        """What is printed for `text[start:end]`, with the white space inside it."""
        return self.printed[self.origin[start] : self.origin[end - 1] + 1] if start < end else ""


def plain(printed: str) -> Plain:
    """`printed` in plain form: PDFs break lines inside words, and some sites put spaces there."""
    text = printed.translate(_PLAIN) if _OTHER.search(printed) else printed
    words = text.split()
    if len(words) == 1 and len(words[0]) == len(text):
        return Plain(printed, text, range(len(text)))
    origin = [at for at, character in enumerate(text) if not character.isspace()]
    return Plain(printed, "".join(words), origin)
