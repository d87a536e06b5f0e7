"""Clause-level benchmarks: what is read, and what is refused in which words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import EvalError
from eval.gold import decode, questions_file, read_gold, read_questions

from .conftest import PLAN, PLAN_CLAUSES, QUESTIONS, write_jsonl


def test_clauses_and_source_are_read(bench: Path) -> None:
    gold = read_gold(bench)
    assert gold.sources == {"plan": PLAN}
    assert [clause.path for clause in gold.clauses["plan"]] == [
        ("一",),
        ("一", "(一)"),
        ("一", "(二)"),
        ("附件1", "1"),
    ]
    assert all(PLAN[clause.start : clause.end] == clause.text for clause in gold.clauses["plan"])


def test_a_long_notice_may_have_its_clauses_in_parts(bench: Path) -> None:
    whole = read_gold(bench)
    (bench / "gold" / "plan.clauses.jsonl").unlink()
    write_jsonl(bench / "gold" / "plan.part1.clauses.jsonl", PLAN_CLAUSES[:3])
    write_jsonl(bench / "gold" / "plan.part2.clauses.jsonl", PLAN_CLAUSES[3:])
    write_jsonl(bench / "gold" / "planner.clauses.jsonl", PLAN_CLAUSES[:1])  # another notice's
    assert read_gold(bench) == whole


def test_notices_may_lie_in_another_folder(bench: Path) -> None:
    (bench / "notices").rename(bench.parent / "corpus")
    with pytest.raises(EvalError, match="找不到文件夹"):
        read_gold(bench)
    assert read_gold(bench, bench.parent / "corpus").sources == {"plan": PLAN}


def test_questions_find_their_clauses_and_quotes_across_line_breaks(bench: Path) -> None:
    w1, w2, w3 = read_questions(questions_file(bench), read_gold(bench))
    (evidence,) = w1.evidence
    assert evidence.clause.cite == "一（一）"
    assert evidence.span is not None
    assert PLAN[slice(*evidence.span)] == "用水量\n控制在3亿立方米以内"
    assert [clause.cite for clause in w1.also_ok] == ["一"]
    assert (w1.turns, w1.must, w1.must_not) == (("2030年用水量多少？",), ("3亿立方米",), ("30亿",))
    assert w2.turns == ("节水有哪些指标？", "分别多少？")
    assert [e.clause.cite for e in w2.evidence] == ["一（一）", "一（二）"]
    assert (w3.type, w3.evidence) == ("none", ())


def test_a_cite_that_stands_twice_means_the_later_clause(bench: Path) -> None:
    write_jsonl(bench / "gold" / "plan.clauses.jsonl", [*PLAN_CLAUSES, {**PLAN_CLAUSES[2], "cite": "一(一)"}])
    found = read_gold(bench).clause_at("plan", "一（一）")
    assert found is not None
    assert found.text == "漏损率降到8%。"


def test_all_broken_questions_are_named_at_once(bench: Path) -> None:
    def question(**changes: Any) -> dict[str, Any]:
        return {**QUESTIONS[0], **changes}

    evidence = {"doc": "plan", "cite": "一（一）", "quote": "3亿立方米"}
    write_jsonl(
        bench / "questions.jsonl",
        [
            question(id="a", question=""),
            question(id="b", evidence=[{**evidence, "cite": "九"}]),
            question(id="c", evidence=[{**evidence, "quote": "5亿立方米"}]),
            question(id="d", evidence=[]),
            question(id="e"),
            question(id="e"),
        ],
    )
    with pytest.raises(EvalError) as caught:
        read_questions(bench / "questions.jsonl", read_gold(bench))
    assert caught.value.faults == (
        "questions.jsonl 第 1 行：缺少 question。",
        "questions.jsonl 第 2 行：标准条款中没有 plan 的“九”。",
        "questions.jsonl 第 2 行：没有证据条款（evidence）。",
        "questions.jsonl 第 3 行：引文不在 plan 的原文中：“5亿立方米”。",
        "questions.jsonl 第 4 行：没有证据条款（evidence）。",
        "questions.jsonl 第 6 行：id e 重复。",
    )


def test_missing_parts_of_a_benchmark_are_named(bench: Path, tmp_path: Path) -> None:
    def faults() -> tuple[str, ...]:
        with pytest.raises(EvalError) as caught:
            read_gold(bench)
        return caught.value.faults

    (bench / "docs.json").write_text(
        json.dumps({"plan": "plan.txt", "x": "x.txt", "y": "a/plan.txt"}), "utf-8"
    )
    assert faults() == (
        f"docs.json 所列的文件不存在：{bench / 'notices' / 'x.txt'}。",
        f"docs.json 所列的文件不存在：{bench / 'notices' / 'a' / 'plan.txt'}。",
        "docs.json 中文件名重复：plan.txt。",
    )
    (bench / "docs.json").write_text("[", "utf-8")
    assert faults() == (f"{bench / 'docs.json'} 不是合法的 JSON 文件。",)
    (bench / "docs.json").write_text('["plan.txt"]', "utf-8")
    assert faults() == (f"{bench / 'docs.json'} 应为“短名：文件名”的 JSON 对象。",)
    (bench / "docs.json").write_text('{"plan": "plan.txt"}', "utf-8")
    (bench / "gold" / "plan.clauses.jsonl").write_text('{"path": ["一"]}\n', "utf-8")
    assert faults() == ("plan.clauses.jsonl 第 1 行：缺少 cite、text。",)
    (bench / "gold" / "plan.clauses.jsonl").unlink()
    assert faults() == (f"{bench / 'gold'} 里没有 plan.clauses.jsonl。",)
    (bench / "questions.jsonl").unlink()
    with pytest.raises(EvalError, match=r"里没有 questions\.jsonl 或 questions\.dev\.jsonl。"):
        questions_file(bench)
    with pytest.raises(EvalError, match="找不到文件夹"):
        questions_file(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "data",
    [
        "湖水".encode(),
        "湖水".encode("utf-8-sig"),
        "湖水".encode("gb18030"),
        "湖水".encode("utf-16"),
        b"\xfe\xff" + "湖水".encode("utf-16-be"),
    ],
)
def test_sources_are_decoded_without_their_byte_order_mark(data: bytes) -> None:
    assert decode(data) == "湖水"
