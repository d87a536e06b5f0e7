"""Names in WordprocessingML."""

from __future__ import annotations

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFF = ("0", "false", "off", "none")


def w(name: str) -> str:
    """Return the qualified name of the element or attribute w:`name`."""
    return f"{{{_W}}}{name}"


def transitional(data: bytes) -> bytes:
    """Return the XML with the names of ISO/IEC 29500 strict as those of transitional, which Word writes."""
    return data.replace(_STRICT, _W.encode("ascii"))


def local(element: etree._Element) -> str:
    """Return the name of `element` without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element | None) -> str | None:
    """Return the attribute w:val of `element`, None without either."""
    return None if element is None else element.get(w("val"))


def number(element: etree._Element | None, default: int | None = None) -> int | None:
    """Return w:val of `element` as a number, `default` if it is none."""
    text = (value(element) or "").strip()[:9]
    return int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() else default


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as w:vanish is there and not switched off. (ECMA-376 part 1, 17.17.4)"""
    return element is not None and (value(element) or "1").lower() not in _OFF
