"""The answer function of the chat: a plain generator, without gradio."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from assistant.page.answer_view import WRITING, answer_view, fault_view, partial_view
from assistant.page.backend import SPOKEN_ERRORS, Backend
from assistant.page.history import question_bubble, read_questions, read_text
from assistant.page.html import Html
from assistant.page.i18n import Language, say

Message = dict[str, Any]

_log = logging.getLogger(__name__)


def converse(
    backend: Backend,
    question: str,
    history: Sequence[Mapping[str, Any]],
    *,
    notices: Iterable[str] = (),
    language: Language = Language.CHINESE,
) -> Iterator[list[Message]]:
    """The chat with the question added, then again and again with more of the answer, last with its sources.

    Faults become the last message; nothing is raised. What one of `SPOKEN_ERRORS` says is shown as it is.
    """
    chat: list[Message] = list(map(dict, history))
    if question.strip():
        chat.append({"role": "user", "content": question_bubble(question)})
    yield chat
    turns = [*read_questions(history), question]
    for view in _answer_views(backend, turns, frozenset(notices), language):
        yield [*chat, {"role": "assistant", "content": view}]


def stopped(chat: Sequence[Mapping[str, Any]], language: Language) -> list[Message]:
    """The chat with an answer that was still being written, or not begun, closed by “stopped”."""
    kept = [dict(message) for message in chat]
    if kept and kept[-1].get("role") == "assistant" and WRITING in read_text(kept[-1].get("content")):
        kept.pop()
    if kept and kept[-1].get("role") == "user":
        kept.append({"role": "assistant", "content": fault_view(say(language, "stopped"))})
    return kept


def _answer_views(
    backend: Backend, turns: list[str], notices: frozenset[str], language: Language
) -> Iterator[Html]:
    answer = None
    try:
        for answer in backend.ask(turns, notices=notices):
            yield partial_view(answer)
    except SPOKEN_ERRORS as error:
        yield fault_view(str(error))
    except Exception as error:  # the person must read that it failed; the log keeps the traceback
        _log.exception("answering failed")
        yield fault_view(say(language, "fault", reason=type(error).__name__))
    else:
        if answer is not None:
            yield answer_view(answer, language)
