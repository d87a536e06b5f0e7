"""Photographed and scanned pages (.png, .jpg): paragraphs and tables by character recognition."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.document import Document
from ingest.errors import MissingExtra, UnreadableFile
from ingest.readers.ocr import is_available, recognised_page
from ingest.readers.page_blocks import page_blocks
from ingest.rendering import render

#: A page of A4 at 600 dots an inch has 35 million.
MAX_PIXELS = 40_000_000
#: The longer side of an image in points, that of A4: the file does not say how large the page was.
LONGER_SIDE = 842.0


def read_png(path: Path, data: bytes, name: str) -> Document:
    """Return the document of a PNG image; see `read_jpg`."""
    return _read(path, data, name, "png")


def read_jpg(path: Path, data: bytes, name: str) -> Document:
    """Return the document of a JPEG image of one page, boxes in points of a page as long as A4.

    Every line and row has the confidence of its recognition.

    :raises UnreadableFile: If the image is damaged or has more than `MAX_PIXELS`.
    :raises MissingExtra: If recognition is not installed.
    """
    return _read(path, data, name, "jpg")


def _read(path: Path, data: bytes, name: str, format: str) -> Document:
    if not is_available():
        raise MissingExtra(path, "这是图片，需要图片识别（OCR）才能读取。", "ocr")
    page = recognised_page(upright_image(path, data), 1, LONGER_SIDE)
    blocks, dropped = page_blocks([page])
    metadata = {"running_heads": "\n".join(dropped)} if dropped else {}
    return render(blocks, name=name, format=format, metadata=metadata)


def upright_image(path: Path, data: bytes) -> Image.Image:
    """The image, upright as its camera noted. Raises UnreadableFile as `read_jpg`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes that are refused below
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            if image.width * image.height > MAX_PIXELS:
                raise UnreadableFile(
                    path,
                    f"图片有 {image.width}×{image.height} 像素，超过上限，没有读取。请缩小后再放入。",
                )
            return ImageOps.exif_transpose(image).convert("RGB")
    except UnidentifiedImageError as error:
        raise UnreadableFile(path, "图片已损坏，无法打开。请重新获取该文件。") from error
    except Image.DecompressionBombError as error:
        raise UnreadableFile(path, "图片的像素太多，没有读取。请缩小后再放入。") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:  # what Pillow raises for damaged data
        raise UnreadableFile(path, "图片已损坏，无法读取。请重新获取该文件。") from error
