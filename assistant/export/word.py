"""Questions and answers as a Word document; every citation is a footnote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from assistant.export.errors import ExportFault
from assistant.export.footnotes import Footnotes
from assistant.export.turns import Grid, Paragraph, Style, Turn, Words, parts_of, source_of
from assistant.forms.wording import bold_figures

#: What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: The fonts of official documents (GB/T 9704-2012: 仿宋 for the text, 黑体 for headings).
_TEXT_FONT, _HEADING_FONT = "仿宋", "黑体"


def write_docx(path: Path, turns: Sequence[Turn], *, title: str = "政策问答记录") -> None:
    """Writes the turns as .docx. Raises ExportFault where the file cannot be written."""
    document = Document()
    _set_fonts(document)
    document.core_properties.title = title
    document.core_properties.author = "条问"
    footnotes = Footnotes(document)
    document.add_heading(title, level=0)
    for turn in turns:
        document.add_heading(_clean(f"问：{' '.join(turn.question.split())}"), level=2)
        sources = {c.marker: _clean(source_of(c)) for c in turn.answer.citations}
        for part in parts_of(turn.answer):
            if isinstance(part, Grid):
                _add_grid(document, part, sources, footnotes)
            else:
                _add_paragraph(document, part, sources, footnotes)
    footnotes.save()
    try:
        document.save(str(path))
    except OSError as error:
        raise ExportFault.unwritable(path, error) from error


def _add_paragraph(
    document: WordDocument, part: Paragraph, sources: Mapping[int, str], footnotes: Footnotes
) -> None:
    paragraph = document.add_paragraph()
    if part.number is not None:
        paragraph.add_run(f"{part.number}. ")
    _add_words(paragraph, part.words, sources, footnotes)
    for run in paragraph.runs:
        if part.style in (Style.LEAD, Style.GROUP):
            run.bold = True
        if part.style is Style.NOTE:
            run.font.color.rgb = RGBColor(0x59, 0x59, 0x59)
    if part.style is Style.ITEM:
        paragraph.paragraph_format.left_indent = Pt(18)
        paragraph.paragraph_format.first_line_indent = Pt(-18)


def _add_grid(document: WordDocument, grid: Grid, sources: Mapping[int, str], footnotes: Footnotes) -> None:
    table = document.add_table(rows=1, cols=len(grid.heads))
    table.style = document.styles["Table Grid"]
    for cell, head in zip(table.rows[0].cells, grid.heads, strict=True):
        cell.paragraphs[0].add_run(_clean(head)).bold = True
    for row in grid.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            _add_words(cell.paragraphs[0], words, sources, footnotes)
    document.add_paragraph()


def _add_words(
    paragraph: WordParagraph, words: Words, sources: Mapping[int, str], footnotes: Footnotes
) -> None:
    """The text with its figures bold, then its footnotes."""
    text = _clean(words.text)
    pieces = [text] if "**" in text else bold_figures(text).split("**")
    for position, piece in enumerate(pieces):
        if piece:
            paragraph.add_run(piece).bold = True if position % 2 else None
    for marker in words.markers:
        if marker in sources:
            footnotes.add(paragraph, sources[marker])


def _set_fonts(document: WordDocument) -> None:
    fonts = {"Normal": _TEXT_FONT, "Title": _HEADING_FONT, "Heading 2": _HEADING_FONT}
    for name, font in fonts.items():
        style = document.styles[name]
        if not isinstance(style, ParagraphStyle):
            continue
        properties = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:eastAsiaTheme", "w:asciiTheme", "w:hAnsiTheme", "w:cstheme"):
            properties.attrib.pop(qn(kind), None)
        properties.set(qn("w:eastAsia"), font)
        style.font.color.rgb = RGBColor(0, 0, 0)
    normal = document.styles["Normal"]
    if isinstance(normal, ParagraphStyle):
        normal.font.size = Pt(12)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
