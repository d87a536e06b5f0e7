"""REST: `/api/ask`, `/api/search`, `/api/clauses`, `/api/notices`, `/api/targets`, and `/healthz`.

The OpenAPI description is at `/openapi.json`. A question that no clause answers is a 200 with `abstained`;
an error is `{"error": one sentence}` with 400 (what was sent), 404 (nothing there), 503 (the index),
500 (a fault).
"""

from __future__ import annotations

import logging
from typing import Annotated, Any, Final

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, StringConstraints
from starlette.exceptions import HTTPException

from assistant.api.journal import note_question
from assistant.api.programs import Programs
from assistant.assistant import LONGEST_QUESTION
from assistant.contract import answer_line, card_line, clause_line, hit_line, target_line
from assistant.errors import AssistantError, NoSuchAddress
from index.errors import IndexFault
from index.types import Filters
from ingest.errors import IngestError
from ingest.version import __version__

#: Turns of one dialogue and clauses of one search that are taken; more is a mistake or an attack.
MOST_TURNS: Final = 50
MOST_HITS: Final = 100
_LONGEST_WORD: Final = 200

_log = logging.getLogger(__name__)

Turn = Annotated[str, StringConstraints(max_length=LONGEST_QUESTION)]
Word = Annotated[str, StringConstraints(max_length=_LONGEST_WORD)]
#: What no calendar has does not reach the index.
LAST_YEAR: Final = 9999
Year = Annotated[int, Field(ge=1, le=LAST_YEAR)]
Words = Annotated[list[Word], Query(max_length=MOST_TURNS)]


class Ask(BaseModel):
    """A question with the turns before it."""

    turns: Annotated[list[Turn], Field(min_length=1, max_length=MOST_TURNS)]
    notices: Annotated[list[Word], Field(max_length=10_000)] = []
    struck: Annotated[list[Word], Field(max_length=MOST_TURNS)] = []


def rest_router(programs: Programs) -> APIRouter:
    """The routes over `programs`."""
    router = APIRouter(prefix="/api", tags=["tiaowen"])

    @router.post("/ask", summary="Answer the last of the turns, from the clauses' own words")
    def ask(body: Ask) -> dict[str, Any]:
        note_question(body.turns[-1])
        answer = programs.answer(body.turns, notices=frozenset(body.notices), struck=frozenset(body.struck))
        return answer_line(None, answer)

    @router.get("/search", summary="Clauses for a question, best first")
    def search(  # noqa: PLR0913, PLR0917 - one parameter a filter
        q: Annotated[str, Query(min_length=1, max_length=LONGEST_QUESTION)],
        k: Annotated[int, Query(ge=1, le=MOST_HITS)] = 10,
        region: Words = [],  # noqa: B006 - FastAPI copies defaults
        notice: Words = [],  # noqa: B006
        year: Annotated[list[Year], Query(max_length=MOST_TURNS)] = [],  # noqa: B006
        attachment: Words = [],  # noqa: B006
    ) -> dict[str, Any]:
        filters = Filters(
            regions=frozenset(region),
            notices=frozenset(notice),
            years=frozenset(year),
            attachments=frozenset(attachment),
        )
        hits = programs.search(q, filters=filters, limit=k)
        return {"hits": [{**hit_line(hit), "score": hit.score} for hit in hits]}

    @router.get("/clauses", summary="The clauses at an address: 澄浦 二（一）1")
    def clauses(address: Annotated[Word, Query(min_length=1)]) -> dict[str, Any]:
        places = programs.places(address)
        return {"clauses": [clause_line(place.notice.name, place.clause) for place in places]}

    @router.get("/notices", summary="All notices: the card, the file and the number of clauses")
    def notices() -> dict[str, Any]:
        return {"notices": [_notice(record) for record in programs.notices()]}

    @router.get("/notices/{notice_id}", summary="One notice with its clauses, in document order")
    def notice(notice_id: Word) -> dict[str, Any]:
        record = next((one for one in programs.notices() if one.id == notice_id), None)
        if record is None:
            raise NoSuchAddress(f"没有编号为“{notice_id}”的文件，请先用 /api/notices 查看有哪些文件。")
        lines = [clause_line(record.name, clause) for clause in programs.clauses(notice_id)]
        return {**_notice(record), "clauses": lines}

    @router.get("/targets", summary="Quantified targets with the clause that states each")
    def targets(
        indicator: Annotated[str | None, Query(max_length=_LONGEST_WORD)] = None,
        region: Words = [],  # noqa: B006
        year: Year | None = None,
        due_by: Year | None = None,
    ) -> dict[str, Any]:
        entries = programs.targets(indicator=indicator, regions=region, year=year, due_by=due_by)
        return {"targets": [target_line(entry) for entry in entries], "count": len(entries)}

    return router


def health_router(programs: Programs) -> APIRouter:
    """`GET /healthz`: 200 while the index can be read, 503 with the reason where not."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", summary="Whether the index can be read")
    def health() -> dict[str, Any]:
        return {"status": "ok", "version": __version__, "notices": len(programs.notices())}

    return router


def add_error_handlers(app: FastAPI) -> None:
    """Errors as `{"error": sentence}`: what the library says as it is, anything else without its inside."""

    def spoken(_request: Request, error: Exception) -> JSONResponse:
        return failure(str(error), 404 if isinstance(error, NoSuchAddress) else 400)

    def broken_index(_request: Request, error: Exception) -> JSONResponse:
        return failure(str(error), 503)

    def unreadable(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return failure("请求体不是 JSON，请核对后再发。", 400)
        place = ".".join(str(part) for part in first["loc"][1:]) or "body"
        return failure(f"请求里的 {place} 不对：{first['msg']}", 400)

    def refused(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return failure(str(error.detail), error.status_code, dict(error.headers or {}))

    def fault(_request: Request, error: Exception) -> JSONResponse:
        _log.error("request failed", exc_info=error)
        return failure(f"出了故障：{type(error).__name__}。", 500)

    app.add_exception_handler(AssistantError, spoken)
    app.add_exception_handler(IngestError, spoken)
    app.add_exception_handler(IndexFault, broken_index)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(Exception, fault)


def failure(sentence: str, status: int, headers: dict[str, str] | None = None) -> JSONResponse:
    """An error response."""
    return JSONResponse({"error": sentence}, status, headers)


def _notice(record: Any) -> dict[str, Any]:
    card = card_line(record.name, record.card)
    return {"id": record.id, "clause_count": record.clause_count, "accounted": record.accounted, **card}
