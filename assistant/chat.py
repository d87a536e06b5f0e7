"""`tiaowen chat`: bring the index up to date, then serve the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.service import Service
from index.settings import Settings
from index.sync import sync

#: Notices lie here unless another folder is named.
CORPUS = Path("corpus")


def run(settings: Settings, *, corpus: Path | None, host: str, port: int, say: Callable[[str], None]) -> None:
    """Syncs the corpus folder and serves the page until it is stopped; `say` prints one line of talk.

    Without `corpus` the folder `corpus` here is taken if there is one, else what earlier syncs remember.
    Raises `IndexFault` when there is nothing to serve.
    """
    folders = [corpus] if corpus else [CORPUS] if CORPUS.is_dir() else []
    report = sync(folders, settings)
    say(f"语料已更新：读取文件 {report.read} 个，共 {report.clauses} 条条款。")
    from assistant.page.server import launch  # noqa: PLC0415 - the page's toolkit takes seconds to import

    service = Service(settings, folders=folders)
    launch(service, host, port, announce=lambda url: say(f"请用浏览器打开 {url}（按 Ctrl+C 停止）"))
