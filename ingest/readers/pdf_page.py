"""One page of a PDF → its glyphs and ruled lines (pdfium)."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.readers.page_items import Glyph, PageItems, Rule
from ingest.readers.radicals import unified
from ingest.readers.text_lines import is_ideograph

#: A filled rectangle up to this thick (in points) is a line; table frames are often drawn that way.
_THICKEST_RULE = 4.0
_SHORTEST_RULE = 6.0
#: Maps and drawings hold millions of segments; a page of tables some thousands.
_MAX_SEGMENTS = 50_000
_MAX_FORM_DEPTH = 6
_MAX_OBJECTS = 100_000
#: Characters that are read of one page; a densely printed A3 page has ten thousand.
MAX_CHARACTERS = 200_000
#: A stamp or a page number may be all the text that a scanned page has.
_FEW_GLYPHS = 12
_SCAN_SHARE = 0.3
_OUTLINES = 400
_UNKNOWN_SHARE = 0.3

#: 2 is how pdfium marks a hyphen at a line's end, 0 a glyph of a font without a code map.
_CODES = {0: 0xFFFD, 2: 0x2D, 0xFFFE: 0x2D}

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


class _Character(NamedTuple):
    """A character in page coordinates: its origin, the vectors of one em along it and up, its box.

    An ideograph fills its em square, so that no box is asked for.
    """

    text: str
    origin: _Point
    along: _Point
    up: _Point
    box: tuple[float, float, float, float] | None


def page_items(page: pdfium.PdfPage, number: int) -> PageItems:
    """The glyphs and rules of a page, turned upright if most of its text stands sideways.

    Text at another angle is a watermark or a note in the margin and is left out.
    """
    width, height = page.get_size()
    matrix = _to_top_left(page, width, height)
    characters = list(_characters(page))
    turns = [_turn(character, matrix) for character in characters]
    most = Counter(turn for turn in turns if turn is not None).most_common(1)
    turn = (most[0][0] if most else 0) or 0
    matrix = _turned(matrix, turn, width, height)
    if turn % 180:
        width, height = height, width
    glyphs = (
        _glyph(character, matrix) for character, own in zip(characters, turns, strict=True) if own == turn
    )
    rules = list(_rules(page, matrix))
    return PageItems(
        number,
        width,
        height,
        tuple(glyph for glyph in glyphs if 0 <= glyph.left <= width and 0 <= glyph.baseline <= height),
        _inside((rule for upright, rule in rules if not upright), width, height),
        _inside((rule for upright, rule in rules if upright), height, width),
    )


def is_scan(page: pdfium.PdfPage, items: PageItems) -> bool:
    """Whether the page shows text that its text layer does not hold: an image over much of it, letters drawn
    as outlines, or a font that does not say which characters its glyphs are."""
    visible = [glyph.text for glyph in items.glyphs if not glyph.text.isspace()]
    unknown = sum(_is_unknown(text) for text in visible)
    if unknown > _UNKNOWN_SHARE * len(visible):
        return True
    if len(visible) - unknown >= _FEW_GLYPHS:
        return False
    area, outlines = 0.0, 0
    for index in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(item)
        outlines += kind == raw.FPDF_PAGEOBJ_PATH
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            area += _area(item)
    return area > _SCAN_SHARE * items.width * items.height or outlines > _OUTLINES


def _is_unknown(text: str) -> bool:
    return text == "\ufffd" or "\ue000" <= text <= "\uf8ff"


def _area(item: Any) -> float:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return abs(right - left) * abs(top - bottom)


def _inside(rules: Iterator[Rule], length: float, across: float) -> tuple[Rule, ...]:
    """The rules cut at the page's edges: programs that print web pages let frames run on below it."""
    cut = (Rule(rule.at, max(rule.begin, 0.0), min(rule.end, length)) for rule in rules)
    return tuple(
        rule for rule in cut if rule.end - rule.begin >= _SHORTEST_RULE and -1 <= rule.at <= across + 1
    )


# -- coordinates --------------------------------------------------------------------------------------------


def _to_top_left(page: pdfium.PdfPage, width: float, height: float) -> _Matrix:
    """The matrix from page coordinates to points from the top left corner; rotation and crop box included."""
    fine = 1000
    x, y = ctypes.c_int(), ctypes.c_int()

    def device(px: float, py: float) -> _Point:
        raw.FPDF_PageToDevice(page, 0, 0, int(width * fine), int(height * fine), 0, px, py, x, y)
        return x.value / fine, y.value / fine

    (e, f), (ax, ay), (bx, by) = device(0, 0), device(100, 0), device(0, 100)
    return (ax - e) / 100, (ay - f) / 100, (bx - e) / 100, (by - f) / 100, e, f


def _turned(matrix: _Matrix, turn: int, width: float, height: float) -> _Matrix:
    """The matrix followed by the turn of the page that makes text at `turn` degrees (clockwise) upright."""
    a, b, c, d, e, f = matrix
    turned: dict[int, _Matrix] = {
        0: matrix,
        90: (b, -a, d, -c, f, width - e),
        180: (-a, -b, -c, -d, width - e, height - f),
        270: (-b, a, -d, c, height - f, e),
    }
    return turned[turn]


