"""Bytes of an .rtf in the code pages of its fonts → text."""

from __future__ import annotations

from collections.abc import Mapping

# Character sets of fonts (\fcharset), as code pages; the others are the document's own (\ansicpg).
SYMBOLS = "symbols"  # no codec: a font of signs
_CHARSETS: Mapping[int, str] = {
    2: SYMBOLS,
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    204: "cp1251",
    238: "cp1250",
}
_CODE_PAGES: Mapping[int, str] = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}


def charset_codec(charset: int) -> str | None:
    """Return the codec of a font's character set; None for the document's own."""
    return _CHARSETS.get(charset)


def page_codec(page: int) -> str:
    """Return the codec of a code page."""
    if page in _CODE_PAGES:
        return _CODE_PAGES[page]
    try:
        "".encode(f"cp{page}")
    except LookupError:
        return "cp1252"
    return f"cp{page}"


def decoded(data: bytes, codec: str | None, document_codec: str) -> str:
    """Return `data` as text: by the font's codec, then the document's, then GB18030, then Western European.

    Editors write Chinese under fonts that state no Chinese character set; two-byte codes hardly pass for
    text of another encoding, so the first that takes all bytes is right.
    """
    if data.isascii():
        return data.decode("ascii")
    for attempt in (codec, document_codec if document_codec != "cp1252" else None, "gb18030"):
        if attempt:
            try:
                return data.decode(attempt)
            except UnicodeDecodeError:
                continue
    return data.decode("cp1252", errors="replace")
