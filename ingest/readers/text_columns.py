"""Reading order on a page: two columns of running text are read one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import inf

from ingest.readers.page_items import Glyph, PageItems, TextLine, mean_confidence
from ingest.readers.text_lines import glyph_lines, line_box, line_text, type_size

#: Ems between two columns of text. Spaces inside a line (标题　日期) are wider only line by line.
_GUTTER = 1.5
#: A page has at most so many points (PDF 32000-1, annex C); glyphs further apart are of a damaged file.
_WIDEST = 14_400
#: Printed lines that a zone of two columns has at least, and the share of a column that most of them fill.
_MIN_LINES = 6
_FILLED = 0.75


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of glyphs and its text."""

    glyphs: tuple[Glyph, ...]
    text: TextLine


def printed_lines(page: PageItems, glyphs: Iterable[Glyph]) -> list[PrintedLine]:
    """The lines of a page from top to bottom; of two columns both sides are one line."""
    return [PrintedLine(tuple(line), text_line(page.number, line)) for line in glyph_lines(glyphs)]


def in_reading_order(lines: Sequence[PrintedLine]) -> list[TextLine]:
    """The lines of a page in reading order, each with the edges of its column."""
    glyphs = [line.glyphs for line in lines]
    gutter = _gutter(lines)
    ordered: list[TextLine] = []
    single: list[TextLine] = []
    at = 0
    while at < len(lines):
        end = _zone_end(glyphs, at, gutter) if gutter is not None else at
        if gutter is None or end == at:
            single.append(lines[at].text)
            at += 1
            continue
        ordered.extend(with_edges(single))
        single = []
        for left in (True, False):
            parts = [[g for g in line if (g.left < gutter) == left] for line in glyphs[at:end]]
            page = lines[at].text.page
            ordered.extend(with_edges([text_line(page, part) for part in parts if _is_visible(part)]))
        at = end
    return [*ordered, *with_edges(single)]


def text_line(page: int, line: Sequence[Glyph]) -> TextLine:
    """A line of glyphs as text."""
    em = type_size(line)
    return TextLine(line_text(line, em), page, line_box(line, em), em, confidence=mean_confidence(line))


def _is_visible(line: Sequence[Glyph]) -> bool:
    return any(not glyph.text.isspace() for glyph in line)


def with_edges(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with the edges of the column that they stand in."""
    if not lines:
        return []
    edges = column_edges(lines)
    return [replace(line, column=edges) for line in lines]


def column_edges(lines: Sequence[TextLine]) -> tuple[float, float]:
    """(left, right) of a column of text: where its long lines begin and end; infinite where too few lines
    begin or end together to tell."""
    widest = max(line.box[2] - line.box[0] for line in lines)
    long = [line for line in lines if line.box[2] - line.box[0] > 0.6 * widest]
    if not long:  # lines without width, in a damaged file
        return -inf, inf
    em = long[0].em
    # the last lines of paragraphs begin at the left edge too, but do not end at the right one
    left = _shared([line.box[0] for line in lines], em, least=2, share=0.1)
    right = -_shared([-line.box[2] for line in long], em, least=3, share=0.25)
    if right - left < 4 * em or any(line.box[2] > right + 4 * line.em for line in long):
        right = inf
    return left, right


def _shared(edges: Sequence[float], em: float, *, least: int, share: float) -> float:
    """The first edge in order that at least so many lines, and such a share of them, have in common; minus
    infinity if there is none."""
    for edge in sorted(edges):
        alike = sum(abs(other - edge) < 0.6 * em for other in edges)
        if alike >= least and alike >= share * len(edges):
            return edge
    return -inf


def with_usual_edges(pages: Sequence[Sequence[TextLine]], widths: Sequence[float]) -> list[list[TextLine]]:
    """The lines with finite edges of their columns: those that a page does not show are where other pages
    have them, or the page's margins are equal. `widths` are those of the pages."""
    columns = [line.column for lines in pages for line in lines]
    spans = Counter(round(right - left) for left, right in columns if right - left < inf)
    lefts = sorted({left for left, _ in columns if left > -inf})
    usual = spans.most_common(1)[0][0] if spans else None
    settled = []
    for lines, page_width in zip(pages, widths, strict=True):
        first = min((line.box[0] for line in lines), default=0.0)
        is_one_column = len({line.column for line in lines}) == 1
        out = []
        for line in lines:
            left, right = line.column
            if left == -inf or (right == inf and is_one_column and first < left - 0.6 * line.em):
                left = max((edge for edge in lefts if edge <= first + 0.5 * line.em), default=first)
            if right == inf:
                right = max(left + usual if usual else page_width - left, line.box[2])
            out.append(replace(line, column=(left, right)))
        settled.append(out)
    return settled


def _gutter(lines: Sequence[PrintedLine]) -> float | None:
    """The x in the middle of the page that the fewest lines run across; None on a page of few lines."""
    boxes = [line.text.box for line in lines]
    if len(boxes) < _MIN_LINES:
        return None
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    if right - left > _WIDEST:
        return None
    begin, end = int(left + 0.3 * (right - left)), int(left + 0.7 * (right - left))
    crossings = [0] * (end - begin + 2)  # by point of x: how many lines begin or cease to print there
    for line in lines:
        for start, stop in _printed_stretches(line.glyphs, line.text.em):
            low, high = max(int(start) - begin, 0), min(int(stop) + 1 - begin, end - begin + 1)
            if low < high:
                crossings[low] += 1
                crossings[high] -= 1
    counts = list(accumulate(crossings))[:-1]
    if not counts:
        return None
    fewest = min(counts)
    first = counts.index(fewest)
    last = first
    while last + 1 < len(counts) and counts[last + 1] == fewest:
        last += 1
    return begin + (first + last) / 2 if last - first >= _GUTTER * 4 else None


def _printed_stretches(line: Sequence[Glyph], em: float) -> list[tuple[float, float]]:
    """(left, right) of the parts of a line between wide gaps."""
    visible = [glyph for glyph in line if not glyph.text.isspace()]
    stretches = [(visible[0].left, visible[0].right)]
    for before, after in pairwise(visible):
        if after.left - before.right > _GUTTER * em:
            stretches.append((after.left, after.right))
        else:
            stretches[-1] = (stretches[-1][0], after.right)
    return stretches


def _zone_end(lines: Sequence[Sequence[Glyph]], at: int, gutter: float) -> int:
    """The end of the zone of two columns that begins with line `at`; `at` if none does."""
    end = at
    while end < len(lines) and _is_free(lines[end], gutter):
        end += 1
    zone = lines[at:end]
    return end if len(zone) >= _MIN_LINES and _is_filled(zone, gutter) else at


def _is_free(line: Sequence[Glyph], gutter: float) -> bool:
    em = type_size(line)
    return not any(
        glyph.left < gutter + 0.3 * em and glyph.right > gutter - 0.3 * em
        for glyph in line
        if not glyph.text.isspace()
    )


def _is_filled(zone: Sequence[Sequence[Glyph]], gutter: float) -> bool:
    """Whether both sides are running text: most lines fill their side, unlike the entries of a list."""
    for left in (True, False):
        sides = [[glyph for glyph in line if (glyph.left < gutter) == left] for line in zone]
        parts = [side for side in sides if _is_visible(side)]
        if len(parts) < _MIN_LINES // 2:
            return False
        boxes = [line_box(part, type_size(part)) for part in parts]
        width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
        filled = sum(box[2] - box[0] >= _FILLED * width for box in boxes)
        if filled * 2 < len(parts) or width < 8 * type_size(parts[0]):
            return False
    return True
