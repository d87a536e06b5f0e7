"""Serving the page on this machine."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Mount

from assistant.api.accounts import Accounts
from assistant.api.app import create_api
from assistant.api.keys import Keys
from assistant.api.programs import Programs
from assistant.errors import AssistantError
from assistant.page.backend import Backend
from assistant.page.build import build, style, tabs_over
from assistant.page.examples import Examples
from assistant.page.frame import Tab, page_translations
from assistant.page.front import BelowPath, BodyLimit, SafeHeaders, proxy_path
from assistant.page.originals import originals_router
from assistant.page.rights import Rights
from assistant.page.shell import ShellMiddleware
from assistant.page.targets.download import targets_router
from assistant.page.theme import Official
from ingest.archives import MAX_ARCHIVE_BYTES

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 7860
#: Visitors beyond this many waiting are told to come back, instead of waiting for minutes.
_QUEUE_SIZE: Final = 64
#: Everybody who waits is told his place that often; else with each answer that begins, which costs more than
#: the answers where fifty people wait.
_STATUS_SECONDS: Final = 2.0
#: gradio sums up its last 10,000 calls after every call, for a page that is off here; never is as good.
_NEVER_SUM_UP: Final = {"GRADIO_ANALYTICS_CACHE_FREQUENCY": str(sys.maxsize)}
#: An open browser tab keeps a connection; a stop does not wait for it longer than this.
_GRACE_SECONDS: Final = 2


class NoAddress(AssistantError):
    """The page cannot be served at that address."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        taken = error.errno == errno.EADDRINUSE
        reason = "已被其他程序占用" if taken else f"不能使用（{error.strerror}）"
        super().__init__(f"地址 {host}:{port} {reason}：请用 --port 换一个端口，例如 --port {port + 1}。")


@dataclass(frozen=True, slots=True)
class Hosting:
    """How the page is served: who may open it (`accounts`, None everybody) and ask by program (`keys`), below
    which path of a proxy, and who may change the corpus (nobody with `read_only`, else the `uploaders`, None
    everybody)."""

    accounts: Accounts | None = None
    keys: Keys | None = None
    root_path: str = ""
    read_only: bool = False
    uploaders: frozenset[str] | None = None

    @property
    def rights(self) -> Rights:
        """Who may change the corpus."""
        return Rights(self.read_only, self.uploaders)


def create_app(
    backend: Backend,
    examples: Examples | None = None,
    *,
    more: Sequence[Tab] = (),
    programs: Programs | None = None,
    hosting: Hosting = Hosting(),
) -> FastAPI:
    """The web application: the page at `/` with its own tabs and `more`, and, with `programs`, routes and
    tools for programs. Raises AssistantError for a proxy's path that is none."""
    closed = hosting.accounts is not None
    below = proxy_path(hosting.root_path)
    app = create_api(programs, keys=hosting.keys, closed=closed) if programs is not None else FastAPI()
    app.add_middleware(ShellMiddleware, style=style())
    app.add_middleware(BodyLimit)
    app.add_middleware(SafeHeaders)
    if below:  # outermost: the guard must see the path that is served
        app.add_middleware(BelowPath, path=below)
    os.environ.update(_NEVER_SUM_UP)
    tabs = [*tabs_over(backend, examples, rights=hosting.rights), *more]
    page = build(backend, tabs, programs=programs).queue(
        max_size=_QUEUE_SIZE, status_update_rate=_STATUS_SECONDS
    )
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=Official(),
        i18n=page_translations(tabs),
        max_file_size=0 if hosting.read_only else MAX_ARCHIVE_BYTES,
        footer_links=[],
        run_history=False,
        show_error=True,
        ssr_mode=False,
        auth=_admitting(hosting.accounts) if hosting.accounts is not None else None,
        root_path=below or None,
        enable_monitoring=False,
        mcp_server=programs is not None,
    )
    # The page is mounted at / and would take every path that is asked of it: ours stand before it.
    may_read = _signed_in(app.routes[-1]) if closed else lambda _: True
    for router in (originals_router, targets_router):
        app.router.routes[:0] = router(backend, may_read).routes
    return app


def _admitting(accounts: Accounts) -> Callable[[str, str], Awaitable[bool]]:
    """Whether somebody may sign in, asked in a thread: the slow digest would hold up everybody else."""

    async def admits(name: str, password: str) -> bool:
        return await run_in_threadpool(accounts.admits, name, password)

    return admits


def _signed_in(mount: BaseRoute) -> Callable[[Request], bool]:
    """Whether a visitor has signed in to the page that is mounted there: by the cookie that gradio gave."""
    assert isinstance(mount, Mount)
    page: Any = mount.app  # gradio's App, which keeps who has signed in
    names = (f"access-token-{page.cookie_id}", f"access-token-unsecure-{page.cookie_id}")
    return lambda request: any(request.cookies.get(name) in page.tokens for name in names)


def create_server(app: FastAPI) -> uvicorn.Server:
    """A server for the application; run it on a socket from `bind`."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, log_config=None, timeout_graceful_shutdown=_GRACE_SECONDS
    )
    return uvicorn.Server(config)


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises `NoAddress` when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise NoAddress(host, port, error) from error
    return listener


def url_of(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def launch(  # noqa: PLR0913 - what a server is made of
    backend: Backend,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    *,
    more: Sequence[Tab] = (),
    programs: Programs | None = None,
    hosting: Hosting = Hosting(),
    announce: Callable[[str], object] | None = None,
) -> None:
    """Serves the page until SIGTERM or Ctrl-C, then returns.

    `announce` gets the address once the page can be opened there: the socket listens by then, and a request
    waits for the server to come up. Raises `NoAddress` when the address cannot be had.
    """
    listener = bind(host, port)
    try:
        examples = Examples(backend)
        server = create_server(create_app(backend, examples, more=more, programs=programs, hosting=hosting))
        # Trying them also loads what the first answer needs, while the person is still opening the browser.
        threading.Thread(target=examples.current, name="examples", daemon=True).start()
        if announce is not None:
            announce(url_of(listener))
        with _stopped_by(signal.SIGTERM, signal.SIGINT):
            server.run(sockets=[listener])
    finally:
        listener.close()


@contextmanager
def _stopped_by(*signals: signal.Signals) -> Iterator[None]:
    """Lets the signals end the block and nothing more.

    uvicorn stops cleanly on them and then raises them once more, which would end the program as if it had
    been killed.
    """
    before = {one: signal.signal(one, lambda _number, _frame: None) for one in signals}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
