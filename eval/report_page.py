"""Results as one HTML page that needs nothing else: no other file, no request, no library.

Every text from a result is escaped here, once; what the page's own script shows it puts in as text. A policy
in the page forbids the browser to load anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from eval.bootstrap import Estimate
from eval.comparison import LOWER_IS_BETTER
from eval.means import ALL
from eval.results import RunResult
from eval.summary import main_measures, remarks
from eval.svg_plots import Series, curve_plot, interval_plot

_HERE = Path(__file__).parent
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def report_page(results: Sequence[RunResult]) -> str:
    """The page: figures with intervals, by question type, plots, cost, and what changed from run to run."""
    benchmarks = list(dict.fromkeys(result.benchmark.name for result in results))
    body = [
        "<h1>条问评测报告</h1>",
        f'<p class="muted">{len(results)} 次运行；方括号内是 95% 自助法区间，n 是题数。点列名可排序。</p>',
        *(f"<p>注意：{escape(remark)}</p>" for remark in remarks(results)),
    ]
    for name in benchmarks:
        body += _benchmark_sections([result for result in results if result.benchmark.name == name])
    body += _cost_section(results)
    body += _difference_section(results)
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>条问评测报告</title>'
        f"<style>{_part('report.css')}</style></head><body>\n"
        + "\n".join(body)
        + f'\n<script type="application/json" id="data">{_data(results)}</script>'
        f"<script>{_part('report.js')}</script></body></html>\n"
    )


def _benchmark_sections(results: Sequence[RunResult]) -> list[str]:
    benchmark = results[0].benchmark
    figures = [(result, result.figures) for result in results]
    measures = list(dict.fromkeys(name for result in results for name in result.measures))
    overall = [(_name(result), found[ALL]) for result, found in figures]
    types = sorted({group for _, found in figures for group in found} - {ALL})
    sections = [
        f"<h2>{escape(benchmark.name)}</h2>",
        f'<p class="muted">{benchmark.questions} 个问题，{benchmark.clauses} 个条款（或文档）</p>',
        _measures_table(overall, measures),
        f'<div class="plots">{"".join(_plots(results, overall))}</div>',
    ]
    if types:
        sections.append("<h3>按问题类型</h3>")
        for group in types:
            rows = [(_name(result), found[group]) for result, found in figures if group in found]
            sections.append(
                f"<details><summary>{escape(group)}</summary>{_measures_table(rows, measures)}</details>"
            )
    return sections


def _plots(results: Sequence[RunResult], overall: Sequence[tuple[str, dict[str, Estimate]]]) -> list[str]:
    plots = []
    for measure in main_measures(results):
        rows = [(name, row[measure]) for name, row in overall if measure in row]
        plots.append(interval_plot(measure, rows))
    curves = [
        Series(_name(result), tuple((point.coverage, point.risk) for point in result.risk_curve))
        for result in results
        if result.risk_curve
    ]
    if curves:
        plots.append(curve_plot("答错的比例（随作答比例变化）", "作答的比例", curves))
    return plots


def _measures_table(rows: Sequence[tuple[str, dict[str, Estimate]]], measures: Iterable[str]) -> str:
    shown = [name for name in measures if any(name in row for _, row in rows)]
    best = {name: _best(name, [row[name].mean for _, row in rows if name in row]) for name in shown}
    lines = []
    for run, row in rows:
        cells = [_cell(run)]
        for name in shown:
            found = row.get(name)
            if found is None:
                cells.append('<td data-value=""></td>')
                continue
            mark = ' class="best"' if len(rows) > 1 and found.mean == best[name] else ""
            cells.append(
                f'<td{mark} data-value="{found.mean!r}">{found.mean:.3f} '
                f"<small>[{found.low:.3f}, {found.high:.3f}] n={found.n}</small></td>"
            )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return _table(["运行", *shown], lines)


def _best(measure: str, values: Sequence[float]) -> float:
    return min(values) if measure in LOWER_IS_BETTER else max(values)


def _cost_section(results: Sequence[RunResult]) -> list[str]:
    lines = []
    for result in results:
        cost, made = result.cost, result.provenance
        commit = f"{made.revision.commit}{'（有改动）' if made.revision.changed else ''}"
        cells = [
            _cell(result.name),
            *(_number(value, 1) for value in (cost.latency.p50, cost.latency.p90, cost.latency.p99)),
            _number(cost.index_seconds, 1),
            _number(cost.index_bytes / 1e6, 1),
            _number(cost.peak_memory / 1e6, 0),
            _cell(made.model),
            _cell(commit),
            _cell(made.processor),
            _cell(made.command),
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    heads = [
        "运行",
        "p50 ms",
        "p90 ms",
        "p99 ms",
        "建索引 秒",
        "索引 MB",
        "内存峰值 MB",
        "模型",
        "提交",
        "处理器",
        "命令",
    ]
    versions = dict.fromkeys(
        "，".join(f"{name} {number}" for name, number in result.provenance.versions.items())
        for result in results
    )
    return [
        "<h2>用时、内存和出处</h2>",
        _table(heads, lines),
        *(f'<p class="muted">{escape(line)}</p>' for line in versions),
    ]


def _difference_section(results: Sequence[RunResult]) -> list[str]:
    measures = list(dict.fromkeys([*main_measures(results), *(m for r in results for m in r.measures)]))
    second = 1 if len(results) > 1 else 0
    options = [
        f'<option value="{place}">{escape(result.name)}</option>' for place, result in enumerate(results)
    ]
    chosen = [
        option.replace("<option", "<option selected", 1) if place == second else option
        for place, option in enumerate(options)
    ]
    names = [f"<option>{escape(name)}</option>" for name in measures]
    return [
        "<h2>逐题差异</h2>",
        '<div class="choose">'
        f'<label>A <select id="a">{"".join(options)}</select></label>'
        f'<label>B <select id="b">{"".join(chosen)}</select></label>'
        f'<label>指标 <select id="measure">{"".join(names)}</select></label></div>',
        '<div id="diff"></div><noscript>逐题差异需要启用脚本。</noscript>',
    ]


def _table(heads: Iterable[str], lines: Iterable[str]) -> str:
    columns = "".join(f'<th scope="col"><button type="button">{escape(head)}</button></th>' for head in heads)
    return (
        f'<div class="scroll"><table class="sortable"><thead><tr>{columns}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _number(value: float, digits: int) -> str:
    return f'<td data-value="{value!r}">{value:.{digits}f}</td>'


def _name(result: RunResult) -> str:
    return str(result.configuration.get("name") or result.name)


def _data(results: Sequence[RunResult]) -> str:
    """What the script needs, as JSON that can stand inside a script element whatever texts it holds."""
    runs: list[dict[str, Any]] = []
    for result in results:
        line = result.as_json()
        runs.append(
            {
                "name": result.name,
                "benchmark": f"{result.benchmark.name} {result.benchmark.digest}",
                "rows": line["questions"],
                "clauses": line["clauses"],
            }
        )
    text = json.dumps(runs, ensure_ascii=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _part(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
