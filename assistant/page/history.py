"""Reading the chat's history: blocks from the browser, plain strings from the API client."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assistant.page.html import Html, element

#: The class of a message that says what went wrong.
FAULT: Final = "tw-fault"
#: The text is escaped, so that the first tag behind it is the bubble's own end.
_BUBBLE: Final = re.compile(
    r'<div class="tw-question"(?: data-struck="(?P<struck>[^"]*)")?>(?P<text>[^<]*)</div>'
)
#: What is struck comes back from the browser: chips' ids, each once, and not more than a question has chips.
_MOST_STRUCK, _LONGEST_ID = 30, 2_500


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as typed, and the ids of the chips that were struck from its reading."""

    question: str
    struck: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the chat: what was asked, where its message stands, and whether it was answered.

    A question that was refused or failed is no part of the dialogue: it would be refused again with every
    question that follows.
    """

    asked: Asked
    place: int
    failed: bool


def question_bubble(text: str, struck: Iterable[str] = ()) -> Html:
    """A person's question as the chat shows it; `read_turns` reads both back unchanged."""
    ids = json.dumps(sorted(struck), ensure_ascii=False) if struck else None
    return element("div", text, class_="tw-question", data_struck=ids)


def read_text(content: object) -> str:
    """The text of one message: of a string, of a block `{"type": "text", "text": …}`, or of a list."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        return str(content.get("text") or "")
    if isinstance(content, Sequence):
        return "".join(read_text(block) for block in content)
    return ""


def read_turns(history: Sequence[Mapping[str, Any]]) -> list[Turn]:
    """The questions of a chat, oldest first. Nothing in it is trusted: a browser sends it."""
    turns = []
    for place, (message, reply) in enumerate(zip(history, [*history[1:], {}], strict=False)):
        if message.get("role") == "user":
            failed = reply.get("role") == "assistant" and FAULT in _classes(read_text(reply.get("content")))
            turns.append(Turn(_as_asked(read_text(message.get("content"))), place, failed))
    return turns


def dialogue(turns: Iterable[Turn]) -> tuple[Asked, ...]:
    """What was asked and answered."""
    return tuple(turn.asked for turn in turns if not turn.failed)


def _classes(message: str) -> str:
    """The class of a message's outermost element."""
    found = re.match(r'<div class="([^"]*)"', message)
    return found[1] if found else ""


def _as_asked(text: str) -> Asked:
    bubble = _BUBBLE.match(text)
    if bubble is None:
        return Asked(text)
    return Asked(html.unescape(bubble["text"]), _struck(html.unescape(bubble["struck"] or "")))


def _struck(text: str) -> frozenset[str]:
    try:
        ids = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return frozenset()
    if not isinstance(ids, list):
        return frozenset()
    return frozenset(id_ for id_ in ids[:_MOST_STRUCK] if isinstance(id_, str) and len(id_) <= _LONGEST_ID)
