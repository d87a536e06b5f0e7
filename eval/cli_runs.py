"""Commands that make results: `run`, `grid`, and `score` for runs of other programs."""

# ruff: noqa: PLC0415 - the product's rooms are imported only by the commands that run it

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.cli_options import AsJson, check_measures, talk
from eval.configuration import Configuration, Plan, Target, read_plan
from eval.errors import EvalError
from eval.shared_options import RunOptions, with_options

if TYPE_CHECKING:
    from eval.grid import Cell

ConfigurationFile = Annotated[Path, typer.Argument(help="配置文件（TOML），如 eval/configs/baselines.toml。")]


@with_options
def run_command(
    file: ConfigurationFile,
    name: Annotated[str, typer.Argument(help="运行其中哪一个配置。")],
    options: RunOptions,
    as_json: AsJson = False,
    commit: Annotated[str, typer.Option("--commit", hidden=True)] = "",
) -> None:
    """用一个配置跑一份评测数据，把结果写成一个文件：指标及区间、逐题结果、用时、内存、版本、命令。

    例：tiaowen-eval run eval/configs/baselines.toml product --bench eval/samples --notices corpus
    """
    check_measures()
    from eval.experiment import measure, without_texts
    from eval.machine import Revision, revision
    from eval.results import write_result
    from eval.trec import write_qrels, write_run
    from index.settings import Settings

    plan = read_plan(file)
    target = _only(options.targets() or plan.targets)
    made_at = revision()
    if commit:  # a grid names all its results by the state that it began at
        made_at = Revision(commit, changed=made_at.changed or made_at.commit != commit)
    result, run = measure(
        target,
        _named(plan, name),
        Settings.from_environment(),
        made_at,
        talk=talk,
        limit=options.limit_queries,
    )
    path = write_result(options.results, without_texts(result) if options.no_texts else result)
    if options.trec and run:
        write_run(path.with_suffix(".run"), run, name)
        write_qrels(path.with_suffix(".qrels"), ((row.id, row.evidence) for row in result.rows))
    if as_json:
        line = {"file": str(path), "n": len(result.rows), "figures": result.as_json()["figures"]["ALL"]}
        typer.echo(json.dumps(line, ensure_ascii=False))
    else:
        from eval.summary import text_summary

        typer.echo(text_summary([result]))
        talk(f"结果已写入 {path}")


@with_options
def grid_command(file: ConfigurationFile, options: RunOptions) -> None:
    """把配置文件里的全部配置各跑一遍，每次运行一个结果文件；中断后再运行，已有结果的跳过。

    每次运行各用一个进程，内存和用时互不影响。结果按程序的提交编号命名，程序变了就重新跑。
    例：tiaowen-eval grid eval/configs/baselines.toml --bench eval/samples --notices corpus
    """
    check_measures()
    from eval.grid import cells_of, in_process, run_grid
    from eval.machine import revision

    plan = read_plan(file)
    made_at = revision()
    cells = cells_of(
        plan.configurations,
        options.targets() or plan.targets,
        options.results,
        made_at,
        options.limit_queries,
    )

    def arguments(cell: Cell) -> list[str]:
        given = options.arguments(cell.target)
        return ["run", str(file), cell.configuration.name, *given, "--commit", made_at.commit]

    with _progress(len(cells)) as began:
        report = run_grid(cells, in_process(arguments), began=began)
    for path in (*report.kept, *report.made):
        typer.echo(str(path))
    done, kept, failed = len(report.made), len(report.kept), len(report.failed)
    talk(f"共 {len(cells)} 次运行：新跑 {done}，已有 {kept}，失败 {failed}。")
    if report.failed:
        raise EvalError(*(f"{name} 失败：{reason}" for name, reason in report.failed))


def score_command(
    qrels: Annotated[
        Path, typer.Option("--qrels", help="相关性标注：TREC（四列）或 BEIR（三列，制表符分隔）格式。")
    ],
    run: Annotated[Path, typer.Option("--run", help="检索结果：TREC 运行文件（六列）。")],
    measure: Annotated[
        list[str] | None,
        typer.Option(
            "--measure", help="指标，可写多次，写法同 ir-measures（AP、P@5、nDCG@20）；不写则用常用的六个。"
        ),
    ] = None,
    by_query: Annotated[bool, typer.Option("--by-query", help="逐个查询列出。")] = False,
    as_json: AsJson = False,
) -> None:
    """给别的程序的检索结果打分：TREC 格式的标注和运行文件；没有结果的查询计 0 分。

    例：tiaowen-eval score --qrels dev.qrels --run dev.run --measure nDCG@10 --measure AP
    """
    check_measures()
    from eval.measures import MEASURES, measure_run, parse_measures
    from eval.scored_run import ScoredRun
    from eval.trec import read_any_qrels, read_run

    measures = parse_measures(measure) if measure else dict(MEASURES)
    scored = ScoredRun(run.name, measure_run(read_any_qrels(qrels), read_run(run), measures))
    if as_json:
        typer.echo(json.dumps(scored.as_json(by_query=by_query), ensure_ascii=False))
    else:
        typer.echo(scored.as_text(by_query=by_query))


def _only(targets: tuple[Target, ...]) -> Target:
    if len(targets) != 1:
        raise EvalError("一次只跑一份评测数据：请写 --beir 和 --split，或者 --bench。")
    return targets[0]


def _named(plan: Plan, name: str) -> Configuration:
    found = next((each for each in plan.configurations if each.name == name), None)
    if found is None:
        names = "、".join(each.name for each in plan.configurations)
        raise EvalError(f"配置文件里没有“{name}”；可选：{names}。")
    return found


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, Cell], None]]:
    """A bar on stderr; where that is no terminal, a line for each run."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda number, cell: talk(f"[{number + 1}/{total}] {cell.name}")
        return
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=total)

        def began(number: int, cell: Cell) -> None:
            progress.update(task, completed=number, description=cell.name)

        yield began
        progress.update(task, completed=total, description="完成")
