"""The parsed page: parsing within limits, what is hidden, white space as a browser prints it."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from ingest.errors import UnreadableFile

# Elements whose text a reader of the page never sees as text. `noscript` is not shown by browsers that run
# scripts; form controls hold choices, not sentences.
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "nav", "rp"}
    | {"iframe", "object", "embed", "applet", "audio", "video", "canvas", "svg", "math", "map"}
    | {"select", "option", "optgroup", "datalist", "button", "textarea", "input"}
)

BLOCK = frozenset(
    {"html", "body", "address", "article", "aside", "blockquote", "center", "details", "dir", "div", "dl"}
    | {"dd", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "legend", "li"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "main", "menu", "ol", "p", "pre", "section", "summary", "ul"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = " \t\n\r\f"
_SPACES = re.compile(f"[{_SPACE}]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\u3000-\u303f“”‘’…—"
# A mere line end between two wide characters was put there by an editor that wraps its source, and prints
# nothing (CSS Text 3, segment break transformation). Where blanks or tags stand with it, it is a space.
_WRAPPED_SOURCE = re.compile(f"(?<=[{_WIDE}])\r?\n(?=[{_WIDE}])")

# A page of a whole plan with its tables, exported from a word processor, has below 20,000; each costs memory.
_MAX_TAGS = 500_000

_HTML_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What HTML may hold and lxml does not take back: form feeds, references to controls, non-characters.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_html(path: Path, text: str) -> etree._Element:
    """Return the root element of the page `text`.

    Nothing is fetched, entities of the document's own are not expanded, and the parser's limits on depth and
    size stay on: beyond them it would lose text, so the page is refused.

    :raises UnreadableFile: If there is no element at all or a limit was passed.
    """
    if text.count("<") > _MAX_TAGS:
        raise UnreadableFile(path, f"网页的标签超过 {_MAX_TAGS} 个，无法读取。请另存为 txt 后再放入。")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    clean = _HTML_CONTROLS.sub(" ", text)
    try:
        root = etree.fromstring(clean.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(path, "网页内容为空或过大，无法解析。") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableFile(
            path, "网页的标签嵌套超过 256 层或单段过大，无法完整读取。请另存为 txt 后再放入。"
        )
    if root is None:
        raise UnreadableFile(path, "网页里没有任何内容。")
    return root


def prune_unseen(root: etree._Element) -> None:
    """Take out, in place, what a browser does not print as text; the text after each element stays.

    Where most of the text is hidden, a script of the page was to show it: then it stays.
    """
    for element in list(root.iter(*_UNSEEN)):
        _remove(element)
    hidden = [element for element in root.iter() if element is not root and _is_hidden(element)]
    sizes = (_size(element) for element in hidden if not any(map(_is_hidden, element.iterancestors())))
    if 2 * sum(sizes) <= _size(root):
        for element in hidden:
            _remove(element)


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style") or "") is not None


def _size(element: etree._Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = _NOT_XML.sub(" ", (before.tail or "") + element.tail)
        else:
            parent.text = _NOT_XML.sub(" ", (parent.text or "") + element.tail)
    parent.remove(element)


def joined(text: str) -> str:
    """Return one piece of character data with the line ends of a wrapped source taken out."""
    return _WRAPPED_SOURCE.sub("", text)


def printed(text: str) -> str:
    """Return `text` as a browser prints it: white space collapsed, but for U+00A0 and U+3000."""
    return _SPACES.sub(" ", text)
