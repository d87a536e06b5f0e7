"""The routes for programs put on a web application, with the guard and the journal around everything."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.api.completions import completions_router
from assistant.api.guard import Guard
from assistant.api.journal import Journal
from assistant.api.keys import Keys
from assistant.api.programs import Programs
from assistant.api.rest import add_error_handlers, health_router, rest_router
from ingest.version import __version__


def create_api(programs: Programs, *, keys: Keys | None = None, closed: bool = False) -> FastAPI:
    """A web application with the routes for programs, to which the page is added.

    Without `keys` everybody may call them, or with `closed` nobody (`/healthz` stays open).
    """
    # FastAPI's pages about the description fetch scripts from abroad: only the JSON is served.
    app = FastAPI(title="条问 Tiaowen", version=__version__, docs_url=None, redoc_url=None)
    app.include_router(health_router(programs))
    app.include_router(rest_router(programs))
    app.include_router(completions_router(programs))
    add_error_handlers(app)
    if keys is not None or closed:
        app.add_middleware(Guard, keys=keys)
    app.add_middleware(Journal)
    return app
