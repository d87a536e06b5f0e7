"""`tiaowen ask`: questions from the command line or a file, answered on the screen or into a file."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that --help need not wait for the rest

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.command import AsJson, NoLlm, data, print_json, sentences
from assistant.errors import UnusableQuestion
from index.settings import Settings

if TYPE_CHECKING:
    from assistant.questions import Question
    from assistant.service import Service
    from assistant.types import Answer


def ask_command(
    question: Annotated[
        list[str] | None, typer.Argument(help="问题；写几个就是一段对话，回答最后一个。")
    ] = None,
    *,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="问题文件，每行一个带 id 和 question 的 JSON 对象。")
    ] = None,
    as_json: AsJson = False,
    explained: Annotated[
        bool, typer.Option("--explain", help="说明每个条款为什么被找到：相同的词、词表、得分、排序理由。")
    ] = False,
    no_llm: NoLlm = False,
) -> None:
    """回答一个问题或一个文件里的所有问题。例：tiaowen ask "澄浦市2027年PM2.5要降到多少"。"""
    if bool(question) == bool(questions):
        raise typer.BadParameter("请写一个问题，或用 --questions 给出问题文件，二者选一。")
    from assistant.questions import Question, read_questions

    with sentences():
        asked = read_questions(questions) if questions else (Question(None, tuple(question or ())),)
        service = _service(no_llm=no_llm)
        many = questions is not None
        for one, answer in _answers(service, asked, many=many):
            if as_json:
                _print_line(one, answer, explained=explained)
            else:
                _print_answer(one, answer, many=many, explained=explained)


def _service(*, no_llm: bool) -> Service:
    from assistant.model import ModelSetting, writer_from
    from assistant.service import Service

    writer = None if no_llm else writer_from(ModelSetting.from_environment())
    return Service(Settings.from_environment(), writer=writer)


def _answers(
    service: Service, asked: Sequence[Question], *, many: bool
) -> Iterator[tuple[Question, Answer | UnusableQuestion]]:
    """Each question with its answer; in a file, one that is none with its fault: no line is missing."""
    for one in asked:
        try:
            yield one, service.answer(one.turns)
        except UnusableQuestion as error:
            if not many:
                raise
            yield one, error


def _print_line(one: Question, answer: Answer | UnusableQuestion, *, explained: bool) -> None:
    from assistant.contract import answer_line, refused_line
    from assistant.explanation import explain

    if isinstance(answer, UnusableQuestion):
        print_json(refused_line(one.id, one.turns, str(answer)))
    else:
        print_json(answer_line(one.id, answer, explain(answer) if explained else ()))


def _print_answer(one: Question, answer: Answer | UnusableQuestion, *, many: bool, explained: bool) -> None:
    from rich.text import Text

    from assistant.explanation import explain
    from assistant.terminal import EXPLAINED, print_answer, print_explanations

    console = data()
    if isinstance(answer, UnusableQuestion):
        console.print(Text(str(answer)))
        return
    if many:
        console.print(Text(f"问：{one.turns[-1]}", style="bold"), soft_wrap=True)
    print_answer(console, answer)
    if explained:
        cited_or_first = (e for e in explain(answer) if e.marker is not None or e.rank <= EXPLAINED)
        print_explanations(console, tuple(cited_or_first))
    if many:
        console.print()
