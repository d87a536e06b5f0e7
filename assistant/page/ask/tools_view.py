"""What can be done with an answer, a question or the dialogue, as rows of links."""

from __future__ import annotations

from assistant.page.ask.acts import Act, Verb
from assistant.page.ask.phrases import PHRASES
from assistant.page.html import Html, element
from assistant.page.i18n import Language
from assistant.types import Answer, FormKind

#: The link that the script answers by itself.
COPY = "#copy-answer"
_TABLES = frozenset({FormKind.ITEMS, FormKind.COMPARISON})


def answer_tools(answer: Answer, turn: int, language: Language) -> Html:
    """Copy, export, ask again, thumbs; a list or comparison offers its workbook first."""
    is_table = answer.form is not None and answer.form.kind in _TABLES
    formats = ["xlsx", "docx", "md"] if is_table else ["docx", "md"]
    export = [_link(_NAMES[name], Act(Verb.EXPORT, turn, name).href) for name in formats]
    thumbs = [
        _link(PHRASES.say(language, "good"), Act(Verb.UP, turn).href),
        _link(PHRASES.say(language, "bad"), Act(Verb.DOWN, turn).href),
    ]
    return element(
        "div",
        element("a", PHRASES.say(language, "copy"), href=COPY),
        element("span", PHRASES.say(language, "export"), " ", *_parted(export), class_="tw-export"),
        _link(PHRASES.say(language, "retry"), Act(Verb.RETRY, turn).href),
        element("span", *_parted(thumbs), class_="tw-thumbs"),
        element("span", PHRASES.say(language, "copied_answer"), class_="tw-copied", hidden="hidden"),
        element("span", PHRASES.say(language, "copy_by_hand"), class_="tw-by-hand", hidden="hidden"),
        class_="tw-answer-tools",
    )


def fault_tools(turn: int, language: Language) -> Html:
    """The way to ask again."""
    retry = _link(PHRASES.say(language, "retry"), Act(Verb.RETRY, turn).href)
    return element("div", retry, class_="tw-answer-tools")


def question_tools(turn: int, language: Language) -> Html:
    """The way to put a question back into the box."""
    label = PHRASES.say(language, "edit_label")
    link = element("a", PHRASES.say(language, "edit"), href=Act(Verb.EDIT, turn).href, title=label)
    return element("div", link, class_="tw-question-tools")


_NAMES = {"docx": "Word", "md": "Markdown", "xlsx": "Excel"}


def dialogue_tools(language: Language) -> Html:
    """The ways to put the whole dialogue on file, behind one word."""
    links = [_link(_NAMES[name], Act(Verb.EXPORT_ALL, 0, name).href) for name in ("docx", "md", "xlsx")]
    head = element("summary", PHRASES.say(language, "export_dialogue"))
    return element("details", head, element("div", *links), class_="tw-menu")


def _link(words: str, href: str) -> Html:
    return element("a", words, href=href)


def _parted(links: list[Html]) -> list[str]:
    return [part for link in links for part in (link, " ")][:-1]
