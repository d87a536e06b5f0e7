"""An element of a page → its paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.html_lists import item_numbers
from ingest.readers.html_tables import RawTable, is_data_table, read_table
from ingest.readers.html_tree import BLOCK, joined, printed
from ingest.readers.lines import BLANK


@dataclass(slots=True)
class _Paragraph:
    """Text gathered until a block begins or ends."""

    parts: list[str] = field(default_factory=list)
    number: str = ""
    numbers: dict[etree._Element, str] = field(default_factory=dict)  # of the list items entered so far

    def take(self) -> str:
        """Return the text so far, trimmed, with the list number in front, and start anew."""
        text = printed("".join(self.parts)).strip(BLANK)
        self.parts.clear()
        if text and self.number:
            text, self.number = self.number + text, ""
        return text


def element_blocks(element: etree._Element) -> Iterator[str | RawTable]:
    """Yield paragraphs (never empty) and data tables of `element` in reading order.

    A table that only lays out the page is walked through like any other element.
    """
    paragraph = _Paragraph()
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            yield from _enter(walk, node, paragraph)
        else:
            yield from _leave(node, element, paragraph)
    yield from _flush(paragraph)


def _enter(walk: etree.iterwalk, node: etree._Element, paragraph: _Paragraph) -> Iterator[str | RawTable]:
    if node.tag in BLOCK or node.tag == "br":
        yield from _flush(paragraph)
    if node.tag == "table" and is_data_table(node):
        walk.skip_subtree()
        yield read_table(node, cell_text)
        return
    if node.tag == "ol":
        paragraph.numbers.update(item_numbers(node))
    elif node.tag == "li":
        paragraph.number = paragraph.numbers.pop(node, "")
    if node.text:
        yield from _add(node, node.text, paragraph)


def _leave(node: etree._Element, root: etree._Element, paragraph: _Paragraph) -> Iterator[str | RawTable]:
    if node.tag in BLOCK:
        yield from _flush(paragraph)
    if node.tag == "li":
        paragraph.number = ""
    if node is not root and node.tail:
        yield from _add(node.getparent(), node.tail, paragraph)


def _add(holder: etree._Element, text: str, paragraph: _Paragraph) -> Iterator[str]:
    """Add text; inside `pre` each line end ends a paragraph."""
    if holder.tag != "pre":
        paragraph.parts.append(joined(text))
        return
    for line in text.splitlines(keepends=True):
        paragraph.parts.append(line)
        if line.endswith(("\n", "\r")):
            yield from _flush(paragraph)


def _flush(paragraph: _Paragraph) -> Iterator[str]:
    text = paragraph.take()
    if text:
        yield text


def cell_text(cell: etree._Element) -> str:
    """The paragraphs of a table cell, one a line."""
    if len(cell) == 0:  # most cells hold text alone: no walk
        return printed(joined(cell.text or "")).strip(BLANK)
    lines: list[str] = []
    for block in element_blocks(cell):
        if isinstance(block, str):
            lines.append(block)
        else:  # a table inside the cell: its cells in reading order
            lines.extend(cell.text for row in block.rows for cell in row.cells if cell.text)
    return "\n".join(lines)
