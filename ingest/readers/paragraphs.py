"""Printed lines → paragraphs: a line that reaches the right edge goes on in the next.

Chinese pages are justified: only the last line of a paragraph ends short of the edge, the first is indented
by two ems, titles are centred, the signature stands to the right. English words are not cut, so a line may
end as far from the edge as the next word is long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from ingest.document import Line, Place
from ingest.grammar import Style, match_label
from ingest.readers.page_items import TextLine, union
from ingest.readers.text_lines import is_wide, joined

#: Ems. A line nearer than this to the edge is full: a sign that must not begin a line may leave two free.
_FULL = 1.9
_SLACK = 0.6
_INDENTED = 1.2
_DEEP = 4.5
_CENTRED = 1.2
#: Line distance, as a share of the usual one, from which on a new paragraph begins.
_APART = 1.6
_OTHER_SIZE = 1.15
_OTHER_SIZE_RECOGNISED = 1.35  # a recogniser's boxes tell the size of short lines badly
_TITLE_SIZE = 1.12  # titles are set at 22 points, the text at 16 (GB/T 9704)
_TITLE_SPACING = 2.2  # ems
#: A word or a number with the signs before and after it, or one ideograph with them; a half-width comma that
#: no space follows holds together what stands around it (UAX 14).
_UNCUT = re.compile(
    r"[“‘（《〈「『【〔(\[]*(?:[0-9A-Za-z.,%+/:~∶—-]+|.)[，。；：、！？”’）》〉」』】〕%％…)\]]*"
    r"(?:[,.;:!?)]+[0-9A-Za-z.,%+/:~∶—-]*)*"
)
_BRACKETED = re.compile(r"[（(].*[）)]")
_ENDS = "。；;！？!?…"
_SENTENCE_GOES_ON = re.compile(r"^[，。；：、）》」』”’%％,;:)\]]")


def paragraphs(lines: Sequence[TextLine]) -> list[Line]:
    """The paragraphs of lines in reading order, each with the page and box where it begins."""
    groups: list[list[TextLine]] = []
    habits = _Habits(_usual_spacing(lines), _usual_size(lines), _indents_labels(lines))
    for line in lines:
        if groups and (_goes_on(groups[-1], line, habits) or _is_one_title(groups[-1][-1], line, habits)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


@dataclass(frozen=True, slots=True)
class _Habits:
    """How a page is set: the usual line distance and type size, and whether labels stand indented."""

    spacing: float
    body: float
    labels_indented: bool


def _indents_labels(lines: Sequence[TextLine]) -> bool:
    """Whether most labels that certainly open a paragraph (the line before ends early) are indented."""
    opening = [
        line.indent > _INDENTED
        for before, line in pairwise(lines)
        if before.room > 2 * _FULL and match_label(line.text) is not None
    ]
    return len(opening) > 2 and sum(opening) > 0.8 * len(opening)


def _paragraph(lines: Sequence[TextLine]) -> Line:
    text, box = "", lines[0].box
    for line in lines:
        text = joined(text, line.text)
        if line.page == lines[0].page and line.column == lines[0].column:
            box = union(box, line.box)
    sure = [line.confidence for line in lines if line.confidence is not None]
    rounded = tuple(round(edge, 1) for edge in box)
    place = Place(
        page=lines[0].page,
        box=(rounded[0], rounded[1], rounded[2], rounded[3]),
        confidence=round(fmean(sure), 4) if sure else None,
    )
    return Line(text, 0, place=place)


def _usual_spacing(lines: Sequence[TextLine]) -> float:
    """The median distance of the baselines of neighbouring lines, in ems of the second."""
    distances = sorted(
        distance
        for before, line in pairwise(lines)
        if before.page == line.page and (distance := _distance(before, line)) > 0
    )
    return distances[len(distances) // 2] if distances else 1.5


def _usual_size(lines: Sequence[TextLine]) -> float:
    """The em of most characters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.em, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _distance(before: TextLine, line: TextLine) -> float:
    return (line.box[3] - before.box[3]) / line.em


def _goes_on(group: Sequence[TextLine], line: TextLine, habits: _Habits) -> bool:
    """Whether a line goes on with the paragraph."""
    before = group[-1]
    if _SENTENCE_GOES_ON.match(line.text) and before.text[-1:] not in _ENDS:
        return True
    other = _OTHER_SIZE if line.confidence is None else _OTHER_SIZE_RECOGNISED
    if not 1 / other < line.em / before.em < other or not _is_full(before, line):
        return False
    if _is_apart(before, line, habits.spacing) or _is_centred(before) or _is_centred(line):
        return False
    if _is_indented(group, line) or (before.indent > _DEEP and len(group) == 1):
        return False  # a signature and a date stand to the right, each for itself
    label = match_label(line.text)
    if label is None or before.text[-1:] not in f"{_ENDS}：:":
        return True
    # an enumeration inside the paragraph: where labels stand indented, one at the edge opens none
    enumerates = label.style is Style.INLINE or before.text[-1:] in "；;"
    return enumerates and habits.labels_indented and line.indent < _INDENTED < group[0].indent


def _is_one_title(before: TextLine, line: TextLine, habits: _Habits) -> bool:
    """Whether two lines are a title broken over lines: larger than the text, one below the other, centred."""
    return (
        before.page == line.page
        and abs(before.em - line.em) < 0.05 * line.em
        and line.em > _TITLE_SIZE * habits.body
        and 0 < _distance(before, line) < _TITLE_SPACING
        and all(abs(one.indent - one.room) < 2 * _CENTRED for one in (before, line))
        and not _BRACKETED.fullmatch(line.text)
        and match_label(line.text) is None
    )


def _is_full(before: TextLine, line: TextLine) -> bool:
    """Whether the line before had no room for what begins this line and must not be cut."""
    unit = _UNCUT.match(line.text)
    needed = sum(1.0 if is_wide(sign) else 0.55 for sign in unit.group()) if unit else 0.0
    return before.room < max(_FULL, needed + _SLACK)


def _is_apart(before: TextLine, line: TextLine, spacing: float) -> bool:
    if before.page != line.page or line.box[1] < before.box[1]:  # the next page or column
        return False
    return _distance(before, line) > _APART * spacing


def _is_centred(line: TextLine) -> bool:
    """Whether a line stands in the middle of its column, far from both edges."""
    return line.indent > 2.5 and line.room > 2 and abs(line.indent - line.room) < 2 * _CENTRED


def _is_indented(group: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line begins further right than the paragraph's further lines, or than its column."""
    before = group[-1]
    if len(group) > 1:
        return line.indent - before.indent > _INDENTED
    if before.indent < _INDENTED and match_label(before.text) is not None:
        return False  # the further lines of a list stand where the text of its first line does
    return line.indent > _INDENTED and line.indent - before.indent > -0.3
