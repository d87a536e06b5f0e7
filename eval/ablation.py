"""docs/ablation.md from result files: what each part adds, with intervals and paired tests."""

from __future__ import annotations

from collections.abc import Sequence

from eval.comparison import LEVEL, compare
from eval.errors import EvalError
from eval.means import ALL
from eval.results import RunResult
from eval.significance import p_text
from eval.summary import cell, main_measures, markdown_row

#: What is said of the data in an English document; results carry the Chinese sentences for the page.
_ENGLISH_REMARKS = {
    "STARD（MIT 许可）：语料为重建版，已去掉 22 条近似重复的条文，数字不可与论文直接相比。": (
        "STARD (MIT): the corpus was rebuilt and 22 near-copies were dropped; the figures cannot be compared "
        "with those of the paper."
    ),
}


def ablation_document(results: Sequence[RunResult], reference: str, command: str) -> str:
    """The document: for each benchmark a table of its runs, and of their differences from the run whose
    configuration is called `reference`.

    :raises EvalError: when a benchmark has no such run, or two runs of one configuration.
    """
    parts = [
        "# Ablation\n",
        "What each part of retrieval and answering adds: means with 95 % bootstrap intervals, n beside each\n"
        f"measure. Δ is the difference from `{reference}`, p that of the paired randomisation test over the\n"
        f"same questions; bold where p < {LEVEL}. A p is that of one test: of twenty, one is below 0.05 by\n"
        "chance.\n",
        f"Made by `{command}`.\n[Evaluation](evaluation.md) says what the configurations and measures are.\n",
    ]
    for name in dict.fromkeys(result.benchmark.name for result in results):
        parts += _section([result for result in results if result.benchmark.name == name], reference)
    return "\n".join(parts)


def _section(results: Sequence[RunResult], reference: str) -> list[str]:
    benchmark = results[0].benchmark
    names = [_name(result) for result in results]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise EvalError(f"{benchmark.name} 有重复的配置：{'、'.join(twice)}。请每个配置只给一个结果文件。")
    against = next((result for result in results if _name(result) == reference), None)
    if against is None:
        raise EvalError(f"{benchmark.name} 没有作对照的配置“{reference}”；有：{'、'.join(names)}。")
    measures = [name for name in main_measures(results) if name in against.measures]
    return [
        f"## {benchmark.name}\n",
        f"{benchmark.questions} questions, {benchmark.clauses} clauses (documents).",
        *(_ENGLISH_REMARKS.get(remark, remark) for remark in benchmark.remarks),
        "",
        markdown_row(["configuration", *(_head(against, name) for name in measures), "p50 ms", "commit"]),
        markdown_row(["---", *["---:"] * (len(measures) + 1), "---"]),
        *(_row(result, measures) for result in results),
        "",
        markdown_row([f"Δ from `{reference}`", *measures]),
        markdown_row(["---", *["---:"] * len(measures)]),
        *(_differences(against, result, measures) for result in results if result is not against),
        "",
    ]


def _head(against: RunResult, measure: str) -> str:
    return f"{measure} (n={against.figures[ALL][measure].n})"


def _row(result: RunResult, measures: Sequence[str]) -> str:
    figures = result.figures[ALL]
    cells = [_name(result), *(cell(figures.get(name)) for name in measures)]
    return markdown_row([*cells, f"{result.cost.latency.p50:.1f}", result.provenance.revision.commit])


def _differences(against: RunResult, result: RunResult, measures: Sequence[str]) -> str:
    tests = {
        found.measure: found.test
        for found in compare(against, result).differences
        if found.group == ALL and found.measure in measures
    }
    cells = [_name(result)]
    for name in measures:
        test = tests.get(name)
        if test is None:
            cells.append("")
            continue
        p = p_text(test.p, 3)
        text = f"{test.difference:+.3f} (p{p if p.startswith('<') else f'={p}'})"
        cells.append(f"**{text}**" if test.p < LEVEL else text)
    return markdown_row(cells)


def _name(result: RunResult) -> str:
    return str(result.configuration["name"])
