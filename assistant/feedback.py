"""What staff thought of an answer, kept as lines of JSON that `tiaowen-eval from-feedback` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import filelock

from assistant.errors import AssistantError
from assistant.types import Citation

#: The file in the index home.
FEEDBACK_FILE: Final = "feedback.jsonl"
#: A file of this size has been forgotten by those who should read it; it must not fill the disk.
_LARGEST_FILE: Final = 20_000_000
#: A reason is a sentence or two, an answer at most a long list: more is cut, in characters.
_LONGEST_REASON, _LONGEST_ADDRESS, _LONGEST_ANSWER, _LONGEST_QUOTE = 1_000, 300, 20_000, 2_000
_MOST_CITATIONS: Final = 500
#: Writing one line takes no time; who waits longer, waits for a process that hangs.
_WAIT_SECONDS: Final = 10


class FeedbackFault(AssistantError):
    """Feedback that could not be kept."""


class Thumb(StrEnum):
    """Which way it was pressed."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One press of a thumb under an answer.

    `turns` are the dialogue's questions, the one answered last; `correct` is the address of the clause that
    should have been cited, as (file, cite) where it is in the corpus, else as it was typed ("" in front),
    None where nobody named one; `time` is ISO 8601.
    """

    turns: tuple[str, ...]
    thumb: Thumb
    answer: str
    citations: tuple[Citation, ...]
    time: str
    reason: str = ""
    correct: tuple[str, str] | None = None


def feedback_line(feedback: Feedback) -> Mapping[str, Any]:
    """The feedback as the JSON object of one line; over-long texts are cut."""
    line: dict[str, Any] = {
        "time": feedback.time,
        "question": feedback.turns[-1],
        "turns": list(feedback.turns[:-1]),
        "thumb": feedback.thumb.value,
        "reason": feedback.reason.strip()[:_LONGEST_REASON],
        "answer": feedback.answer[:_LONGEST_ANSWER],
        "citations": [
            {"file": c.file, "cite": c.clause.cite, "quote": c.quote[:_LONGEST_QUOTE]}
            for c in feedback.citations[:_MOST_CITATIONS]
        ],
    }
    if feedback.correct is not None:
        file, cite = feedback.correct
        line["correct_cite"] = {"file": file, "cite": cite[:_LONGEST_ADDRESS]}
    return line


def append_feedback(path: Path, feedback: Feedback) -> None:
    """Appends the feedback as one line, whole or not at all, whoever else is writing.

    Raises FeedbackFault when the file cannot be written, or is as large as it may become.
    """
    line = json.dumps(feedback_line(feedback), ensure_ascii=False)
    data = line.encode("utf-8", "replace") + b"\n"
    try:
        with filelock.FileLock(f"{path}.lock", timeout=_WAIT_SECONDS), path.open("ab") as file:
            if file.tell() + len(data) > _LARGEST_FILE:
                raise FeedbackFault("反馈文件已满，没有记下这条反馈；请管理员移走 feedback.jsonl。")
            file.write(data)
    except filelock.Timeout as error:
        raise FeedbackFault("反馈没有记下：另一个程序一直占用着反馈文件，请稍后再试。") from error
    except OSError as error:
        raise FeedbackFault(f"反馈没有记下：写不了 {path.name}（{error.strerror or error}）。") from error
