"""Word documents of 1997–2003 (.doc, also old .wps): the main text as printed.

Read from the file itself, as there is no well-kept library that does and no office suite is asked for: the
piece table gives the text, the pages of properties give paragraphs, cells, hidden and deleted text, and the
list tables give the numbers that Word generates ([MS-DOC] Word (.doc) Binary File Format, 2.4).

Headers, footers, notes, comments and text boxes are other parts of the file, and left out.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from ingest.document import Block, Document, Line
from ingest.errors import UnreadableFile
from ingest.readers.doc_file import open_doc
from ingest.readers.doc_lists import DocNumbering
from ingest.readers.doc_pages import ParagraphPages
from ingest.readers.doc_tables import is_in_table, is_row_end, row_shape
from ingest.readers.doc_text import Text, printed
from ingest.readers.fields import FieldState
from ingest.readers.lines import BLANK
from ingest.readers.ole2 import DAMAGED, Container
from ingest.readers.word_tables import TableUnderWay
from ingest.rendering import render

_PARAGRAPH = re.compile("[^\r\x07\x0c]*[\r\x07\x0c]|[^\r\x07\x0c]+")
_MAX_PARAGRAPHS = 500_000
_FIELD_MARKS = {"\x13": "begin", "\x14": "separate", "\x15": "end"}
_FIELD = re.compile("([\x13\x14\x15])")
# Characters with a meaning of their own (2.4.1, 2.8.25 for the list of special ones).
_PRINTED = {
    **dict.fromkeys(range(0x20)),  # pictures, notes, drawings
    **{0x09: "\t", 0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0xAD: None},
}


def read_doc(path: Path, data: bytes, name: str) -> Document:
    """Return the document in a .doc; `metadata` holds its `title` and `creator`.

    :raises UnreadableFile: If the file is damaged, encrypted, or older than Word 97.
    """
    container = Container(path, data)
    try:
        blocks = list(_blocks(path, container))
    except (struct.error, IndexError, OverflowError) as error:
        raise UnreadableFile(path, DAMAGED) from error
    metadata = MappingProxyType(dict(container.properties()))
    return render(blocks, name=name, format="doc", encoding="utf-16-le", metadata=metadata)


def _blocks(path: Path, container: Container) -> Iterator[Block]:
    file = open_doc(path, container)
    text = Text(file)
    pages = ParagraphPages(file)
    numbering = DocNumbering(file)
    fields = FieldState(are_closed=text.characters.count("\x13") == text.characters.count("\x15"))
    table = TableUnderWay()
    ends = sum(text.characters.count(mark) for mark in "\r\x07\x0c")
    if ends > _MAX_PARAGRAPHS:
        raise UnreadableFile(path, f"段落超过 {_MAX_PARAGRAPHS} 个，没有读取。请拆分后再放入。")
    for found in _PARAGRAPH.finditer(text.characters):
        style, properties = pages.at(text.place(found.end() - 1))
        ends_cell = found.group().endswith("\x07")
        if table.is_open and not (ends_cell or is_in_table(properties)):
            yield from table.close()
        if is_row_end(properties) and ends_cell:
            table.end_row(row_shape(properties))
            continue
        label = numbering.label(style, properties)
        lines = list(_lines(label, found.group(), fields, in_cell=ends_cell))
        if ends_cell or is_in_table(properties):
            table.add(lines, ends_cell=ends_cell)
        else:
            yield from lines
    yield from table.close()


def _lines(label: str, stored: str, fields: FieldState, *, in_cell: bool) -> Iterator[Line]:
    """What one paragraph prints, with its label."""
    lines = [line.strip(BLANK) for line in _printed(stored, fields).split("\n")]
    full = [line for line in lines if line]
    if full:
        full[0] = label + full[0]
    elif label and in_cell:  # a column of generated numbers
        full = [label.strip()]
    for line in full:
        yield Line(line, 0)


def _printed(stored: str, fields: FieldState) -> str:
    pieces: list[str] = []
    for part in _FIELD.split(printed(stored)):
        if part in _FIELD_MARKS:
            pieces.append(fields.mark(_FIELD_MARKS[part]))
        elif fields.prints:
            pieces.append(part.translate(_PRINTED))
        else:
            fields.add_code(part)
    fields.end_paragraph()
    return "".join(pieces)
