"""Documents that follow one another in one file: each is a part of its own, addressed below its title.

Forced by collections that print an opinion and the measures that go with it one after another; every one of
them counts its articles from 第一条.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.characters import squash
from ingest.document import Table
from ingest.grammar import STATUTE_STYLES, Style, match_label
from ingest.runs import Run

Block = Run | Table

#: How many lines (who issued it, when, a preamble) may stand between a title and the first label.
_MOST_BETWEEN = 4
_LONGEST_TITLE = 60
#: Lists and forms are titled too, but hold no articles.
_KINDS = (
    *("通知", "方案", "办法", "意见", "规定", "细则", "条例", "决定", "规程", "预案", "制度", "章程"),
    *("规则", "准则", "计划", "规划", "措施"),
)
_KIND = re.compile(rf"(?:{'|'.join(_KINDS)})(?:[（(〔][^）)〕]{{1,24}}[）)〕])*$")
#: How a line that names a kind ends; few others do.
_ENDS = (*(kind[-1] for kind in _KINDS), "）", ")", "〕")
_ADDRESSEES = re.compile(r"^各[^。；;]{2,200}[:：]$")
#: Sentences and dates are no half of a title.
_NO_WORDS = re.compile("[。；;：:！？，,《》|]|日$")


def inner_documents(
    blocks: Sequence[Block],
) -> tuple[Sequence[Block], list[tuple[list[Run], Sequence[Block]]]]:
    """(blocks of the first document, [(title lines, blocks) of each that follows]).

    A document follows where a title line stands after numbered text and the numbering begins anew below it.
    """
    bounds = _titles(blocks)
    if not bounds:
        return blocks, []
    following = []
    for (begin, end), (stop, _) in pairwise([*bounds, (len(blocks), 0)]):
        following.append(([block for block in blocks[begin:end] if isinstance(block, Run)], blocks[end:stop]))
    return blocks[: bounds[0][0]], following


def _titles(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """(first line, end) of the title of each document that follows."""
    found: list[tuple[int, int]] = []
    seen: set[Style] = set()
    for i, block in enumerate(blocks):
        if not isinstance(block, Run):
            continue
        label = match_label(block.text)
        if label is not None:
            seen.add(Style.ARTICLE if label.style in STATUTE_STYLES else label.style)
        elif seen and _is_title(block.text) and _begins(blocks, i, seen):
            found.append((_first_line(blocks, i), i + 1))
    return found


def _is_title(text: str) -> bool:
    if not text.rstrip().endswith(_ENDS):
        return False
    line = squash(text)
    return (
        6 <= len(line) <= _LONGEST_TITLE
        and bool(_KIND.search(line))
        and not re.search("[。；;！？：:]", line)
    )


def _begins(blocks: Sequence[Block], i: int, seen: set[Style]) -> bool:
    """Whether a document begins below a title: with whom it is addressed to, its first article or chapter, or
    一、 where that list was counted before."""
    for block in blocks[i + 1 : i + 2 + _MOST_BETWEEN]:
        if not isinstance(block, Run):
            return False
        if _ADDRESSEES.match(block.text.strip()):
            return True
        label = match_label(block.text)
        if label is None:
            continue
        opens = label.style in STATUTE_STYLES or (label.style is Style.HAN and Style.HAN in seen)
        return opens and label.number == 1
    return False


def _first_line(blocks: Sequence[Block], i: int) -> int:
    """The first line of a title in two lines: a short line of words before the one that names the kind."""
    if i < 2:
        return i
    line, before = blocks[i - 1], blocks[i - 2]
    if not isinstance(line, Run) or not _is_words(line) or _is_words(before):
        return i
    return i - 1 if 4 <= len(squash(line.text)) <= 25 and match_label(line.text) is None else i


def _is_words(block: Block) -> bool:
    return isinstance(block, Run) and not _NO_WORDS.search(block.text)
