"""Serving the page on this machine."""

from __future__ import annotations

from typing import Final

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.page.backend import Backend
from assistant.page.build import I18N, STYLE, build
from assistant.page.shell import ShellMiddleware
from assistant.page.theme import Official

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 7860
#: Visitors beyond this many waiting are told to come back, instead of waiting for minutes.
_QUEUE_SIZE: Final = 64
#: An open browser tab keeps a connection; a stop does not wait for it longer than this.
_GRACE_SECONDS: Final = 2


def create_app(backend: Backend) -> FastAPI:
    """The web application: the page at `/`; routes for programs can be added beside it."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(ShellMiddleware, style=STYLE.read_text(encoding="utf-8"))
    page = build(backend).queue(max_size=_QUEUE_SIZE)
    return gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=Official(),
        i18n=I18N,
        footer_links=[],
        run_history=False,
        show_error=True,
        ssr_mode=False,
    )


def create_server(backend: Backend, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT) -> uvicorn.Server:
    """A server that is ready to run; port 0 takes any free one."""
    config = uvicorn.Config(
        create_app(backend),
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return uvicorn.Server(config)


def launch(backend: Backend, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT) -> None:
    """Serves the page until SIGTERM or Ctrl-C, then returns."""
    create_server(backend, host, port).run()
