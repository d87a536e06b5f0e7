"""What unnumbered lines inside an article of a statute are: a caption, a further 款, or part of a list.

Forced by measures of provinces and cities as they are published: captions in a line of their own
(（目的和依据）), lists whose entries have paragraphs of their own, lists without labels, paragraphs that the
page broke in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.grammar import STATUTE_STYLES, Label, Style

_CAPTION = re.compile(r"[（(【［\[]([^（()）。；：，]{1,28})[)）】］\]]")
#: A caption without brackets is short, and no sentence.
_CAPTION_LENGTH = 20
_STOPS = "。；;：:！？!?，,"
#: A line at least this long that ends in the middle of a sentence was broken by the page.
_FULL_LINE = 30
#: How many lines ahead the next label of a list is looked for.
HORIZON = 80


def caption_of(text: str) -> str | None:
    """The caption of an article when the line is nothing else (（目的和依据）, 目的和依据), else None."""
    line = text.strip()
    found = _CAPTION.fullmatch(line)
    if found:
        return found.group(1).strip()
    is_words = 2 <= len(line) <= _CAPTION_LENGTH and not re.search(f"[{_STOPS}）)”》]", line)
    return line if is_words else None


def leading_caption(text: str) -> str | None:
    """The bracketed caption that an article's text begins with (（目的）为了…), else None."""
    found = _CAPTION.match(text)
    return found.group(1).strip() if found and found.end() < len(text.strip()) else None


def is_broken_off(text: str) -> bool:
    """Whether a paragraph ends in the middle of a sentence, so that the next line is its rest."""
    line = text.rstrip()
    return len(line) >= _FULL_LINE and bool(re.match(r"[\u4e00-\u9fff、，]", line[-1]))


def is_in_open_list(lines: Sequence[str]) -> bool:
    """Whether the line after these is one more entry of a list without labels: the first line ends in ：,
    and none of the entries so far ended the list with 。"""
    return (
        bool(lines)
        and lines[0].rstrip().endswith(("：", ":"))
        and (len(lines) == 1 or lines[-1].rstrip().endswith(("；", ";")))
    )


def next_in_lists(ahead: Sequence[Label | None], lists: dict[Style, int]) -> Style | None:
    """The style of the open list that goes on further down in the article, or None.

    `ahead` are the labels of the lines that follow, `lists` the last number of each open list, outermost
    first. A list goes on where its next number comes before it is begun anew and before the article ends.
    """
    waiting = dict(lists)
    for label in ahead:
        if label is None:
            continue
        if label.style in STATUTE_STYLES:
            return None
        if label.style in waiting and label.number == waiting[label.style] + 1:
            return label.style
        if label.number == 1:
            waiting.pop(label.style, None)
        if not waiting:
            return None
    return None
