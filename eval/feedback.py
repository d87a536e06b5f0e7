"""Thumbs and corrections from the chat → a file for review, of questions with proposed evidence.

What people press is no gold: an answer may be liked and wrong, and a correction may name the wrong clause. So
the lines carry no question type, and `read_questions` refuses them until a person has read each and filled
it in. Nothing is ever added to a question set by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvalError, refuse
from eval.jsonl import read_records

UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause that an answer cited or a person named: its file ("" where only an address was given), its
    address, and the words quoted."""

    file: str
    cite: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One press of a thumb. `turns` are those of the dialogue, the question last."""

    turns: tuple[str, ...]
    thumb: str
    answer: str = ""
    citations: tuple[Cited, ...] = ()
    reason: str = ""
    correct: Cited | None = None
    time: str = ""


def read_feedback(path: Path) -> list[Feedback]:
    """The feedback in a file of JSON lines, in order: `question`, `turns` (before it), `answer`, `citations`,
    `thumb` (up or down), `reason`, `correct_cite`, `time`; only question and thumb must be there.

    :raises EvalError: naming every line that is none.
    """
    found: list[Feedback] = []
    faults: list[str] = []
    for record in read_records(path):
        try:
            found.append(_feedback(record.values))
        except ValueError as error:
            faults.append(record.line.fault(str(error)))
    refuse(faults)
    if not found:
        raise EvalError(f"{path} 里没有任何反馈。")
    return found


def review_lines(feedback: Iterable[Feedback], docs: Mapping[str, str]) -> list[dict[str, Any]]:
    """One line for each dialogue that was judged, in the order in which they first come.

    `docs` maps file names to the short ids of a benchmark; a file that it lacks stays as it is named. The
    proposed evidence is what people named as right, else what the liked answers cited; nothing where all
    that is known is that the answer was wrong. `review` says what was pressed, how often and why.
    """
    by_dialogue: dict[tuple[str, ...], list[Feedback]] = {}
    for each in feedback:
        by_dialogue.setdefault(each.turns, []).append(each)
    return [_review_line(turns, pressed, docs) for turns, pressed in by_dialogue.items()]


def write_review(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write the lines to a file that is not there yet: a review that somebody began is never overwritten.

    :raises EvalError: when it is there, or cannot be written.
    """
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise EvalError(f"{path} 已经存在，其中可能有人工审核的内容；请换一个文件名。") from error
    except OSError as error:
        raise EvalError(f"写不了文件 {path}：{error.strerror or error}。") from error


def _review_line(
    turns: tuple[str, ...], pressed: Sequence[Feedback], docs: Mapping[str, str]
) -> dict[str, Any]:
    corrections = [each.correct for each in pressed if each.correct is not None]
    liked = [cited for each in pressed if each.thumb == UP for cited in each.citations]
    proposed = dict.fromkeys(corrections or liked)
    thumbs = [each.thumb for each in pressed]
    digest = hashlib.sha256(json.dumps(turns, ensure_ascii=False).encode()).hexdigest()
    return {
        "id": f"feedback-{digest[:10]}",
        "type": "",
        "question": turns[0] if len(turns) == 1 else list(turns),
        "evidence": [_evidence(cited, docs) for cited in proposed],
        "must": [],
        "review": {
            "todo": _todo(thumbs, bool(corrections), bool(proposed)),
            "up": thumbs.count(UP),
            "down": thumbs.count(DOWN),
            "reasons": list(dict.fromkeys(each.reason for each in pressed if each.reason)),
            "answer": pressed[-1].answer,
            "cited": [_evidence(cited, docs) for cited in dict.fromkeys(pressed[-1].citations)],
            "last": max(each.time for each in pressed),
        },
    }


def _todo(thumbs: Sequence[str], corrected: bool, proposed: bool) -> str:
    """What the reviewer has to do, as a Chinese sentence."""
    if UP in thumbs and DOWN in thumbs:
        return "评价不一：请判断答案对不对，核对证据条款，填写 type 和 must。"
    if corrected:
        return "有人指出了正确条款：请核对证据条款，填写 quote、type 和 must。"
    if proposed:
        return "有人认可了答案：请核对证据条款，填写 type 和 must。"
    return "有人认为答案不对：请找出证据条款（没有条款回答时 type 填 none），填写 type 和 must。"


def _evidence(cited: Cited, docs: Mapping[str, str]) -> dict[str, str]:
    return {"doc": docs.get(Path(cited.file).name, cited.file), "cite": cited.cite, "quote": cited.quote}


def _feedback(values: Mapping[str, Any]) -> Feedback:
    question, thumb = values.get("question"), values.get("thumb")
    if not isinstance(question, str) or not question.strip():
        raise ValueError("缺少 question")
    if thumb not in (UP, DOWN):
        raise ValueError(f"thumb 应为 up 或 down，实为“{thumb}”")
    turns = values.get("turns") or []
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("turns 应为文本的数组")
    before = turns[:-1] if turns and turns[-1] == question else turns
    citations = values.get("citations") or []
    if not isinstance(citations, list):
        raise ValueError("citations 应为数组")
    correct = values.get("correct_cite")
    return Feedback(
        turns=(*before, question),
        thumb=thumb,
        answer=_text(values, "answer"),
        citations=tuple(_cited(item) for item in citations),
        reason=_text(values, "reason"),
        correct=_cited(correct) if correct else None,
        time=_text(values, "time"),
    )


def _cited(item: object) -> Cited:
    if isinstance(item, str):
        return Cited("", item)
    if isinstance(item, dict):
        return Cited(_text(item, "file"), _text(item, "cite"), _text(item, "quote"))
    raise ValueError("引用应为文本，或者含 file、cite、quote 的对象")


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} 应为文本")
    return value
