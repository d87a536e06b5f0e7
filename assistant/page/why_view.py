"""How a question was read, and why a source was found, as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from assistant.explanation import Explanation
from assistant.explanation_lines import explanation_words
from assistant.page.html import Html, element, join
from assistant.page.i18n import Language, Phrases

PHRASES: Final = Phrases(
    {
        "why": ("为什么找到这条", "Why this was found"),
        "why_words": ("相同的词", "Shared words"),
        "why_lexicon": ("词表", "Lexicon"),
        "why_search": ("检索", "Search"),
        "why_order": ("排序", "Order"),
    }
)
_TITLE: Final = "why"
#: What an explanation calls its lines, and the phrase for each.
_KEYS: Final[Mapping[str, str]] = {
    "相同的词": "why_words",
    "词表": "why_lexicon",
    "检索": "why_search",
    "排序": "why_order",
}


def why_view(explanation: Explanation | None, language: Language) -> Html:
    """A fold with the explanation of one source; nothing without one."""
    if explanation is None:
        return Html("")
    lines = [
        part
        for name, words in explanation_words(explanation)
        for part in (element("dt", PHRASES.say(language, _KEYS[name])), element("dd", words))
    ]
    summary = element("summary", PHRASES.say(language, _TITLE))
    return element("details", summary, element("dl", *lines), class_="tw-why")


def notes_view(notes: Sequence[str]) -> Html:
    """The sentences on how the question was read and where was searched, a paragraph each."""
    return join(element("p", note, class_="tw-note") for note in notes)
