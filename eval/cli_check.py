"""`tiaowen-eval check`: how many false sentences the check catches, and how many true ones it blames."""

# ruff: noqa: PLC0415 - the product's rooms are imported only by the commands that run it
# ruff: noqa: PLR0913, PLR0917 - the arguments of a command are its options

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from eval.cli_options import AsJson, NoticesFolder, check_folder_of
from eval.errors import EvalError


def check_command(
    bench: Annotated[
        Path | None,
        typer.Option("--bench", help="评测文件夹：docs.json、gold/、questions.jsonl，以及 notices/。"),
    ] = None,
    notices: NoticesFolder = None,
    count: Annotated[int, typer.Option("--count", min=1, help="改错多少句。")] = 1000,
    seed: Annotated[int, typer.Option("--seed", help="随机种子；种子相同，改错的句子相同。")] = 1,
    result: Annotated[Path | None, typer.Option("--result", help="把结果写成 JSON 文件。")] = None,
    no_texts: Annotated[
        bool, typer.Option("--no-texts", help="结果里不留句子，只留数字（数据不可外传时用）。")
    ] = False,
    misses: Annotated[bool, typer.Option("--misses", help="逐条列出漏查和误报。")] = False,
    as_json: AsJson = False,
) -> None:
    """衡量核对：把真句子改错一处，看能查出多少；再看真句子里有多少被误报。

    真句子来自文件的全部条款和程序对 questions.jsonl 的回答（只给 --notices 时没有回答）。
    改错分十类：数字、年份、插入“不”、去掉否定、换部门、换城市、换地址、换单位、以上↔以下、升↔降。
    例：tiaowen-eval check --bench eval/samples --notices corpus
    """
    from eval.checking import check_all, true_sentences
    from eval.gold import questions_file, read_gold, read_questions
    from eval.machine import command_line, revision
    from index.settings import Settings

    check_folder_of(result)
    folder = notices or (bench / "notices" if bench is not None else None)
    if folder is None:
        raise EvalError("请用 --bench 给出评测文件夹，或用 --notices 给出只有文件的文件夹。")
    questions = read_questions(questions_file(bench), read_gold(bench, notices)) if bench is not None else ()
    true, known = true_sentences(folder, questions, Settings.from_environment())
    report = check_all((bench or folder).resolve().name, true, known, count=count, seed=seed)
    line = {**report.as_json(), "commit": revision().commit, "command": command_line()}
    if no_texts:
        line["misses"] = len(report.misses)
    if result is not None:
        try:
            result.write_text(json.dumps(line, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise EvalError(f"写不了文件 {result}：{error.strerror or error}。") from error
    typer.echo(json.dumps(line, ensure_ascii=False) if as_json else report.as_text())
    for miss in report.misses if misses else ():
        faults = f"（{'；'.join(miss.faults)}）" if miss.faults else f"（{miss.was} → {miss.now}）"
        typer.echo(f"{miss.kind}\t{miss.cite}\t{miss.text}{faults}", err=as_json)
