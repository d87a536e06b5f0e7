"""`tiaowen chat`: the page, served."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that --help need not wait for the rest

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from assistant.command import NoLlm, complain, sentences
from index.settings import Settings

#: On a machine with one core a second process would only take the memory.
WORKERS = 1 if (os.cpu_count() or 1) > 1 else 0


def chat_command(  # noqa: PLR0913 - one parameter an option
    *,
    host: Annotated[str, typer.Option("--host", help="监听地址；默认只有本机能打开。")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", help="端口；0 表示任选一个空闲端口。", min=0, max=65535)
    ] = 7860,
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="启动前先同步的语料文件夹；默认是当前目录下的 corpus。")
    ] = None,
    auth: Annotated[
        Path | None,
        typer.Option("--auth", help="账号文件：登录后才能打开网页（用 tiaowen access user 添加）。"),
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option("--keys", help="密钥文件：程序凭密钥调用接口（用 tiaowen access key 生成）。"),
    ] = None,
    root_path: Annotated[str, typer.Option("--root-path", help="反向代理后的路径，例如 /tiaowen。")] = "",
    read_only: Annotated[
        bool, typer.Option("--read-only", help="只读：不同步，也不能上传或更新语料。")
    ] = False,
    uploaders: Annotated[
        str, typer.Option("--uploaders", help="只许这些人改动语料，如 zhang,li；要和 --auth 一起用。")
    ] = "",
    log: Annotated[
        bool, typer.Option("--log", help="把每个请求写成一行 JSON（标准错误），不含问题文字。")
    ] = False,
    log_questions: Annotated[bool, typer.Option("--log-questions", help="日志里也写问题文字。")] = False,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=0, help="另开几个进程专门找答案，多人同时提问时更快（每个占 0.2 GB 以上内存）。"
        ),
    ] = WORKERS,
    no_llm: NoLlm = False,
) -> None:
    """打开问答网页（启动前先同步语料）。例：tiaowen chat --port 7860"""
    from assistant.chat import Serving, run

    serving = Serving(
        host, port, auth, keys, root_path, read_only, uploaders, log, log_questions, not no_llm, workers
    )
    with sentences():
        run(Settings.from_environment(), serving, corpus=corpus, say=complain)
    leave_threads()


def leave_threads() -> None:
    """Ends the program at once where an answer is still being worked on in a thread.

    Python would wait for that thread, for minutes where a model writes. Nothing is lost: an answer changes
    nothing, and what a sync has not committed is not in the index.
    """
    if any(not one.daemon for one in threading.enumerate() if one is not threading.main_thread()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
