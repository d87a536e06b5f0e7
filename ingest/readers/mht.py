"""Web archives (.mht): the page inside, read like any other page. (RFC 2557)"""

from __future__ import annotations

import email
import email.message
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.html import read_html

_MAX_PARTS = 5000
_MAX_LINES = 1_000_000  # the longest page and its pictures fill 300,000
_NO_PAGE = "网页归档里没有网页。请在浏览器中打开后另存为 html，再放入。"


def read_mht(path: Path, data: bytes, name: str) -> Document:
    """Return the document of the page that the archive was made of: its first part that is one.

    Further pages in an archive are frames: advertisements, or the headers of a document saved from Word.

    :raises UnreadableFile: If there is no page, or the page cannot be read.
    """
    if data.count(b"\n--") > 10 * _MAX_PARTS or data.count(b"\n") + data.count(b"\r") > 2 * _MAX_LINES:
        raise UnreadableFile(path, "网页归档过大，没有读取。请在浏览器中打开后另存为 html，再放入。")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        page = next((part for part in _parts(path, message) if part.get_content_type() in _PAGES), None)
        content = None if page is None else page.get_payload(decode=True)
    except (ValueError, RecursionError, LookupError, AttributeError, TypeError, IndexError) as error:
        raise UnreadableFile(path, _NO_PAGE) from error
    if not isinstance(content, bytes) or not content.strip():
        raise UnreadableFile(path, _NO_PAGE)
    return replace(read_html(path, content, name), format="mht")


_PAGES = ("text/html", "application/xhtml+xml")


def _parts(path: Path, message: email.message.Message) -> Iterator[email.message.Message]:
    for count, part in enumerate(message.walk()):
        if count >= _MAX_PARTS:
            raise UnreadableFile(path, f"网页归档里的文件超过 {_MAX_PARTS} 个，没有读取。")
        yield part
