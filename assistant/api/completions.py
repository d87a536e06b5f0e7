"""`/v1/chat/completions` and `/v1/models` in OpenAI's form, so that existing chat clients can ask.

The answer's text has [n] markers and names its sources below; the same citations as everywhere else stand in
the field `citations`, which clients that do not know it ignore.
"""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Iterator
from typing import Annotated, Any, Final

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

from assistant.api.journal import note_question
from assistant.api.programs import SPOKEN_ERRORS, Programs
from assistant.api.rest import MOST_TURNS
from assistant.contract import answer_line
from assistant.errors import UnusableQuestion
from assistant.types import Answer

MODEL: Final = "tiaowen"

_log = logging.getLogger(__name__)


class TextPart(BaseModel):
    """A part of a message; parts that are no text (images) hold none."""

    type: str
    text: str = ""


class Message(BaseModel):
    """One message of the dialogue."""

    role: str
    content: str | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """The words of the message."""
        if isinstance(self.content, str):
            return self.content
        return "".join(part.text for part in self.content or [])


class ChatRequest(BaseModel):
    """The part of OpenAI's request that has a meaning here; the rest is ignored."""

    messages: Annotated[list[Message], Field(min_length=1, max_length=4 * MOST_TURNS)]
    model: str = MODEL
    stream: bool = False

    @property
    def turns(self) -> list[str]:
        """What the person asked so far. Answers and instructions of a system are not taken as questions."""
        return [message.text for message in self.messages if message.role == "user"][-MOST_TURNS:]


def completions_router(programs: Programs) -> APIRouter:
    """The routes over `programs`."""
    router = APIRouter(prefix="/v1", tags=["openai"])

    @router.get("/models", summary="The one model there is")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}]}

    @router.post("/chat/completions", summary="Answer the last question of a dialogue", response_model=None)
    def complete(body: ChatRequest) -> dict[str, Any] | Response:
        if not body.turns:
            raise UnusableQuestion("messages 里没有 role 为 user 的消息，请写下要问的内容。")
        note_question(body.turns[-1])
        if body.stream:
            return StreamingResponse(_stream(programs, body.turns), media_type="text/event-stream")
        answer = programs.answer(body.turns)
        message = {"role": "assistant", "content": answer.plain}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        return {**_head("chat.completion"), "choices": [choice], "usage": usage, **_extra(answer)}

    return router


def _stream(programs: Programs, turns: list[str]) -> Iterator[str]:
    """Server-sent events: the text as it grows, then the citations, then `[DONE]`; a fault comes as text."""
    head = _head("chat.completion.chunk")
    sent = ""
    answer: Answer | None = None
    yield _event(head, {"role": "assistant", "content": ""})
    try:
        for answer in programs.ask(turns):
            if answer.plain.startswith(sent):
                yield _event(head, {"content": answer.plain[len(sent) :]})
                sent = answer.plain
    except SPOKEN_ERRORS as error:
        yield _event(head, {"content": str(error)})
        answer = None
    except Exception as error:
        _log.exception("streaming failed")
        yield _event(head, {"content": f"出了故障：{type(error).__name__}。"})
        answer = None
    if answer is not None and answer.plain != sent:  # what had been said was taken back by the check
        yield _event(head, {"content": f"\n\n{answer.plain}"})
    yield _event(head, {}, finish="stop", extra=_extra(answer) if answer is not None else {})
    yield "data: [DONE]\n\n"


def _extra(answer: Answer) -> dict[str, Any]:
    line = answer_line(None, answer)
    return {"abstained": line["abstained"], "citations": line["citations"]}


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL}


def _event(
    head: dict[str, Any],
    delta: dict[str, str],
    *,
    finish: str | None = None,
    extra: dict[str, Any] | None = None,
) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {**head, "choices": [choice], **(extra or {})}
    # Escaped, because some clients take U+2028 and U+0085 inside a text for the end of the event's line.
    return f"data: {json.dumps(chunk)}\n\n"
