"""The same question written in other ways finds the same clause."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.service import Service
from eval.gold import read_gold, read_questions
from index.settings import Settings
from index.sync import sync

_ROOT = Path(__file__).parents[2]
_SAMPLES = _ROOT / "eval" / "samples"
_VARIANTS = _SAMPLES / "variants.jsonl"
_ROWS = [json.loads(line) for line in _VARIANTS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Answers over the sample notices, in a home of this module."""
    settings = Settings(tmp_path_factory.mktemp("home"))
    sync([_ROOT / "corpus"], settings)
    return Service(settings)


@pytest.mark.parametrize("row", _ROWS, ids=[row["id"] for row in _ROWS])
def test_a_variant_is_answered_from_the_clause_of_the_evidence(
    row: dict[str, object], service: Service
) -> None:
    wanted = {(e["doc"], e["cite"]) for e in [*row["evidence"], *row.get("also_ok", [])]}  # type: ignore[attr-defined, misc]
    files = {name: doc for doc, name in json.loads((_SAMPLES / "docs.json").read_text("utf-8")).items()}
    answer = service.answer([str(row["question"])])
    cited = {(files[citation.file], citation.clause.cite) for citation in answer.citations}
    first = [(files[hit.notice.name], hit.clause.cite) for hit in answer.retrieved[:3]]
    assert cited & wanted  # a lead-in may be cited beside it
    assert wanted & set(first)


def test_the_set_agrees_with_the_gold() -> None:
    questions = read_questions(_VARIANTS, read_gold(_SAMPLES, _ROOT / "corpus"))
    assert len(questions) == 30
    assert {question.type for question in questions} == {
        "amounts",
        "departments",
        "shares",
        "spelling",
        "traditional",
        "units",
        "width",
        "years",
    }


@pytest.mark.parametrize(
    ("question", "note"),
    [
        (
            "岚汀市空气质量指标表里抽氧浓度2022年的基数是多少",
            "问题里的“抽氧”按“臭氧”查找。",
        ),
        ("岚汀市环保局负责什么", "问题里的“市环保局”按“市生态环境局”查找。"),
        ("租房补贴每月多少", "问题没有写明地区或文件，已在全部13份文件（4个地区）中查找。"),
    ],
)
def test_the_reader_is_told(question: str, note: str, service: Service) -> None:
    assert service.answer([question]).understood.notes == (note,)
