"""Results side by side: as a table for the terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eval.bootstrap import Estimate
from eval.means import ALL
from eval.results import RunResult
from eval.tables import table

#: What a table begins with; measures beyond these are in the result files and the report page.
MAIN = (
    "nDCG@10",
    "MRR@10",
    "R@10",
    "R@100",
    "hit@1",
    "recall@5",
    "recall@10",
    "must",
    "cite_f1",
    "address_exact",
    "abstain_right",
    "abstain_wrong",
)


def text_summary(results: Sequence[RunResult]) -> str:
    """One line a run and measure: mean, 95 % interval and n; what must be said beside them below."""
    rows = [["", "", "n", "均值", "95% 区间"]]
    for result in results:
        for name, found in result.figures[ALL].items():
            interval = f"{found.low:.3f}–{found.high:.3f}"
            rows.append([result.name, name, str(found.n), f"{found.mean:.3f}", interval])
    cost = [f"{result.name}：每个问题 {result.cost.latency}" for result in results]
    return "\n".join([table(rows), "", *cost, *(f"注意：{remark}" for remark in remarks(results))])


def markdown_summary(results: Sequence[RunResult]) -> str:
    """A Markdown table for each benchmark, one line a run: means with their 95 % intervals, n once a column
    where it is the same for all, p50 and p99 in milliseconds, and the commit."""
    tables = [
        _markdown_table(name, [result for result in results if result.benchmark.name == name])
        for name in dict.fromkeys(result.benchmark.name for result in results)
    ]
    return "\n".join(tables)


def remarks(results: Iterable[RunResult]) -> list[str]:
    """What must be said beside the figures, each sentence once."""
    return list(dict.fromkeys(remark for result in results for remark in result.benchmark.remarks))


def main_measures(results: Iterable[RunResult]) -> list[str]:
    """Of `MAIN` those that some run has."""
    found = {name for result in results for name in result.measures}
    return [name for name in MAIN if name in found]


def cell(found: Estimate | None) -> str:
    """A mean with its interval; an empty text where there is none."""
    return f"{found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]" if found else ""


def markdown_row(cells: Iterable[str]) -> str:
    """The cells as one line of a Markdown table; what would end a cell or begin a tag is escaped."""
    escaped = (
        cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
        for cell in cells
    )
    return f"| {' | '.join(escaped)} |"


def _markdown_table(benchmark: str, results: Sequence[RunResult]) -> str:
    measures = main_measures(results)
    figures = [result.figures[ALL] for result in results]
    heads = []
    for name in measures:
        counts = {row[name].n for row in figures if name in row}
        heads.append(f"{name} (n={counts.pop()})" if len(counts) == 1 else name)
    lines = [
        f"### {benchmark}\n",
        markdown_row(["run", *heads, "p50 ms", "p99 ms", "commit"]),
        markdown_row(["---", *["---:"] * (len(heads) + 2), "---"]),
    ]
    for result, row in zip(results, figures, strict=True):
        latency = result.cost.latency
        cells = [result.configuration["name"], *(cell(row.get(name)) for name in measures)]
        times = [f"{latency.p50:.1f}", f"{latency.p99:.1f}", result.provenance.revision.commit]
        lines.append(markdown_row([*cells, *times]))
    return "\n".join(lines) + "\n"
