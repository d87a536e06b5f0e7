"""The tab where questions are asked: chat, composer and the choice of notices."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import gradio as gr

from assistant.export.turns import Turn as ExportedTurn
from assistant.feedback import Thumb
from assistant.page.ask.acts import Act, Verb
from assistant.page.ask.exporting import download_view
from assistant.page.ask.follow_ups import FollowUps, follow_ups_view
from assistant.page.ask.phrases import PHRASES
from assistant.page.ask.rating import Rated, RatingForm, feedback_of
from assistant.page.ask.shown import Dialogue, Shown
from assistant.page.ask.tools_view import dialogue_tools
from assistant.page.backend import SPOKEN_ERRORS, Backend
from assistant.page.converse import Message, converse, stopped
from assistant.page.examples import Examples
from assistant.page.frame import AT_ONCE, I18N, Frame, language_asked
from assistant.page.history import Asked, Turn, dialogue, read_turns
from assistant.page.html import Html, element, join
from assistant.page.i18n import Language, Phrases, say

#: Longer questions are refused by the assistant with a sentence; this only keeps the browser responsive.
_QUESTION_LENGTH: Final = 20_000
#: A slow answer must not hold up the others (gradio's default is one call at a time).
_CONCURRENT_ANSWERS: Final = 8
_SCRIPT: Final = Path(__file__).parent.parent / "ask" / "ask.js"

Chat = list[dict[str, Any]]
Updates = dict[Any, Any]


class AskTab:
    """Questions, answers with their sources and what can be done with them, and the notices to search."""

    name: Final = "ask"

    def __init__(self, backend: Backend, examples: Examples) -> None:
        self._backend = backend
        self._examples = examples
        self._follow_ups = FollowUps(backend)
        self._rating = RatingForm()

    @property
    def phrases(self) -> Phrases:
        """What the tab says."""
        return PHRASES

    def draw(self) -> None:
        """The chat with the composer below it."""
        self._shown = gr.State(Shown())
        self._chat = _chat()
        self._next = gr.HTML(elem_id="tw-next")
        self._rating.draw()
        with gr.Column(elem_id="tw-composer"):
            with gr.Row(elem_id="tw-composer-head"):
                self._notices = gr.Dropdown(
                    choices=[], value=[], multiselect=True, label=I18N("notice_filter"), elem_id="tw-filter"
                )
                # What is pressed inside an answer comes in here, and files and remarks go out here.
                self._acts = gr.HTML(js_on_load=_SCRIPT.read_text(encoding="utf-8"), elem_id="tw-acts")
                self._new_chat = gr.Button(I18N("new_chat"), size="sm", elem_id="tw-new-chat")
            self._question = _question_box()

    def connect(self, frame: Frame) -> None:
        """Asking, stopping, starting over, and what the corpus offers to choose from."""
        frame.keep_fresh(self._greet, [self._chat, self._notices, self._question, self._acts])
        frame.keep_fresh(self._suggest, self._chat)
        running = self._connect_asking()
        whole = [self._chat, self._question, self._next, self._shown, self._acts, *self._rating.parts]
        self._question.stop(
            self._stop,
            inputs=self._chat,
            outputs=self._chat,
            cancels=running,
            **AT_ONCE,
        )
        self._new_chat.click(self._start_over, outputs=whole, cancels=running, **AT_ONCE)
        self._acts.select(
            self._act, inputs=[self._chat, self._notices, self._shown], outputs=whole, **AT_ONCE
        )
        self._connect_rating()

    def _connect_asking(self) -> list[Any]:
        """Every way to ask: the box, an example, a press inside the chat; then follow-ups are looked for."""
        streaming: dict[str, Any] = {
            # No more than what grows: gradio builds a component anew even for an empty update of it.
            "outputs": [self._chat, self._shown],
            "concurrency_limit": _CONCURRENT_ANSWERS,
            "concurrency_id": "ask",
            "show_progress": "hidden",
        }
        around = [self._chat, self._notices, self._shown]
        asking = self._question.submit(
            self._ask,
            inputs=[self._question, *around],
            api_name="ask",
            api_visibility="undocumented",  # it takes the chat's history: programs have routes and tools
            **streaming,
        )
        example = self._chat.example_select(
            self._ask_example, inputs=around[1:], api_visibility="private", **streaming
        )
        pressed = self._acts.submit(self._ask_act, inputs=around, api_visibility="private", **streaming)
        running: list[Any] = [asking, example, pressed]
        for event in running:
            event.then(self._offer, inputs=around, outputs=self._next, **AT_ONCE)
        return running

    def _connect_rating(self) -> None:
        form = self._rating
        filled = [form.rated, form.reasons, form.comment, form.correct, self._notices, self._shown]
        for event in (form.send.click, form.comment.submit, form.correct.submit):
            event(self._rate, inputs=filled, outputs=[self._acts, *form.parts], **AT_ONCE)
        form.cancel.click(form.closed, outputs=form.parts, **AT_ONCE)

    def _greet(self, request: gr.Request) -> tuple[Any, Any, Any, Any]:
        """Words of welcome and the choices of the filter, from the catalogue as it is now."""
        language = language_asked(request)
        records = self._backend.notices()
        title, note = say(language, "welcome"), say(language, "welcome_note" if records else "welcome_empty")
        welcome = gr.update(placeholder=f"## {title}\n{note}")
        choices = [(record.card.title, record.id) for record in records]
        buttons = gr.update(submit_btn=say(language, "send"), stop_btn=say(language, "stop"))
        return welcome, gr.update(choices=choices), buttons, dialogue_tools(language)

    def _suggest(self) -> Any:
        """The example questions; they were tried on the corpus, so they may come a moment after the rest."""
        return gr.update(examples=[{"text": text} for text in self._examples.current()])

    def _stop(self, chat: Chat, request: gr.Request) -> list[Message]:
        """The chat with its unfinished answer marked as stopped."""
        return stopped(chat, language_asked(request))

    def _start_over(self, request: gr.Request) -> Updates:
        """An empty chat."""
        language = language_asked(request)
        return {
            self._chat: [],
            self._question: "",
            self._next: "",
            self._shown: Shown(),
            self._acts: dialogue_tools(language),
            **self._rating.closed(),
        }

    def _ask(
        self, question: str, history: Chat, notices: list[str], shown: Shown, request: gr.Request
    ) -> Iterator[tuple[list[Message], Any]]:
        """The chat as it grows, with its last the answers that were shown."""
        yield from self._answered(Asked(question), history, notices, shown, language_asked(request))

    def _ask_example(
        self, notices: list[str], shown: Shown, event: gr.SelectData, request: gr.Request
    ) -> Iterator[tuple[list[Message], Any]]:
        """As `_ask`, with the example question that was picked on the first visit."""
        yield from self._answered(Asked(event.value["text"]), [], notices, shown, language_asked(request))

    def _ask_act(
        self, chat: Chat, notices: list[str], shown: Shown, event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[list[Message], Any]]:
        """As `_ask`, with what was pressed: a follow-up, or a question again with other chips."""
        act = _act_of(event)
        if act is None:
            return
        if act.verb is Verb.ASK:
            asked, before = Asked(act.value), chat
        else:
            turn = _turn(chat, act)
            if turn is None:
                return
            asked, before = _again(turn.asked, act), chat[: turn.place]
        yield from self._answered(asked, before, notices, shown, language_asked(request))

    def _answered(
        self, asked: Asked, history: Chat, notices: list[str], shown: Shown, language: Language
    ) -> Iterator[tuple[list[Message], Any]]:
        for progress in converse(self._backend, asked, history, notices=notices, language=language):
            answer = progress.answer
            yield progress.chat, gr.skip() if answer is None else shown.with_answer(progress.asked, answer)

    def _offer(self, chat: Chat, notices: list[str], shown: Shown, request: gr.Request) -> str:
        """Follow-ups to the last answer; none where it failed or was stopped."""
        turns = read_turns(chat)
        asked = dialogue(turns)
        answer = shown.answers.get(asked) if turns and not turns[-1].failed else None
        if answer is None:
            return ""
        questions = self._follow_ups.after(asked, answer, notices=frozenset(notices))
        return follow_ups_view(questions, len(turns), language_asked(request))

    def _act(
        self, chat: Chat, notices: list[str], shown: Shown, event: gr.EventData, request: gr.Request
    ) -> Updates:
        """What was pressed inside the chat, save what asks."""
        act = _act_of(event)
        language = language_asked(request)
        if act is None:
            return {self._acts: gr.skip()}
        if act.verb is Verb.EXPORT_ALL:
            asked = dialogue(read_turns(chat))
            return {self._acts: self._file(asked, 0, act, notices, shown, language)}
        turn = _turn(chat, act)
        if turn is None:
            return {self._acts: _remark(PHRASES.say(language, "gone"), language)}
        if act.verb is Verb.EDIT:
            return {self._chat: chat[: turn.place], self._question: turn.asked.question, self._next: ""}
        asked = (*dialogue(read_turns(chat[: turn.place])), turn.asked)
        if act.verb is Verb.EXPORT:
            return {self._acts: self._file(asked, len(asked) - 1, act, notices, shown, language)}
        thumb = Thumb.UP if act.verb is Verb.UP else Thumb.DOWN
        return self._rating.opened(Rated(asked, thumb), language)

    def _file(  # noqa: PLR0913, PLR0917 - what is put on file, how, and from where
        self,
        asked: Dialogue,
        first: int,
        act: Act,
        notices: list[str],
        shown: Shown,
        language: Language,
    ) -> Html:
        """The answers to `asked` from the one with the number `first` on, as a file to be saved."""
        try:
            turns = [
                ExportedTurn(turn.question, shown.answer(asked[: end + 1], self._backend, frozenset(notices)))
                for end, turn in enumerate(asked)
                if end >= first
            ]
            title = turns[0].question if len(turns) == 1 else PHRASES.say(Language.CHINESE, "dialogue_title")
            download = download_view(turns, f".{act.value}", title) if turns else Html("")
        except SPOKEN_ERRORS as error:
            return _remark(str(error), language)
        return join([dialogue_tools(language), _fresh(download)])

    def _rate(  # noqa: PLR0913, PLR0917 - what the form holds
        self,
        rated: Rated | None,
        chosen: list[str],
        comment: str,
        correct: str,
        notices: list[str],
        shown: Shown,
        request: gr.Request,
    ) -> Updates:
        """Keeps what somebody thought of an answer."""
        language = language_asked(request)
        if rated is None:
            return {self._acts: _remark(PHRASES.say(language, "gone"), language), **self._rating.closed()}
        try:
            answer = shown.answer(rated.asked, self._backend, frozenset(notices))
            feedback = feedback_of(
                rated, answer, chosen=chosen, comment=comment, correct=correct, backend=self._backend
            )
            self._backend.keep_feedback(feedback)
        except SPOKEN_ERRORS as error:
            return {self._acts: _remark(str(error), language)}
        return {self._acts: _remark(PHRASES.say(language, "rated"), language), **self._rating.closed()}


def _act_of(event: gr.EventData) -> Act | None:
    return Act.parse(str(event._data.get("href", "")))


def _turn(chat: Chat, act: Act) -> Turn | None:
    """The question that an act is about; None when the chat has no such question (any more)."""
    turns = read_turns(chat)
    return turns[act.turn] if act.turn < len(turns) else None


def _again(asked: Asked, act: Act) -> Asked:
    """The question with one more chip struck, or one less."""
    if act.verb is Verb.STRIKE:
        return Asked(asked.question, asked.struck | {act.value})
    if act.verb is Verb.RESTORE:
        return Asked(asked.question, asked.struck - {act.value})
    return asked


def _remark(sentence: str, language: Language) -> Html:
    """The dialogue's tools with a sentence beside them."""
    remark = element("span", sentence, class_="tw-remark", role="status")
    return join([dialogue_tools(language), _fresh(remark)])


def _fresh(part: Html) -> Html:
    """`part` so that the page sees a change even where it is the same as before."""
    return element("span", part, data_at=str(time.monotonic_ns())) if part else part


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
        autoscroll=False,  # to the end of an answer that is longer than the page; the script does better
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
