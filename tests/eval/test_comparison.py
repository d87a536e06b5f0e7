"""Two runs against each other: exact differences, p by enumeration, and which questions moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.comparison import MeasureDifference, Moved, compare
from eval.errors import EvalError
from eval.results import Benchmark, Row
from eval.significance import PairedTest

from .made import BENCHMARK, hits, result


def test_differences_over_all_and_by_type() -> None:
    a = result("a", [*hits({"q1": 0.0, "q2": 0.0}, "fact"), *hits({"q3": 1.0}, "list")])
    b = result("b", [*hits({"q1": 1.0, "q2": 1.0}, "fact"), *hits({"q3": 0.0}, "list")])
    found = compare(a, b)
    assert (found.a, found.b) == ("云湖-a（abc123）", "云湖-b（abc123）")
    assert found.differences == (
        # ±1 ±1 ±1: no sum is smaller than the one seen
        MeasureDifference("ALL", "hit@1", 1 / 3, 2 / 3, PairedTest(1 / 3, 1.0, 2, 1, 3)),
        # +1 +1: two of four
        MeasureDifference("fact", "hit@1", 0.0, 1.0, PairedTest(1.0, 0.5, 2, 0, 2)),
        MeasureDifference("list", "hit@1", 1.0, 0.0, PairedTest(-1.0, 1.0, 0, 1, 1)),
    )
    assert found.moved[0] == Moved("q1", "fact", "问题q1", {"hit@1": (0.0, 1.0)})
    assert [moved.id for moved in found.moved] == ["q1", "q2", "q3"]


def test_a_question_that_one_run_lacks_counts_zero() -> None:
    found = compare(result("a", hits({"q1": 1.0, "q2": 1.0})), result("b", hits({"q1": 1.0})))
    assert found.differences[0].test == PairedTest(-0.5, 1.0, 0, 1, 2)
    assert found.moved == (Moved("q2", "", "问题q2", {"hit@1": (1.0, 0.0)}),)


def test_less_is_better_for_wrong_abstentions() -> None:
    a = result("a", [Row("q1", {"abstain_wrong": 1.0}), Row("q2", {"abstain_wrong": 0.0})])
    b = result("b", [Row("q1", {"abstain_wrong": 0.0}), Row("q2", {"abstain_wrong": 0.0})])
    assert compare(a, b).differences[0].test == PairedTest(-0.5, 1.0, 1, 0, 2)


def test_only_common_measures_are_compared() -> None:
    a = result("a", [Row("q1", {"hit@1": 1.0})])
    b = result("b", [Row("q1", {"hit@1": 1.0, "must": 1.0})])
    assert [found.measure for found in compare(a, b).differences] == ["hit@1"]


def test_the_table_reads_at_a_glance() -> None:
    a = result("a", hits({f"q{i}": 0.0 for i in range(6)}))
    b = result("b", hits({f"q{i}": 1.0 for i in range(6)}))
    lines = compare(a, b).as_text().splitlines()
    assert lines[:2] == ["A：云湖-a（abc123）", "B：云湖-b（abc123）"]
    assert lines[-1].split() == ["hit@1", "6", "0.0000", "1.0000", "+1.0000", "0.0312", "*", "6", "0"]


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (
            Benchmark("beir", "别处", 1, 1, "d1"),
            "两次运行用的评测数据不同，不能比较：云湖-a 用 云湖，别处-b 用 别处。",
        ),
        (
            replace(BENCHMARK, digest="d2"),
            "两次运行用的评测数据不同，不能比较：云湖-a 用 云湖，云湖-b 用 云湖（同名，内容不同）。",
        ),
    ],
)
def test_runs_over_different_questions_are_refused(other: Benchmark, sentence: str) -> None:
    with pytest.raises(EvalError) as caught:
        compare(result("a", hits({"q1": 1.0})), result("b", hits({"q1": 1.0}), benchmark=other))
    assert str(caught.value) == sentence


def test_runs_without_a_common_measure_are_refused() -> None:
    with pytest.raises(EvalError, match="没有共同的指标"):
        compare(result("a", [Row("q1", {"must": 1.0})]), result("b", hits({"q1": 1.0})))
