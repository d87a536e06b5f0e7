"""A served page and a watched browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.page.backend import Backend
from assistant.page.frame import Tab
from assistant.page.server import Hosting, bind, create_app, create_server, url_of

CHROMIUM = shutil.which("chromium")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = (1440, 900)
#: Everybody may open the page and change the corpus.
OPEN = Hosting()
#: An assertion gives up after this long; a machine busy with other tests is slow, not wrong.
expect.set_options(timeout=30_000)


@dataclass
class Watched:
    """A browser page and everything it did that a page of ours must not do."""

    page: Page
    origin: str
    abroad: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Keeps every request that leaves this machine, every dialog, and every error in the console."""
        self.page.on("request", lambda request: self._note_request(request.url))
        self.page.on("dialog", self._note_dialog)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))

    def _note_request(self, url: str) -> None:
        if not url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.abroad.append(url)

    def _note_dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@contextmanager
def served(backend: Backend, hosting: Hosting = OPEN, more: Sequence[Tab] = ()) -> Iterator[str]:
    """The page over that backend, served on a free port of this machine for as long as the block runs."""
    with served_app(create_app(backend, more=more, hosting=hosting)) as url:
        yield url


@contextmanager
def served_app(app: Any) -> Iterator[str]:
    """A web application, served on a free port of this machine for as long as the block runs."""
    with bind("127.0.0.1", 0) as listener:
        server = create_server(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield url_of(listener)
        finally:
            server.should_exit = True
            thread.join(timeout=30)
            assert not thread.is_alive(), "the server did not stop"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One chromium for a module; the module's tests share no page, cookie or cache."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed here; scripts/install-browser puts it in place")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield chromium
        chromium.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """`visit(backend, path="/", size=DESKTOP, dark=False)` opens the page, hosted so and with `more` tabs.

    When the test is over, no request may have left this machine, no dialog may have opened, and the console
    must be free of errors.
    """
    seen: list[Watched] = []
    with ExitStack() as stack:

        def open_page(
            backend: Backend,
            path: str = "/",
            *,
            size: tuple[int, int] = DESKTOP,
            dark: bool = False,
            hosting: Hosting = OPEN,
            more: Sequence[Tab] = (),
        ) -> Page:
            origin = stack.enter_context(served(backend, hosting, more))
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme="dark" if dark else "light",
                locale="de-DE",  # the page is Chinese whatever the browser speaks
            )
            stack.callback(context.close)
            watched = Watched(context.new_page(), origin)
            watched.watch()
            seen.append(watched)
            watched.page.goto(origin + path)
            return watched.page

        yield open_page
        for watched in seen:
            assert watched.abroad == []
            assert watched.dialogs == []
            assert watched.errors == []
