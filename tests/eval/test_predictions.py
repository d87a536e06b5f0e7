"""Printed lines: what is read of them, and what is refused in which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.errors import EvalError
from eval.jsonl import read_records
from eval.predictions import AnswerLine, Passage, read_answers, read_passages

from .conftest import write_jsonl


def test_an_answer_line_is_read_with_comparable_addresses(tmp_path: Path) -> None:
    citation = {
        "file": "a.txt",
        "path": ["一、", "（一）"],
        "quote": "甲",
        "text": "甲乙",
        "start": 3,
        "end": 5,
    }
    write_jsonl(
        tmp_path / "a.jsonl", [{"id": "q", "answer": "甲[1]", "abstained": False, "citations": [citation]}]
    )
    assert read_answers(read_records(tmp_path / "a.jsonl")) == {
        "q": AnswerLine("q", "甲[1]", False, (Passage("a.txt", ("一", "(一)"), "甲乙", 3, 5, "甲"),), ())
    }


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({}, "缺少 id"),
        ({"id": 7}, "id 应为文本"),
        ({"id": "q", "citations": {}}, None),
        ({"id": "q", "citations": ["x"]}, "citations 应为对象的数组"),
        ({"id": "q", "retrieved": [{"path": "一"}]}, "path 应为数组"),
        ({"id": "q", "retrieved": [{"start": "3"}]}, "start 应为整数或 null"),
        ({"id": "q", "retrieved": [{"fields": []}]}, None),
        ({"id": "q", "retrieved": [{"fields": ["x"]}]}, "fields 应为对象"),
    ],
)
def test_wrong_fields_are_named(tmp_path: Path, line: dict[str, Any], reason: str | None) -> None:
    write_jsonl(tmp_path / "a.jsonl", [line])
    records = read_records(tmp_path / "a.jsonl")
    if reason is None:
        assert list(read_answers(records)) == ["q"]
        return
    with pytest.raises(EvalError) as caught:
        read_answers(records)
    assert caught.value.faults == (f"a.jsonl 第 1 行：{reason}。",)


def test_all_wrong_lines_are_named_at_once(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [{"id": "q"}, {"id": "q"}, {"answer": "x"}])
    with pytest.raises(EvalError) as caught:
        read_answers(read_records(tmp_path / "a.jsonl"))
    assert caught.value.faults == ("a.jsonl 第 2 行：id q 重复。", "a.jsonl 第 3 行：缺少 id。")
    write_jsonl(tmp_path / "c.jsonl", [{"path": []}, {"end": True}])
    with pytest.raises(EvalError, match=r"c\.jsonl 第 2 行：end 应为整数或 null。"):
        read_passages(read_records(tmp_path / "c.jsonl"))
