"""PDF: paragraphs and tables of the text layer, page by page; pages without one are recognised (OCR)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.document import Block, Document
from ingest.errors import UnreadableFile
from ingest.readers.page_items import PageItems, TextLine
from ingest.readers.page_tables import LongTable, begun, extend, finished, goes_on
from ingest.readers.paragraphs import paragraphs
from ingest.readers.pdf_page import page_items
from ingest.readers.ruled_tables import RuledTable, ruled_tables
from ingest.readers.running_heads import running_heads
from ingest.readers.text_columns import in_reading_order, printed_lines, with_usual_widths
from ingest.rendering import render

#: The longest plan of a province with all attachments has some 200 pages.
MAX_PAGES = 500
_MAX_CHARACTERS = 1_500_000

_Item = TextLine | RuledTable


def read_pdf(path: Path, data: bytes, name: str) -> Document:
    """Return the document of a PDF: paragraphs and tables in reading order with page and box.

    Running heads, feet and page numbers are left out of the text; `metadata["running_heads"]` lists them.

    :raises UnreadableFile: If it is damaged, needs a password, or has more than `MAX_PAGES` pages.
    """
    pages = _pages(path, data)
    read = [ruled_tables(page) for page in pages]
    printed = [printed_lines(page, glyphs) for page, (_, glyphs) in zip(pages, read, strict=True)]
    texts = [[line.text for line in lines] for lines in printed]
    running = running_heads(texts, [page.height for page in pages])
    ordered = [
        in_reading_order([line for line in lines if id(line.text) not in running]) for lines in printed
    ]
    settled = with_usual_widths(ordered, [page.width for page in pages])
    items = [_in_order(tables, lines) for (tables, _), lines in zip(read, settled, strict=True)]
    dropped = [line.text for lines in texts for line in lines if id(line) in running]
    metadata = {"running_heads": "\n".join(dropped)} if dropped else {}
    return render(list(_blocks(items)), name=name, format="pdf", metadata=metadata)


def _pages(path: Path, data: bytes) -> list[PageItems]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableFile(path, _why(raw.FPDF_GetLastError())) from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableFile(
                path, f"PDF 有 {len(document)} 页，超过上限 {MAX_PAGES} 页，没有读取。请拆分后再放入。"
            )
        return list(_read_pages(path, document))
    finally:
        document.close()


def _read_pages(path: Path, document: pdfium.PdfDocument) -> Iterator[PageItems]:
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError as error:
            raise UnreadableFile(
                path, f"PDF 第 {index + 1} 页已损坏，无法读取。请重新获取该文件。"
            ) from error
        items = page_items(page, index + 1)
        page.close()
        characters += len(items.glyphs)
        if characters > _MAX_CHARACTERS:
            raise UnreadableFile(path, "PDF 的文字太多，没有读取。请拆分后再放入。")
        yield items


def _why(code: int) -> str:
    if code == raw.FPDF_ERR_PASSWORD:
        return "PDF 设有打开密码。请去掉密码后再放入。"
    if code == raw.FPDF_ERR_SECURITY:
        return "PDF 的加密方式不受支持。请另存为没有加密的 PDF 后再放入。"
    return "PDF 已损坏，无法打开。请重新获取该文件。"


def _in_order(tables: Sequence[RuledTable], lines: Sequence[TextLine]) -> list[_Item]:
    """The tables of a page put between its lines: before the first line that stands below."""
    items: list[_Item] = list(lines)
    for table in tables:
        at = next(
            (i for i, item in enumerate(items) if item.box[1] >= table.box[1] and _beside(item, table)),
            len(items),
        )
        items.insert(at, table)
    return items


def _beside(item: _Item, table: RuledTable) -> bool:
    return item.box[0] < table.box[2] and item.box[2] > table.box[0]


def _blocks(pages: Sequence[Sequence[_Item]]) -> Iterator[Block]:
    lines: list[TextLine] = []
    long: LongTable | None = None
    for items in pages:
        for at, item in enumerate(items):
            if isinstance(item, TextLine):
                if long is not None:
                    yield from _finished(long)
                    long = None
                lines.append(item)
                continue
            yield from paragraphs(lines)
            lines = []
            if long is not None and at == 0 and goes_on(long, item):
                extend(long, item)
                continue
            if long is not None:
                yield from _finished(long)
            long = begun(item)
    if long is not None:
        yield from _finished(long)
    yield from paragraphs(lines)


def _finished(long: LongTable) -> Iterator[Block]:
    block = finished(long)
    if isinstance(block, list):
        yield from block
    else:
        yield block
