"""One reader for each format: bytes of a file → `Document`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.files import read_bytes
from ingest.readers.formats import SUPPORTED, detect_format
from ingest.readers.html import read_html
from ingest.readers.md import read_md
from ingest.readers.txt import read_txt

__all__ = ["READERS", "SUPPORTED", "detect_format", "parse_document", "read_bytes", "read_document"]

Reader = Callable[[Path, bytes, str], Document]


def _where_used(module: str, function: str) -> Reader:
    """A reader whose module, and the library below it, is imported for the first file of its format."""

    def read(path: Path, data: bytes, name: str) -> Document:
        reader: Reader = getattr(import_module(f"ingest.readers.{module}"), function)
        return reader(path, data, name)

    return read


def _refuse_archive(path: Path, _data: bytes, _name: str) -> Document:
    raise UnreadableFile(path, "是压缩包，里面的文件要逐个读取。请解压后放入。")


READERS: Mapping[str, Reader] = {
    "txt": read_txt,
    "md": read_md,
    "html": read_html,
    "docx": _where_used("docx", "read_docx"),
    "doc": _where_used("doc", "read_doc"),
    "zip": _refuse_archive,
    "rtf": _where_used("rtf", "read_rtf"),
    "mht": _where_used("mht", "read_mht"),
    "xlsx": _where_used("xlsx", "read_xlsx"),
    "xls": _where_used("xls", "read_xls"),
    "pdf": _where_used("pdf", "read_pdf"),
    "png": _where_used("image", "read_png"),
    "jpg": _where_used("image", "read_jpg"),
}


def read_document(path: Path, name: str | None = None) -> Document:
    """Return the document in the file `path`; `name` (default: the file's own) is what citations call it.

    Blocks are in reading order and numbered from 0: `document.blocks[n].block == n`, and the rows of a table
    carry the number of their table.

    :raises UnreadableFile: If the file is missing, empty, too large, not permitted, or no readable text.
    :raises UnsupportedFormat: If its content is of a format that has no reader.
    """
    return parse_document(path, read_bytes(path), name)


def parse_document(path: Path, data: bytes, name: str | None = None) -> Document:
    """Return the document in `data`, the bytes of `path` as `read_bytes` gave them; see `read_document`."""
    reader = READERS[detect_format(path, data)]
    document = reader(path, data, name or path.name)
    if not document.blocks:
        raise UnreadableFile(path, "文件里没有可读的文字。请检查后重新放入。")
    return document
