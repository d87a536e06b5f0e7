"""TREC runs: the exact lines, and scores that keep the order in every program that reads them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import EvalError
from eval.trec import (
    Ranked,
    ranked,
    read_any_qrels,
    read_run,
    read_trec_qrels,
    run_lines,
    write_qrels,
    write_run,
)


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


def test_a_run_is_read_by_score_whatever_its_ranks_and_lines_say(tmp_path: Path) -> None:
    path = tmp_path / "x.run"
    path.write_text(
        "q1 Q0 d1 1 0.5 other\nq1\tQ0\td2\t2\t2.5\tother\n\nq2 Q0 d1 1 1 x\nq2 Q0 d9 2 1.0 x\n",
        encoding="utf-8",
    )
    assert read_run(path) == {
        "q1": [Ranked("d2", 2.5), Ranked("d1", 0.5)],
        "q2": [Ranked("d9", 1.0), Ranked("d1", 1.0)],  # trec_eval breaks ties by the later id
    }


def test_a_run_that_was_written_is_read_back(tmp_path: Path) -> None:
    run = {"q1": ranked([("d2", 2.5), ("d1", 2.5), ("d3", 0.1)]), "q3": ranked([("d9", -1.0)])}
    write_run(tmp_path / "x.run", run, "tiaowen")
    read = read_run(tmp_path / "x.run")
    assert {q: [r.document for r in found] for q, found in read.items()} == {
        "q1": ["d2", "d1", "d3"],
        "q3": ["d9"],
    }


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "q1 Q0 d1 1 0.5",
            "x.run 第 1 行：应有 6 列（查询编号、Q0、文档编号、名次、分数、系统名），实有 5 列。",
        ),
        ("q1 Q0 d1 1 high t", "x.run 第 1 行：分数应为数字，实为“high”。"),
        ("q1 Q0 d1 1 nan t", "x.run 第 1 行：分数应为有限的数字，实为“nan”。"),
        ("q1 Q0 d1 1 1 t\nq1 Q0 d1 2 0 t", "x.run 第 2 行：查询 q1 的文档 d1 重复。"),
        ("", "{path} 里没有任何检索结果。"),
    ],
)
def test_a_broken_run_is_named_by_line(tmp_path: Path, line: str, sentence: str) -> None:
    path = tmp_path / "x.run"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(EvalError) as caught:
        read_run(path)
    assert str(caught.value) == sentence.format(path=path)


@pytest.mark.parametrize(
    "text",
    [
        "q1 0 d1 1\nq1 0 d2 -1\nq2\t0\td1\t2\n",
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq2\td1\t2\n",
    ],
    ids=["TREC", "BEIR"],
)
def test_judgements_of_either_format_are_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "qrels"
    path.write_text(text, encoding="utf-8")
    assert read_any_qrels(path) == {"q1": {"d1": 1, "d2": 0}, "q2": {"d1": 2}}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("q1 0 d1", "qrels 第 1 行：应有 4 列（查询编号、0、文档编号、相关度），实有 3 列。"),
        ("q1 0 d1 x", "qrels 第 1 行：相关度应为整数，实为“x”。"),
        ("q1 0 d1 1\nq1 0 d1 0", "qrels 第 2 行：查询 q1 与文档 d1 前后标注不一致。"),
        ("", "{path} 里没有任何相关性标注。"),
    ],
)
def test_broken_judgements_are_named_by_line(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "qrels"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvalError) as caught:
        read_any_qrels(path)
    assert str(caught.value) == sentence.format(path=path)


def test_qrels_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_qrels(tmp_path / "q", [("w1", ["plan#一 （一）"]), ("w2", ["a", "b"]), ("w3", [])])
    assert read_trec_qrels(tmp_path / "q") == {"w1": {"plan#一（一）": 1}, "w2": {"a": 1, "b": 1}}
