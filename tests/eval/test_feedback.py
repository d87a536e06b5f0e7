"""Feedback from the chat becomes questions to review, never questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.errors import EvalError
from eval.feedback import read_feedback, review_lines, write_review
from eval.gold import read_gold, read_questions

from .conftest import write_jsonl

CITATION = {"file": "notices/plan.txt", "cite": "一（一）", "quote": "3亿立方米", "text": "…", "start": 1}
UP = {
    "question": "2030年用水量多少？",
    "turns": [],
    "answer": "3亿立方米[1]",
    "citations": [CITATION],
    "thumb": "up",
    "time": "2026-01-02T03:04:05",
}
DOWN = {
    "question": "分别多少？",
    "turns": ["节水有哪些指标？"],
    "answer": "8%[1]",
    "citations": [CITATION],
    "thumb": "down",
    "reason": "漏了一项",
}


def reviewed(tmp_path: Path, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    write_jsonl(tmp_path / "feedback.jsonl", rows)
    return review_lines(read_feedback(tmp_path / "feedback.jsonl"), {"plan.txt": "plan"})


def test_a_liked_answer_proposes_its_citations(tmp_path: Path) -> None:
    (line,) = reviewed(tmp_path, UP)
    evidence = [{"doc": "plan", "cite": "一（一）", "quote": "3亿立方米"}]
    assert line == {
        "id": line["id"],
        "type": "",
        "question": "2030年用水量多少？",
        "evidence": evidence,
        "must": [],
        "review": {
            "todo": "有人认可了答案：请核对证据条款，填写 type 和 must。",
            "up": 1,
            "down": 0,
            "reasons": [],
            "answer": "3亿立方米[1]",
            "cited": evidence,
            "last": "2026-01-02T03:04:05",
        },
    }
    assert line["id"].startswith("feedback-")


def test_a_disliked_answer_proposes_nothing(tmp_path: Path) -> None:
    (line,) = reviewed(tmp_path, DOWN)
    assert line["question"] == ["节水有哪些指标？", "分别多少？"]
    assert line["evidence"] == []
    assert line["review"]["reasons"] == ["漏了一项"]
    assert line["review"]["todo"].startswith("有人认为答案不对：请找出证据条款")


@pytest.mark.parametrize("correct", ["一（二）", {"cite": "一（二）"}])
def test_a_correction_is_proposed_instead_of_the_citations(tmp_path: Path, correct: object) -> None:
    (line,) = reviewed(tmp_path, {**DOWN, "correct_cite": correct})
    assert line["evidence"] == [{"doc": "", "cite": "一（二）", "quote": ""}]
    assert line["review"]["todo"].startswith("有人指出了正确条款")


def test_one_dialogue_is_one_question_however_often_it_was_judged(tmp_path: Path) -> None:
    liked = {**DOWN, "thumb": "up", "reason": None}
    spelled = {**DOWN, "turns": [*DOWN["turns"], DOWN["question"]]}  # the question once more among the turns
    first, second = reviewed(tmp_path, DOWN, UP, liked, spelled)
    assert (first["review"]["up"], first["review"]["down"]) == (1, 2)
    assert first["review"]["todo"].startswith("评价不一")
    assert second["question"] == UP["question"]
    assert first["id"] != second["id"]


def test_no_line_is_a_question_before_a_person_filled_it_in(tmp_path: Path, bench: Path) -> None:
    lines = reviewed(tmp_path, UP)
    review = tmp_path / "review.jsonl"
    write_review(review, lines)
    with pytest.raises(EvalError, match="缺少 type"):
        read_questions(review, read_gold(bench))
    filled = {**json.loads(review.read_text("utf-8")), "type": "fact", "must": ["3亿立方米"]}
    write_jsonl(review, [filled])
    (question,) = read_questions(review, read_gold(bench))
    assert question.evidence[0].clause.cite == "一（一）"


def test_a_review_that_somebody_began_is_not_overwritten(tmp_path: Path) -> None:
    review = tmp_path / "review.jsonl"
    review.write_text("审核中", encoding="utf-8")
    with pytest.raises(EvalError, match="已经存在"):
        write_review(review, reviewed(tmp_path, UP))
    assert review.read_text("utf-8") == "审核中"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"question": " "}, "feedback.jsonl 第 1 行：缺少 question。"),
        ({"thumb": "meh"}, "feedback.jsonl 第 1 行：thumb 应为 up 或 down，实为“meh”。"),
        ({"turns": "x"}, "feedback.jsonl 第 1 行：turns 应为文本的数组。"),
        ({"citations": [1]}, "feedback.jsonl 第 1 行：引用应为文本，或者含 file、cite、quote 的对象。"),
        ({"reason": 5}, "feedback.jsonl 第 1 行：reason 应为文本。"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, change: dict[str, object], sentence: str) -> None:
    with pytest.raises(EvalError) as caught:
        reviewed(tmp_path, {**UP, **change})
    assert str(caught.value) == sentence


def test_an_empty_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="里没有任何反馈"):
        reviewed(tmp_path)
