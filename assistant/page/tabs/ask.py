"""The tab where questions are asked: chat, composer and the choice of notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import gradio as gr

from assistant.page.backend import Backend
from assistant.page.converse import Message, converse, stopped
from assistant.page.examples import Examples
from assistant.page.frame import AT_ONCE, I18N, Frame, language_asked
from assistant.page.i18n import Language, say

#: Longer questions are refused by the assistant with a sentence; this only keeps the browser responsive.
_QUESTION_LENGTH: Final = 20_000
#: A slow answer must not hold up the others (gradio's default is one call at a time).
_CONCURRENT_ANSWERS: Final = 8


class AskTab:
    """Questions, answers with their sources, and the notices to search."""

    name: Final = "ask"

    def __init__(self, backend: Backend, examples: Examples) -> None:
        self._backend = backend
        self._examples = examples

    def draw(self) -> None:
        """The chat with the composer below it."""
        self._chat = _chat()
        with gr.Column(elem_id="tw-composer"):
            with gr.Row(elem_id="tw-composer-head"):
                self._notices = gr.Dropdown(
                    choices=[], value=[], multiselect=True, label=I18N("notice_filter"), elem_id="tw-filter"
                )
                self._new_chat = gr.Button(I18N("new_chat"), size="sm", elem_id="tw-new-chat")
            self._question = _question_box()

    def connect(self, frame: Frame) -> None:
        """Asking, stopping, starting over, and what the corpus offers to choose from."""
        frame.keep_fresh(self._greet, [self._chat, self._notices, self._question])
        frame.keep_fresh(self._suggest, self._chat)
        asking = self._question.submit(
            self._ask,
            inputs=[self._question, self._chat, self._notices],
            outputs=[self._chat, self._question],
            concurrency_limit=_CONCURRENT_ANSWERS,
            show_progress="hidden",
            api_name="ask",
            api_visibility="undocumented",  # it takes the chat's history: programs have routes and tools
        )
        asking_example = self._chat.example_select(
            self._ask_example,
            inputs=self._notices,
            outputs=[self._chat, self._question],
            concurrency_limit=_CONCURRENT_ANSWERS,
            show_progress="hidden",
            api_visibility="private",
        )
        running: list[Any] = [asking, asking_example]
        self._question.stop(
            self._stop,
            inputs=self._chat,
            outputs=[self._chat, self._question],
            cancels=running,
            **AT_ONCE,
        )
        self._new_chat.click(
            self._start_over, outputs=[self._chat, self._question], cancels=running, **AT_ONCE
        )

    def _greet(self, request: gr.Request) -> tuple[Any, Any, Any]:
        """Words of welcome and the choices of the filter, from the catalogue as it is now."""
        language = language_asked(request)
        records = self._backend.notices()
        title, note = say(language, "welcome"), say(language, "welcome_note" if records else "welcome_empty")
        welcome = gr.update(placeholder=f"## {title}\n{note}")
        choices = [(record.card.title, record.id) for record in records]
        return welcome, gr.update(choices=choices), _resting(language)

    def _suggest(self) -> Any:
        """The example questions; they were tried on the corpus, so they may come a moment after the rest."""
        return gr.update(examples=[{"text": text} for text in self._examples.current()])

    def _stop(self, chat: list[dict[str, Any]], request: gr.Request) -> tuple[list[Message], Any]:
        """The chat with its unfinished answer marked as stopped."""
        language = language_asked(request)
        return stopped(chat, language), _resting(language)

    def _start_over(self, request: gr.Request) -> tuple[list[Message], Any]:
        """An empty chat."""
        return [], _resting(language_asked(request))

    def _ask(
        self, question: str, history: list[dict[str, Any]], notices: list[str], request: gr.Request
    ) -> Iterator[tuple[list[Message], Any]]:
        """The chat as it grows, and the question box emptied and given its stop button meanwhile."""
        language = language_asked(request)
        box = gr.update(value="", submit_btn=False, stop_btn=say(language, "stop"))
        chat: list[Message] = []
        for chat in converse(self._backend, question, history, notices=notices, language=language):
            yield chat, box
            box = gr.skip()
        yield chat, _resting(language)

    def _ask_example(
        self, notices: list[str], event: gr.SelectData, request: gr.Request
    ) -> Iterator[tuple[list[Message], Any]]:
        """As `_ask`, with the example question that was picked on the first visit."""
        yield from self._ask(event.value["text"], [], notices, request)


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        label=I18N("chat"),
        show_label=False,
        container=False,
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],  # $ in a notice is a dollar sign
        layout="panel",
        height=None,
        scale=1,
        elem_id="tw-chat",
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label=I18N("question"),
        show_label=False,
        container=False,
        placeholder=I18N("question_hint"),
        lines=1,
        max_lines=6,
        max_length=_QUESTION_LENGTH,
        autofocus=True,
        elem_id="tw-question",
    )


def _resting(language: Language) -> Any:
    return gr.update(submit_btn=say(language, "send"), stop_btn=False)
