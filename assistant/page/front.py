"""What stands before every answer of the server: the proxy's path, the size of requests, and headers."""

from __future__ import annotations

import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.rest import failure
from assistant.errors import AssistantError

#: More than any question with its dialogue; files come by gradio's upload, which has a limit of its own.
MOST_BYTES: Final = 8 * 1024**2
_UPLOAD: Final = "/gradio_api/upload"
_TOO_MUCH: Final = f"请求超过 {MOST_BYTES // 1024**2} MB，请缩短后再发。"
#: The page runs scripts of its own and of gradio only, talks to its own server only (gradio makes functions
#: of text, hence unsafe-eval), and is shown in no other site's frame. A link to another site does not say
#: which clause was read.
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class SafeHeaders:
    """Adds to each response the headers that it does not have already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_safe if scope["type"] == "http" else send)


class BodyLimit:
    """Refuses a body of more than `MOST_BYTES` with 413, whether its length was told or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == _UPLOAD:
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "0")
        if told.isdecimal() and int(told[:20]) > MOST_BYTES:
            await failure(_TOO_MUCH, 413)(scope, receive, send)
            return
        received = 0

        async def receive_so_much() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MOST_BYTES:
                raise HTTPException(413, _TOO_MUCH)
            return message

        await self._app(scope, receive_so_much, send)


class BelowPath:
    """Takes the proxy's path off requests: most proxies do that themselves, some pass it on."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and scope["path"].startswith(f"{self._path}/"):
            # `raw_path`, the same percent-encoded, is left out, as ASGI allows.
            scope = {**scope, "path": scope["path"].removeprefix(self._path), "raw_path": None}
        await self._app(scope, receive, send)


def proxy_path(given: str) -> str:
    """`--root-path` as it is used: `/tiaowen` for tiaowen, /tiaowen and /tiaowen/; nothing for / and nothing.

    Raises AssistantError for anything that is no plain path.
    """
    path = given.strip().strip("/")
    if not path:
        return ""
    if re.search(r"[?#\\:%\s]", path) or any(part in {"", ".", ".."} for part in path.split("/")):
        raise AssistantError(f"--root-path 的“{given}”不是路径，请写成 /tiaowen 这样。")
    return f"/{path}"
