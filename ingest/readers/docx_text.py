"""The text that a paragraph of a .docx prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx_names import is_on, w
from ingest.readers.numerals import written
from ingest.readers.symbols import symbol

# What a paragraph holds and does not print as its text: properties, deleted text, field codes, pictures with
# their text boxes, notes, and the reading above a ruby text.
UNPRINTED = frozenset(
    {w(name) for name in ("pPr", "rPr", "del", "moveFrom", "delText", "delInstrText", "sdtPr", "rt")}
    | {w(name) for name in ("drawing", "pict", "object", "footnoteRef", "endnoteRef", "annotationRef")}
    | {w(name) for name in ("footnoteReference", "endnoteReference", "commentReference", "txbxContent")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FIELD_PARTS = frozenset({w("fldChar"), w("instrText")})
_ENCLOSED = re.compile(r"(?i)\beq\b.*\\o\s*\\a[cdlr]*\s*\([^,，]{1,3}[,，]\s*(\S{1,3})\s*\)")
_MAX_CODE = 1000
_FIXED = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("softHyphen"): "",
}


@dataclass(slots=True)
class _Field:
    code: str = ""
    is_in_code: bool = True
    is_contents: bool = False


@dataclass(slots=True)
class FieldState:
    """The fields that are open where the reader stands; a field's result may reach over many paragraphs.

    A field prints its result and not its code; the result of a table of contents is no text of the document.
    """

    open: list[_Field] = field(default_factory=list)

    @property
    def prints(self) -> bool:
        """Whether text at this place is printed."""
        return not any(entry.is_in_code or entry.is_contents for entry in self.open)

    def mark(self, kind: str) -> str:
        """Pass a `begin`, `separate` or `end`; return what a field without a result prints."""
        if kind == "begin":
            self.open.append(_Field())
        elif kind == "separate" and self.open:
            entry = self.open[-1]
            entry.is_in_code = False
            entry.is_contents = entry.code.strip().upper().startswith("TOC")
        elif kind == "end" and self.open:
            entry = self.open.pop()
            return _circled(entry.code) if entry.is_in_code and self.prints else ""
        return ""

    def add_code(self, text: str) -> None:
        """Pass a piece of the innermost field's code."""
        if self.open:
            self.open[-1].code = (self.open[-1].code + text)[:_MAX_CODE]

    def end_paragraph(self) -> None:
        """A code ends with its paragraph at the latest: one never closed must not take the rest away."""
        self.open = [entry for entry in self.open if not entry.is_in_code]


def paragraph_text(paragraph: etree._Element, fields: FieldState) -> str:
    """Return what `paragraph` prints; a line break is "\\n", and what it does not print is passed over."""
    pieces: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, node in walk:
        tag = node.tag
        if tag == w("r") and _is_hidden(node):
            pieces.extend(_field_part(part, fields) for part in node if part.tag in _FIELD_PARTS)
            walk.skip_subtree()
        elif tag in _FIELD_PARTS:
            pieces.append(_field_part(node, fields))
        elif tag in UNPRINTED or (tag == w("fldSimple") and _is_contents(node)):
            walk.skip_subtree()
        elif fields.prints:
            pieces.append(_printed(node))
    fields.end_paragraph()
    return "".join(pieces)


def is_deleted_mark(paragraph: etree._Element) -> bool:
    """Whether the end of `paragraph` is deleted, so that the next one goes on in its line."""
    return paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None


def _printed(node: etree._Element) -> str:
    if node.tag in (w("t"), _MATH_TEXT):
        return node.text or ""
    if node.tag == w("sym"):
        return symbol(node.get(w("font")) or "", node.get(w("char")) or "")
    return _FIXED.get(node.tag, "")


def _field_part(node: etree._Element, fields: FieldState) -> str:
    """Pass a mark or a piece of code of a field; return what it prints."""
    if node.tag == w("instrText"):
        fields.add_code(node.text or "")
        return ""
    return fields.mark(node.get(w("fldCharType")) or "")


def _circled(code: str) -> str:
    """What the field prints that Word writes for a character in a circle: EQ \\o\\ac(○,1)."""
    found = _ENCLOSED.search(code)
    if not found:
        return ""
    text = found.group(1)
    return written(int(text), "decimalEnclosedCircle") if text.isdecimal() else text


def _is_hidden(run: etree._Element) -> bool:
    properties = run.find(w("rPr"))
    return properties is not None and is_on(properties.find(w("vanish")))


def _is_contents(field: etree._Element) -> bool:
    return (field.get(w("instr")) or "").strip().upper().startswith("TOC")
