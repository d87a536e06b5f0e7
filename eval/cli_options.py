"""Options that several commands share, what they check, and how they talk."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from eval.errors import EvalError

AsJson = Annotated[bool, typer.Option("--json", help="只输出一行 JSON，供程序读取。")]
NoticesFolder = Annotated[
    Path | None, typer.Option("--notices", help="文件所在的文件夹；不写则为评测文件夹里的 notices/。")
]
RunFiles = Annotated[list[Path], typer.Argument(help="结果文件（results/….json）。")]


def talk(sentence: str) -> None:
    """One line of what is no result."""
    typer.echo(sentence, err=True)


def check_folder_of(path: Path | None) -> None:
    """Refuse a file that cannot be written before anything is computed that would be lost."""
    if path is not None and not path.parent.is_dir():
        raise EvalError(f"找不到要写入的文件夹：{path.parent}。请先建立它。")


def write_text(path: Path, text: str) -> None:
    """Write a file of text, or raise `EvalError` with the reason."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EvalError(f"写不了文件 {path}：{error.strerror or error}。") from error


def check_measures() -> None:
    """The measures come with an extra; a plain installation lacks them."""
    if find_spec("ir_measures") is None:
        raise EvalError("没有安装 ir-measures，无法衡量检索。请运行：pip install 'tiaowen[eval]'")
