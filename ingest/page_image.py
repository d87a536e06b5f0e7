"""The printed page of a clause as an image, with the clause's box drawn on it."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from ingest.document import Place
from ingest.errors import UnreadableFile
from ingest.readers.image import LONGER_SIDE, upright_image
from ingest.readers.pdf import PDFIUM

#: The longer side in pixels: a page of A4 reads well, and a poster does not fill the memory.
_LONGER_SIDE = 1600
_FILL, _EDGE = (255, 214, 102, 70), (185, 132, 22, 255)


def page_image(path: Path, place: Place) -> bytes:
    """A PNG of the page that `place` names, of a PDF or an image file, with its box drawn.

    :raises UnreadableFile: If the file has no such page or cannot be read.
    """
    page, points = _page_of_pdf(path, place) if path.suffix.lower() == ".pdf" else _image(path)
    scale = page.width / points
    if place.box is not None:
        page = _with_box(page, tuple(edge * scale for edge in place.box))
    data = io.BytesIO()
    page.convert("RGB").save(data, "PNG", optimize=False)
    return data.getvalue()


def _page_of_pdf(path: Path, place: Place) -> tuple[Image.Image, float]:
    """The page and its width in points."""
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            raise UnreadableFile(path, "PDF 已损坏或有密码，无法显示原页。请重新获取该文件。") from error
        try:
            if not 1 <= (place.page or 0) <= len(document):
                raise UnreadableFile(path, f"PDF 没有第 {place.page} 页，文件可能已改动，请先更新语料。")
            page = document[(place.page or 0) - 1]
            width, height = page.get_size()
            return page.render(scale=_LONGER_SIDE / max(width, height)).to_pil(), width
        finally:
            document.close()


def _image(path: Path) -> tuple[Image.Image, float]:
    """The image and its width in points, as its reader counts them."""
    image = upright_image(path, path.read_bytes())
    points = LONGER_SIDE * image.width / max(image.size)
    image.thumbnail((_LONGER_SIDE, _LONGER_SIDE))
    return image, points


def _with_box(page: Image.Image, box: tuple[float, ...]) -> Image.Image:
    veil = Image.new("RGBA", page.size, (0, 0, 0, 0))
    left, top, right, bottom = box
    ImageDraw.Draw(veil).rectangle((left - 4, top - 3, right + 4, bottom + 3), _FILL, _EDGE, 2)
    return Image.alpha_composite(page.convert("RGBA"), veil)
