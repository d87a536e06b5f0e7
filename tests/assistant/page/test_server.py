"""Serving: one address, a clean stop, and the page's functions through gradio's own client."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from gradio_client import Client

from assistant.api.accounts import Accounts, account_line
from assistant.page.server import Hosting, NoAddress, bind, create_app, url_of
from tests.assistant.page.conftest import served
from tests.assistant.page.fake import FakeBackend

_PROGRAM = """
from assistant.page.server import launch
from tests.assistant.page.fake import FakeBackend
launch(FakeBackend(), port=0, announce=lambda url: print(url, flush=True))
print("stopped", flush=True)
"""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_page_is_announced_served_and_stopped_by_a_signal(stop: signal.Signals) -> None:
    command = [sys.executable, "-c", _PROGRAM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(url, timeout=60) as response:
            page = response.read().decode("utf-8")
        process.send_signal(stop)
        output, errors = process.communicate(timeout=60)
    assert '<html\n\tlang="zh-CN"' in page
    assert "Traceback" not in errors
    assert (process.returncode, output) == (0, "stopped\n")


_ENDLESS = """
import faulthandler
import threading
from assistant.cli_chat import leave_threads
from assistant.page.server import launch
from tests.assistant.page.fake import FakeBackend

class Endless(FakeBackend):
    def ask(self, turns, **choice):
        print("asked", flush=True)
        threading.Event().wait()
        yield from super().ask(turns, **choice)

faulthandler.enable()
launch(Endless(), port=0, announce=lambda url: print(url, flush=True))
print("stopped", flush=True)
leave_threads()
"""


def test_an_answer_that_does_not_end_does_not_hold_up_the_stop() -> None:
    command = [sys.executable, "-c", _ENDLESS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        request = urllib.request.Request(
            f"{url}/gradio_api/call/ask",
            json.dumps({"data": ["优良比例？", [], []]}).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=60).close()
        assert process.stdout.readline() == "asked\n"
        process.terminate()
        try:
            output, errors = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGABRT)  # it says where its threads stand, and ends
            output, errors = process.communicate()
    assert (process.returncode, output) == (0, "stopped\n"), errors


def test_an_address_in_use_is_one_sentence_with_the_way_out() -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(NoAddress) as caught:
            bind("127.0.0.1", port)
    assert str(caught.value) == (
        f"地址 127.0.0.1:{port} 已被其他程序占用：请用 --port 换一个端口，例如 --port {port + 1}。"
    )


def test_the_address_of_a_socket() -> None:
    with bind("127.0.0.1", 0) as listener:
        assert url_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_a_program_may_ask_with_a_history_of_plain_text() -> None:
    backend = FakeBackend()
    with served(backend) as url:
        client = Client(url, verbose=False)
        turns = (("user", "优良比例？"), ("assistant", "96%"))
        history = [{"role": role, "content": [{"type": "text", "text": text}]} for role, text in turns]
        chat = client.predict("那管网呢？", history, [], api_name="/ask")
        client.close()
    assert backend.asked[-1] == (["优良比例？", "那管网呢？"], frozenset())
    assert "市住房和城乡建设局" in chat[-1]["content"][0]["text"]


def test_people_sign_in_where_accounts_are_given(tmp_path: Path) -> None:
    path = tmp_path / "users.txt"
    path.write_text(account_line("张三", "口令"), encoding="utf-8")
    hosting = Hosting(accounts=Accounts.from_file(path))
    with TestClient(create_app(FakeBackend(), hosting=hosting)) as client:
        assert client.get("/config").status_code == 401
        wrong = client.post("/login", data={"username": "张三", "password": "错"})
        assert wrong.status_code == 400
        assert client.post("/login", data={"username": "张三", "password": "口令"}).status_code == 200
        assert client.get("/config").status_code == 200


def test_the_page_knows_the_path_of_its_proxy() -> None:
    with TestClient(create_app(FakeBackend(), hosting=Hosting(root_path="/tiaowen"))) as client:
        assert client.get("/config").json()["root"].endswith("/tiaowen")


def test_a_page_that_only_reads_takes_no_file() -> None:
    def taken(hosting: Hosting) -> int:
        with TestClient(create_app(FakeBackend(), hosting=hosting)) as client:
            file = {"files": ("甲.txt", b"text", "text/plain")}
            return client.post("/gradio_api/upload", files=file).status_code

    assert taken(Hosting()) == 200
    assert taken(Hosting(read_only=True)) == 413


def test_a_page_that_only_reads_offers_no_update() -> None:
    def buttons(hosting: Hosting) -> dict[str, bool]:
        page = create_app(FakeBackend(), hosting=hosting)
        with TestClient(page) as client:
            parts = client.get("/config").json()["components"]
        heads = [part["props"] for part in parts if part["props"].get("elem_id") == "tw-corpus-head"]
        return {head["elem_id"]: head["visible"] for head in heads}

    assert buttons(Hosting()) == {"tw-corpus-head": True}
    assert buttons(Hosting(read_only=True)) == {"tw-corpus-head": False}
