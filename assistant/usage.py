"""What both programs do on the command line: `--version`, and mistakes in one Chinese sentence each."""

from __future__ import annotations

from typing import Any

import typer
from typer.exceptions import TyperException

from ingest.version import __version__


def version_option(program: str) -> Any:
    """The option `--version`, which prints the program's name and version and ends."""

    def show(wanted: bool) -> None:
        if wanted:
            typer.echo(f"{program} {__version__}")
            raise typer.Exit

    return typer.Option("--version", help="显示版本。", callback=show, is_eager=True)


def usage_sentence(error: TyperException, program: str = "tiaowen") -> str:
    """What was wrong with the words on the command line, and where to read how it is right."""
    help_ = f"用 {program} --help 查看用法。"
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    if kind == "NoSuchOption":
        return f"没有 {getattr(error, 'option_name', '')} 这个选项，{help_}"
    if kind == "MissingParameter":
        return f"还缺少参数 {_parameter(error)}，{help_}"
    if kind == "BadParameter":
        name = _parameter(error)
        return f"参数{f' {name} ' if name else ''}不对：{error.message.rstrip('。')}。"
    if "No such command" in error.message:
        return f"没有 {error.message.split(chr(39))[1]} 这个命令，{help_}"
    return f"命令写得不对（{error.format_message()}），{help_}"


def _parameter(error: TyperException) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    names = [name for name in parameter.opts if name.startswith("-")]
    return names[0] if names else str(parameter.name).upper()
