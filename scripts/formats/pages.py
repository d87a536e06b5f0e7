"""Paged documents: .pdf with a text layer, and scans of its pages as .pdf and .png."""

from __future__ import annotations

import io
from functools import partial
from xml.sax.saxutils import escape

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, Table
from reportlab.platypus import Paragraph as Flowing

from scripts.formats.sample import Grid, Paragraph, Sample

_FONT = "STSong-Light"  # which every reader of PDF knows, so that no font is carried
_SCAN_DPI = 170

_STYLE = partial(ParagraphStyle, fontName=_FONT, wordWrap="CJK", fontSize=16, leading=28)
_TEXT = _STYLE("text", firstLineIndent=32)
_ADDRESSEES = _STYLE("addressees")
_TITLE = _STYLE("title", fontSize=22, leading=34, alignment=TA_CENTER, spaceAfter=12)
_CLOSING = _STYLE("closing", alignment=TA_RIGHT, rightIndent=32)
_CELL = _STYLE("cell", fontSize=11, leading=16)


def pdf(sample: Sample) -> bytes:
    """Pages of A4 with a running head and page numbers, lines wrapped, ruled tables whose column titles are
    printed again on the next page."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=28 * mm,
        rightMargin=26 * mm,
        topMargin=30 * mm,
        bottomMargin=30 * mm,
        title=sample.title,
        invariant=1,
    )
    document.build(
        [flowable for block in sample.blocks for flowable in _flowables(block)],
        onFirstPage=_print_margins,
        onLaterPages=_print_margins,
    )
    return buffer.getvalue()


def scan(sample: Sample) -> bytes:
    """The pages as a scanner stores them: one grey picture each, no text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for picture in _pictures(pdf(sample)):
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def png(sample: Sample) -> bytes:
    """The first page as a picture."""
    buffer = io.BytesIO()
    _pictures(pdf(sample), last=1)[0].save(buffer, "PNG")
    return buffer.getvalue()


def first_page(data: bytes) -> bytes:
    """The first page of a .pdf, as a .pdf."""
    new = pdfium.PdfDocument.new()
    new.import_pages(pdfium.PdfDocument(data), [0])
    buffer = io.BytesIO()
    new.save(buffer)
    return buffer.getvalue()


def _flowables(block: Paragraph | Grid) -> list[Flowable]:
    if isinstance(block, Grid):
        return [_table(block), Spacer(1, 12)]
    style = _TITLE if block.level == 1 else _CLOSING if block.closing else _TEXT
    if block.text.endswith("：") and not block.level:
        style = _ADDRESSEES
    # reportlab narrows an ideographic space; one that does not break is as wide in this font
    return [Flowing(escape(block.text).replace("\u3000", "\u00a0"), style)]


def _table(grid: Grid) -> Table:
    width = A4[0] - 54 * mm
    longest = [min(16, 2 + max(map(len, column))) for column in zip(*grid.rows, strict=True)]
    widths = [width * length / sum(longest) for length in longest]
    cells = [[Flowing(escape(cell), _CELL) for cell in row] for row in grid.rows]
    table = Table(cells, colWidths=widths, repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.7, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    return table


def _print_margins(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(_FONT, 10)
    canvas.drawString(28 * mm, A4[1] - 18 * mm, "示例市政务公开")
    canvas.setFont(_FONT, 14)
    canvas.drawCentredString(A4[0] / 2, 18 * mm, f"— {document.page} —")


def _pictures(data: bytes, last: int | None = None) -> list[Image.Image]:
    document = pdfium.PdfDocument(data)
    return [
        document[number].render(scale=_SCAN_DPI / 72).to_pil().convert("L")
        for number in range(len(document))[:last]
    ]
