"""Feedback as lines that the evaluation reads."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import assistant.feedback as module
from assistant.feedback import Feedback, FeedbackFault, Thumb, append_feedback
from eval.feedback import Cited, read_feedback
from tests.assistant.page.fake import HOSTILE, LANZHOU, answer_to

_ANSWER = answer_to("优良比例？")
_DOWN = Feedback(
    turns=("岚州的目标？", f"优良比例？{HOSTILE}"),
    thumb=Thumb.DOWN,
    answer=_ANSWER.plain,
    citations=_ANSWER.citations,
    time="2024-05-20T08:00:00+08:00",
    reason=f"年份不对\n{HOSTILE}\ud800",
    correct=(LANZHOU.name, "一（二）"),
)


def test_the_evaluation_reads_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    append_feedback(path, _DOWN)
    append_feedback(path, replace(_DOWN, thumb=Thumb.UP, reason="", correct=None))
    down, up = read_feedback(path)
    assert down.turns == _DOWN.turns
    assert (down.thumb, up.thumb) == ("down", "up")
    assert down.reason == f"年份不对\n{HOSTILE}?"
    assert down.citations == (Cited(LANZHOU.name, "一（一）", "到2027年，全市地表水优良比例达到96%"),)
    assert down.correct == Cited(LANZHOU.name, "一（二）")
    assert up.correct is None
    assert down.time == "2024-05-20T08:00:00+08:00"


def test_lines_of_several_writers_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: append_feedback(path, replace(_DOWN, reason=f"{n}" * 300)), range(40)))
    reasons = {json.loads(line)["reason"] for line in path.read_text(encoding="utf-8").splitlines()}
    assert reasons == {(f"{n}" * 300)[:1000] for n in range(40)}


def test_a_reason_is_cut_and_a_full_file_takes_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "feedback.jsonl"
    append_feedback(path, replace(_DOWN, reason="长" * 5000))
    assert read_feedback(path)[0].reason == "长" * 1000
    monkeypatch.setattr(module, "_LARGEST_FILE", path.stat().st_size + 10)
    with pytest.raises(FeedbackFault, match="反馈文件已满"):
        append_feedback(path, _DOWN)
    assert len(read_feedback(path)) == 1


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FeedbackFault, match="反馈没有记下：写不了"):
        append_feedback(tmp_path, _DOWN)
