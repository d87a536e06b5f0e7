"""Retrieval measures, computed by ir-measures (https://ir-measur.es)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG

from eval.beir import Qrels
from eval.errors import refuse
from eval.trec import Run

#: Name in reports → measure. MRR@10 is the mean of RR@10 over queries.
MEASURES: Mapping[str, ir_measures.Measure] = {
    "nDCG@10": nDCG @ 10,
    "MRR@10": RR @ 10,
    "R@1": R @ 1,
    "R@5": R @ 5,
    "R@10": R @ 10,
    "R@100": R @ 100,
}

#: As many results as the deepest measure looks at.
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over all judged queries by measure name, and the values of each query behind them."""

    means: dict[str, float]
    by_query: dict[str, dict[str, float]]

    @property
    def n(self) -> int:
        """How many queries each mean is over."""
        return len(self.by_query)


def parse_measures(names: Iterable[str]) -> dict[str, ir_measures.Measure]:
    """The measures by the names given, as ir-measures writes them (`AP`, `P@5`) or as reports here do.

    :raises EvalError: naming every one that there is not.
    """
    found: dict[str, ir_measures.Measure] = {}
    faults: list[str] = []
    for name in names:
        try:
            found[name] = MEASURES[name] if name in MEASURES else ir_measures.parse_measure(name)
        except (NameError, ValueError, TypeError) as error:
            faults.append(f"没有“{name}”这种指标（写法见 ir-measures，如 nDCG@10、RR@10、AP）：{error}。")
    refuse(faults)
    return found


def measure_run(qrels: Qrels, run: Run, measures: Mapping[str, ir_measures.Measure] = MEASURES) -> Figures:
    """The figures of `run` against `qrels`: every query of the qrels counts, without results as 0.

    Queries of the run that the qrels do not judge are left out.
    """
    by_query: dict[str, dict[str, float]] = {query: dict.fromkeys(measures, 0.0) for query in qrels}
    names = {measure: name for name, measure in measures.items()}
    scores = {query: {result.document: result.score for result in run.get(query, ())} for query in qrels}
    answered = {query: results for query, results in scores.items() if results}
    if answered:
        for value in ir_measures.iter_calc(list(names), qrels, answered):
            by_query[value.query_id][names[value.measure]] = float(value.value)
    means = {name: float(np.mean([values[name] for values in by_query.values()])) for name in measures}
    return Figures(means, by_query)
