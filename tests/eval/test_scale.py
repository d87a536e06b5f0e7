"""The benchmark of speed and memory: what it asks, what it measures, and what it holds against its limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.cli import main
from eval.errors import EvalError
from eval.scale import LIMITS, STEPS, Job, held, read_questions

from .conftest import WaterAndDogs, write_jsonl

ARTICLES = [
    {
        "id": str(number),
        "title": f"云湖市第{number // 4}号办法 第{number % 4}条",
        "text": f"水费收{number}元。",
    }
    for number in range(12)
]


@pytest.fixture(autouse=True)
def _tiny_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No real model is loaded."""
    monkeypatch.setenv("TIAOWEN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("index.embeddings.load_embeddings", lambda _: WaterAndDogs())


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    write_jsonl(path, ARTICLES)
    return path


def test_questions_are_spread_evenly_over_the_files(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [{"text": f"甲{n}"} for n in range(10)])
    write_jsonl(tmp_path / "b.jsonl", [{"anchor": f"乙{n}"} for n in range(4)])
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    assert read_questions(paths, 4) == ("甲0", "甲5", "乙0", "乙2")
    assert len(read_questions(paths, 100)) == 14
    write_jsonl(tmp_path / "c.jsonl", [{"id": 1}])
    with pytest.raises(EvalError, match="没有问题"):
        read_questions([tmp_path / "c.jsonl"], 4)


def test_each_system_is_built_and_asked(articles: Path, tmp_path: Path) -> None:
    job = Job(articles, ("水费收多少", "收几元"), tmp_path / "index")
    built = STEPS["build"](job)
    assert built["articles"] == 12
    assert built["building"]["disk_bytes"] > 0
    asked = STEPS["ask"](job)
    assert (asked["asking"]["questions"], asked["filtered"]["questions"]) == (2, 2)
    assert asked["asking"]["wall_ms"]["p50"] > 0
    other = STEPS["rank_bm25"](job)
    assert (other["asking"]["questions"], other["building"]["disk_bytes"]) == (2, 0)


def test_limits_are_held_by_the_clock() -> None:
    def found(seconds: float, p50: float, p99: float, peak: float) -> dict[str, Any]:
        asking = {"wall_ms": {"p50": p50, "p99": p99}, "peak_bytes": peak}
        return {"building": {"seconds": seconds}, "asking": asking}

    assert held(found(*LIMITS.values())) == dict.fromkeys(LIMITS, True)
    assert held(found(301, 16, 61, 2e9)) == dict.fromkeys(LIMITS, False)


def test_the_command_writes_what_was_measured(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_jsonl(tmp_path / "q.jsonl", [{"text": "水费收多少"}])
    arguments = ["scale", str(articles), "--questions", str(tmp_path / "q.jsonl")]

    def here(step_arguments: list[str]) -> dict[str, Any]:
        assert main(["scale", *step_arguments]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
        return found

    monkeypatch.setattr("eval.cli_scale._in_process", here)
    out = tmp_path / "scale.json"
    assert main([*arguments, "--out", str(out), "--without", "langchain_faiss"]) == 0
    written = json.loads(out.read_text(encoding="utf-8"))
    assert list(written["systems"]) == ["tiaowen", "rank_bm25"]
    assert written["systems"]["tiaowen"]["articles"] == 12
    assert written["limits"] == LIMITS
    assert {"commit", "machine", "load", "versions", "command", "held"} <= written.keys()
    assert "rank_bm25" in capsys.readouterr().out


def test_a_step_that_fails_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_jsonl(tmp_path / "q.jsonl", [{"text": "水费收多少"}])
    missing = str(tmp_path / "missing.jsonl")
    assert main(["scale", missing, "--questions", str(tmp_path / "q.jsonl")]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == f"找不到文件：{missing}。请检查路径。"
