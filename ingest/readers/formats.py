"""The format of a file, told from its content; the suffix decides only between plain text and Markdown."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from ingest.errors import UnsupportedFormat

SUPPORTED = ("txt", "md", "html", "docx", "doc", "rtf", "mht", "xlsx", "xls", "pdf", "png", "jpg", "zip")

_MARKDOWN_SUFFIXES = (".md", ".markdown")
_HTML_SUFFIXES = (".html", ".htm", ".shtml", ".xhtml")

# First bytes → what the person who dropped the file in calls it.
_MAGIC = (
    (b"%PDF", "PDF 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG\r\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b\x08", "gzip 压缩包"),
    (b"SQLite format 3\0", "SQLite 数据库"),
    (b"\x7fELF", "可执行程序"),
    (b"MZ\x90\0", "可执行程序"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of Word, Excel and PowerPoint 97–2003

# A member of the archive → the format that the archive is.
_ZIP_MEMBERS = (
    ("word/", "Word 文档（docx）"),
    ("xl/", "Excel 表格（xlsx）"),
    ("ppt/", "PowerPoint 演示文稿（pptx）"),
    ("OFD.xml", "OFD 版式文档"),
    ("content.xml", "OpenDocument 文档"),
)
# One of these makes an archive a document (ECMA-376 part 2, GB/T 33190, ODF 1.3 part 2).
_PACKAGE_PARTS = frozenset(
    {"[Content_Types].xml", "_rels/.rels", "OFD.xml", "content.xml"}
    | {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"}
)
_ARCHIVE = "ZIP 压缩包"
# Names of streams in the container's directory, which are UTF-16.
_OLE2_STREAMS = (
    ("WordDocument", "Word 97-2003 文档（doc）"),
    ("Workbook", "Excel 97-2003 表格（xls）"),
    ("PowerPoint Document", "PowerPoint 97-2003 演示文稿（ppt）"),
    ("EncryptedPackage", "加密的 Office 文档"),
)

# What a file is called → the format whose reader takes it.
_READ = {
    "Word 文档（docx）": "docx",
    "Word 97-2003 文档（doc）": "doc",
    "RTF 文档": "rtf",
    _ARCHIVE: "zip",
    "网页归档（mht）": "mht",
    "Excel 表格（xlsx）": "xlsx",
    "Excel 97-2003 表格（xls）": "xls",
    "PDF 文档": "pdf",
    "PNG 图片": "png",
    "JPEG 图片": "jpg",
}

_WINDOW = 4096  # bytes at the start that are looked at for text formats
_MHT = re.compile(rb"(?im)^mime-version:\s*\d.*?^content-type:\s*(?:multipart/|text/html)", re.DOTALL)
_MHT_REVERSED = re.compile(
    rb"(?im)^content-type:\s*(?:multipart/|text/html).*?^mime-version:\s*\d", re.DOTALL
)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"(\w+)")

_SKIPPED_BEFORE_HTML = re.compile(rb"(?s)(?:\xef\xbb\xbf|\s|<!--.*?-->|<\?xml.*?\?>)*")
_HTML_START = re.compile(
    rb"(?i)<(?:!doctype\s+html|html|head|body|title|meta|link|base|style|script|center)[\s>/]"
)
_FRAGMENT_START = re.compile(rb"(?i)<(?:div|p|table|h[1-6]|ul|ol|span|font|section|article|main|br)[\s>/]")


def detect_format(path: Path, data: bytes) -> str:
    """Return one of `SUPPORTED` for `data`, which was read from `path`.

    :raises UnsupportedFormat: If the content is of a known format that has no reader; names it.
    """
    known = _binary_format(data) or _text_container(data)
    if known in _READ:
        return _READ[known]
    if known:
        raise UnsupportedFormat(
            path, f"内容是 {known}，目前只能读取 {'、'.join(SUPPORTED)}。请另存为其中一种格式后再放入。"
        )
    suffix = path.suffix.lower()
    if _is_html(_as_ascii_compatible(data[: 4 * _WINDOW]), suffix):
        return "html"
    return "md" if suffix in _MARKDOWN_SUFFIXES else "txt"


def _binary_format(data: bytes) -> str | None:
    for magic, label in _MAGIC:
        if data.startswith(magic):
            return label
    if data.startswith(_ZIP):
        return _zip_format(data)
    if data.startswith(_OLE2):
        return _ole2_format(data)
    if b"%PDF-" in data[:1024] and b"\0" in data:
        return "PDF 文档"
    return None


def _zip_format(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "ZIP 压缩包（已损坏）"
    return _package_format(members) or _ARCHIVE


def is_archive(members: Sequence[str]) -> bool:
    """Whether a zip file with these members is a mere archive of files, and no document."""
    return _package_format(members) is None


def _package_format(members: Sequence[str]) -> str | None:
    """The format of which the members of a zip file are the parts; a folder called word/ makes none."""
    if not _PACKAGE_PARTS.isdisjoint(members):
        for prefix, label in _ZIP_MEMBERS:
            if any(member.startswith(prefix) for member in members):
                return label
    return None


def _ole2_format(data: bytes) -> str:
    for stream, label in _OLE2_STREAMS:
        if stream.encode("utf-16-le") in data:
            return label
    return "旧版 Office 文档"


def _text_container(data: bytes) -> str | None:
    """Formats that are text to the eye but wrap the document in something else."""
    head = data[:_WINDOW]
    if _MHT.search(head) or _MHT_REVERSED.search(head):
        return "网页归档（mht）"
    match = _WORD_XML.search(head)
    if match:
        return f"{match.group(1).decode('ascii')} 2003 XML 文档"
    return None


def _as_ascii_compatible(head: bytes) -> bytes:
    """Drop the NULs of UTF-16, so that ASCII tags can be looked for in any supported encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:]
    return head.replace(b"\0", b"") if b"\0" in head else head


def _is_html(head: bytes, suffix: str) -> bool:
    skipped = _SKIPPED_BEFORE_HTML.match(head)
    start = head[skipped.end() if skipped else 0 :]
    if _HTML_START.match(start):
        return True
    if suffix in _MARKDOWN_SUFFIXES:  # Markdown may begin with an HTML fragment
        return False
    if suffix in _HTML_SUFFIXES:
        return _HTML_START.search(start) is not None or _FRAGMENT_START.search(start) is not None
    return _FRAGMENT_START.match(start) is not None
