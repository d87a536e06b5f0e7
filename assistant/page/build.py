"""The page, put together. `build` makes it and does nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import gradio as gr

from assistant.page.backend import SPOKEN_ERRORS, Backend
from assistant.page.converse import Message, converse, stopped
from assistant.page.examples import Examples
from assistant.page.i18n import Language, say, translations
from assistant.page.language import language_of
from assistant.page.links import SourceLink
from assistant.page.masthead import masthead_view
from assistant.page.reading import missing_view, notice_view
from assistant.page.sync_view import sync_fault_view, sync_running_view, sync_view

HERE: Final = Path(__file__).parent
STYLE: Final = HERE / "style.css"
SCRIPT: Final = HERE / "script.js"
#: gradio's front end picks the phrase by key in the page's language.
I18N: Final = gr.I18n(**translations())
#: Longer questions are refused by the assistant with a sentence; this only keeps the browser responsive.
_QUESTION_LENGTH: Final = 20_000
#: A slow answer must not hold up the others (gradio's default is one call at a time).
_CONCURRENT_ANSWERS: Final = 8

_log = logging.getLogger(__name__)


#: For events that answer at once: a plain request and its response. gradio's queue closes its stream to the
#: browser after each event, and an event that the browser sends in that very moment is lost; so only what
#: takes long, or streams, goes through the queue.
_AT_ONCE: Final[dict[str, Any]] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


def build(backend: Backend, examples: Examples | None = None) -> gr.Blocks:
    """The page over that backend, not queued and not served."""
    with gr.Blocks(title="条问", analytics_enabled=False, fill_height=True, fill_width=True) as page:
        parts = _layout()
        _connect(page, parts, _Handlers(backend, examples or Examples(backend)))
    assert isinstance(page, gr.Blocks)
    return page


@dataclass(frozen=True, slots=True)
class _Parts:
    """The components that events read and change."""

    masthead: gr.HTML
    new_chat: gr.Button
    sync: gr.Button
    report: gr.HTML
    chat: gr.Chatbot
    notices: gr.Dropdown
    question: gr.Textbox
    pane: gr.HTML


def _layout() -> _Parts:
    with gr.Row(elem_id="tw-masthead"):
        masthead = gr.HTML(elem_id="tw-brand")
        new_chat = gr.Button(I18N("new_chat"), size="sm", elem_id="tw-new-chat")
        sync = gr.Button(I18N("sync"), size="sm", elem_id="tw-sync")
    report = gr.HTML(elem_id="tw-report")
    with gr.Row(elem_id="tw-main"):
        with gr.Column(elem_id="tw-chat-column"):
            chat = _chat()
            with gr.Column(elem_id="tw-composer"):
                notices = gr.Dropdown(
                    choices=[], value=[], multiselect=True, label=I18N("notice_filter"), elem_id="tw-filter"
                )
                question = _question_box()
        with gr.Column(elem_id="tw-reading-column"):
            script = SCRIPT.read_text(encoding="utf-8")
            pane = gr.HTML(label=I18N("reading_pane"), js_on_load=script, elem_id="tw-pane")
    return _Parts(masthead, new_chat, sync, report, chat, notices, question, pane)


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


def _connect(page: gr.Blocks, parts: _Parts, handlers: _Handlers) -> None:
    greeting = [parts.masthead, parts.chat, parts.notices, parts.question]
    page.load(handlers.greet, outputs=greeting, **_AT_ONCE)
    page.load(handlers.suggest, outputs=parts.chat, **_AT_ONCE)
    asking = parts.question.submit(
        handlers.ask,
        inputs=[parts.question, parts.chat, parts.notices],
        outputs=[parts.chat, parts.question],
        concurrency_limit=_CONCURRENT_ANSWERS,
        show_progress="hidden",
        api_name="ask",
    )
    asking_example = parts.chat.example_select(
        handlers.ask_example,
        inputs=parts.notices,
        outputs=[parts.chat, parts.question],
        concurrency_limit=_CONCURRENT_ANSWERS,
        show_progress="hidden",
        api_visibility="private",
    )
    parts.question.stop(
        handlers.stop,
        inputs=parts.chat,
        outputs=[parts.chat, parts.question],
        cancels=[asking, asking_example],
        **_AT_ONCE,
    )
    parts.new_chat.click(
        handlers.start_over,
        outputs=[parts.chat, parts.question],
        cancels=[asking, asking_example],
        **_AT_ONCE,
    )
    parts.pane.select(handlers.open_source, outputs=parts.pane, **_AT_ONCE)
    syncing = parts.sync.click(
        handlers.sync,
        outputs=[parts.report, parts.sync],
        concurrency_limit=1,
        show_progress="hidden",
        api_name="sync",
    )
    syncing.then(handlers.greet, outputs=greeting, **_AT_ONCE)
    syncing.then(handlers.suggest, outputs=parts.chat, **_AT_ONCE)


class _Handlers:
    """What the page's events call; each reads the visitor's language from the request."""

    def __init__(self, backend: Backend, examples: Examples) -> None:
        self._backend = backend
        self._examples = examples

    def greet(self, request: gr.Request) -> tuple[str, Any, Any, Any]:
        """Masthead, words of welcome and the choices of the filter, from the catalogue as it is now."""
        language = _language(request)
        records = self._backend.notices()
        title, note = say(language, "welcome"), say(language, "welcome_note" if records else "welcome_empty")
        welcome = gr.update(placeholder=f"## {title}\n{note}")
        choices = [(record.card.title, record.id) for record in records]
        return masthead_view(records, language), welcome, gr.update(choices=choices), _resting(language)

    def suggest(self) -> Any:
        """The example questions; they were tried on the corpus, so they may come a moment after the rest."""
        return gr.update(examples=[{"text": text} for text in self._examples.current()])

    def stop(self, chat: list[dict[str, Any]], request: gr.Request) -> tuple[list[Message], Any]:
        """The chat with its unfinished answer marked as stopped."""
        language = _language(request)
        return stopped(chat, language), _resting(language)

    def start_over(self, request: gr.Request) -> tuple[list[Message], Any]:
        """An empty chat."""
        return [], _resting(_language(request))

    def ask(
        self, question: str, history: list[dict[str, Any]], notices: list[str], request: gr.Request
    ) -> Iterator[tuple[list[Message], Any]]:
        """The chat as it grows, and the question box emptied and given its stop button meanwhile."""
        language = _language(request)
        box = gr.update(value="", submit_btn=False, stop_btn=say(language, "stop"))
        chat: list[Message] = []
        for chat in converse(self._backend, question, history, notices=notices, language=language):
            yield chat, box
            box = gr.skip()
        yield chat, _resting(language)

    def ask_example(
        self, notices: list[str], event: gr.SelectData, request: gr.Request
    ) -> Iterator[tuple[list[Message], Any]]:
        """As `ask`, with the example question that was picked on the first visit."""
        yield from self.ask(event.value["text"], [], notices, request)

    def open_source(self, event: gr.EventData, request: gr.Request) -> str:
        """The notice of the clicked marker or source line."""
        language = _language(request)
        link = SourceLink.parse(str(event._data.get("href", "")))
        record = next((one for one in self._backend.notices() if link and one.id == link.notice), None)
        if link is None or record is None:
            return missing_view(language)
        return notice_view(record, self._backend.clauses(record.id), link, language)

    def sync(self, request: gr.Request) -> Iterator[tuple[str, Any]]:
        """First that it runs, then what it did."""
        language = _language(request)
        yield sync_running_view(language), gr.update(interactive=False)
        try:
            view = sync_view(self._backend.sync(), language)
        except SPOKEN_ERRORS as error:
            view = sync_fault_view(str(error), language)
        except Exception as error:
            _log.exception("sync failed")
            view = sync_fault_view(say(language, "fault", reason=type(error).__name__), language)
        yield view, gr.update(interactive=True)


def _resting(language: Language) -> Any:
    return gr.update(submit_btn=say(language, "send"), stop_btn=False)


def _language(request: gr.Request) -> Language:
    return language_of(dict(request.cookies))
