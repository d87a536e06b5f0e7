"""Text of page images by character recognition (extra `ocr`: rapidocr, whose models are in its wheel).

The recogniser gives boxes of printed lines with their text; here they become glyphs at places of the page,
so that columns, paragraphs and tables are read as those of a text layer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.readers.page_items import Glyph, PageItems, Rule
from ingest.readers.text_lines import is_wide

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pixels of the longer side: A4 at 170 dots an inch. Smaller type than 8 points is lost, twice the size takes
#: four times the memory.
LONGER_SIDE = 2000
_LEAST_CONFIDENCE = 0.5
#: Share of the page's longer side from which on a stroke is a ruled line and no part of a character.
_LEVEL_RULE = 0.04
_UPRIGHT_RULE = 0.028
_SKEW = 0.2  # degrees below which a page is straight

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


def recognised_page(image: Image, number: int, longer_side: float) -> PageItems:
    """The glyphs and ruled lines of a page image, in points; the longer side of the page has `longer_side`.

    A page that lies on its side is turned upright, a slightly skewed one is straightened.
    """
    image = _fitted(image)
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
    if _SKEW < abs(skew) < 15:
        image = image.rotate(skew, fillcolor="white")
        lines = _recognise(image)
    scale = longer_side / max(image.size)
    glyphs = tuple(glyph for line in lines for glyph in _glyphs(line, scale))
    horizontal, vertical = _rules(image, scale)
    return PageItems(number, image.width * scale, image.height * scale, glyphs, horizontal, vertical)


def _fitted(image: Image) -> Image:
    image = image.convert("RGB")
    ratio = LONGER_SIDE / max(image.size)
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
            "Global.max_side_len": LONGER_SIDE,
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


def _glyphs(line: _Recognised, scale: float) -> Iterator[Glyph]:
    """The characters of a line spread over its box: ideographs as wide as two letters."""
    shares = [1.0 if is_wide(character) else 0.55 for character in line.text]
    (left, _), (right, _) = line.corners[0], line.corners[1]
    share = line.width / sum(shares)
    em = min(max(share, 0.65 * line.height), 1.1 * line.height) * scale
    middle = sum(y for _, y in line.corners) / 4 * scale
    x = min(left, right)
    for character, wide in zip(line.text, shares, strict=True):
        yield Glyph(character, x * scale, (x + wide * share) * scale, middle + 0.38 * em, em, line.confidence)
        x += wide * share


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
