"""The HTML around the page: its language and its style are in it from the first byte.

gradio's front end follows the browser's language, and puts a style sheet in only after the page was drawn,
each rule confined to its own container. Staff read Chinese whatever the browser's language is, and the
frame (`html`, `body`) is ours as well: hence this middleware around gradio's own page.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.page.i18n import Language
from assistant.page.language import COOKIE, PARAMETER, language_named, language_of

_YEAR_IN_SECONDS: Final = 365 * 24 * 3600
#: 条 in white on the page's red, without a file and without a request.
_ICON: Final = (
    '<link rel="icon" href="data:image/svg+xml,'
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='6' fill='%239b2f28'/%3E"
    "%3Ctext x='16' y='23' font-size='20' text-anchor='middle' fill='white'%3E条%3C/text%3E"
    '%3C/svg%3E">'
)


class ShellMiddleware:
    """Passes every request on; the page (`GET /`) comes back in the visitor's language, with `style`."""

    def __init__(self, app: ASGIApp, style: str) -> None:
        self._app = app
        self._style = style

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/":
            await self._app(_uncompressed(scope), receive, _PageSender(send, Request(scope), self._style))
        else:
            await self._app(scope, receive, send)


class _PageSender:
    """Holds the page back until it is whole, then sends it changed."""

    def __init__(self, send: Send, request: Request, style: str) -> None:
        self._send = send
        self._chosen_now = language_named(request.query_params.get(PARAMETER))
        self._language = self._chosen_now or language_of(request.cookies)
        self._style = style
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":  # extensions, of no one's content
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        body = dressed(self._body.decode("utf-8"), self._language, self._style).encode("utf-8")
        headers = MutableHeaders(scope=self._start)
        headers["content-length"] = str(len(body))
        if self._chosen_now:
            cookie = f"{COOKIE}={self._language}; Path=/; Max-Age={_YEAR_IN_SECONDS}; SameSite=Lax"
            headers.append("set-cookie", cookie)
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def dressed(page: str, language: Language, style: str) -> str:
    """gradio's HTML with the language declared, to screen readers and gradio alike, and our style."""
    script = f'<script>Object.defineProperty(navigator,"language",{{get:()=>"{language}"}})</script>'
    page = page.replace('lang="en"', f'lang="{language}"', 1)
    page = page.replace("<head>", f"<head>{script}", 1)
    return page.replace("</head>", f"{_ICON}<style>{style}</style></head>", 1)


def _uncompressed(scope: Scope) -> Scope:
    """The request without `Accept-Encoding`: a compressed page could not be changed."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": headers}
