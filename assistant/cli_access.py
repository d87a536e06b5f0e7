"""`tiaowen access`: accounts of people and keys of programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.api.accounts import Accounts, UnreadableAccounts, account_line
from assistant.api.keys import USUAL_RATE, UnreadableKeys, key_line, new_key, read_holders
from assistant.command import complain, sentences

access = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="管理网页账号和程序密钥。")

Name = Annotated[str, typer.Argument(help="名称，不能有空白。", show_default=False)]


@access.command("user")
def user_command(
    name: Name, file: Annotated[Path, typer.Option("--file", help="账号文件；没有则新建。")]
) -> None:
    """添加一个网页账号，口令不回显。例：tiaowen access user 张三 --file users.txt"""
    with sentences():
        if file.exists() and name in Accounts.from_file(file).names:
            raise UnreadableAccounts(f"账号文件 {file} 里已有账号“{name}”；要换口令，请先删掉那一行。")
    password = typer.prompt("口令", hide_input=True, confirmation_prompt="再输一次")
    with sentences():
        _append(file, account_line(name, password))
    complain(f"已把账号“{name}”写入 {file}；用 tiaowen chat --auth {file} 启用。")


@access.command("key")
def key_command(
    name: Name,
    file: Annotated[Path, typer.Option("--file", help="密钥文件；没有则新建。")],
    per_minute: Annotated[int, typer.Option("--per-minute", min=1, help="每分钟最多调用几次。")] = USUAL_RATE,
) -> None:
    """生成一个程序密钥，只显示这一次。例：tiaowen access key 督查系统 --file keys.txt"""
    key = new_key()
    with sentences():
        if file.exists() and name in {holder.name for holder in read_holders(file)}:
            raise UnreadableKeys(f"密钥文件 {file} 里已有名称“{name}”，请换一个，或先删掉那一行。")
        _append(file, key_line(name, key, per_minute))
    typer.echo(key)
    complain(f"密钥只显示这一次，请妥善保存；摘要已写入 {file}，用 tiaowen chat --keys {file} 启用。")


def _append(file: Path, line: str) -> None:
    """Adds a line; a new file can be read by its owner only."""
    if not file.exists():
        file.touch(mode=0o600)
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text.rstrip()}\n{line}\n".lstrip(), encoding="utf-8")
