"""Word documents since 2007 (.docx, also new .wps): the body as printed, without what stands around it.

Read from the package itself (ECMA-376 part 1): python-docx resolves neither list numbers nor merged cells nor
revisions, which is all that is difficult here.

Left out: headers, footers, foot- and endnotes, comments, text boxes, tables of contents, hidden and deleted
text. A document converted from a fixed layout has its text in boxes and little outside; there they are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from lxml import etree

from ingest.document import Document
from ingest.readers.docx_body import Body
from ingest.readers.docx_names import local, transitional, w
from ingest.readers.docx_numbering import DocxNumbering
from ingest.readers.docx_text import has_closed_fields
from ingest.readers.fields import FieldState
from ingest.readers.packages import Package, parse_xml
from ingest.rendering import render

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CORE = "docProps/core.xml"


def read_docx(path: Path, data: bytes, name: str) -> Document:
    """Return the document in a .docx package; `metadata` holds its core properties (`title`, `creator`, …).

    :raises UnreadableFile: If the package is damaged, encrypted, or passes a limit.
    """
    package = Package(path, data)
    main = _main_part(package)
    folder = main.rpartition("/")[0]
    body = _part(path, package, main)
    numbering = DocxNumbering(
        _optional(path, package, f"{folder}/numbering.xml"), _optional(path, package, f"{folder}/styles.xml")
    )
    fields = FieldState(are_closed=has_closed_fields(body))
    blocks = Body(numbering, fields, boxes=_is_in_boxes(body)).blocks(body)
    return render(blocks, name=name, format="docx", encoding="utf-8", metadata=_properties(path, package))


def _main_part(package: Package) -> str:
    """The name of the part that the package calls its document; usually word/document.xml."""
    if "_rels/.rels" in package.names:
        for relationship in package.xml("_rels/.rels").iter(f"{_RELATIONSHIPS}Relationship"):
            target = (relationship.get("Target") or "").lstrip("/")
            if (relationship.get("Type") or "").endswith("/officeDocument") and target in package.names:
                return target
    return "word/document.xml"


def _part(path: Path, package: Package, name: str) -> etree._Element:
    return parse_xml(path, transitional(package.part(name)))


def _optional(path: Path, package: Package, name: str) -> etree._Element | None:
    return _part(path, package, name) if name in package.names else None


def _is_in_boxes(root: etree._Element) -> bool:
    """Whether most of the text stands in text boxes."""
    boxed = sum(len(text.text or "") for box in root.iter(w("txbxContent")) for text in box.iter(w("t")))
    # a box is stored twice, for new and for old programs: half of it counts
    whole = sum(len(text.text or "") for text in root.iter(w("t")))
    return boxed > 0 and boxed / 2 > whole - boxed


def _properties(path: Path, package: Package) -> Mapping[str, str]:
    root = _optional(path, package, _CORE)
    if root is None:
        return MappingProxyType({})
    entries = {local(entry): (entry.text or "").strip() for entry in root}
    return MappingProxyType({key.lower(): value for key, value in entries.items() if key and value})
