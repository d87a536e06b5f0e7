"""The targets as a workbook: `/targets.xlsx`, with the filters of the tab in its query."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from assistant.errors import AssistantError
from assistant.ledger_table import write_ledger
from assistant.page.backend import Backend
from assistant.page.targets.asked import AskedTargets

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def targets_router(backend: Backend, may_read: Callable[[Request], bool]) -> APIRouter:
    """The route; `may_read` says whether the visitor has signed in where that is asked for."""
    router = APIRouter(include_in_schema=False)

    @router.get("/targets.xlsx")
    def workbook(request: Request) -> Response:
        if not may_read(request):
            return PlainTextResponse("请先登录。", 401)
        entries = AskedTargets.of(request.query_params).find(backend)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "targets.xlsx"
            try:
                write_ledger(path, entries)
            except AssistantError as error:
                return PlainTextResponse(str(error), 400)
            content = path.read_bytes()
        name = "filename=\"targets.xlsx\"; filename*=UTF-8''%E9%87%8F%E5%8C%96%E7%9B%AE%E6%A0%87.xlsx"
        return Response(content, media_type=_TYPE, headers={"Content-Disposition": f"attachment; {name}"})

    return router
