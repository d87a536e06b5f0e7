"""The text that a paragraph of a .docx prints."""

from __future__ import annotations

from lxml import etree

from ingest.readers.docx_names import is_on, w
from ingest.readers.fields import FieldState, is_contents
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
_FIXED = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("softHyphen"): "",
}


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


def _is_hidden(run: etree._Element) -> bool:
    properties = run.find(w("rPr"))
    return properties is not None and is_on(properties.find(w("vanish")))


def _is_contents(field: etree._Element) -> bool:
    return is_contents(field.get(w("instr")) or "")
