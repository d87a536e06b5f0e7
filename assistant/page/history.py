"""Reading the chat's history: blocks from the browser, plain strings from the API client."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from assistant.page.html import Html, element

#: The class of a message that says what went wrong.
FAULT: Final = "tw-fault"
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
    """What the person asked so far and got an answer to, oldest first, as typed.

    A question that was refused or failed is no part of the dialogue: it would be refused again with every
    question that follows.
    """
    questions: list[str] = []
    for message, reply in zip(history, [*history[1:], {}], strict=False):
        failed = reply.get("role") == "assistant" and FAULT in read_text(reply.get("content"))
        if message.get("role") == "user" and not failed:
            questions.append(_as_typed(read_text(message.get("content"))))
    return questions


def _as_typed(text: str) -> str:
    bubble = _BUBBLE.fullmatch(text)
    return html.unescape(bubble["text"]) if bubble else text
