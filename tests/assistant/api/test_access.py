"""Keys, accounts, and the guard before the routes."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api.accounts import Accounts, UnreadableAccounts, account_line
from assistant.api.app import create_api
from assistant.api.keys import Holder, Keys, UnreadableKeys, digest_of, new_key, read_holders
from assistant.cli import main
from assistant.service import Service

KEY = "tw-example"


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_key_opens_the_routes_and_its_allowance_ends(service: Service) -> None:
    keys = Keys((Holder("督查系统", digest_of(KEY), rate=2), Holder("另一个", digest_of("tw-other"))))
    with TestClient(create_api(service, keys=keys)) as client:
        assert client.get("/api/notices").status_code == 401
        assert client.get("/api/notices", headers=_bearer("wrong")).status_code == 401
        assert client.get("/api/notices", headers={"Authorization": KEY}).status_code == 401
        assert client.get("/healthz").status_code == 200
        codes = [client.get("/v1/models", headers=_bearer(KEY)).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        refused = client.get("/v1/models", headers=_bearer(KEY))
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
        assert "每分钟只能用 2 次" in refused.json()["error"]
        assert client.get("/v1/models", headers=_bearer("tw-other")).status_code == 200


def test_where_people_sign_in_programs_need_a_key(service: Service) -> None:
    with TestClient(create_api(service, closed=True)) as client:
        paths = ("/api/notices", "/v1/models", "/gradio_api/mcp", "/gradio_api/mcp/")
        assert [client.get(path).status_code for path in paths] == [401, 401, 401, 401]
        assert "tiaowen access key" in client.get("/api/notices").json()["error"]


def test_a_file_of_keys_is_read_or_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "keys.txt"
    path.write_text(f"# 程序\n\n督查 {digest_of(KEY)} 30\n大屏 {digest_of('b')}\n", encoding="utf-8")
    assert read_holders(path) == (Holder("督查", digest_of(KEY), 30), Holder("大屏", digest_of("b"), 120))
    holder = Keys.from_file(path).holder(KEY)
    assert holder is not None
    assert holder.name == "督查"
    path.write_text("督查 abc\n", encoding="utf-8")
    with pytest.raises(UnreadableKeys, match="第 1 行"):
        read_holders(path)
    path.write_text(f"督查 {digest_of('a')}\n督查 {digest_of('b')}\n", encoding="utf-8")
    with pytest.raises(UnreadableKeys, match="第 2 行的名称“督查”重复"):
        read_holders(path)
    with pytest.raises(UnreadableKeys, match="读不出来"):
        read_holders(tmp_path / "none.txt")


def test_new_keys_differ_and_are_long() -> None:
    assert len({new_key() for _ in range(20)}) == 20
    assert len(new_key()) == 46


def test_accounts_admit_the_right_password_only(tmp_path: Path) -> None:
    path = tmp_path / "users.txt"
    path.write_text(
        f"# 科室\n{account_line('张三', '口令一')}\n{account_line('li', 'pw')}\n", encoding="utf-8"
    )
    accounts = Accounts.from_file(path)
    assert accounts.admits("张三", "口令一")
    assert not accounts.admits("张三", "pw")
    assert not accounts.admits("王五", "口令一")
    assert not accounts.admits("王五", "")
    path.write_text("张三 口令一\n", encoding="utf-8")
    with pytest.raises(UnreadableAccounts, match="第 1 行"):
        Accounts.from_file(path)
    path.write_text("", encoding="utf-8")
    with pytest.raises(UnreadableAccounts, match="没有账号"):
        Accounts.from_file(path)
    with pytest.raises(UnreadableAccounts, match="有空白"):
        account_line("张 三", "口令")


def test_the_command_makes_a_key_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "keys.txt"
    assert main(["access", "key", "督查系统", "--file", str(path), "--per-minute", "9"]) == 0
    key = capsys.readouterr().out.strip()
    assert read_holders(path) == (Holder("督查系统", digest_of(key), 9),)
    assert key not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0
    assert main(["access", "key", "督查系统", "--file", str(path)]) == 1
    assert "已有名称“督查系统”" in capsys.readouterr().err
    assert len(read_holders(path)) == 1


def test_a_name_that_cannot_be_leaves_the_file_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = tmp_path / "keys.txt"
    assert main(["access", "key", "督查 系统", "--file", str(keys)]) == 1
    assert "里有空白" in capsys.readouterr().err
    assert not keys.exists()


def test_an_account_is_not_added_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    users = tmp_path / "users.txt"
    users.write_text(f"{account_line('li', 'pw')}\n", encoding="utf-8")
    before = users.read_bytes()
    assert main(["access", "user", "li", "--file", str(users)]) == 1
    assert "已有账号“li”" in capsys.readouterr().err
    assert users.read_bytes() == before
