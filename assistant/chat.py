"""`tiaowen chat`: bring the index up to date, then serve the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.api import journal
from assistant.api.accounts import Accounts
from assistant.api.keys import Keys
from assistant.model import ModelSetting, writer_from
from assistant.service import Service
from index.settings import Settings
from index.sync import sync

#: Notices lie here unless another folder is named.
CORPUS = Path("corpus")


@dataclass(frozen=True, slots=True)
class Serving:
    """How the page is to be served, as the command line says it (see `assistant.page.server.Hosting`)."""

    host: str
    port: int
    auth: Path | None = None
    keys: Path | None = None
    root_path: str = ""
    read_only: bool = False
    log: bool = False
    log_questions: bool = False
    llm: bool = True


def run(settings: Settings, serving: Serving, *, corpus: Path | None, say: Callable[[str], None]) -> None:
    """Syncs the corpus folder and serves the page until it is stopped; `say` prints one line of talk.

    Without `corpus` the folder `corpus` here is taken if there is one, else what earlier syncs remember; a
    page that only reads serves the index as it is. Raises `IndexFault` when there is nothing to serve, and
    AssistantError for a file of accounts or keys, or a model's name, that cannot be used.
    """
    accounts = Accounts.from_file(serving.auth) if serving.auth else None
    keys = Keys.from_file(serving.keys) if serving.keys else None
    folders = [corpus] if corpus else [CORPUS] if CORPUS.is_dir() else []
    if not serving.read_only:
        report = sync(folders, settings)
        say(f"语料已更新：读取文件 {report.read} 个，共 {report.clauses} 条条款。")
    from assistant.page.server import Hosting, launch  # noqa: PLC0415 - the page's toolkit takes seconds

    if serving.log or serving.log_questions:
        journal.start(questions=serving.log_questions)
    writer = writer_from(ModelSetting.from_environment()) if serving.llm else None
    service = Service(settings, folders=folders, writer=writer)
    launch(
        service,
        serving.host,
        serving.port,
        programs=service,
        hosting=Hosting(accounts, keys, serving.root_path, serving.read_only),
        announce=lambda url: say(f"请用浏览器打开 {url}（按 Ctrl+C 停止）"),
    )
