"""What every command shares: data on stdout, talk on stderr, errors as one sentence, and JSON lines."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that --help need not wait for the rest

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import AssistantError, UnusableQuestion
from index.errors import IndexFault
from ingest.errors import IngestError

if TYPE_CHECKING:
    from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="每行输出一个 JSON 对象，供程序读取。")]
NoLlm = Annotated[
    bool, typer.Option("--no-llm", help="即使设置了 TIAOWEN_LLM 也不用语言模型，只显示条款原文。")
]


class Failed(Exception):
    """A command that ended with one sentence and an exit code."""

    def __init__(self, sentence: str, exit_code: int) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


@contextmanager
def sentences() -> Iterator[None]:
    """Turns the errors of the library into the one sentence they carry."""
    try:
        yield
    except UnusableQuestion as error:
        raise Failed(str(error), 2) from error
    except (AssistantError, IndexFault, IngestError) as error:
        raise Failed(str(error), 1) from error


def data() -> Console:
    """Where results go."""
    from assistant.terminal import data_console

    return data_console(sys.stdout)


def talk() -> Console:
    """Where everything that is no result goes."""
    from assistant.terminal import PlainConsole

    return PlainConsole(sys.stderr)


def complain(sentence: str) -> None:
    """One sentence of talk."""
    from rich.text import Text

    talk().print(Text(sentence), soft_wrap=True)


def print_json(line: Any) -> None:
    """One JSON object as one line of data."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
