"""What `tiaowen chat` puts together: who may change the corpus, and the tabs that packages bring."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from assistant import chat
from assistant.api.accounts import Accounts, account_line
from assistant.chat import tabs_brought, uploaders_named
from assistant.errors import AssistantError
from assistant.page.rights import Rights


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    path = tmp_path / "users.txt"
    path.write_text(
        "".join(f"{account_line(name, '口令')}\n" for name in ("zhang", "李四")), encoding="utf-8"
    )
    return Accounts.from_file(path)


def test_uploaders_are_named_with_either_comma(accounts: Accounts) -> None:
    assert uploaders_named("zhang， 李四,", accounts) == {"zhang", "李四"}
    assert uploaders_named(" ", accounts) is None
    assert uploaders_named("", None) is None


def test_uploaders_must_be_able_to_sign_in(accounts: Accounts) -> None:
    with pytest.raises(AssistantError) as without:
        uploaders_named("zhang", None)
    assert str(without.value) == "--uploaders 要和 --auth 一起用：不登录，就认不出是谁在上传。"
    with pytest.raises(AssistantError) as unknown:
        uploaders_named("zhang,wang", accounts)
    assert str(unknown.value) == "账号文件里没有 wang，请核对 --uploaders。"


def named_tab(rights: Rights) -> str:
    return f"tab for {rights.read_only}"


def no_tab(rights: Rights) -> None:
    """What a package says whose extra is not installed."""


def test_packages_bring_tabs_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    found = EntryPoints(
        EntryPoint(name, f"{__name__}:{function}", chat.TABS)
        for name, function in (("b", "named_tab"), ("a", "no_tab"))
    )
    monkeypatch.setattr(chat, "entry_points", lambda group: found.select(group=group))
    assert tabs_brought(Rights(read_only=True)) == ["tab for True"]


def test_the_tab_of_evaluation_is_brought() -> None:
    assert [tab.name for tab in tabs_brought(Rights())] == ["evaluate"]
