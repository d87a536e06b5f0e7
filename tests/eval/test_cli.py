"""The command `tiaowen-eval`: what it prints where, its sentences and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from eval.cli import app, main
from eval.machine import Revision
from eval.measures import measure_run
from eval.results import read_result, write_result
from eval.trec import read_run, read_trec_qrels
from ingest.version import __version__

from .conftest import PLAN_CLAUSES, WaterAndDogs, write_jsonl
from .made import hits, result

COMMANDS = (
    "retrieval",
    "answers",
    "clauses",
    "run",
    "grid",
    "score",
    "compare",
    "report",
    "ablation",
    "from-feedback",
    "scale",
    "check",
    "lexicon",
)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written into the developer's own index, and no real model is loaded."""
    monkeypatch.setenv("TIAOWEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TIAOWEN_MODEL", "fake")
    monkeypatch.setattr("index.embeddings.load_embeddings", lambda _: WaterAndDogs())


def printed_clauses(bench: Path) -> Path:
    """The gold clauses as the product would print them, one of them missing."""
    path = bench.parent / "clauses.jsonl"
    write_jsonl(path, [{**row, "file": "plan.txt"} for row in PLAN_CLAUSES[:3]])
    return path


def printed_answers(bench: Path) -> Path:
    """One right answer and one right abstention; the third question has no line."""
    clause: dict[str, Any] = {**PLAN_CLAUSES[1], "file": "plan.txt", "quote": "3亿立方米"}
    path = bench.parent / "answers.jsonl"
    answer = {"answer": "3亿立方米[1]", "abstained": False, "citations": [clause], "retrieved": [clause]}
    write_jsonl(path, [{"id": "w1", **answer}, {"id": "w3", "answer": "", "abstained": True}])
    return path


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert sorted(get_command(app).commands) == sorted(COMMANDS)  # type: ignore[attr-defined]
    for command in COMMANDS:
        assert main([command, "--help"]) == 0
        assert "例：tiaowen-eval" in capsys.readouterr().out.replace("\n", "")


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"tiaowen-eval {__version__}\n"


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["retrieval", "--split", "dev"], "还缺少参数 --beir，用 tiaowen-eval --help 查看用法。"),
        (["answers"], "还缺少参数 --bench，用 tiaowen-eval --help 查看用法。"),
        (["clauses", "--bench", "x", "--wrong"], "没有 --wrong 这个选项，用 tiaowen-eval --help 查看用法。"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_2(
    argv: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{sentence}\n")


def test_no_queries_at_all_is_wrong_usage(beir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retrieval", "--beir", str(beir), "--split", "dev", "--limit-queries", "0"]) == 2
    assert "--limit-queries" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["retrieval", "--beir", "nowhere", "--split", "dev"], "找不到文件夹：nowhere。请检查路径。"),
        (["retrieval", "--beir", "{beir}", "--split", "x"], "{beir}/qrels 里没有 x.tsv；可选的划分：dev。"),
        (
            ["retrieval", "--beir", "{beir}", "--split", "dev", "--run", "{beir}/no/run.txt"],
            "找不到要写入的文件夹：{beir}/no。请先建立它。",
        ),
        (["answers", "--bench", "nowhere"], "找不到文件夹：nowhere。请检查路径。"),
        (["clauses", "--bench", "nowhere"], "找不到文件夹：nowhere。请检查路径。"),
        (["answers", "--bench", "{bench}", "--notices", "nowhere"], "找不到文件夹：nowhere。请检查路径。"),
        (
            ["answers", "--bench", "{bench}", "--questions", "{bench}/q.jsonl"],
            "找不到文件：{bench}/q.jsonl。请检查路径。",
        ),
        (
            ["answers", "--bench", "{bench}", "--predictions", "{bench}/p.jsonl"],
            "找不到文件：{bench}/p.jsonl。请检查路径。",
        ),
        (["clauses", "--bench", "{bench}", "--predictions", "{bad}"], "bad.jsonl 第 1 行：path 应为数组。"),
    ],
)
def test_a_failure_is_one_sentence_and_exit_1(
    argv: list[str], sentence: str, beir: Path, bench: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = bench / "bad.jsonl"
    bad.write_text('{"path": "一"}\n', encoding="utf-8")
    folders = {"beir": str(beir), "bench": str(bench), "bad": str(bad)}
    assert main([part.format(**folders) for part in argv]) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", sentence.format(**folders) + "\n")


def test_a_plain_installation_names_the_extra(
    beir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.cli_options.find_spec", lambda _: None)
    assert main(["retrieval", "--beir", str(beir), "--split", "dev"]) == 1
    sentence = "没有安装 ir-measures，无法衡量检索。请运行：pip install 'tiaowen[eval]'"
    assert capsys.readouterr().err == f"{sentence}\n"


def test_clauses_of_a_file_are_scored_as_json(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["clauses", "--bench", str(bench), "--predictions", str(printed_clauses(bench)), "--json"]) == 0
    )
    figures = json.loads(capsys.readouterr().out)
    f1 = pytest.approx(6 / 7)  # 3 of 3 are right, 3 of 4 are there
    assert figures == {
        "plan": {"gold": 4, "predicted": 3, "path_f1": f1, "span_f1": f1, "text_f1": f1, "cells": 0.0}
    }


def test_clauses_are_shown_as_a_table_with_misses(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["clauses", "--bench", str(bench), "--predictions", str(printed_clauses(bench)), "--misses"])
        == 0
    )
    assert capsys.readouterr().out == (
        "      gold  predicted  path_f1  span_f1  text_f1  cells\n"
        "plan     4          3    0.857    0.857    0.857  0.000\n"
        "plan\t附件1#1：缺少此条\n"
    )


