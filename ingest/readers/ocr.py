"""Text of page images by character recognition (extra `ocr`: rapidocr, whose models are in its wheel).

The recogniser gives boxes of printed lines with their text; here they become glyphs at places of the page,
so that columns, paragraphs and tables are read as those of a text layer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.readers.page_items import Glyph, PageItems, Rule
from ingest.readers.text_lines import is_wide

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pixels that the longer side of A4 is given, 137 dots an inch: type of 9 points is read, and recognition
#: stays below 800 MB. Larger pages get more, up to the limit; memory grows with the square.
_A4_PIXELS = 1600
_MOST_PIXELS = 2000
_A4_LENGTH = 842.0
_LEAST_CONFIDENCE = 0.5
#: Share of the page's longer side from which on a stroke is a ruled line and no part of a character.
_LEVEL_RULE = 0.04
_UPRIGHT_RULE = 0.028
_SKEW = 0.2  # degrees below which a page is straight
_STEEP = 20.0  # degrees from which on its text is set aslant

#: Signs that print in one half of their square only; the box leaves the other half out.
_OPENING = "（《“‘【〔「『〈"
_CLOSING = "，。；：、！？）》”’】〕」』〉"

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Recognised:
    """One printed line: its text, the corners of its box from the top left clockwise, its confidence."""

    text: str
    corners: tuple[_Point, _Point, _Point, _Point]
    confidence: float

    @property
    def width(self) -> float:
        return math.dist(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        return math.dist(self.corners[1], self.corners[2])

    @property
    def angle(self) -> float:
        (x1, y1), (x2, y2) = self.corners[0], self.corners[1]
        return math.degrees(math.atan2(y2 - y1, x2 - x1))


def is_available() -> bool:
    """Whether the extra `ocr` is installed; nothing is imported."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def pixels_for(longer_side: float) -> int:
    """How many pixels the longer side of a page image should have, for a page that long in points."""
    return min(_MOST_PIXELS, round(_A4_PIXELS * max(1.0, longer_side / _A4_LENGTH)))


def recognised_page(image: Image, number: int, longer_side: float) -> PageItems:
    """The glyphs and ruled lines of a page image, in points; the longer side of the page has `longer_side`.

    A page that lies on its side is turned upright, a slightly skewed one is straightened.
    """
    image = _fitted(image, pixels_for(longer_side))
    lines = _recognise(image)
    if _lies_on_its_side(lines):
        image, lines = max(
            (
                (turned, _recognise(turned))
                for turned in (image.rotate(90, expand=True), image.rotate(270, expand=True))
            ),
            key=lambda pair: sum(line.confidence * len(line.text) for line in pair[1]),
        )
    skew = median(long) if (long := [line.angle for line in lines if line.width > 8 * line.height]) else 0.0
    if _SKEW < abs(skew) < _STEEP:
        lines = [_straightened(line, skew, image.size) for line in lines]
        image = image.rotate(skew, fillcolor="white")
    scale = longer_side / max(image.size)
    glyphs = tuple(_page_glyphs(lines, scale))
    horizontal, vertical = _rules(image, scale)
    return PageItems(number, image.width * scale, image.height * scale, glyphs, horizontal, vertical)


def _straightened(line: _Recognised, skew: float, size: tuple[int, int]) -> _Recognised:
    """The line where it stands when the page is turned back by `skew` degrees around its middle."""
    sine, cosine = math.sin(math.radians(skew)), math.cos(math.radians(skew))
    middle_x, middle_y = size[0] / 2, size[1] / 2
    corners = [
        (
            middle_x + (x - middle_x) * cosine + (y - middle_y) * sine,
            middle_y - (x - middle_x) * sine + (y - middle_y) * cosine,
        )
        for x, y in line.corners
    ]
    return replace(line, corners=(corners[0], corners[1], corners[2], corners[3]))


def _fitted(image: Image, longer_side: int) -> Image:
    image = image.convert("RGB")
    ratio = longer_side / max(image.size)
    if ratio >= 1:
        return image
    return image.resize((max(1, round(image.width * ratio)), max(1, round(image.height * ratio))))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415  (takes a second, and only a scan needs it)

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": _LEAST_CONFIDENCE,
            "Global.max_side_len": _MOST_PIXELS,
        }
    )


