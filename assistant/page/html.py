"""The one way from text to HTML.

Corpus text, file names and questions are data. Everything that the page shows is put together by `element`,
which escapes every `str` that is not already `Html`; only this module makes `Html`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Beyond the five characters of HTML: `$`, braces and the backtick, because gradio's HTML component reads its
# template as a JavaScript template string and a Handlebars template; line ends, because a blank line would
# end the HTML block of the Markdown that a chat message is (CSS shows them: white-space: pre-wrap).
_ENTITIES: Final = str.maketrans(
    {character: f"&#{ord(character)};" for character in "&<>\"'`${}\n\r\t"}
    | {"\0": "\N{REPLACEMENT CHARACTER}"}
)
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_VOID: Final = frozenset({"br", "col", "hr", "img", "input"})


class Html(str):
    """Markup that is safe to show: made by `escape`, `element` or `join`, never from text by hand."""

    __slots__ = ()


def escape(text: str) -> Html:
    """`text` as HTML that shows exactly these characters, in content and in quoted attributes alike.

    Lone surrogates, which a browser may send and no encoder accepts, become U+FFFD. `Html` is escaped too:
    use `element` to nest.
    """
    return Html(_LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).translate(_ENTITIES))


def element(name: str, *children: str, **attributes: str | None) -> Html:
    """`<name …>children</name>`, every child and attribute value escaped unless it is `Html` already.

    A trailing underscore in an attribute's name is dropped (`class_`), other underscores become hyphens;
    an attribute that is None is left out.
    """
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{pairs}>")
    return Html(f"<{name}{pairs}>{join(children)}</{name}>")


def join(parts: Iterable[str]) -> Html:
    """The parts one after the other, each escaped unless it is `Html` already."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts))
