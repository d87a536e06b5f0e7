"""The command `tiaowen`. Data goes to stdout, talk to stderr; 0 done, 1 failed, 2 wrong usage."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that --help need not wait for the rest

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from typer.exceptions import TyperException

from assistant.cli_access import access
from assistant.cli_ask import ask_command
from assistant.cli_chat import chat_command
from assistant.cli_targets import targets_command
from assistant.command import AsJson, Failed, complain, data, print_json, sentences, talk
from assistant.usage import usage_sentence, version_option
from index.settings import Settings
from ingest.errors import IngestError
from ingest.notice import Notice

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="条问：用平常话问政策文件，答案是条款原文，并注明文件和条款号。",
)


@app.callback()
def _root(_show_version: Annotated[bool, version_option("tiaowen")] = False) -> None:
    """条问：用平常话问政策文件，答案是条款原文，并注明文件和条款号。"""


@app.command("sync")
def sync_command(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="语料文件夹；不写则更新以前同步过的文件夹。", show_default=False),
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="重读所有文件，重建全部索引。")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="有文件读不了时退出码为 1；不写则为 0，其余文件照常可用。")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """把文件夹里的文件读入索引；没有变动的文件不重读。例：tiaowen sync corpus"""
    from assistant.contract import report_line
    from assistant.terminal import print_report
    from index.sync import Stage, Step, sync

    console = talk()

    def progress(step: Step) -> None:
        if console.is_terminal:
            doing = f"读取 {step.name}" if step.stage is Stage.READ else "建立索引"
            console.print(
                Text(f"{doing}（{step.done}/{step.total}）"), end="\r", overflow="ellipsis", no_wrap=True
            )

    with sentences():
        report = sync(folders or [], Settings.from_environment(), progress=progress, rebuild=rebuild)
    if as_json:
        print_json(report_line(report))
    else:
        print_report(data(), report)
    if strict and report.failed:
        raise typer.Exit(1)


app.command("ask")(ask_command)


@app.command("clauses")
def clauses_command(
    files: Annotated[list[Path], typer.Argument(help="要切分的文件。", show_default=False)],
    as_json: AsJson = False,
    audit: Annotated[
        bool,
        typer.Option("--audit", help="核对原文每个字的去向：条款、卡片、页面附属文字，有没有丢、有没有重。"),
    ] = False,
) -> None:
    """把文件切成条款并打印条款树，不需要索引。例：tiaowen clauses 通知.txt --json"""
    from assistant.contract import audit_line, clause_line
    from assistant.terminal import print_audit, print_clauses

    for path, notice in _notices_in(files):
        if audit and as_json:
            print_json(audit_line(str(path), notice))
        elif audit:
            print_audit(data(), path.name, notice.audit)
        elif as_json:
            for clause in notice.clauses:
                print_json(clause_line(str(path), clause))
        else:
            print_clauses(data(), notice.card.title, notice.clauses)
            for remark in notice.remarks:
                complain(f"{path.name}：{remark}")


def _notices_in(files: Sequence[Path]) -> Iterator[tuple[Path, Notice]]:
    """Each file (or document in an archive) with its notice; one that cannot be read is named, and the exit
    status says so at the end."""
    from ingest import document_names, read_notice

    failed = False
    for path in files:
        try:
            names = document_names(path, path.name)
        except IngestError as error:
            complain(str(error))
            failed, names = True, ()
        for name in names:
            try:
                notice = read_notice(path, name)
            except IngestError as error:
                complain(str(error))
                failed = True
            else:
                yield path.parent / name, notice
    if failed:
        raise typer.Exit(1)


@app.command("card")
def card_command(
    files: Annotated[list[Path], typer.Argument(help="要读的文件。", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """显示文件自己写明的标题、文号、发文机关、日期、效力等。例：tiaowen card 通知.txt"""
    from assistant.contract import card_line
    from assistant.terminal import print_card

    for path, notice in _notices_in(files):
        if as_json:
            print_json(card_line(str(path), notice.card))
        else:
            print_card(data(), notice.card)


@app.command("show")
def show_command(
    address: Annotated[
        list[str], typer.Argument(help="地址，前面可写地区、标题或文件名。", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """显示一个地址上的条款和它的上级。例：tiaowen show 澄浦 "二（一）1"，tiaowen show 附件1#3"""
    from assistant.addressing import find_places
    from assistant.contract import clause_line
    from assistant.service import Service
    from assistant.terminal import print_places

    with sentences():
        places = find_places(" ".join(address), Service(Settings.from_environment()).vocabulary())
    if as_json:
        for place in places:
            print_json(clause_line(place.notice.name, place.clause))
    else:
        print_places(data(), places)


@app.command("status")
def status_command(as_json: AsJson = False) -> None:
    """显示索引里有哪些文件、多少条款、用的什么模型。"""
    from assistant.terminal import print_notices
    from index.store import open_index

    with sentences():
        index = open_index(Settings.from_environment())
        status = index.status()
        records = index.catalogue.notices()
    if as_json:
        print_json(
            {
                "folders": list(status.folders),
                "notices": status.notices,
                "clauses": status.clauses,
                "model": status.model,
                "format": status.format,
                "bytes": status.size,
            }
        )
        return
    console = data()
    console.print(
        Text(f"文件 {status.notices} 个，条款 {status.clauses} 条，索引 {status.size / 1e6:.1f} MB。")
    )
    for folder in status.folders:
        console.print(Text(f"语料文件夹：{folder}"), soft_wrap=True)
    print_notices(console, records)


app.command("chat")(chat_command)
app.command("targets")(targets_command)
app.add_typer(access, name="access")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code; `argv` without the program's name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console in GBK has no ²: a mark stands for it
            stream.reconfigure(errors="replace")
    try:
        result = app(args=list(argv) if argv is not None else None, standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except TyperException as error:
        complain(usage_sentence(error))
        return 2
    except Failed as error:
        complain(str(error))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        complain("已中断。")
        return 1
    return result if isinstance(result, int) else 0
