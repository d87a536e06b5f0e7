"""Printed text in one width and without white space, with the way back to what is printed."""

from __future__ import annotations

from dataclasses import dataclass

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_MARKS = str.maketrans(",;:()?!", "，；：（）？！")
_DASHES = str.maketrans(dict.fromkeys("-‐‑‒–—―－~～〜∼﹣", "—"))
_SIGNS = str.maketrans({"﹪": "%", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "\u2002": " "})


@dataclass(frozen=True, slots=True)
class Plain:
    """`text`: letters and digits narrow, Chinese punctuation wide, dashes one; `origin[i]` is the offset in
    `printed` of character i."""

    printed: str
    text: str
    origin: tuple[int, ...]

    def slice(self, start: int, end: int) -> str:
        """What is printed for `text[start:end]`, with the white space inside it."""
        return self.printed[self.origin[start] : self.origin[end - 1] + 1] if start < end else ""


def plain(printed: str) -> Plain:
    """`printed` in plain form: PDFs break lines inside words, and some sites put spaces there."""
    one_width = printed.translate(_WIDE).translate(_MARKS).translate(_DASHES).translate(_SIGNS)
    origin = tuple(at for at, character in enumerate(one_width) if not character.isspace())
    return Plain(printed, "".join(one_width[at] for at in origin), origin)
