"""Before the routes for programs: who asks, and how often."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.journal import note
from assistant.api.keys import Keys
from assistant.api.rest import failure

#: What programs call. The page's own requests are the business of its accounts.
GUARDED: Final = ("/api/", "/v1/", "/gradio_api/mcp")
_NEEDS_KEY: Final = (
    "需要密钥：请在请求头里写 Authorization: Bearer 密钥；密钥由管理员用 tiaowen access key 生成。"
)


class Guard:
    """Lets programs pass that show a key (`Authorization: Bearer KEY`) and keep to its allowance.

    `keys` None admits nobody: where people must sign in, programs must not get in beside them.
    """

    def __init__(self, app: ASGIApp, keys: Keys | None) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_guarded(scope["path"]):
            await self._app(scope, receive, send)
            return
        scheme, _, key = Headers(scope=scope).get("authorization", "").partition(" ")
        holder = self._keys.holder(key.strip()) if self._keys and scheme.lower() == "bearer" else None
        if self._keys is None or holder is None:
            await failure(_NEEDS_KEY, 401, {"WWW-Authenticate": "Bearer"})(scope, receive, send)
            return
        note(scope, holder=holder.name)
        wait = self._keys.take(holder)
        if wait:
            said = f"这个密钥每分钟只能用 {holder.rate} 次，请等 {wait} 秒再试。"
            await failure(said, 429, {"Retry-After": str(wait)})(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_guarded(path: str) -> bool:
    return any(path == prefix.rstrip("/") or path.startswith(prefix) for prefix in GUARDED)
