"""`tiaowen ask`: questions from the command line or a file, answered on the screen or into a file."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that --help need not wait for the rest

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.command import AsJson, NoLlm, complain, data, print_json, sentences
from assistant.errors import UnusableQuestion
from index.settings import Settings

if TYPE_CHECKING:
    from assistant.questions import Question
    from assistant.service import Service
    from assistant.types import Answer


def ask_command(  # noqa: PLR0913 - one parameter an option
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
    out: Annotated[
        Path | None,
        typer.Option("--out", help="存为 .docx（出处为脚注）、.xlsx 或 .md，不打印；对话存下每一轮。"),
    ] = None,
    no_llm: NoLlm = False,
) -> None:
    """回答一个问题或一个文件里的所有问题。例：tiaowen ask "澄浦市2027年PM2.5要降到多少" --out 答复.docx"""
    if bool(question) == bool(questions):
        raise typer.BadParameter("请写一个问题，或用 --questions 给出问题文件，二者选一。")
    from assistant.export.files import check_format
    from assistant.questions import Question, read_questions

    if out is not None and (as_json or explained):
        raise typer.BadParameter("--out 写文件时不能同时用 --json 或 --explain。")
    with sentences():
        if out is not None:
            check_format(out)
        asked = read_questions(questions) if questions else (Question(None, tuple(question or ())),)
        service = _service(no_llm=no_llm)
        many = questions is not None
        if out is not None:
            _write(out, service, asked, many=many)
            return
        for one, answer in _answers(service, asked, many=many):
            if as_json:
                _print_line(one, answer, explained=explained)
            else:
                _print_answer(one, answer, many=many, explained=explained)


def _write(out: Path, service: Service, asked: Sequence[Question], *, many: bool) -> None:
    """The answers as a file; of a dialogue on the command line the answer to every turn."""
    from assistant.export.files import write_answers
    from assistant.export.turns import Turn
    from assistant.questions import Question

    if not many:
        turns = asked[0].turns
        asked = [Question(None, turns[:number]) for number in range(1, len(turns) + 1)]
    answered = list(_answers(service, asked, many=many))
    refused = [one for one, answer in answered if isinstance(answer, UnusableQuestion)]
    written = [Turn(one.turns[-1], a) for one, a in answered if not isinstance(a, UnusableQuestion)]
    write_answers(out, written)
    left_out = f"，另有 {len(refused)} 个不是问题，没有写入" if refused else ""
    complain(f"已把 {len(written)} 个问题的回答写入 {out}{left_out}。")


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
    from assistant.terminal import EXPLAINED, print_explanations
    from assistant.terminal_answer import print_answer

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
