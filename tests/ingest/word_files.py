"""Word documents made in tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ingest.document import Block, Document, Line, Table
from ingest.readers.docx import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of `parts`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, *, numbering: str = "", styles: str = "", core: str = "") -> bytes:
    """A .docx with the XML of its body, its lists and its styles."""
    parts = {"word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"}
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {NAMES}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {NAMES}>{styles}</w:styles>"
    if core:
        parts["docProps/core.xml"] = core
    return package(parts)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, *, list_: int | None = None, level: int | None = None, style: str = "") -> str:
    """A paragraph of `text` (or of runs), numbered by list `list_` at `level`."""
    numbered = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    numbered += "" if list_ is None else f'<w:numId w:val="{list_}"/>'
    numbered = f"<w:numPr>{numbered}</w:numPr>" if numbered else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    content = text if text.startswith("<") else run(text)
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr>{content}</w:p>"


def cell(text: str, properties: str = "") -> str:
    """A table cell of one paragraph, or of the XML given."""
    content = text if text.startswith("<w:") else paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def read(data: bytes) -> Document:
    """The document in the bytes of a .docx."""
    return read_docx(Path("方案.docx"), data, "方案.docx")


def printed(blocks: tuple[Block, ...] | list[Block]) -> list[str | list[list[str]]]:
    """Texts of lines; for a table its rows of texts."""
    return [
        block.text if isinstance(block, Line) else [[c.text for c in r.cells] for r in block.rows]
        for block in blocks
    ]


def only_table(document: Document) -> Table:
    """The one table of a document."""
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    return found
