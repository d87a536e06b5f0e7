"""Commands that read results, and `from-feedback` for what the chat heard."""

# ruff: noqa: PLC0415 - what a command needs is imported by it

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from eval.cli_options import AsJson, RunFiles, check_folder_of, write_text

#: Questions listed by `compare`; the report page has all.
_LISTED = 20


def compare_command(
    a: Annotated[Path, typer.Argument(help="对照的结果文件。")],
    b: Annotated[Path, typer.Argument(help="要看好坏的结果文件。")],
    questions: Annotated[bool, typer.Option("--questions", help="列出全部有变化的问题。")] = False,
    as_json: AsJson = False,
) -> None:
    """比较两次运行：每个指标的差、配对置换检验的 p 值、胜负题数，以及哪些题有变化。

    例：tiaowen-eval compare results/samples-bm25-jieba-COMMIT.json results/samples-product-COMMIT.json
    """
    from eval.comparison import compare
    from eval.results import read_results

    first, second = read_results([a, b])
    comparison = compare(first, second)
    if as_json:
        typer.echo(json.dumps(comparison.as_json(), ensure_ascii=False))
        return
    typer.echo(comparison.as_text())
    typer.echo(f"\n有变化的问题 {len(comparison.moved)} 个")
    for moved in comparison.moved if questions else comparison.moved[:_LISTED]:
        changes = "，".join(f"{name} {was:.3f}→{now:.3f}" for name, (was, now) in moved.values.items())
        asked = moved.question.splitlines()[-1] if moved.question else ""
        typer.echo(f"{moved.id}\t{changes}\t{asked}")


def from_feedback_command(
    file: Annotated[Path, typer.Argument(help="反馈文件（每行一个 JSON 对象），由问答页写出。")],
    out: Annotated[Path, typer.Option("--out", help="审核文件写到哪里；已存在的文件不会被覆盖。")],
    bench: Annotated[
        Path | None, typer.Option("--bench", help="评测文件夹；给出时用它 docs.json 里的短名代替文件名。")
    ] = None,
) -> None:
    """把问答页上的赞、踩和更正整理成待审核的问题和证据；从不直接加入问题集。

    每个问题一行，type 留空：人工核对、填写之后才能用来评测。
    例：tiaowen-eval from-feedback feedback.jsonl --out review.jsonl --bench eval/samples
    """
    from eval.feedback import read_feedback, review_lines, write_review
    from eval.gold import notice_names

    check_folder_of(out)
    docs = {name: doc for doc, name in notice_names(bench).items()} if bench is not None else {}
    feedback = read_feedback(file)
    lines = review_lines(feedback, docs)
    write_review(out, lines)
    proposed = sum(bool(line["evidence"]) for line in lines)
    typer.echo(
        f"{len(feedback)} 条反馈，{len(lines)} 个问题，其中 {proposed} 个带有建议的证据；待审核：{out}"
    )


def report_command(
    runs: RunFiles,
    out: Annotated[Path, typer.Option("--out", help="网页写到哪里。")] = Path("report.html"),
    markdown: Annotated[Path | None, typer.Option("--markdown", help="另把表格写成 Markdown 文件。")] = None,
) -> None:
    """把一次或几次运行写成一个网页：可排序的表、图、逐题差异和条款原文；不引用任何外部文件。

    例：tiaowen-eval report results/samples-*.json --out report.html --markdown report.md
    """
    from eval.report_page import report_page
    from eval.results import read_results
    from eval.summary import markdown_summary

    check_folder_of(out)
    check_folder_of(markdown)
    results = read_results(runs)
    write_text(out, report_page(results))
    if markdown is not None:
        write_text(markdown, markdown_summary(results))
    else:
        typer.echo(markdown_summary(results))
    typer.echo(f"报告已写入 {out}", err=True)


def ablation_command(
    runs: RunFiles,
    out: Annotated[Path, typer.Option("--out", help="写到哪里。")] = Path("docs/ablation.md"),
    reference: Annotated[str, typer.Option("--reference", help="作对照的配置名。")] = "retriever",
) -> None:
    """把结果文件写成消融表 docs/ablation.md：均值、区间，以及与对照配置的差和 p 值。

    例：tiaowen-eval ablation results/*.json --out docs/ablation.md
    """
    from eval.ablation import ablation_document
    from eval.results import read_results

    check_folder_of(out)
    command = f"tiaowen-eval ablation {' '.join(dict.fromkeys(f'{run.parent}/*.json' for run in runs))}"
    write_text(out, ablation_document(read_results(runs), reference, command))
    typer.echo(f"已写入 {out}", err=True)
