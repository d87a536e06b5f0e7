"""Words that a page of text shows as a picture: part of a title that an editor kept as graphics."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.readers.ocr import recognised_page
from ingest.readers.page_items import Box, Glyph, PageItems
from ingest.readers.text_lines import glyph_lines, line_box, type_size

#: Pixels to a point for recognising a picture of one line.
_SCALE = 3.0
_MOST_IMAGES = 20


def with_pictured_words(page: pdfium.PdfPage, items: PageItems) -> PageItems:
    """The items with the words of pictures that stand in a line of text; other pictures are left alone."""
    boxes = list(_pictured_words(page, items))
    if not boxes:
        return items
    image = page.render(scale=_SCALE).to_pil()
    found: list[Glyph] = []
    for left, top, right, bottom in boxes:
        margin = 0.25 * (bottom - top)  # the recogniser needs white around the line
        frame = (left - margin, top - margin, right + margin, bottom + margin)
        part = image.crop(tuple(round(edge * _SCALE) for edge in frame))
        read = recognised_page(part, items.number, max(frame[2] - frame[0], frame[3] - frame[1]))
        shifted = (_shifted(glyph, frame[0], frame[1]) for glyph in read.glyphs)
        found.extend(glyph for glyph in shifted if not _is_printed(glyph, items.glyphs))
    return items.with_glyphs(found)


def _pictured_words(page: pdfium.PdfPage, items: PageItems) -> Iterator[Box]:
    """Boxes of images as high as one line of the text that they stand beside, and longer than a sign."""
    images = list(_images(page, items.height))[:_MOST_IMAGES]
    if not images:
        return
    for line in glyph_lines(items.glyphs):
        em = type_size(line)
        box = line_box(line, em)
        for image in images:
            high, wide = image[3] - image[1], image[2] - image[0]
            beside = image[0] < box[0] - 2 * em or image[2] > box[2] + 2 * em
            apart = max(image[0] - box[2], box[0] - image[2])
            level = min(image[3], box[3]) - max(image[1], box[1]) > 0.8 * em
            if level and beside and apart < em and 0.8 * em < high < 2 * em and wide > 3 * em:
                yield image


def _images(page: pdfium.PdfPage, height: float) -> Iterator[Box]:
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(raw.FPDFPage_CountObjects(page), 5000)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE:
            raw.FPDFPageObj_GetBounds(item, *edges)
            left, bottom, right, top = (edge.value for edge in edges)
            yield left, height - top, right, height - bottom


def _shifted(glyph: Glyph, left: float, top: float) -> Glyph:
    return glyph._replace(left=glyph.left + left, right=glyph.right + left, baseline=glyph.baseline + top)


def _is_printed(glyph: Glyph, others: Sequence[Glyph]) -> bool:
    """Whether the text layer has a glyph at this place."""
    middle, height = (glyph.left + glyph.right) / 2, glyph.baseline - 0.38 * glyph.em
    return any(
        other.left <= middle <= other.right and other.top <= height <= other.bottom for other in others
    )
