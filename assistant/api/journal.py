"""What the server did, one JSON object a line on stderr: no question text unless that is switched on."""

from __future__ import annotations

import contextvars
import json
import logging
import sys
import time
import traceback
import uuid
from datetime import UTC, datetime
from typing import Any, Final, TextIO

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID: Final = "X-Request-ID"
_LONGEST_ID: Final = 64
_NOTES: Final = "tiaowen.notes"

_access = logging.getLogger("tiaowen.access")
_questions = logging.getLogger("tiaowen.questions")
_current: contextvars.ContextVar[str | None] = contextvars.ContextVar("request", default=None)


class JsonLines(logging.Formatter):
    """A record as one JSON object: time (UTC), level, logger, message, request id, and its `facts`.

    Without `questions` an error is written as its type and where it arose: what it says may quote a question.
    """

    def __init__(self, *, questions: bool = False) -> None:
        super().__init__()
        self._questions = questions

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line break inside."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request := _current.get()) is not None:
            line["request"] = request
        line.update(getattr(record, "facts", {}))
        if record.exc_info:
            error = record.exc_info[1]
            whole = self._questions or error is None
            line["traceback"] = self.formatException(record.exc_info) if whole else _silent(error)
        return json.dumps(line, ensure_ascii=False, default=str)


class Journal:
    """Gives each request an id (its `X-Request-ID` where it has a decent one) and writes a line."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = _request_id(Headers(scope=scope).get(REQUEST_ID))
        token = _current.set(request)
        scope[_NOTES] = {}
        started = time.perf_counter()
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            facts = {
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "ms": round((time.perf_counter() - started) * 1000, 1),
                **scope[_NOTES],
            }
            _access.info("request", extra={"facts": facts})
            _current.reset(token)


def note(scope: Scope, **facts: object) -> None:
    """Adds facts to the line that will be written about this request."""
    scope.setdefault(_NOTES, {}).update(facts)


def note_question(question: str) -> None:
    """Writes what was asked; only where `start` was told to."""
    _questions.info("question", extra={"facts": {"question": question}})


def start(*, questions: bool = False, stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Sends the log of the whole program to `stream` as JSON lines; question text only with `questions`."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines(questions=questions))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("tiaowen").setLevel(level)
    logging.getLogger("assistant").setLevel(level)
    _questions.setLevel(level if questions else logging.CRITICAL)


def _silent(error: BaseException | None) -> str:
    """Types and places of an error and of those that led to it, without what they say."""
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines += [*traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}\n"]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines)


def _request_id(given: str | None) -> str:
    """The caller's id where it is short and printable, so that logs of several servers fit together."""
    if given and len(given) <= _LONGEST_ID and given.isascii() and given.isprintable():
        return given
    return uuid.uuid4().hex
