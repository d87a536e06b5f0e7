"""Reading the chat's history: blocks from the browser, plain strings from the API client."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from assistant.page.html import Html, element

_BUBBLE: Final = re.compile(r'<div class="tw-question">(?P<text>.*)</div>', re.DOTALL)


def question_bubble(text: str) -> Html:
    """A person's question as the chat shows it; `read_questions` reads it back unchanged."""
    return element("div", text, class_="tw-question")


def read_text(content: object) -> str:
    """The text of one message: of a string, of a block `{"type": "text", "text": …}`, or of a list."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return str(content.get("text") or "")
    if isinstance(content, Sequence):
        return "".join(read_text(block) for block in content)
    return ""


def read_questions(history: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the person asked so far, oldest first, as typed."""
    texts = (read_text(message.get("content")) for message in history if message.get("role") == "user")
    return [_as_typed(text) for text in texts]


def _as_typed(text: str) -> str:
    bubble = _BUBBLE.fullmatch(text)
    return html.unescape(bubble["text"]) if bubble else text
