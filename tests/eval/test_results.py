"""Result files: what is computed from rows, and that a file gives back what was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.bootstrap import Estimate
from eval.errors import EvalError
from eval.machine import Revision
from eval.results import ClauseText, Row, file_name, read_result, read_results, write_result
from eval.risk_coverage import RiskPoint

from .made import result

ROWS = [
    Row(
        "q1",
        {"hit@1": 1.0, "must": 1.0},
        "fact",
        question="水费多少？",
        evidence=("plan#一",),
        retrieved=("plan#一", "plan#二"),
        answer="三元[1]",
        right=True,
        confidence=0.9,
    ),
    Row("q2", {"hit@1": 0.0, "must": 0.0}, "list", right=False, confidence=0.4, misses=("答案缺少：8%",)),
    Row("q3", {"abstain_right": 1.0}, "none", right=True),
]
MADE = result("product", ROWS, clauses={"plan#一": ClauseText("云湖市节水计划", "一", "三元")})


def test_figures_are_by_type_with_their_n() -> None:
    figures = MADE.figures
    assert list(figures) == ["fact", "list", "none", "ALL"]
    assert figures["fact"] == {"hit@1": Estimate(1.0, 1.0, 1.0, 1), "must": Estimate(1.0, 1.0, 1.0, 1)}
    assert figures["none"] == {"abstain_right": Estimate(1.0, 1.0, 1.0, 1)}
    assert figures["ALL"]["hit@1"] == Estimate(0.5, 0.0, 1.0, 2)
    assert figures["ALL"]["abstain_right"].n == 1


def test_the_curve_leaves_out_what_was_abstained_from() -> None:
    assert MADE.risk_curve == (RiskPoint(0.9, 1 / 3, 0.0), RiskPoint(0.4, 2 / 3, 0.5))


def test_a_run_that_does_not_answer_has_no_curve() -> None:
    assert result("retriever", [Row("q1", {"hit@1": 1.0}, "fact")]).risk_curve == ()


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    path = write_result(tmp_path / "new", MADE)
    assert path == tmp_path / "new" / "云湖-product-abc123.json"
    assert read_result(path) == MADE
    assert list((tmp_path / "new").iterdir()) == [path]
    values = json.loads(path.read_text("utf-8"))
    assert (values["format"], values["commit"], values["name"]) == (1, "abc123", "云湖-product")
    assert values["figures"]["ALL"]["hit@1"] == {"mean": 0.5, "low": 0.0, "high": 1.0, "n": 2}
    assert values["cost"]["latency"] == {"p50": 1.0, "p90": 2.0, "p99": 3.0}
    assert values["questions"][2] == {
        "id": "q3",
        "values": {"abstain_right": 1.0},
        "type": "none",
        "right": True,
    }


def test_a_file_is_named_by_run_and_commit() -> None:
    assert (
        file_name("stard-dev-bm25", Revision("0123456789ab", changed=True))
        == "stard-dev-bm25-0123456789ab.json"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "找不到文件：{path}。请检查路径。"),
        ("{", "x.json 不是评测结果文件。"),
        ("[]", "x.json 不是这个版本能读的评测结果（format 应为 1），请重新运行。"),
        ('{"format": 0}', "x.json 不是这个版本能读的评测结果（format 应为 1），请重新运行。"),
        ('{"format": 1}', "x.json 不完整，读不出评测结果：'provenance'。"),
    ],
)
def test_what_is_no_result_is_said(text: str | None, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(EvalError) as caught:
        read_result(path)
    assert str(caught.value) == sentence.format(path=path)


def test_all_bad_files_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(EvalError) as caught:
        read_results([tmp_path / "a.json", tmp_path / "b.json"])
    assert len(caught.value.faults) == 2
