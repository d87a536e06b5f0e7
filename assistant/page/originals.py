"""Files as they came, and their pages as images: `/original/NOTICE` and `/page-image/NOTICE/CLAUSE.png`.

Both are named by what the catalogue knows, never by a path; whoever may not open the page gets neither.
"""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response

from assistant.page.backend import Backend
from ingest.errors import IngestError
from ingest.page_image import page_image

_GONE = "没有这份文件，或它已不在语料文件夹中，请先更新语料。"
#: A file of the corpus may be a page of HTML: it must be saved, never run in the page's own name.
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-cache",  # what needs a sign-in is kept by no proxy
}


def originals_router(backend: Backend, may_read: Callable[[Request], bool]) -> APIRouter:
    """The routes; `may_read` says whether the visitor has signed in where that is asked for."""
    router = APIRouter(include_in_schema=False)

    @router.get("/original/{notice_id}")
    def original(notice_id: str, request: Request) -> Response:
        if not may_read(request):
            return PlainTextResponse("请先登录。", 401)
        path = backend.original(notice_id)
        if path is None:
            return PlainTextResponse(_GONE, 404)
        return FileResponse(path, filename=path.name, media_type="application/octet-stream", headers=_SAFE)

    @router.get("/page-image/{notice_id}/{clause_id}.png")
    def image(notice_id: str, clause_id: str, request: Request) -> Response:
        if not may_read(request):
            return PlainTextResponse("请先登录。", 401)
        path = backend.original(notice_id)
        clause = next((one for one in backend.clauses(notice_id) if one.id == clause_id), None)
        if path is None or clause is None or clause.place is None or clause.place.page is None:
            return PlainTextResponse(_GONE, 404)
        try:
            return Response(page_image(path, clause.place), media_type="image/png", headers=_SAFE)
        except IngestError as error:
            return PlainTextResponse(str(error), 404)

    return router
