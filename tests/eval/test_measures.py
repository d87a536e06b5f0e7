"""Retrieval figures: exact values, worked out by hand in the comments."""

from __future__ import annotations

from math import log2

import pytest

from eval.beir import Qrels
from eval.latency import Latency, latency
from eval.measures import measure_run
from eval.trec import ranked

ZERO = {"nDCG@10": 0.0, "MRR@10": 0.0, "R@1": 0.0, "R@5": 0.0, "R@10": 0.0, "R@100": 0.0}


def results(*documents: str) -> list[tuple[str, float]]:
    """Documents best first with falling scores."""
    return [(document, 1 / rank) for rank, document in enumerate(documents, start=1)]


def test_every_figure_by_hand() -> None:
    qrels: Qrels = {"q1": {"d1": 1}, "q2": {"d3": 1, "d4": 1}}
    run = {"q1": ranked(results("d2", "d1")), "q2": ranked(results("d3", "d1", "d4"))}
    figures = measure_run(qrels, run)
    assert figures.by_query["q1"] == pytest.approx(
        {"nDCG@10": 1 / log2(3), "MRR@10": 1 / 2, "R@1": 0.0, "R@5": 1.0, "R@10": 1.0, "R@100": 1.0}
    )
    assert figures.by_query["q2"] == pytest.approx(
        # DCG 1 + 1/log2(4) against the ideal 1 + 1/log2(3)
        {"nDCG@10": 1.5 / (1 + 1 / log2(3)), "MRR@10": 1.0, "R@1": 0.5, "R@5": 1.0, "R@10": 1.0, "R@100": 1.0}
    )
    assert figures.n == 2
    assert figures.means == pytest.approx(
        {
            "nDCG@10": (1 / log2(3) + 1.5 / (1 + 1 / log2(3))) / 2,
            "MRR@10": 0.75,
            "R@1": 0.25,
            "R@5": 1.0,
            "R@10": 1.0,
            "R@100": 1.0,
        }
    )


@pytest.mark.parametrize("run", [{}, {"q2": []}, {"q9": ranked(results("d1"))}])
def test_a_query_without_results_counts_zero(run: dict[str, list[object]]) -> None:
    qrels: Qrels = {"q1": {"d1": 1}, "q2": {"d1": 1}}
    answered = {**run, "q1": ranked(results("d1"))}
    figures = measure_run(qrels, answered)  # type: ignore[arg-type]
    assert figures.by_query == {"q1": dict.fromkeys(ZERO, 1.0), "q2": ZERO}
    assert figures.means == dict.fromkeys(ZERO, 0.5)


def test_a_run_without_any_result_is_all_zero() -> None:
    figures = measure_run({"q1": {"d1": 1}}, {})
    assert (figures.means, figures.n) == (ZERO, 1)


def test_cut_offs_count_from_one() -> None:
    """The right document at rank 11 is outside 10 and inside 100."""
    run = {"q": ranked(results(*(f"d{i}" for i in range(1, 12))))}
    assert measure_run({"q": {"d11": 1}}, run).means == ZERO | {"R@100": 1.0}


def test_tied_scores_are_measured_in_the_order_shown() -> None:
    """trec_eval alone would put d9 before d1: it breaks ties by descending id."""
    run = {"q": ranked([("d1", 1.0), ("d9", 1.0)])}
    assert measure_run({"q": {"d1": 1}}, run).means["R@1"] == 1.0


def test_latency_percentiles_are_milliseconds() -> None:
    found = latency([i / 1000 for i in range(101)])
    assert (found.p50, found.p90, found.p99) == pytest.approx((50.0, 90.0, 99.0))
    assert latency([]) == Latency(0.0, 0.0, 0.0)
