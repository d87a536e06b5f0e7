"""The ablation document, exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.ablation import ablation_document
from eval.errors import EvalError
from eval.results import Row

from .made import BENCHMARK, hits, result


def test_the_document_has_means_and_differences() -> None:
    names = [f"q{i}" for i in range(6)]
    made = [
        result("retriever", hits(dict.fromkeys(names, 0.0))),
        result("better", hits(dict.fromkeys(names, 1.0))),
        result("same", hits(dict.fromkeys(names, 0.0))),
    ]
    lines = ablation_document(made, "retriever", "tiaowen-eval ablation x").splitlines()
    assert lines[0] == "# Ablation"
    start = lines.index("## 云湖")
    assert lines[start:] == [
        "## 云湖",
        "",
        "3 questions, 4 clauses (documents).",
        "",
        "| configuration | hit@1 (n=6) | p50 ms | commit |",
        "| --- | ---: | ---: | --- |",
        "| retriever | 0.000 [0.000, 0.000] | 1.0 | abc123 |",
        "| better | 1.000 [1.000, 1.000] | 1.0 | abc123 |",
        "| same | 0.000 [0.000, 0.000] | 1.0 | abc123 |",
        "",
        "| Δ from `retriever` | hit@1 |",
        "| --- | ---: |",
        "| better | **+1.000 (p=0.031)** |",
        "| same | +0.000 (p=1.000) |",
    ]


def test_what_must_be_said_beside_stard_is_said_in_english() -> None:
    remark = "STARD（MIT 许可）：语料为重建版，已去掉 22 条近似重复的条文，数字不可与论文直接相比。"
    made = result("retriever", hits({"q": 1.0}), benchmark=replace(BENCHMARK, remarks=(remark,)))
    assert "22 near-copies were dropped" in ablation_document([made], "retriever", "x")


def test_without_the_reference_or_with_doubles_it_is_refused() -> None:
    made = result("a", [Row("q", {"hit@1": 1.0})])
    with pytest.raises(EvalError, match="云湖 没有作对照的配置“retriever”；有：a。"):
        ablation_document([made], "retriever", "x")
    with pytest.raises(EvalError, match="云湖 有重复的配置：a。"):
        ablation_document([made, made], "a", "x")
