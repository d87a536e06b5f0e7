"""Our figures and those of the scorer in ../shared/bench over the same predictions: an independent twin."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eval.answer_scoring import score_answers
from eval.clause_scoring import score_clauses
from eval.gold import Gold, questions_file, read_gold, read_questions
from eval.jsonl import read_records
from eval.means import grouped_means, means_as_json
from eval.predictions import read_answers, read_passages

from .conftest import write_jsonl

BENCH = Path(__file__).parents[3] / "shared" / "bench"

pytestmark = pytest.mark.skipif(not (BENCH / "score.py").is_file(), reason="../shared/bench is not there")


def twin(what: str, predictions: Path) -> dict[str, dict[str, float]]:
    command = [sys.executable, "-B", str(BENCH / "score.py"), what, str(predictions), "--json"]
    figures: dict[str, dict[str, float]] = json.loads(subprocess.check_output(command))
    return figures


def gold_rows(gold: Gold) -> list[dict[str, Any]]:
    return [
        {"file": gold.files[doc].name, "path": list(c.path), "text": c.text, "start": c.start, "end": c.end}
        | {"fields": dict(c.fields), "cite": c.cite, "doc": doc}
        for doc, clauses in gold.clauses.items()
        for c in clauses
    ]


def damaged_clause(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A clause as a middling splitter prints it: path, span, text or cells may be wrong."""
    row = dict(row)
    if chance.random() < 0.1:
        row["path"] = row["path"][:-1] or ["x"]
    if chance.random() < 0.2:
        row["end"] += chance.randint(-30, 30)
    if chance.random() < 0.1:
        row["text"] += "x"
    row["fields"] = {name: cell for name, cell in row["fields"].items() if chance.random() < 0.8}
    return row


def damaged_answer(
    question: dict[str, Any], rows: list[dict[str, Any]], chance: random.Random
) -> dict[str, Any]:
    """An answer as a middling assistant prints it: every part of it is right only sometimes."""
    wanted = {(e["doc"], e["cite"]) for e in [*question["evidence"], *(question.get("also_ok") or [])]}
    right = [row for row in rows if (row["doc"], row["cite"]) in wanted]
    retrieved = [*chance.sample(rows, 12), *(row for row in right if chance.random() < 0.8)]
    chance.shuffle(retrieved)
    retrieved = [row | {"path": ["x"]} if chance.random() < 0.3 else row for row in retrieved]
    cited = [*(row for row in right if chance.random() < 0.6), *chance.sample(rows, chance.choice([0, 0, 2]))]
    citations = [row | {"quote": chance.choice([row["text"][:9], row["text"][2:9], "x"])} for row in cited]
    said = [text for text in [*question["must"], *(question.get("must_not") or [])] if chance.random() < 0.8]
    return {
        "id": question["id"],
        "answer": "啊" * chance.choice([0, 0, 290]) + "".join(said),
        "abstained": chance.random() < 0.3,
        "citations": citations,
        "retrieved": retrieved,
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_answers_score_the_same(tmp_path: Path, seed: int) -> None:
    chance, gold = random.Random(seed), read_gold(BENCH)
    questions, rows = questions_file(BENCH), gold_rows(gold)
    asked = [record.values for record in read_records(questions) if chance.random() < 0.9]
    predictions = tmp_path / "answers.jsonl"
    write_jsonl(predictions, [damaged_answer(question, rows, chance) for question in asked])
    scores = score_answers(gold, read_questions(questions, gold), read_answers(read_records(predictions)))
    ours = means_as_json(grouped_means((score.question.type, score.values) for score in scores))
    theirs = twin("answers", predictions)
    assert ours.keys() == theirs.keys()
    for kind, figures in theirs.items():
        figures.pop("n")
        assert ours[kind] == pytest.approx(figures)
    assert 0.1 < ours["ALL"]["cite_f1"] < 0.9  # the damage is neither none nor total


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_clauses_score_the_same(tmp_path: Path, seed: int) -> None:
    chance, gold = random.Random(seed), read_gold(BENCH)
    predictions = tmp_path / "clauses.jsonl"
    kept = [row for row in gold_rows(gold) if chance.random() < 0.9]
    write_jsonl(predictions, [damaged_clause(row, chance) for row in kept])
    ours = score_clauses(gold, read_passages(read_records(predictions))).figures
    theirs = twin("clauses", predictions)
    assert ours.keys() == theirs.keys()
    for doc, figures in theirs.items():
        found = {name: getattr(ours[doc], name) for name in figures}
        assert found == pytest.approx(figures)
        assert 0.5 < ours[doc].path_f1 < 1
