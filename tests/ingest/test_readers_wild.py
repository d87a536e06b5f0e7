"""Real documents as published, where they are at hand: all are read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ingest.decoding import declared_charset, decode
from ingest.document import Block, Line
from ingest.readers import read_document
from ingest.readers.html_blocks import element_blocks
from ingest.readers.html_tree import parse_html, prune_unseen
from ingest.readers.lines import BLANK

WILD = Path(__file__).parents[3] / "shared" / "wild"

pytestmark = pytest.mark.skipif(not WILD.is_dir(), reason="../shared/wild is not at hand")


def _files() -> list[Path]:
    return sorted(WILD.iterdir()) if WILD.is_dir() else []


def _texts(block: Block) -> list[str]:
    if isinstance(block, Line):
        return [block.text]
    return [cell.text for row in block.rows for cell in row.cells if cell.text]


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.name[:3])
def test_a_readable_document_gives_blocks_with_true_places(path: Path) -> None:
    document = read_document(path)
    parts = sum(1 if isinstance(block, Line) else len(block.rows) for block in document.blocks)
    assert parts >= 15
    assert [block.block for block in document.blocks] == list(range(len(document.blocks)))
    for block in document.blocks:
        if isinstance(block, Line) and block.start is not None:
            assert block.text == document.source[block.start : block.end] == block.text.strip(BLANK)


def test_every_character_of_a_text_file_is_in_a_line() -> None:
    for path in _files():
        document = read_document(path)
        if document.format != "txt":
            continue
        inside = sum(len("".join(block.text.split())) for block in document.blocks if isinstance(block, Line))
        whole = len("".join(document.source.translate(dict.fromkeys(map(ord, BLANK))).split()))
        assert inside == whole, path.name


def test_no_sentence_of_a_page_is_dropped_as_furniture() -> None:
    """Of sentences, only the blurbs in menus are dropped: short ones, below a fiftieth of the text."""
    for path in _files():
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
