"""How well the fitted support tells answerable questions from others: figures and a reliability plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from eval.abstention import BINS, Array, Case, fit, held_out, signs_array, truths, weights_of
from eval.svg_plots import Series, curve_plot

DOCS = Path(__file__).parents[1] / "docs"
_STYLE = (
    "<style>text{font:12px sans-serif;fill:#333}.title{font-weight:bold}.grid{stroke:#ddd}"
    "polyline{fill:none;stroke-width:2}.s0{stroke:#999}.s1{stroke:#1565c0}.s2{stroke:#c62828}</style>"
)


def report(cases: Sequence[Case], numbers: dict[str, Any], write: bool) -> str:
    """The report as Markdown; with `write` it goes to docs/abstention.md, the plot beside it."""
    used = [c for c in cases if c.weighed and not c.ruled]
    unseen = held_out(used, truths(used, "answerable"))
    answered = [(c, p) for c, p in zip(used, unseen, strict=True) if c.answerable]
    right = held_out([c for c, _ in answered], truths([c for c, _ in answered], "right"))
    plot = _plot(used, unseen, [c for c, _ in answered], right)
    text = "\n".join([*_head(numbers), *_outcomes(cases, numbers), *_between(used, numbers), *_tail()])
    if write:
        (DOCS / "abstention.svg").write_text(plot, encoding="utf-8")
        (DOCS / "abstention.md").write_text(text + "\n", encoding="utf-8")
    return text


def _head(numbers: dict[str, Any]) -> list[str]:
    rows = [
        f"| {name} | {mean:.2f} | {numbers['answerable']['weights'][i]:+.2f} "
        f"| {numbers['right']['weights'][i]:+.2f} |"
        for i, (name, mean) in enumerate(zip(numbers["signs"], numbers["answerable"]["means"], strict=True))
    ]
    at, counted = numbers["thresholds"], numbers["cases"]
    return [
        "# When no clause answers",
        "",
        "Rules decide first: a place or address that the corpus does not hold, a year that the notices do",
        "not reach, an acronym they never write, an amount, name, contact or frequency that is asked for and",
        "stated nowhere in the clauses found. What they leave open is decided by six signs of the evidence",
        "(`assistant.support.Signs`), weighed by a logistic regression.",
        "",
        f"Fitted on {counted['questions']} questions ({counted['weighed']} cases): answerable ones,",
        "unanswerable ones, and answerable ones asked again over the corpus without their clauses.",
        "Weights are per standard deviation of the sign.",
        "",
        "| sign | mean | weight: some clause answers | weight: the chosen clause answers |",
        "| --- | --- | --- | --- |",
        *rows,
        "",
        f"Below {at['nothing']:.3f} the answer is “no clause answers”, below {at['nearest']:.3f} the nearest",
        f"clauses are shown as such; an answer that is right with less than {at['unsure']:.1f} says so.",
        "",
    ]


def _outcomes(cases: Sequence[Case], numbers: dict[str, Any]) -> list[str]:
    """Refused rightly and wrongly, by benchmark: rules alone, and with the support on questions not seen."""
    used = [c for c in cases if c.weighed and not c.ruled]
    unseen = dict(zip([id(c) for c in used], held_out(used, truths(used, "answerable")), strict=True))
    at = numbers["thresholds"]["nearest"]
    lines = [
        "## Held out (six folds by question)",
        "",
        "| questions | n | refused by rule | refused in all |",
        "| --- | --- | --- | --- |",
    ]
    for bench in dict.fromkeys(c.bench for c in cases):
        for name, answerable in (("unanswerable", False), ("answerable", True)):
            some = [c for c in cases if c.bench == bench and not c.left_out and c.answerable is answerable]
            ruled = [c for c in some if c.ruled]
            refused = [c for c in some if not c.ruled and unseen.get(id(c), 1.0) < at]
            share = (len(ruled) + len(refused)) / max(1, len(some))
            lines.append(
                f"| {bench}, {name} | {len(some)} | {len(ruled) / max(1, len(some)):.3f} | {share:.3f} |"
            )
    return [*lines, ""]


def _between(used: Sequence[Case], numbers: dict[str, Any]) -> list[str]:
    """Fitted on one benchmark, judged on the other: does it carry over?"""
    benches = list(dict.fromkeys(c.bench for c in used))
    if len(benches) < 2:
        return []
    at = numbers["thresholds"]["nearest"]
    lines = [
        "## Fitted on one set, judged on another",
        "",
        "| fitted on | judged on | answerable refused | unanswerable refused (of those no rule refuses) |",
        "| --- | --- | --- | --- |",
    ]
    for one in benches:
        seen = [c for c in used if c.bench == one]
        model = fit(signs_array(seen), truths(seen, "answerable"), weights_of(seen))
        for other in benches:
            if other != one:
                judged = [c for c in used if c.bench == other and not c.left_out]
                refused = model.probabilities(signs_array(judged)) < at
                answerable = truths(judged, "answerable") == 1
                lines.append(
                    f"| {one} | {other} | {_mean(refused[answerable]):.3f} "
                    f"| {_mean(refused[~answerable]):.3f} |"
                )
    return [*lines, ""]


def _mean(values: Any) -> float:
    return float(np.mean(values)) if len(values) else 0.0


def _tail() -> list[str]:
    return [
        "## Reliability",
        "",
        "Held-out probabilities in five equal groups against what was true. “Some clause answers” is over",
        "all cases, those without their clauses among them: where another clause says the same, such a case",
        "counts as unanswerable though it is not, and the line lies below the diagonal.",
        "",
        "![reliability](abstention.svg)",
        "",
        "Made by `python -m eval.abstention --bench FOLDER --write`, which also writes the numbers that the",
        "assistant reads (`assistant/support.json`).",
    ]


def _plot(used: Sequence[Case], unseen: Array, answered: Sequence[Case], right: Array) -> str:
    series = [
        Series("diagonal: as likely as said", ((0.0, 0.0), (1.0, 1.0))),
        Series("some clause answers", _reliability(unseen, truths(used, "answerable"))),
        Series("the chosen clause answers", _reliability(right, truths(answered, "right"))),
    ]
    drawn = curve_plot("What was said (across) and what was true (up)", "probability", series)
    return drawn.replace(">", f">{_STYLE}", 1)


def _reliability(said: Array, truth: Array) -> tuple[tuple[float, float], ...]:
    order = np.argsort(said, kind="stable")
    return tuple(
        (float(said[group].mean()), float(truth[group].mean())) for group in np.array_split(order, BINS)
    )
