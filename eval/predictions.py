"""The lines that `tiaowen ask --json` and `tiaowen clauses --json` print, checked and read into values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eval.comparable import path_key
from eval.errors import refuse
from eval.jsonl import Record


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause as a program printed it: its file, its address in comparable form, and its place.

    `quote` is what a citation quotes of it; `fields` are the cells of a table row.
    """

    file: str
    path: tuple[str, ...]
    text: str = ""
    start: int | None = None
    end: int | None = None
    quote: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One printed answer; `retrieved` is ordered best first."""

    id: str
    answer: str = ""
    abstained: bool = False
    citations: tuple[Passage, ...] = ()
    retrieved: tuple[Passage, ...] = ()


def read_answer(values: Mapping[str, Any]) -> AnswerLine:
    """The answer in one JSON object.

    :raises ValueError: with a Chinese phrase that says which field is wrong.
    """
    return AnswerLine(
        id=_text(values, "id", required=True),
        answer=_text(values, "answer"),
        abstained=bool(values.get("abstained")),
        citations=_passages(values, "citations"),
        retrieved=_passages(values, "retrieved"),
    )


def read_passage(values: Mapping[str, Any]) -> Passage:
    """The clause in one JSON object.

    :raises ValueError: with a Chinese phrase that says which field is wrong.
    """
    path = values.get("path") or []
    if not isinstance(path, list):
        raise ValueError("path 应为数组")
    cells = values.get("fields") or {}
    if not isinstance(cells, dict):
        raise ValueError("fields 应为对象")
    return Passage(
        file=_text(values, "file"),
        path=path_key(path),
        text=_text(values, "text"),
        start=_offset(values, "start"),
        end=_offset(values, "end"),
        quote=_text(values, "quote"),
        fields={name: cell for name, cell in cells.items() if isinstance(cell, str)},
    )


def read_answers(records: Iterable[Record]) -> dict[str, AnswerLine]:
    """The answers by question id.

    :raises EvalError: naming every line with a wrong field or an id that came before.
    """
    answers: dict[str, AnswerLine] = {}
    faults: list[str] = []
    for record in records:
        try:
            answer = read_answer(record.values)
        except ValueError as error:
            faults.append(record.line.fault(str(error)))
            continue
        if answer.id in answers:
            faults.append(record.line.fault(f"id {answer.id} 重复"))
        answers[answer.id] = answer
    refuse(faults)
    return answers


def read_passages(records: Iterable[Record]) -> list[Passage]:
    """The clauses in the order of the lines.

    :raises EvalError: naming every line with a wrong field.
    """
    passages: list[Passage] = []
    faults: list[str] = []
    for record in records:
        try:
            passages.append(read_passage(record.values))
        except ValueError as error:
            faults.append(record.line.fault(str(error)))
    refuse(faults)
    return passages


def _passages(values: Mapping[str, Any], name: str) -> tuple[Passage, ...]:
    items = values.get(name) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError(f"{name} 应为对象的数组")
    return tuple(read_passage(item) for item in items)


def _text(values: Mapping[str, Any], name: str, *, required: bool = False) -> str:
    value = values.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"缺少 {name}" if value is None else f"{name} 应为文本")
    return value


def _offset(values: Mapping[str, Any], name: str) -> int | None:
    value = values.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise ValueError(f"{name} 应为整数或 null")
    return value
