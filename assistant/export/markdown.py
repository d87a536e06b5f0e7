"""Questions and answers as Markdown with footnotes, as Pandoc, GitHub and most editors read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.export.turns import Grid, Paragraph, Style, Turn, Words, parts_of, source_of

#: Text of notices is text: these would be read as marks (CommonMark 0.31, backslash escapes).
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_AT_START = re.compile(r"^(\s*\d*)([-+.)])(?=\s)")


def markdown(turns: Sequence[Turn]) -> str:
    """The turns as one document: a heading a question, footnotes numbered through the whole."""
    lines: list[str] = []
    notes: list[str] = []
    for turn in turns:
        numbers = {c.marker: len(notes) + n for n, c in enumerate(turn.answer.citations, 1)}
        notes += [f"[^{numbers[c.marker]}]: {escape(source_of(c))}" for c in turn.answer.citations]
        lines += [f"## 问：{escape(' '.join(turn.question.split()))}", ""]
        for part in parts_of(turn.answer):
            lines += [*_part(part, numbers), ""]
    return "\n".join([*lines, *notes]).rstrip("\n") + "\n"


def escape(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    return _AT_START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))


def _part(part: Paragraph | Grid, numbers: dict[int, int]) -> Iterator[str]:
    if isinstance(part, Grid):
        yield _row([escape(head) for head in part.heads])
        yield _row(["---"] * len(part.heads))
        for row in part.rows:
            yield _row([_words(cell, numbers) for cell in row])
        return
    text = _words(part.words, numbers)
    if part.style is Style.ITEM:
        yield f"{part.number}. {text}" if part.number is not None else f"- {text}"
    elif part.style in (Style.LEAD, Style.GROUP):
        yield f"**{text}**"
    else:
        yield f"*{text}*" if part.style is Style.NOTE else text


def _words(words: Words, numbers: dict[int, int]) -> str:
    marks = "".join(f"[^{numbers[m]}]" for m in words.markers if m in numbers)
    return escape(" ".join(words.text.split())) + marks


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
