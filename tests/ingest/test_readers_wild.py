"""Real documents as published, where they are at hand: all that has a reader is read, the rest is named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ingest.decoding import declared_charset, decode
from ingest.document import Block, Line
from ingest.errors import UnsupportedFormat
from ingest.readers import read_document
from ingest.readers.html_blocks import element_blocks
from ingest.readers.html_tree import parse_html, prune_unseen
from ingest.readers.lines import BLANK

WILD = Path(__file__).parents[3] / "shared" / "wild"
READABLE = (".txt", ".md", ".html", ".htm", "", ".docx", ".doc", ".xlsx", ".xls")

pytestmark = pytest.mark.skipif(not WILD.is_dir(), reason="../shared/wild is not at hand")


def _files(*, readable: bool) -> list[Path]:
    if not WILD.is_dir():
        return []
    return sorted(path for path in WILD.iterdir() if (_suffix(path) in READABLE) == readable)


def _suffix(path: Path) -> str:
    """The suffix, where it is one: a name may hold a dot without having a suffix."""
    return path.suffix.lower() if len(path.suffix) <= 5 else ""


def _texts(block: Block) -> list[str]:
    if isinstance(block, Line):
        return [block.text]
    return [cell.text for row in block.rows for cell in row.cells if cell.text]


@pytest.mark.parametrize("path", _files(readable=True), ids=lambda path: path.name[:3])
def test_a_readable_document_gives_blocks_with_true_places(path: Path) -> None:
    document = read_document(path)
    parts = sum(1 if isinstance(block, Line) else len(block.rows) for block in document.blocks)
    assert parts >= 15
    assert [block.block for block in document.blocks] == list(range(len(document.blocks)))
    for block in document.blocks:
        if isinstance(block, Line) and block.start is not None:
            assert block.text == document.source[block.start : block.end] == block.text.strip(BLANK)


@pytest.mark.parametrize("path", _files(readable=False), ids=lambda path: path.name[:3])
def test_another_format_is_named(path: Path) -> None:
    expected = {".pdf": "PDF"}
    with pytest.raises(UnsupportedFormat, match=expected[_suffix(path)]):
        read_document(path)


def test_every_character_of_a_text_file_is_in_a_line() -> None:
    for path in _files(readable=True):
        document = read_document(path)
        if document.format != "txt":
            continue
        inside = sum(len("".join(block.text.split())) for block in document.blocks if isinstance(block, Line))
        whole = len("".join(document.source.translate(dict.fromkeys(map(ord, BLANK))).split()))
        assert inside == whole, path.name


def test_no_sentence_of_a_page_is_dropped_as_furniture() -> None:
    """Of sentences, only the blurbs in menus are dropped: short ones, below a fiftieth of the text."""
    for path in _files(readable=True):
        document = read_document(path)
        if document.format != "html":
            continue
        data = path.read_bytes()
        root = parse_html(path, decode(path, data, declared=declared_charset(data)).text)
        prune_unseen(root)
        printed = Counter(
            text
            for block in element_blocks(root)
            for text in ([block] if isinstance(block, str) else [c.text for r in block.rows for c in r.cells])
        )
        kept = Counter(text.strip() for block in document.blocks for text in _texts(block))
        dropped = [
            text for text in (printed - kept).elements() if text.endswith(("。", "；")) and len(text) > 25
        ]
        assert sum(map(len, dropped)) * 50 < sum(len(text) for text in kept.elements()), (path.name, dropped)
        assert not any(len(text) > 60 for text in dropped), (path.name, dropped)
