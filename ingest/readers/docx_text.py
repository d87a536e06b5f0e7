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
_RUN, _SYMBOL, _CODE, _SIMPLE_FIELD, _VANISH = (
    w(name) for name in ("r", "sym", "instrText", "fldSimple", "vanish")
)
_PROPERTIES, _RUN_PROPERTIES = w("pPr"), w("rPr")
_DELETED_MARK = f"{w('rPr')}/{w('del')}"
_FIELD_PARTS = frozenset({w("fldChar"), _CODE})
_TEXTS = frozenset({w("t"), _SYMBOL, "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
_FIELD_KIND = w("fldCharType")
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
    _gather(paragraph, fields, pieces)
    fields.end_paragraph()
    return "".join(pieces)


def _gather(holder: etree._Element, fields: FieldState, pieces: list[str]) -> None:
    """Add what the elements below `holder` print; they are less deep than the parser's limit of 256."""
    for node in holder:
        tag = node.tag
        if tag in UNPRINTED or (tag == _SIMPLE_FIELD and _is_contents(node)):
            continue
        if tag == _RUN and _is_hidden(node):
            pieces.extend(_field_part(part, fields) for part in node if part.tag in _FIELD_PARTS)
        elif tag in _FIELD_PARTS:
            pieces.append(_field_part(node, fields))
        elif tag in _TEXTS or tag in _FIXED:
            if fields.prints:
                pieces.append(_printed(node, tag))
        else:
            _gather(node, fields, pieces)


def is_deleted_mark(paragraph: etree._Element) -> bool:
    """Whether the end of `paragraph` is deleted, so that the next one goes on in its line."""
    properties = paragraph.find(_PROPERTIES)
    return properties is not None and properties.find(_DELETED_MARK) is not None


def _printed(node: etree._Element, tag: str) -> str:
    if tag == _SYMBOL:
        return symbol(node.get(w("font")) or "", node.get(w("char")) or "")
    return _FIXED.get(tag) or node.text or ""


def has_closed_fields(root: etree._Element) -> bool:
    """Whether as many fields end as begin."""
    kinds = [mark.get(_FIELD_KIND) for mark in root.iter(w("fldChar"))]
    return kinds.count("begin") == kinds.count("end")


def _field_part(node: etree._Element, fields: FieldState) -> str:
    """Pass a mark or a piece of code of a field; return what it prints."""
    if node.tag == _CODE:
        fields.add_code(node.text or "")
        return ""
    return fields.mark(node.get(_FIELD_KIND) or "")


def _is_hidden(run: etree._Element) -> bool:
    properties = run.find(_RUN_PROPERTIES)
    return properties is not None and is_on(properties.find(_VANISH))


def _is_contents(field: etree._Element) -> bool:
    return is_contents(field.get(w("instr")) or "")
