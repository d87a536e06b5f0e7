"""What stands before every answer: headers, the size of requests, and the proxy's path."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, expect
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.app import create_api
from assistant.api.keys import Holder, Keys, digest_of
from assistant.errors import AssistantError
from assistant.page.front import MOST_BYTES, BelowPath, proxy_path
from assistant.page.server import Hosting, create_app
from tests.assistant.page.conftest import Watched, served_app
from tests.assistant.page.fake import LANZHOU, FakeBackend


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The page below a path."""
    with TestClient(create_app(FakeBackend(), hosting=Hosting(root_path="tiaowen/"))) as client:
        yield client


def test_the_page_stays_in_its_own_frame_and_asks_its_own_server(client: TestClient) -> None:
    headers = client.get("/").headers
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy


def test_a_file_keeps_its_stricter_policy(client: TestClient) -> None:
    headers = client.get("/original/n1").headers
    assert headers.get_list("content-security-policy") == ["sandbox; default-src 'none'"]
    assert headers["cache-control"] == "private, no-cache"


def test_too_long_a_request_is_refused_whether_its_length_is_told_or_not(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(MOST_BYTES // 2**20 + 1):
            yield b" " * 2**20

    told = client.post("/gradio_api/queue/join", content=b" " * (MOST_BYTES + 1))
    assert (told.status_code, told.json()["error"]) == (413, "请求超过 8 MB，请缩短后再发。")
    assert client.post("/gradio_api/queue/join", content=pieces()).status_code == 413


def test_a_proxy_may_pass_its_path_on_or_take_it_off(client: TestClient) -> None:
    for path in ("/original/n1", "/tiaowen/original/n1"):
        assert client.get(path).status_code == 200
    assert client.get("/tiaowenx/original/n1").status_code == 404
    assert client.get("/tiaowen/config").json()["root"].endswith("/tiaowen")
    assert 'lang="zh-CN"' in client.get("/tiaowen/").text


def test_the_guard_sees_the_path_behind_the_proxys() -> None:
    keys = Keys((Holder("大屏", digest_of("k")),))
    api = create_api(FakeBackend(), keys=keys)
    api.add_middleware(BelowPath, path="/tiaowen")
    with TestClient(api) as client:
        assert client.get("/tiaowen/v1/models").status_code == 401
        assert client.get("/tiaowen/tiaowen/v1/models").status_code == 404
        given = client.get("/tiaowen/v1/models", headers={"Authorization": "Bearer k"})
        assert given.status_code == 200


@pytest.mark.parametrize(
    ("given", "used"),
    [("", ""), ("/", ""), ("tiaowen", "/tiaowen"), ("/tiaowen/", "/tiaowen"), ("/a/条问", "/a/条问")],
)
def test_the_path_of_a_proxy_in_any_spelling(given: str, used: str) -> None:
    assert proxy_path(given) == used


@pytest.mark.parametrize("given", ["https://oa/tiaowen", "/a/../b", "/a//b", "/a?b", "/a b"])
def test_what_is_no_path_is_refused(given: str) -> None:
    with pytest.raises(AssistantError, match=r"--root-path 的“.*”不是路径"):
        proxy_path(given)


class _Proxy:
    """Serves what lies below /tiaowen/ and nothing else, and takes that off, as nginx does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            below = scope["path"].startswith("/tiaowen/")
            path = scope["path"].removeprefix("/tiaowen") if below else "/outside/of/the/proxy"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self._app(scope, receive, send)


def test_the_page_works_behind_a_proxy(browser: Browser) -> None:
    app = create_app(FakeBackend(), hosting=Hosting(root_path="/tiaowen"))
    with served_app(_Proxy(app)) as origin:
        watched = Watched(browser.new_page(), origin)
        watched.watch()
        page = watched.page
        page.goto(f"{origin}/tiaowen/?c={LANZHOU.name}%20二（一）20")
        expect(page.locator("#tw-target")).to_contain_text("整治第20片区河道")
        box = page.locator("#tw-question textarea")
        box.fill("优良比例？")
        box.press("Enter")
        expect(page.locator("#tw-chat .tw-source")).to_have_count(1)
        original = page.locator("#tw-pane a[download]").evaluate("link => link.href")
        assert original == f"{origin}/tiaowen/original/{LANZHOU.id}"
        assert page.request.get(original).status == 200
        page.get_by_role("link", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert page.url.startswith(f"{origin}/tiaowen/")
        page.context.close()
    assert (watched.abroad, watched.errors) == ([], [])
