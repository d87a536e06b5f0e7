"""Running heads, feet and page numbers: what stands at the same place of page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.page_items import TextLine

#: Share of the page's height, at the top and at the bottom, in which heads and feet stand.
_MARGIN = 0.13
_LINES = 3  # at most so many lines of head and of foot
_LONGEST_OVERLAP = 12  # lines
_SAME_PLACE = 6.0  # points
_SHARE = 0.4  # of the pages, or of every second page, show a running head

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:[-—–－―·•~〜\s]*第?\s*(\d{1,4})\s*页?[-—–－―·•~〜\s]*"
    r"|第?\s*(\d{1,4})\s*页?\s*(?:[/／,，、]|of|共)\s*(?:共\s*)?\d{1,4}\s*页?|page\s*(\d{1,4})(?:\s*of\s*\d{1,4})?)",
    re.IGNORECASE,
)
_FRAMED_NUMBER = re.compile(
    r"[-—–－―·]\s*\d{1,4}\s*[-—–－―·]|第\s*\d{1,4}\s*页.*|\d{1,4}\s*(?:[/／]|of)\s*\d{1,4}"
)


def running_heads(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> set[int]:
    """The ids of the lines that are heads, feet and page numbers, or repeated from the page before."""
    margins = [_in_margins(lines, height) for lines, height in zip(pages, heights, strict=True)]
    return _running(margins) | _numbers(margins) | _overlaps(pages)


def _overlaps(pages: Sequence[Sequence[TextLine]]) -> set[int]:
    """Lines at the top of a page that also end the page before: how viewers cut a long page for printing."""
    repeated: set[int] = set()
    for before, page in pairwise(pages):
        texts, ends = [line.text for line in page], [line.text for line in before]
        for count in range(min(_LONGEST_OVERLAP, len(texts), len(ends)), 1, -1):
            if ends[-count:] == texts[:count] and sum(map(len, texts[:count])) > 20:
                repeated.update(id(line) for line in page[:count])
                break
    return repeated


def _in_margins(lines: Sequence[TextLine], height: float) -> list[TextLine]:
    """The outermost lines of a page in its upper and lower margin."""
    top = sorted((line for line in lines if line.box[3] < _MARGIN * height), key=lambda line: line.box[1])
    foot = sorted(
        (line for line in lines if line.box[1] > (1 - _MARGIN) * height), key=lambda line: -line.box[3]
    )
    return [*top[:_LINES], *foot[:_LINES]]


def _running(margins: Sequence[Sequence[TextLine]]) -> set[int]:
    """Lines that read alike, but for digits, at the same height of several pages."""
    alike: dict[str, list[TextLine]] = defaultdict(list)
    for lines in margins:
        for line in lines:
            text = _DIGITS.sub("#", "".join(line.text.split()))
            if any(character.isalpha() for character in text):  # a number alone may be anything
                alike[text].append(line)
    running: set[int] = set()
    least = max(2, round(_SHARE * len(margins)))
    for lines in alike.values():
        for line in lines:
            here = {other.page for other in lines if abs(other.box[3] - line.box[3]) < _SAME_PLACE}
            if len(here) >= least or (len(here) >= 3 and _is_every_second(here)):
                running.add(id(line))
    return running


def _is_every_second(pages: set[int]) -> bool:
    return all(after - before == 2 for before, after in pairwise(sorted(pages)))


def _numbers(margins: Sequence[Sequence[TextLine]]) -> set[int]:
    """Page numbers: they count up with the pages, or stand between dashes."""
    found = [
        (line, int(next(group for group in match.groups() if group)))
        for lines in margins
        for line in lines
        if (match := _NUMBER.fullmatch(line.text.strip()))
    ]
    offsets: dict[int, set[int]] = defaultdict(set)
    for line, number in found:
        offsets[number - line.page].add(line.page)
    return {
        id(line)
        for line, number in found
        if len(offsets[number - line.page]) > 1 or _FRAMED_NUMBER.fullmatch(line.text.strip())
    }