def test_answers_of_a_file_are_scored(bench: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["answers", "--bench", str(bench), "--predictions", str(printed_answers(bench))]
    assert main([*argv, "--json", "--misses"]) == 0
    out, err = capsys.readouterr()
    line = json.loads(out)
    assert line["figures"]["ALL"]["hit@1"] == 0.5
    assert line["figures"]["ALL"]["abstain_right"] == 1.0
    assert line["counts"]["ALL"]["hit@1"] == 2
    assert err == "w2\t没有答案；前五条里没有证据；答案缺少：3亿、8%；没有引用正确的条款\t分别多少？\n"
    assert main(argv) == 0
    assert capsys.readouterr().out.splitlines()[-1].split()[:3] == ["ALL", "2", "0.500"]


def test_retrieval_prints_one_json_line_and_writes_a_run(
    beir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "dev.run"
    assert main(["retrieval", "--beir", str(beir), "--split", "dev", "--run", str(run), "--json"]) == 0
    out, err = capsys.readouterr()
    line = json.loads(out)
    assert (line["n"], line["corpus"], line["model"], line["R@5"]) == (2, 4, "fake", 1.0)
    assert err.splitlines()[0].startswith("正在为 4 篇文档建索引")
    rows = [row.split() for row in run.read_text("utf-8").splitlines()]
    assert [(row[0], row[1], row[3], row[5]) for row in rows if row[0] == "q1"] == [
        ("q1", "Q0", str(rank), "tiaowen") for rank in range(1, sum(row[0] == "q1" for row in rows) + 1)
    ]
    assert rows[0][2] == "d1"


def test_retrieval_prints_a_table_and_keeps_its_index(beir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["retrieval", "--beir", str(beir), "--split", "dev", "--limit-queries", "1"]
    assert main(argv) == 0
    capsys.readouterr()
    assert main(argv) == 0
    out, err = capsys.readouterr()
    header, figures, _, corpus, times = out.splitlines()
    assert header.split() == ["n", "nDCG@10", "MRR@10", "R@1", "R@5", "R@10", "R@100"]
    assert figures.split() == ["beir", "dev", "1", *["1.0000"] * 6]
    assert corpus == "语料 4 篇；模型 fake"
    assert "（缓存）" in times
    assert err == ""


def test_the_product_is_asked_and_split_and_its_lines_can_be_kept(
    bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scoring the kept lines gives the figures of the run that printed them."""
    for command in ("answers", "clauses"):
        kept = tmp_path / f"{command}.jsonl"
        assert main([command, "--bench", str(bench), "--save", str(kept), "--json"]) == 0
        figures = json.loads(capsys.readouterr().out)
        assert main([command, "--bench", str(bench), "--predictions", str(kept), "--json"]) == 0
        again = json.loads(capsys.readouterr().out)
        assert again.get("figures", again) == figures.get("figures", figures)
    assert figures["plan"]["predicted"] > 0
    assert len((tmp_path / "answers.jsonl").read_text("utf-8").splitlines()) == 3
    assert not (tmp_path / "home").exists()


def written(tmp_path: Path, name: str, values: dict[str, float]) -> str:
    return str(write_result(tmp_path, result(name, hits(values))))


def test_a_configuration_is_run_and_named_by_commit(
    bench: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.machine.revision", lambda: Revision("abc123", changed=False))
    plan = tmp_path / "plan.toml"
    plan.write_text('[[run]]\nname = "words"\nmodel = "none"\nthrough = "retriever"\n', encoding="utf-8")
    results = tmp_path / "results"
    argv = ["run", str(plan), "words", "--bench", str(bench), "--results", str(results)]
    assert main([*argv, "--no-texts", "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert line["file"] == str(results / "bench-words-abc123.json")
    assert (line["n"], line["figures"]["recall@5"]["mean"]) == (2, 1.0)
    assert "用水量" not in Path(line["file"]).read_text("utf-8")
    assert main(["run", str(plan), "other", "--bench", str(bench)]) == 1
    assert capsys.readouterr().err == "配置文件里没有“other”；可选：words。\n"


def test_a_grid_runs_each_cell_in_a_process_and_resumes(
    bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(
        '[[grid]]\nname = "g"\nmodel = "none"\nthrough = "retriever"\nlexical = [["words"], ["bigrams"]]\n',
        encoding="utf-8",
    )
    argv = ["grid", str(plan), "--bench", str(bench), "--results", str(tmp_path / "results")]
    assert main(argv) == 0
    first = capsys.readouterr()
    assert first.err.splitlines()[-1] == "共 2 次运行：新跑 2，已有 0，失败 0。"
    files = [Path(line) for line in first.out.splitlines()]
    assert [file.name.rpartition("-")[0] for file in files] == [
        "bench-g-lexical=words",
        "bench-g-lexical=bigrams",
    ]
    assert read_result(files[1]).configuration["lexical"] == ["bigrams"]
    assert read_result(files[0]).provenance.command.startswith(f"tiaowen-eval run {plan} g-lexical=words ")
    assert main(argv) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "共 2 次运行：新跑 0，已有 2，失败 0。"


def test_a_run_is_kept_in_the_formats_of_trec(bench: Path, tmp_path: Path) -> None:
    """Scored again from these files it has the figures of the result."""
    plan = tmp_path / "plan.toml"
    plan.write_text('[[run]]\nname = "r"\nmodel = "none"\nthrough = "retriever"\n', encoding="utf-8")
    results = tmp_path / "results"
    argv = ["run", str(plan), "r", "--bench", str(bench), "--results", str(results), "--trec"]
    assert main(argv) == 0
    [result_file] = results.glob("*.json")
    figures = measure_run(
        read_trec_qrels(result_file.with_suffix(".qrels")), read_run(result_file.with_suffix(".run"))
    )
    found = read_result(result_file)
    assert figures.means["R@5"] == found.figures["ALL"]["recall@5"].mean
    assert figures.means["MRR@10"] == found.figures["ALL"]["mrr@10"].mean


def test_a_run_of_another_program_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "q").write_text("q1 0 d1 1\nq2 0 d2 1\n", encoding="utf-8")
    (tmp_path / "r").write_text("q1 Q0 d9 1 2 t\nq1 Q0 d1 2 1 t\n", encoding="utf-8")
    argv = ["score", "--qrels", str(tmp_path / "q"), "--run", str(tmp_path / "r"), "--measure", "RR@10"]
    assert main([*argv, "--by-query"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[1][:3] == ["RR@10", "2", "0.2500"]  # half of q1, nothing of q2, which has no results
    assert rows[-2:] == [["q1", "0.5000"], ["q2", "0.0000"]]
    assert main([*argv, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["RR@10"]["mean"] == 0.25
    assert main([*argv[:-1], "Best@3"]) == 1
    assert capsys.readouterr().err.startswith("没有“Best@3”这种指标")


def test_two_runs_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = written(tmp_path, "a", {"q1": 0.0, "q2": 1.0})
    b = written(tmp_path, "b", {"q1": 1.0, "q2": 1.0})
    assert main(["compare", a, b]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["有变化的问题 1 个", "q1\thit@1 0.000→1.000\t问题q1"]
    assert main(["compare", a, b, "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert line["measures"][0] == {
        "type": "ALL",
        "measure": "hit@1",
        "a": 0.5,
        "b": 1.0,
        "difference": 0.5,
        "p": 1.0,
        "wins": 1,
        "losses": 0,
        "n": 2,
    }


def test_a_report_and_its_table_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = written(tmp_path, "a", {"q1": 0.0})
    page, markdown = tmp_path / "r.html", tmp_path / "r.md"
    assert main(["report", a, "--out", str(page), "--markdown", str(markdown)]) == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert markdown.read_text("utf-8").startswith("### 云湖\n")
    assert main(["report", a, "--out", str(tmp_path / "no" / "r.html")]) == 1
    assert "请先建立它" in capsys.readouterr().err


def test_the_ablation_document_is_written_by_a_command(tmp_path: Path) -> None:
    runs = [written(tmp_path, "a", {"q1": 0.0}), written(tmp_path, "b", {"q1": 1.0})]
    out = tmp_path / "ablation.md"
    assert main(["ablation", *runs, "--reference", "a", "--out", str(out)]) == 0
    assert "| b | +1.000 (p=1.000) |" in out.read_text("utf-8")


def test_feedback_becomes_a_file_for_review(
    bench: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feedback, out = tmp_path / "f.jsonl", tmp_path / "review.jsonl"
    cited = [{"file": "plan.txt", "cite": "一（一）", "quote": "3亿"}]
    write_jsonl(feedback, [{"question": "用水量？", "thumb": "up", "citations": cited}])
    argv = ["from-feedback", str(feedback), "--out", str(out), "--bench", str(bench)]
    assert main(argv) == 0
    assert capsys.readouterr().out == f"1 条反馈，1 个问题，其中 1 个带有建议的证据；待审核：{out}\n"
    assert json.loads(out.read_text("utf-8"))["evidence"] == [
        {"doc": "plan", "cite": "一（一）", "quote": "3亿"}
    ]
    assert main(argv) == 1
    assert "已经存在" in capsys.readouterr().err
