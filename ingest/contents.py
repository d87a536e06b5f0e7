"""Tables of contents: 目录 and the lines below it that announce the headings of the text; no body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.characters import squash
from ingest.document import Table
from ingest.grammar import match_label
from ingest.runs import Run

_HEAD = re.compile(r"(?:目录|目次)[:：]?")
#: 总则……3, 总则 3
_PAGED = re.compile(r"(?:[.．…·\s—-]{2,}|\t)\s*[(（]?\d{1,3}[)）]?\s*$")
#: 目录 第一章 总则 第二章 … in one line.
_IN_ONE_LINE = re.compile(r"(?:目录|目次)[:：]?第一[编章].{1,30}第二[编章].{1,600}")
_LONGEST_ENTRY = 60
_MOST_ENTRIES = 200


def contents_lines(blocks: Sequence[Run | Table]) -> set[int]:
    """The positions of all lines that belong to a table of contents."""
    found: set[int] = set()
    last: dict[str, int] = {}  # where each heading stands last; an entry stands before its heading
    for i, block in enumerate(blocks):
        if i in found or not isinstance(block, Run) or not block.text.lstrip().startswith("目"):
            continue
        line = squash(block.text)
        if _HEAD.fullmatch(line):
            last = last or _last_lines(blocks)
            end = _end(blocks, i + 1, last)
            found.update(range(i, end) if end > i + 1 else ())
        elif _IN_ONE_LINE.fullmatch(line) and not re.search("[。；]", line):
            found.add(i)
    return found


def _last_lines(blocks: Sequence[Run | Table]) -> dict[str, int]:
    return {
        _key(block.text): i
        for i, block in enumerate(blocks)
        if isinstance(block, Run) and len(block.text) <= _LONGEST_ENTRY
    }


def _end(blocks: Sequence[Run | Table], begin: int, last: dict[str, int]) -> int:
    """Where the entries end: lines with page numbers, or headings that the text repeats further down."""
    entries: set[str] = set()
    for end in range(begin, min(len(blocks), begin + _MOST_ENTRIES)):
        block = blocks[end]
        if not isinstance(block, Run) or len(block.text) > _LONGEST_ENTRY:
            return end
        key = _key(block.text)
        if key in entries or not (_PAGED.search(block.text) or last.get(key, end) > end):
            return end
        entries.add(key)
    return begin


def _key(text: str) -> str:
    """What an entry and its heading share: the label and the first words; （修改） behind them may differ."""
    line = _PAGED.sub("", text.strip())
    label = match_label(line)
    return squash(line) if label is None else f"{label.name} {squash(line[label.length :])[:2]}"
