"""What stands on a page of a PDF or an image: glyphs, ruled lines, lines of text, all in points.

The origin is the page's top left corner; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import fmean
from typing import NamedTuple

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Glyph(NamedTuple):
    """One character: `left`/`right` are its advance, `baseline` is where it stands, `em` its type size.

    `confidence` is the recogniser's, None for a text layer.
    """

    text: str
    left: float
    right: float
    baseline: float
    em: float
    confidence: float | None = None

    @property
    def top(self) -> float:
        """The upper edge of the em square."""
        return self.baseline - 0.88 * self.em

    @property
    def bottom(self) -> float:
        """The lower edge of the em square."""
        return self.baseline + 0.12 * self.em


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: `at` is its y (horizontal) or x (vertical), from `begin` to `end` in the other axis."""

    at: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line of a text column, with the edges of that column and the confidence of its glyphs."""

    text: str
    page: int
    box: Box
    em: float
    column: tuple[float, float] = (0.0, 0.0)
    confidence: float | None = None

    @property
    def indent(self) -> float:
        """How far the line begins from the column's left edge, in ems."""
        return (self.box[0] - self.column[0]) / self.em

    @property
    def room(self) -> float:
        """How much of the column is free behind the line, in ems."""
        return (self.column[1] - self.box[2]) / self.em


@dataclass(frozen=True, slots=True)
class PageItems:
    """All that a page shows of text and tables, before it is read."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    horizontal: tuple[Rule, ...] = ()
    vertical: tuple[Rule, ...] = ()

    def with_glyphs(self, glyphs: Iterable[Glyph]) -> PageItems:
        """The same page with more glyphs."""
        return replace(self, glyphs=(*self.glyphs, *glyphs))


def mean_confidence(glyphs: Iterable[Glyph]) -> float | None:
    """The mean confidence of recognised glyphs; None if there are none."""
    known = [glyph.confidence for glyph in glyphs if glyph.confidence is not None]
    return round(fmean(known), 4) if known else None


def union(first: Box, second: Box) -> Box:
    """The smallest box around both."""
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )
