"""TREC runs: the exact lines, and scores that keep the order in every program that reads them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import EvalError
from eval.trec import Ranked, ranked, run_lines, write_run


def test_a_run_file_exactly(tmp_path: Path) -> None:
    run = {"q1": ranked([("d2", 2.5), ("d1", 0.125)]), "q2": [], "q3": ranked([("d9", -1.0)])}
    write_run(tmp_path / "run.txt", run, "tiaowen")
    assert (tmp_path / "run.txt").read_text("utf-8") == (
        "q1 Q0 d2 1 2.5 tiaowen\nq1 Q0 d1 2 0.125 tiaowen\nq3 Q0 d9 1 -1 tiaowen\n"
    )


def test_a_tie_is_lowered_by_the_smallest_step_and_repeats_are_dropped() -> None:
    assert ranked([("b", 1.0), ("a", 1.0), ("b", 0.9), ("c", 0.5)]) == [
        Ranked("b", 1.0),
        Ranked("a", float(np.nextafter(np.float32(1), np.float32(0)))),
        Ranked("c", 0.5),
    ]


@given(st.lists(st.floats(-1e6, 1e6), max_size=50))
def test_printed_scores_fall_strictly_as_32_bit_floats_in_the_order_given(scores: list[float]) -> None:
    names = [f"d{i}" for i in range(len(scores))]
    lines = run_lines({"q": ranked(zip(names, scores, strict=True))}, "t")
    printed = [np.float32(line.split()[4]) for line in lines]
    assert [line.split()[2] for line in lines] == names
    assert all(above > below for above, below in pairwise(printed))


@pytest.mark.parametrize("run", [{"q 1": ranked([("d", 1.0)])}, {"q": ranked([("d\t1", 1.0)])}])
def test_an_id_with_white_space_is_refused(run: dict[str, list[Ranked]]) -> None:
    with pytest.raises(EvalError, match="含有空白，TREC 运行文件无法表示"):
        run_lines(run, "t")


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="写不了运行文件"):
        write_run(tmp_path / "missing" / "run.txt", {}, "t")
