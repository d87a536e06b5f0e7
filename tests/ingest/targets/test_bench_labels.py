"""The targets of five real notices against labels made by reading: which, how much, by when.

The labels hold facts and addresses; the notices themselves lie beside the project, where there are any.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from ingest import read_notice
from ingest.targets import Target, targets_of

BENCH = Path(__file__).parents[4] / "shared" / "bench"
LABELS = Path(__file__).parent / "bench_labels.tsv"

Fact = tuple[str, ...]

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="the real notices are not there (../shared/bench)")


def _labels() -> list[Fact]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


def _fact(notice: str, path: tuple[str, ...], target: Target) -> Fact:
    value = "~".join(map(str, target.value)) if isinstance(target.value, tuple) else str(target.value)
    numbers = (target.year or "", target.base_year or "")
    what = (target.indicator, target.comparator.value, value, target.unit)
    return (notice, "/".join(path), *what, *map(str, numbers))


def _found(clauses: set[tuple[str, str]]) -> list[Fact]:
    """What is found in the labelled clauses."""
    facts: list[Fact] = []
    for short, file in json.loads((BENCH / "docs.json").read_text(encoding="utf-8")).items():
        notice = read_notice(BENCH / "notices" / file, file)
        targets = targets_of(notice)
        facts += [
            _fact(short, clause.path, target)
            for clause in notice.clauses
            if (short, "/".join(clause.path)) in clauses
            for target in targets.get(clause.id, ())
        ]
    return facts


def test_precision_and_recall_on_the_labelled_clauses() -> None:
    labels = Counter(_labels())
    found = Counter(_found({(label[0], label[1]) for label in labels}))
    right = (labels & found).total()
    assert labels.total() == 192
    assert right / found.total() >= 0.95, sorted((found - labels).elements())
    assert right / labels.total() >= 0.95, sorted((labels - found).elements())
