"""The form under a thumb: reasons, a comment, the right clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import gradio as gr

from assistant.errors import AssistantError
from assistant.feedback import Feedback, Thumb
from assistant.page.ask.phrases import PHRASES, REASONS, reasons
from assistant.page.ask.shown import Dialogue
from assistant.page.backend import Backend
from assistant.page.frame import I18N
from assistant.page.html import element
from assistant.page.i18n import Language
from assistant.types import Answer

_COMMENT_LENGTH: Final = 1_000
_ADDRESS_LENGTH: Final = 300
_HEADS: Final = {Thumb.UP: "rate_up", Thumb.DOWN: "rate_down"}


@dataclass(frozen=True, slots=True)
class Rated:
    """The dialogue whose last answer is being rated, and which way."""

    asked: Dialogue
    thumb: Thumb


class RatingForm:
    """The form above the composer, hidden until a thumb is pressed."""

    def draw(self) -> None:
        """Makes its components."""
        self.rated = gr.State(None)
        with gr.Column(visible=False, elem_id="tw-rating") as column:
            self.head = gr.HTML(elem_id="tw-rating-head")
            self.reasons = gr.CheckboxGroup(choices=[], label=I18N("rate_reasons"), show_label=False)
            self.comment = gr.Textbox(label=I18N("rate_comment"), max_length=_COMMENT_LENGTH, max_lines=3)
            self.correct = gr.Textbox(label=I18N("rate_correct"), max_length=_ADDRESS_LENGTH)
            with gr.Row(elem_id="tw-rating-buttons"):
                self.send = gr.Button(I18N("rate_send"), variant="primary", size="sm")
                self.cancel = gr.Button(I18N("rate_cancel"), size="sm")
        self.column = column

    @property
    def parts(self) -> list[Any]:
        """The components that `opened` and `closed` change."""
        return [self.column, self.head, self.reasons, self.comment, self.correct, self.rated]

    def opened(self, rated: Rated, language: Language) -> dict[Any, Any]:
        """Updates that show the empty form for one answer."""
        head = element("p", PHRASES.say(language, _HEADS[rated.thumb]))
        return {
            self.column: gr.update(visible=True),
            self.head: head,
            self.reasons: gr.update(choices=reasons(language, rated.thumb.value), value=[]),
            self.comment: "",
            self.correct: gr.update(value="", visible=rated.thumb is Thumb.DOWN),
            self.rated: rated,
        }

    def closed(self) -> dict[Any, Any]:
        """Updates that hide it."""
        return {self.column: gr.update(visible=False), self.rated: None}


def feedback_of(  # noqa: PLR0913 - what the form holds
    rated: Rated, answer: Answer, *, chosen: Sequence[str], comment: str, correct: str, backend: Backend
) -> Feedback:
    """What was filled in, as it is kept; of the reasons only those that were offered."""
    offered = [stored for stored, _ in REASONS[rated.thumb.value] if stored in chosen]
    return Feedback(
        turns=tuple(turn.question for turn in rated.asked),
        thumb=rated.thumb,
        answer=answer.plain,
        citations=answer.citations,
        time=datetime.now().astimezone().isoformat(timespec="seconds"),
        reason="；".join([*offered, *([comment.strip()[:_COMMENT_LENGTH]] if comment.strip() else [])]),
        correct=_clause_at(correct.strip()[:_ADDRESS_LENGTH], backend),
    )


def _clause_at(address: str, backend: Backend) -> tuple[str, str] | None:
    """The (file, cite) of an address; as it was typed where it is none, for that may be what is missing."""
    if not address:
        return None
    try:
        place = backend.places(address)[0]
    except AssistantError:
        return "", address
    return place.notice.name, place.clause.cite
