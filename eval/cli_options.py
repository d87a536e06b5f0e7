"""Options that several commands share, and what they check."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from eval.configuration import Target
from eval.errors import EvalError

AsJson = Annotated[bool, typer.Option("--json", help="只输出一行 JSON，供程序读取。")]
BeirFolder = Annotated[
    Path | None,
    typer.Option("--beir", help="BEIR 文件夹：corpus.jsonl 和 queries.jsonl（可为 .gz）、qrels/。"),
]
Split = Annotated[str, typer.Option("--split", help="用哪一份标注：qrels/ 里的文件名，不带 .tsv。")]
ClauseBenchFolder = Annotated[
    Path | None,
    typer.Option("--bench", help="条款级评测文件夹：docs.json、gold/、questions.jsonl，以及 notices/。"),
]
NoticesFolder = Annotated[
    Path | None, typer.Option("--notices", help="文件所在的文件夹；不写则为评测文件夹里的 notices/。")
]
ResultsFolder = Annotated[Path, typer.Option("--results", help="结果文件写到哪个文件夹。")]
Limit = Annotated[int | None, typer.Option("--limit-queries", min=1, help="只评前 N 个问题。")]
NoTexts = Annotated[
    bool, typer.Option("--no-texts", help="结果里不留问题和条款的文字，只留编号和数字（数据不可外传时用）。")
]
TrecRuns = Annotated[bool, typer.Option("--trec", help="另存 TREC 运行文件（只对 BEIR 数据）。")]
RunFiles = Annotated[list[Path], typer.Argument(help="结果文件（results/….json）。")]


def targets_of(beir: Path | None, split: str, bench: Path | None, notices: Path | None) -> tuple[Target, ...]:
    """The benchmarks that the options name: none, one, or one of each kind.

    :raises EvalError: when a folder of judgements has no split.
    """
    if beir is not None and not split:
        raise EvalError("用 --beir 时还要用 --split 指定哪一份标注，如 --split dev。")
    found = []
    if beir is not None:
        found.append(Target(beir=beir, split=split))
    if bench is not None:
        found.append(Target(bench=bench, notices=notices))
    return tuple(found)


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
