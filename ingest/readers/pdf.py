"""PDF: paragraphs and tables of the text layer, page by page; pages without one are recognised (OCR)."""

from __future__ import annotations

import threading
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.document import Document
from ingest.errors import MissingExtra, UnreadableFile
from ingest.readers.ocr import is_available, pixels_for, recognised_page
from ingest.readers.page_blocks import page_blocks
from ingest.readers.page_items import PageItems
from ingest.readers.pdf_images import with_pictured_words
from ingest.readers.pdf_page import MAX_CHARACTERS, is_scan, page_items
from ingest.readers.pdf_streams import refuse_bomb, refuse_repeated
from ingest.rendering import render

#: pdfium may be used by one thread at a time: a sync and the page that shows a file take turns.
PDFIUM = threading.Lock()

#: The longest plan of a province with all attachments has some 200 pages.
MAX_PAGES = 500
#: Pages that are recognised, at some seconds each.
MAX_SCANS = 100
_MAX_CHARACTERS = 600_000


def read_pdf(path: Path, data: bytes, name: str) -> Document:
    """Return the document of a PDF: paragraphs and tables in reading order with page and box.

    Running heads, feet and page numbers are left out of the text; `metadata["running_heads"]` lists them.
    Pages without a text layer are recognised; where that is not installed, `metadata["unread_pages"]` names
    them, unless there are no others.

    :raises UnreadableFile: If it is damaged, needs a password, or has more than `MAX_PAGES` pages.
    :raises MissingExtra: If all of its pages are images and recognition is not installed.
    """
    pages, unread = _pages(path, data)
    if unread and not any(page.glyphs for page in pages):
        raise MissingExtra(path, "PDF 是扫描件，没有文字层，需要图片识别（OCR）才能读取。", "ocr")
    blocks, dropped = page_blocks(pages)
    metadata = {}
    if dropped:
        metadata["running_heads"] = "\n".join(dropped)
    if unread:
        metadata["unread_pages"] = "、".join(map(str, unread))
    return render(blocks, name=name, format="pdf", metadata=metadata)


def _pages(path: Path, data: bytes) -> tuple[list[PageItems], list[int]]:
    """(the items of each page, the numbers of the pages that nothing here can read)."""
    refuse_bomb(path, data)
    refuse_repeated(path, data)
    with PDFIUM:
        return _opened(path, data)


def _opened(path: Path, data: bytes) -> tuple[list[PageItems], list[int]]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableFile(path, _why(raw.FPDF_GetLastError())) from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableFile(
                path, f"PDF 有 {len(document)} 页，超过上限 {MAX_PAGES} 页，没有读取。请拆分后再放入。"
            )
        return _read_pages(path, document)
    finally:
        document.close()


def _read_pages(path: Path, document: pdfium.PdfDocument) -> tuple[list[PageItems], list[int]]:
    pages: list[PageItems] = []
    unread: list[int] = []
    characters = scans = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pdfium.PdfiumError as error:
            raise UnreadableFile(path, f"PDF 第 {number} 页已损坏，无法读取。请重新获取该文件。") from error
        items = page_items(page, number)
        if is_scan(page, items):
            scans += 1
            if scans > MAX_SCANS:
                raise UnreadableFile(
                    path, f"PDF 里的扫描页超过上限 {MAX_SCANS} 页，没有读取。请拆分后再放入。"
                )
            if is_available():
                items = _recognised(page, number)
            else:
                unread.append(number)
        elif is_available() and page.get_rotation() == 0:
            items = with_pictured_words(page, items)
        page.close()
        pages.append(items)
        characters += len(items.glyphs)
        if len(items.glyphs) >= MAX_CHARACTERS or characters > _MAX_CHARACTERS:
            raise UnreadableFile(path, "PDF 的文字太多，没有读取。请拆分后再放入。")
    return pages, unread


def _recognised(page: pdfium.PdfPage, number: int) -> PageItems:
    longer = max(page.get_size())
    image = page.render(scale=pixels_for(longer) / longer).to_pil()
    return recognised_page(image, number, longer)


def _why(code: int) -> str:
    if code == raw.FPDF_ERR_PASSWORD:
        return "PDF 设有打开密码。请去掉密码后再放入。"
    if code == raw.FPDF_ERR_SECURITY:
        return "PDF 的加密方式不受支持。请另存为没有加密的 PDF 后再放入。"
    return "PDF 已损坏，无法打开。请重新获取该文件。"