def _applied(matrix: _Matrix, point: _Point) -> _Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _composed(first: _Matrix, second: _Matrix) -> _Matrix:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    x, y = _applied(second, (e, f))
    p, q, r, s, _, _ = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y


# -- glyphs -------------------------------------------------------------------------------------------------


def _characters(page: pdfium.PdfPage) -> Iterator[_Character]:
    text = page.get_textpage()
    handle = text.raw
    rect, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    try:
        for index in range(min(text.count_chars(), MAX_CHARACTERS)):
            if raw.FPDFText_IsGenerated(handle, index) == 1:
                continue
            code = _CODES.get(code := raw.FPDFText_GetUnicode(handle, index), code)
            if code < 32 or 0xD800 <= code < 0xE000:
                continue
            character = unified(chr(code))
            box = None
            if not is_ideograph(character):
                raw.FPDFText_GetLooseCharBox(handle, index, rect)
                box = (rect.left, rect.bottom, rect.right, rect.top)
            raw.FPDFText_GetCharOrigin(handle, index, x, y)
            raw.FPDFText_GetMatrix(handle, index, matrix)
            size = raw.FPDFText_GetFontSize(handle, index)
            yield _Character(
                character,
                (x.value, y.value),
                (matrix.a * size, matrix.b * size),
                (matrix.c * size, matrix.d * size),
                box,
            )
    finally:
        text.close()


def _turn(character: _Character, matrix: _Matrix) -> int | None:
    """The degrees, clockwise, by which a character is turned on the page; None if it is not a quarter."""
    a, b, c, d, _, _ = matrix
    across, along = character.along
    dx, dy = a * across + c * along, b * across + d * along
    if dy == 0 and dx > 0:
        return 0
    degrees = math.degrees(math.atan2(dy, dx)) % 360
    quarter = round(degrees / 90)
    return quarter % 4 * 90 if abs(degrees - quarter * 90) < 5 else None


def _glyph(character: _Character, matrix: _Matrix) -> Glyph:
    x, baseline = _applied(matrix, character.origin)
    em = math.hypot(*character.up)
    if character.box is None:
        over = math.hypot(*character.along)
        return Glyph(character.text, x, x + over, baseline, max(em, 1.0))
    left, bottom, right, top = character.box
    x1, y1 = _applied(matrix, (left, bottom))
    x2, y2 = _applied(matrix, (right, top))
    height = abs(y1 - y2)
    if not 0.4 * height < em < 2.5 * height:  # a font that scales its glyphs by a matrix of its own
        em = 0.9 * height
    return Glyph(character.text, min(x1, x2), max(x1, x2), baseline, max(em, 1.0))


# -- rules --------------------------------------------------------------------------------------------------


def _rules(page: pdfium.PdfPage, matrix: _Matrix) -> Iterator[tuple[bool, Rule]]:
    """(stands upright, rule) for every straight line along an axis that is stroked or filled."""
    count = 0
    for path, own in _paths(page, matrix):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill, stroke)
        count += raw.FPDFPath_CountSegments(path)
        if count > _MAX_SEGMENTS:
            return
        for points in _subpaths(path, own):
            if len(points) < 2:
                continue
            xs, ys = [x for x, _ in points], [y for _, y in points]
            width, height = max(xs) - min(xs), max(ys) - min(ys)
            if min(width, height) <= _THICKEST_RULE:
                if (fill.value or stroke.value) and max(width, height) >= _SHORTEST_RULE:
                    yield _axis_rule(xs, ys, upright=height > width)
            elif stroke.value:
                yield from _edges(points)


def _axis_rule(xs: Sequence[float], ys: Sequence[float], *, upright: bool) -> tuple[bool, Rule]:
    along, across = (ys, xs) if upright else (xs, ys)
    return upright, Rule((min(across) + max(across)) / 2, min(along), max(along))


def _edges(points: Sequence[_Point]) -> Iterator[tuple[bool, Rule]]:
    for (x1, y1), (x2, y2) in pairwise(points):
        width, height = abs(x1 - x2), abs(y1 - y2)
        if min(width, height) < 1 and max(width, height) >= _SHORTEST_RULE:
            yield _axis_rule((x1, x2), (y1, y2), upright=height > width)


def _paths(page: pdfium.PdfPage, matrix: _Matrix) -> Iterator[tuple[Any, _Matrix]]:
    """Each path object of the page and its forms, with the matrix from its own coordinates."""
    for index in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        yield from _paths_of(raw.FPDFPage_GetObject(page, index), matrix, 0)


def _paths_of(item: Any, matrix: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
        return
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, own)
    placed = _composed((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield item, placed
    elif depth < _MAX_FORM_DEPTH:
        for index in range(min(raw.FPDFFormObj_CountObjects(item), _MAX_OBJECTS)):
            yield from _paths_of(raw.FPDFFormObj_GetObject(item, index), placed, depth + 1)


def _subpaths(path: Any, matrix: _Matrix) -> Iterator[list[_Point]]:
    """The corners of each subpath that consists of straight lines."""
    points: list[_Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if points and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append(_applied(matrix, (x.value, y.value)))
        if raw.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points and not curved:
        yield points
