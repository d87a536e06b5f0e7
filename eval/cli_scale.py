"""`tiaowen-eval scale`: speed and memory on a large file of articles."""

# ruff: noqa: PLC0415 - what a command needs is imported by it
# ruff: noqa: PLR0913, PLR0917 - the arguments of a command are its options

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.cli_options import check_folder_of, write_text
from eval.errors import EvalError


def scale_command(
    articles: Annotated[Path, typer.Argument(help="条文文件（.jsonl 或 .jsonl.gz）：id、title、text。")],
    questions: Annotated[
        list[Path], typer.Option("--questions", help="问题文件，可写多次：每行有 text、question 或 anchor。")
    ],
    out: Annotated[Path | None, typer.Option("--out", help="结果另写成文件（JSON）。")] = None,
    limit: Annotated[int, typer.Option("--limit-queries", min=1, help="一共问多少个问题。")] = 600,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="不测哪一个：rank_bm25、langchain_faiss。")
    ] = None,
    step: Annotated[str, typer.Option("--step", hidden=True)] = "",
    home: Annotated[Path | None, typer.Option("--home", hidden=True)] = None,
) -> None:
    """衡量大语料上的速度和内存：建索引、检索（带和不带过滤），以及 rank_bm25 和 LangChain FAISS 两个基线。

    每一步各用一个进程。机器上有别的任务时用时会变长，结果里另有处理器时间和负载。
    例：tiaowen-eval scale articles.jsonl.gz --questions queries.jsonl --out docs/benchmarks/scale.json
    """
    from eval.scale import STEPS, Job, read_questions

    if step:
        job = Job(articles, read_questions(questions, limit), home or Path())
        typer.echo(json.dumps(STEPS[step](job)))
        return
    check_folder_of(out)
    read_questions(questions, 1)
    with tempfile.TemporaryDirectory(prefix="tiaowen-eval-") as folder:
        options = [option for path in questions for option in ("--questions", str(path))]
        arguments = [str(articles), *options, "--limit-queries", str(limit), "--home", folder]
        result = _measured([name for name in STEPS if name not in (without or ())], arguments)
    if out is not None:
        write_text(out, json.dumps(result, ensure_ascii=False, indent=2) + "\n")
    typer.echo(_as_text(result))


def _measured(steps: list[str], arguments: list[str]) -> dict[str, Any]:
    from eval.machine import command_line, provenance
    from eval.scale import LIMITS, held

    found = {}
    made_by = provenance()
    for step in steps:
        typer.echo(f"正在测 {step} ……", err=True)
        found[step] = _in_process([*arguments, "--step", step])
    product = {**found.pop("build"), **found.pop("ask")}
    return {
        "command": command_line(),
        "limits": LIMITS,
        "held": held(product),
        "systems": {"tiaowen": product, **found},
        **made_by,
        "load_at_the_end": provenance(())["load"],
    }


def _in_process(arguments: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "eval.cli", "scale", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise EvalError(lines[-1] if lines else f"运行失败（退出码 {done.returncode}）。")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _as_text(result: dict[str, Any]) -> str:
    from eval.tables import table

    rows = [["", "建索引 秒", "处理器 秒", "p50 ms", "p99 ms", "处理器 p50", "处理器 p99", "内存 MB"]]
    for name, system in result["systems"].items():
        building, asking = system["building"], system["asking"]
        wall, processor = asking["wall_ms"], asking["processor_ms"]
        numbers = (
            building["seconds"], building["processor_seconds"], wall["p50"], wall["p99"],
            processor["p50"], processor["p99"], asking["peak_bytes"] / 1e6,
        )  # fmt: skip
        rows.append([name, *(f"{number:.1f}" for number in numbers)])
    missed = [name for name, is_held in result["held"].items() if not is_held]
    verdict = f"未达到的目标：{'、'.join(missed)}" if missed else "各项目标均已达到"
    return f"{table(rows)}\n\n{verdict}（负载 {result['load']} → {result['load_at_the_end']}）"