def _recognise(image: Image) -> list[_Recognised]:
    import numpy as np  # noqa: PLC0415

    found = _engine()(np.asarray(image)[:, :, ::-1])  # the recogniser expects blue, green, red
    if found.boxes is None or found.txts is None or found.scores is None:
        return []
    return [
        _Recognised(text, tuple((float(x), float(y)) for x, y in box), float(score))  # type: ignore[arg-type]
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
        if text.strip()
    ]


def _lies_on_its_side(lines: Sequence[_Recognised]) -> bool:
    long = [line for line in lines if len(line.text) > 2]
    return sum(line.height > 1.5 * line.width for line in long) * 2 > len(long)


def _page_glyphs(lines: Sequence[_Recognised], scale: float) -> Iterator[Glyph]:
    """The characters of all lines, spread over their boxes."""
    shares = [_type_share(line) for line in lines]
    long = [(share, share * line.height) for line, share in zip(lines, shares, strict=True) if share]
    usual = median(share for share, _ in long) if long else 0.8
    body = median(em for _, em in long) if long else 0.0
    for line, share in zip(lines, shares, strict=True):
        em = (share or usual) * line.height
        if not share and 0.7 * body < em < 1.45 * body:  # the box of two characters tells little
            em = body
        yield from _stacked(line, scale) if line.height > 1.5 * line.width else _spread(line, em, scale)


def _type_share(line: _Recognised) -> float:
    """The em of a line as a share of its box's height; 0 for a line too short to tell.

    A box is wider and higher than its text by the same: with S ems of text, width - height = (S - 1) em.
    """
    ems = sum(_ems(line.text)) - 0.5 * (line.text[0] in _OPENING) - 0.5 * (line.text[-1] in _CLOSING)
    if ems < 4:
        return 0.0
    return min(max((line.width - line.height) / (ems - 1) / line.height, 0.6), 1.05)


def _ems(text: str) -> list[float]:
    return [1.0 if is_wide(character) else 0.55 for character in text]


def _spread(line: _Recognised, em: float, scale: float) -> Iterator[Glyph]:
    """The characters side by side: ideographs as wide as two letters."""
    margin = max(0.0, (line.height - em) / 2)
    left = min(line.corners[0][0], line.corners[1][0]) + margin - 0.5 * em * (line.text[0] in _OPENING)
    right = max(line.corners[0][0], line.corners[1][0]) - margin + 0.5 * em * (line.text[-1] in _CLOSING)
    ems = _ems(line.text)
    share = max(right - left, em) / sum(ems)
    baseline = sum(y for _, y in line.corners) / 4 + 0.38 * em
    for character, wide in zip(line.text, ems, strict=True):
        yield Glyph(
            character,
            left * scale,
            (left + wide * share) * scale,
            baseline * scale,
            em * scale,
            line.confidence,
        )
        left += wide * share


def _stacked(line: _Recognised, scale: float) -> Iterator[Glyph]:
    """The characters one below the other, as in a narrow cell."""
    left, top = min(x for x, _ in line.corners), min(y for _, y in line.corners)
    step = line.height / len(line.text)
    em = min(line.width, step)
    for place, character in enumerate(line.text):
        baseline = top + place * step + 0.88 * em
        yield Glyph(
            character, left * scale, (left + em) * scale, baseline * scale, em * scale, line.confidence
        )


# -- ruled lines --------------------------------------------------------------------------------------------


def _rules(image: Image, scale: float) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """(horizontal, vertical) ruled lines: dark strokes longer than any part of a character."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    grey = np.asarray(image.convert("L"))
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    dark = cv2.dilate(dark, np.ones((2, 2), np.uint8))  # faint lines break into dots
    longer = max(image.size)
    level = _strokes(dark, (max(round(_LEVEL_RULE * longer), 3), 1))
    upright = _strokes(dark, (1, max(round(_UPRIGHT_RULE * longer), 3)))
    return (
        tuple(Rule((y + h / 2) * scale, x * scale, (x + w) * scale) for x, y, w, h in level if h * 8 < w),
        tuple(Rule((x + w / 2) * scale, y * scale, (y + h) * scale) for x, y, w, h in upright if w * 8 < h),
    )


def _strokes(dark: Any, size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """(left, top, width, height) of the dark strokes that hold a rectangle of this size."""
    import cv2  # noqa: PLC0415

    opened = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in boxes[1 : min(count, 4000)]]
