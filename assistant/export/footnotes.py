"""Real footnotes in a Word document: the part that python-docx has no interface for.

ECMA-376 Part 1, 17.11: a footnotes part with the two separators, a reference in the text, and the separators
named in the settings, or else Word takes the file for damaged.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXT, _REFERENCE = "FootnoteText", "FootnoteReference"


class Footnotes:
    """The footnotes of one document; `save` must be called before the document is saved."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._root: Any = etree.Element(qn("w:footnotes"), nsmap={"w": _WORD})
        for number, kind in enumerate(("separator", "continuationSeparator")):
            self._separator(number, kind)
        self._next = 2
        self._add_styles()

    def add(self, paragraph: Paragraph, text: str) -> int:
        """A reference at the end of `paragraph` to a footnote that says `text`; gives its number, from 1."""
        note = etree.SubElement(self._root, qn("w:footnote"), {qn("w:id"): str(self._next)})
        line = etree.SubElement(note, qn("w:p"))
        style = etree.SubElement(etree.SubElement(line, qn("w:pPr")), qn("w:pStyle"))
        style.set(qn("w:val"), _TEXT)
        etree.SubElement(_referring(line), qn("w:footnoteRef"))
        words = etree.SubElement(etree.SubElement(line, qn("w:r")), qn("w:t"))
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = f" {text}"
        run = paragraph.add_run(style=self._document.styles["footnote reference"])
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(self._next))
        run._r.append(reference)
        self._next += 1
        return self._next - 2

    def save(self) -> None:
        """Puts the footnotes into the document's package."""
        blob = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = self._document.part.package
        part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, blob, package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        properties = OxmlElement("w:footnotePr")
        for number in (0, 1):
            separator = OxmlElement("w:footnote")
            separator.set(qn("w:id"), str(number))
            properties.append(separator)
        # The order of settings is fixed (17.15.1.78): footnotePr stands before compat.
        settings = self._document.settings.element
        compat = settings.find(qn("w:compat"))
        if compat is not None:
            compat.addprevious(properties)
        else:
            settings.append(properties)

    def _separator(self, number: int, kind: str) -> None:
        note = etree.SubElement(self._root, qn("w:footnote"), {qn("w:type"): kind, qn("w:id"): str(number)})
        run = etree.SubElement(etree.SubElement(note, qn("w:p")), qn("w:r"))
        etree.SubElement(run, qn(f"w:{kind}"))

    def _add_styles(self) -> None:
        styles = self._document.styles
        text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = styles["Normal"]
        text.element.set(qn("w:styleId"), _TEXT)
        text.font.size = Pt(9)
        text.paragraph_format.space_after = Pt(0)
        reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        reference.element.set(qn("w:styleId"), _REFERENCE)
        reference.font.superscript = True


def _referring(line: Any) -> Any:
    """A run of a footnote's paragraph in the style of references."""
    run = etree.SubElement(line, qn("w:r"))
    style = etree.SubElement(etree.SubElement(run, qn("w:rPr")), qn("w:rStyle"))
    style.set(qn("w:val"), _REFERENCE)
    return run
