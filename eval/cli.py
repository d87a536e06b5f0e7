"""The command `tiaowen-eval`. Figures go to stdout, talk to stderr; 0 done, 1 failed, 2 wrong usage."""

# ruff: noqa: PLC0415 - the product's rooms are imported only by the commands that run it
# ruff: noqa: PLR0913, PLR0917 - the arguments of a command are its options

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from assistant.usage import usage_sentence, version_option
from eval.cli_check import check_command
from eval.cli_lexicon import lexicon_command
from eval.cli_options import AsJson, NoticesFolder, check_folder_of, check_measures, talk
from eval.cli_reports import ablation_command, compare_command, from_feedback_command, report_command
from eval.cli_runs import grid_command, run_command, score_command
from eval.cli_scale import scale_command
from eval.errors import EvalError
from eval.jsonl import read_records
from index.errors import IndexFault
from index.settings import Settings

PROGRAM = "tiaowen-eval"

#: The name of the system in TREC run files.
RUN_TAG = "tiaowen"

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="条问评测：用标注好的数据衡量检索、切分和回答。",
)

BenchFolder = Annotated[
    Path, typer.Option("--bench", help="评测文件夹：docs.json、gold/、questions.jsonl，以及 notices/。")
]
Predictions = Annotated[
    Path | None,
    typer.Option("--predictions", help="不运行程序，给这份已有的输出打分（每行一个 JSON 对象）。"),
]
Save = Annotated[Path | None, typer.Option("--save", help="把程序的输出另存为文件（每行一个 JSON 对象）。")]
Misses = Annotated[bool, typer.Option("--misses", help="逐条列出哪里不对。")]


@app.callback()
def _root(_show_version: Annotated[bool, version_option(PROGRAM)] = False) -> None:
    """条问评测：用标注好的数据衡量检索、切分和回答。"""


@app.command("retrieval")
def retrieval_command(
    beir: Annotated[
        Path, typer.Option("--beir", help="BEIR 文件夹：corpus.jsonl 和 queries.jsonl（可为 .gz）、qrels/。")
    ],
    split: Annotated[str, typer.Option("--split", help="用哪一份标注：qrels/ 里的文件名，不带 .tsv。")],
    run: Annotated[Path | None, typer.Option("--run", help="把检索结果写成 TREC 运行文件。")] = None,
    as_json: AsJson = False,
    limit_queries: Annotated[
        int | None, typer.Option("--limit-queries", min=1, help="只评前 N 个查询。")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="不用缓存的索引，重新建立。")] = False,
) -> None:
    """用 BEIR 数据衡量检索：nDCG@10、MRR@10、R@1/5/10/100；没有结果的查询计 0 分。

    每篇文档作为一份文件里的一个条款，走与日常使用相同的索引和检索。索引缓存在 TIAOWEN_HOME 里，语料、模型
    或程序变了就重新建立。例：tiaowen-eval retrieval --beir stard --split dev --run dev.run
    """
    check_measures()
    from eval.beir import read_beir
    from eval.product import retrieve
    from eval.trec import write_run

    check_folder_of(run)
    benchmark = read_beir(beir, split)
    if limit_queries is not None:
        benchmark = benchmark.first(limit_queries)
    report = retrieve(benchmark, Settings.from_environment(), talk, rebuild=rebuild)
    if run is not None:
        write_run(run, report.run, RUN_TAG)
    if as_json:
        _print_json(report.as_json())
    else:
        typer.echo(report.as_text())


@app.command("answers")
def answers_command(
    bench: BenchFolder,
    notices: NoticesFolder = None,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="问题文件；不写则为评测文件夹里的 questions.jsonl。")
    ] = None,
    predictions: Predictions = None,
    save: Save = None,
    misses: Misses = False,
    as_json: AsJson = False,
) -> None:
    """衡量回答：找没找到、答没答对、引用是否属实、该拒答时是否拒答；没有答案的问题计 0 分。

    文件先同步到一个临时的索引，再逐个提问。
    例：tiaowen-eval answers --bench eval/samples --notices corpus --misses
    """
    from eval.answer_scoring import score_answers
    from eval.answers import AnswersReport
    from eval.gold import questions_file, read_gold, read_questions
    from eval.predictions import read_answers

    check_folder_of(save)
    gold = read_gold(bench, notices)
    asked = read_questions(questions or questions_file(bench), gold)
    answered = None
    if predictions is not None:
        answers = read_answers(read_records(predictions))
    else:
        from eval.product import ask_over

        answered = ask_over(notices or bench / "notices", asked, Settings.from_environment(), talk)
        answers = answered.answers
        _save(save, answered.lines)
    report = AnswersReport(bench.resolve().name, tuple(score_answers(gold, asked, answers)), answered)
    if as_json:
        _print_json(report.as_json())
    else:
        typer.echo(report.as_text())
    if misses:
        _list_misses(report.misses, as_json=as_json)


@app.command("clauses")
def clauses_command(
    bench: BenchFolder,
    notices: NoticesFolder = None,
    predictions: Predictions = None,
    save: Save = None,
    misses: Misses = False,
    as_json: AsJson = False,
) -> None:
    """衡量切分：条款的地址、位置、文字和表格单元格与人工标注是否一致，每份文件一行。

    例：tiaowen-eval clauses --bench eval/samples --notices corpus --misses
    """
    from eval.clause_scoring import score_clauses
    from eval.gold import read_gold
    from eval.predictions import read_passage, read_passages

    check_folder_of(save)
    gold = read_gold(bench, notices)
    if predictions is not None:
        passages = read_passages(read_records(predictions))
    else:
        from eval.product import split_notices

        lines = split_notices(gold, talk)
        _save(save, lines)
        passages = [read_passage(line) for line in lines]
    report = score_clauses(gold, passages)
    if as_json:
        _print_json(report.as_json())
    else:
        typer.echo(report.as_text())
    if misses:
        _list_misses(report.misses, as_json=as_json)


app.command("check")(check_command)
app.command("run")(run_command)
app.command("grid")(grid_command)
app.command("score")(score_command)
app.command("compare")(compare_command)
app.command("report")(report_command)
app.command("ablation")(ablation_command)
app.command("from-feedback")(from_feedback_command)
app.command("lexicon")(lexicon_command)
app.command("scale")(scale_command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; `argv` without the program's name."""
    try:
        result = app(args=list(argv) if argv is not None else None, standalone_mode=False)
    except typer.Exit as stop:
        return stop.exit_code
    except TyperException as error:
        talk(usage_sentence(error, PROGRAM))
        return 2
    except (EvalError, IndexFault) as error:
        talk(str(error))
        return 1
    except (KeyboardInterrupt, typer.Abort):
        talk("已中断。")
        return 1
    return result if isinstance(result, int) else 0


def _print_json(line: Mapping[str, Any]) -> None:
    typer.echo(json.dumps(line, ensure_ascii=False))


def _list_misses(misses: Iterable[str], *, as_json: bool) -> None:
    """Misses are for people: beside a JSON line they are talk."""
    for miss in misses:
        typer.echo(miss, err=as_json)


def _save(path: Path | None, lines: Iterable[Mapping[str, Any]]) -> None:
    if path is None:
        return
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise EvalError(f"写不了文件 {path}：{error.strerror or error}。") from error


if __name__ == "__main__":
    sys.exit(main())
