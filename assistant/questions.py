"""Files of questions: one JSON object a line, with `id` and `question` (a text, or a dialogue's turns)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError


class UnreadableQuestions(AssistantError):
    """A file of questions that is missing or has a line that is none."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a file: its id as given, and its turns, of which the last is to be answered."""

    id: str | int | None
    turns: tuple[str, ...]


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions of a JSON Lines file, in order; blank lines are skipped.

    Raises UnreadableQuestions, with the number of the line, for the first line that is not a question.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableQuestions(f"读不了问题文件 {path}：{_reason(error)}。") from error
    return tuple(_question(line, number, path) for number, line in enumerate(lines, 1) if line.strip())


def _question(line: str, number: int, path: Path) -> Question:
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableQuestions(
            f"{path.name} 第 {number} 行不是 JSON，每行应是一个带 question 的对象。"
        ) from error
    asked = row.get("question") if isinstance(row, dict) else None
    turns = (asked,) if isinstance(asked, str) else tuple(asked) if isinstance(asked, list) else ()
    if not turns or not all(isinstance(turn, str) for turn in turns):
        raise UnreadableQuestions(f"{path.name} 第 {number} 行没有 question（一个问题，或一组对话轮次）。")
    return Question(row.get("id"), turns)


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不存在"
    return "不是 UTF-8 文本" if isinstance(error, UnicodeDecodeError) else "没有权限或不是文件"
