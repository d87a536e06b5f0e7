"""`tiaowen chat`: bring the index up to date, then serve the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.api import journal
from assistant.api.accounts import Accounts
from assistant.api.keys import Keys
from assistant.errors import AssistantError
from assistant.model import ModelSetting, writer_from
from assistant.service import Service
from assistant.workers import Workers
from index.settings import Settings
from index.sync import sync

if TYPE_CHECKING:
    from assistant.page.frame import Tab
    from assistant.page.rights import Rights

#: Packages say under this name which tabs they bring: functions of `Rights` that give a tab or None.
TABS = "tiaowen.tabs"
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
    uploaders: str = ""
    log: bool = False
    log_questions: bool = False
    llm: bool = True
    workers: int = 0


def run(settings: Settings, serving: Serving, *, corpus: Path | None, say: Callable[[str], None]) -> None:
    """Syncs the corpus folder and serves the page until it is stopped; `say` prints one line of talk.

    Without `corpus` the folder `corpus` here is taken if there is one, else what earlier syncs remember; a
    page that only reads serves the index as it is. Raises `IndexFault` when there is nothing to serve, and
    AssistantError for a file of accounts or keys, uploaders, or a model's name, that cannot be used.
    """
    accounts = Accounts.from_file(serving.auth) if serving.auth else None
    uploaders = uploaders_named(serving.uploaders, accounts)
    keys = Keys.from_file(serving.keys) if serving.keys else None
    folders = [corpus] if corpus else [CORPUS] if CORPUS.is_dir() else []
    if not serving.read_only:
        report = sync(folders, settings)
        say(f"语料已更新：读取文件 {report.read} 个，共 {report.clauses} 条条款。")
    from assistant.page.server import Hosting, launch  # noqa: PLC0415 - the page's toolkit takes seconds

    if serving.log or serving.log_questions:
        journal.start(questions=serving.log_questions)
    writer = writer_from(ModelSetting.from_environment()) if serving.llm else None
    hosting = Hosting(accounts, keys, serving.root_path, serving.read_only, uploaders)
    workers = Workers(settings, serving.workers) if serving.workers else None
    service = Service(settings, folders=folders, writer=writer, elsewhere=workers)
    launch(
        service,
        serving.host,
        serving.port,
        more=tabs_brought(hosting.rights),
        programs=service,
        hosting=hosting,
        announce=lambda url: say(f"请用浏览器打开 {url}（按 Ctrl+C 停止）"),
    )


def uploaders_named(names: str, accounts: Accounts | None) -> frozenset[str] | None:
    """The people named in `zhang,li`, who alone may change the corpus; None for an empty text: everybody may.

    Raises AssistantError where people do not sign in, or for a name that has no account.
    """
    named = frozenset(name.strip() for name in names.replace("，", ",").split(",") if name.strip())
    if not named:
        return None
    if accounts is None:
        raise AssistantError("--uploaders 要和 --auth 一起用：不登录，就认不出是谁在上传。")
    unknown = sorted(named - accounts.names)
    if unknown:
        raise AssistantError(f"账号文件里没有 {'、'.join(unknown)}，请核对 --uploaders。")
    return named


def tabs_brought(rights: Rights) -> list[Tab]:
    """The tabs that installed packages bring, by name."""
    found = sorted(entry_points(group=TABS), key=lambda entry: entry.name)
    tabs = (entry.load()(rights) for entry in found)
    return [tab for tab in tabs if tab is not None]
