"""The answer function of the chat: a plain generator, without gradio."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from assistant.page.answer_view import WRITING, answer_view, fault_view, partial_view
from assistant.page.ask.tools_view import question_tools
from assistant.page.backend import SPOKEN_ERRORS, Backend
from assistant.page.history import Asked, dialogue, question_bubble, read_text, read_turns
from assistant.page.html import Html, join
from assistant.page.i18n import Language, say
from assistant.types import Answer, FormKind

Message = dict[str, Any]

#: Seconds between two showings of an answer that is being written: it still seems to flow.
_PACE: Final = 0.1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """The chat as it stands; `answer` is the whole one to the last of `asked` once it is there."""

    chat: list[Message]
    asked: tuple[Asked, ...]
    answer: Answer | None = None


def converse(
    backend: Backend,
    asked: Asked,
    history: Sequence[Mapping[str, Any]],
    *,
    notices: Iterable[str] = (),
    language: Language = Language.CHINESE,
) -> Iterator[Progress]:
    """The chat with the question added, then again and again with more of the answer, last with its sources.

    Faults become the last message; nothing is raised. What one of `SPOKEN_ERRORS` says is shown as it is.
    """
    chat: list[Message] = list(map(dict, history))
    turns = read_turns(history)
    number = len(turns)
    if asked.question.strip():
        chat.append({"role": "user", "content": question_message(asked, number, language)})
    turns_asked = (*dialogue(turns), asked)
    yield Progress(chat, turns_asked)
    for view, answer in _answer_views(backend, turns_asked, frozenset(notices), number, language):
        yield Progress([*chat, {"role": "assistant", "content": view}], turns_asked, answer)


def question_message(asked: Asked, number: int, language: Language) -> Html:
    """The question number `number` with what can be done with it."""
    return join([question_bubble(asked.question, asked.struck), question_tools(number, language)])


def stopped(chat: Sequence[Mapping[str, Any]], language: Language) -> list[Message]:
    """The chat with an answer that was still being written, or not begun, closed by “stopped”."""
    kept = [dict(message) for message in chat]
    if kept and kept[-1].get("role") == "assistant" and WRITING in read_text(kept[-1].get("content")):
        kept.pop()
    if kept and kept[-1].get("role") == "user":
        number = len(read_turns(kept)) - 1
        kept.append(
            {"role": "assistant", "content": fault_view(say(language, "stopped"), language, turn=number)}
        )
    return kept


def _answer_views(
    backend: Backend, asked: tuple[Asked, ...], notices: frozenset[str], number: int, language: Language
) -> Iterator[tuple[Html, Answer | None]]:
    *before, last = asked
    again = number if last.question.strip() else None
    answer = None
    shown_at = -_PACE
    try:
        for answer in backend.ask(
            [turn.question for turn in asked],
            notices=notices,
            struck=last.struck,
            struck_before=[turn.struck for turn in before],
        ):
            # Words that come all at once are shown once: a showing costs as much as finding them.
            if _grows(answer) and time.monotonic() - shown_at >= _PACE:
                yield partial_view(answer), None
                shown_at = time.monotonic()
    except SPOKEN_ERRORS as error:
        yield fault_view(str(error), language, turn=again), None
    except Exception as error:  # the person must read that it failed; the log keeps the traceback
        _log.exception("answering failed")
        fault = say(language, "fault", reason=type(error).__name__)
        yield fault_view(fault, language, turn=again), None
    else:
        if answer is not None:
            yield answer_view(answer, language, turn=number, struck=last.struck), answer


def _grows(answer: Answer) -> bool:
    """Whether the answer is shown while it is written: a list or a table comes whole."""
    return answer.form is None or answer.form.kind in (FormKind.PASSAGES, FormKind.WHO)
