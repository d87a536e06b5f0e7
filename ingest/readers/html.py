"""HTML: the main content of a page as paragraphs and tables, and what the page states of itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from ingest.decoding import declared_charset, decode
from ingest.document import Block, Document, Line, Row, Table
from ingest.readers.html_blocks import element_blocks
from ingest.readers.html_main import remove_furniture, without_page_lines
from ingest.readers.html_tables import RawTable
from ingest.readers.html_tree import parse_html, printed, prune_unseen
from ingest.rendering import render


def read_html(path: Path, data: bytes, name: str) -> Document:
    """Return the document of a web page; `source` is the text that the page shows.

    :raises UnreadableFile: If the bytes are no text, or the page passes the parser's limits.
    """
    decoded = decode(path, data, declared=declared_charset(data))
    root = parse_html(path, decoded.text)
    metadata = page_metadata(root)
    prune_unseen(root)
    remove_furniture(root)
    titles = [metadata[key] for key in ("title", "articletitle") if key in metadata]
    kept = without_page_lines(list(element_blocks(root)), titles)
    blocks = (_block(block) for block in kept)
    return render(blocks, name=name, format="html", encoding=decoded.encoding, metadata=metadata)


def page_metadata(root: etree._Element) -> Mapping[str, str]:
    """Return the page's `title` and `meta` entries by lower-case name; the first of equal names counts."""
    entries: dict[str, str] = {}
    for title in root.iter("title"):
        entries.setdefault("title", printed("".join(title.itertext())).strip())
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").strip().lower()
        value = printed(meta.get("content") or "").strip()
        if key and value:
            entries.setdefault(key, value)
    return MappingProxyType({key: value for key, value in entries.items() if value})


def _block(block: str | RawTable) -> Block:
    if isinstance(block, str):
        return Line(block, 0)
    return Table(tuple(Row(row.cells, 0, header=row.header) for row in block.rows), 0, block.caption)
