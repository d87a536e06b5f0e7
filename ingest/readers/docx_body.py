"""The blocks of a .docx body: paragraphs with their labels, and tables."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.document import Block, Line
from ingest.readers.docx_names import is_on, number, value, w
from ingest.readers.docx_numbering import DocxNumbering
from ingest.readers.docx_text import is_deleted_mark, paragraph_text
from ingest.readers.fields import FieldState
from ingest.readers.lines import BLANK
from ingest.readers.word_tables import Merge, RawCell, RawRow, table_blocks

# Wrappers around paragraphs, rows and cells that print nothing themselves.
_WRAPPERS = frozenset(
    w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CONTENTS = f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}"
_MAX_COLUMNS = 1000


class Body:
    """Reads a body in document order; with `boxes` also the text in text boxes, before their paragraph."""

    def __init__(self, numbering: DocxNumbering, fields: FieldState, *, boxes: bool) -> None:
        self._numbering = numbering
        self._boxes = boxes
        self._fields = fields
        self._before = ""  # of a paragraph whose end was deleted

    def blocks(self, holder: etree._Element) -> Iterator[Block]:
        """Yield what the paragraphs and tables right below `holder` print."""
        for child in holder:
            if child.tag == w("p"):
                if self._boxes:
                    for box in _boxes(child):
                        yield from self.blocks(box)
                yield from self._paragraph(child)
            elif child.tag == w("tbl"):
                yield from table_blocks(list(self._rows(child)))
            elif child.tag in _WRAPPERS and not _is_contents(child):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Line]:
        text = self._before + paragraph_text(paragraph, self._fields)
        if is_deleted_mark(paragraph):  # its text goes on in the next paragraph, whose number both have
            self._before = text
            return
        self._before = ""
        label = self._numbering.label(paragraph)
        lines = [line.strip(BLANK) for line in text.split("\n")]
        printed = [line for line in lines if line]
        if printed:
            printed[0] = label + printed[0]
        elif label and _is_in_cell(paragraph):  # a column of generated numbers
            printed = [label.strip()]
        for line in printed:
            yield Line(line, 0)

    def _rows(self, table: etree._Element) -> Iterator[RawRow]:
        for element in _within(table, w("tr")):
            properties = element.find(w("trPr"))
            if properties is not None and properties.find(w("del")) is not None:
                continue
            row = RawRow(header=properties is not None and is_on(properties.find(w("tblHeader"))))
            at = _skipped(properties)
            for cell in _within(element, w("tc")):
                at = self._cell(cell, at, row)
            yield row

    def _cell(self, element: etree._Element, at: int, row: RawRow) -> int:
        """Put the cell that begins at column `at` into `row`; return where the next one begins."""
        properties = element.find(w("tcPr"))
        span, merge, joined = 1, Merge.NONE, False
        if properties is not None:
            span = min(max(number(properties.find(w("gridSpan"))) or 1, 1), _MAX_COLUMNS)
            merge = _merge(properties.find(w("vMerge")))
            across = properties.find(w("hMerge"))
            joined = across is not None and value(across) != "restart"
        end = at + span
        content = list(self.blocks(element))
        if joined and row.cells:
            row.cells[-1].right = end
            row.cells[-1].blocks += content
        else:
            row.cells.append(RawCell(content, at, end, merge))
        return end


def _merge(element: etree._Element | None) -> Merge:
    if element is None:
        return Merge.NONE
    return Merge.FIRST if value(element) == "restart" else Merge.CONTINUED


def _skipped(properties: etree._Element | None) -> int:
    """The grid columns that a row leaves out at its left."""
    skipped = None if properties is None else number(properties.find(w("gridBefore")))
    return min(max(skipped or 0, 0), _MAX_COLUMNS)


def _within(holder: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The elements `tag` below `holder`, right there or inside wrappers."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes anchored in `paragraph`; the copy for old programs is passed over."""
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, node in walk:
        if node.tag == _FALLBACK:
            walk.skip_subtree()
        elif node.tag == w("txbxContent"):
            yield node
            walk.skip_subtree()


def _is_contents(element: etree._Element) -> bool:
    """Whether a content control holds a generated table of contents."""
    return value(element.find(_CONTENTS)) == "Table of Contents"


def _is_in_cell(paragraph: etree._Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and parent.tag == w("tc")
