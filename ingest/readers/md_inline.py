"""Markdown inside a line: what a reader of the printed page sees of it."""

from __future__ import annotations

import html
import re

# Lengths are bounded so that hostile text costs no more than its length times a constant.
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[((?:[^\[\]\n\\]|\\.){0,500})\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\)")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>\n]{0,2000})?/?>")
_STRONG = re.compile(r"(?<!\\)(\*\*|~~)")
_STRONG_UNDERSCORE = re.compile(r"(?<![\w\\])__(?=\S)([^\n]{1,500}?)(?<=\S)__(?!\w)", re.ASCII)
# Not between letters or digits, where an asterisk is a sign of its own: 2*3*4.
_ASTERISK = re.compile(r"(?<![\w\\*])\*(?=[^\s*])([^*\n]{1,500})(?<=[^\s\\*])\*(?![\w*])", re.ASCII)
_UNDERSCORE = re.compile(r"(?<![\w\\])_(?=[^\s_])([^_\n]{1,500})(?<=[^\s\\_])_(?!\w)", re.ASCII)
_CODE = re.compile(r"(?<!`)(`{1,3})([^`\n]{1,500})\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")


def plain(text: str) -> str:
    r"""Return `text` without inline markup: `**1\.** [见附件](a.htm)` → `1. 见附件`.

    Images, tags, emphasis, code ticks and link targets go; backslash escapes and entities become the
    character. Lines keep their markup because their text is a span of the source: a consumer calls this on
    the text of a line of a Markdown document before it looks for labels or shows it to people.
    """
    if not _has_markup(text):
        return text
    text = _TAG.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _STRONG_UNDERSCORE.sub(r"\1", _STRONG.sub("", text))
    text = _UNDERSCORE.sub(r"\1", _ASTERISK.sub(r"\1", text))
    text = _ESCAPE.sub(r"\1", _CODE.sub(r"\2", text))
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


def _has_markup(text: str) -> bool:
    return any(mark in text for mark in "*_`\\[<&~")
