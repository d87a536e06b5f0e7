"""Mutated files: a small run of `scripts/fuzz-readers`, and what its limits notice."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

import pytest

from scripts.fuzzing import worker
from scripts.fuzzing.inputs import make_input
from scripts.fuzzing.mutation import mutate
from scripts.fuzzing.run import Report, run
from scripts.fuzzing.seeds import Seed, by_format, read_seeds

COUNT = 150


@pytest.fixture(scope="module")
def groups() -> dict[str, list[Seed]]:
    """The files that stand in the project."""
    return by_format(read_seeds(scans=False, real=None))


def test_a_mutated_file_ends_in_a_notice_or_a_refusal(groups: dict[str, list[Seed]]) -> None:
    report = Report(seed=1)
    report.outcomes.extend(run(range(1, COUNT + 1), 1, groups))
    assert [(given.number, outcome) for given, outcome in report.faults] == []
    told = report.as_json()
    assert told["count"] == COUNT
    assert set(told["by_format"]) == set(groups)
    assert {"notice", "refused"} == {name for counts in told["by_format"].values() for name in counts}
    assert 0 <= told["peak_memory_mb"] < worker.MEMORY_MB


def test_every_format_is_mutated(groups: dict[str, list[Seed]]) -> None:
    assert set(groups) == {"doc", "docx", "html", "md", "mht", "pdf", "rtf", "txt", "xls", "xlsx", "zip"}


def test_an_input_can_be_made_again_from_its_number(groups: dict[str, list[Seed]]) -> None:
    first, again = (make_input(7, 1, groups) for _ in range(2))
    assert first == again
    assert make_input(8, 1, groups) != first
    assert make_input(7, 2, groups) != first


def test_mutations_leave_a_byte_and_change_the_file() -> None:
    data = "一、清淤。\n".encode() * 30
    changed = [mutate(Random(number), data, b"<p>x</p>")[1] for number in range(60)]
    assert all(changed)
    assert sum(spoilt != data for spoilt in changed) > 55


def _fail() -> None:
    raise ZeroDivisionError


def _work_on() -> None:
    while True:
        time.process_time()


def _fill() -> None:
    assert len(b"x" * 700 * 1024**2)


@pytest.mark.parametrize(
    ("fault", "seconds", "result"),
    [(_fail, 10.0, "ZeroDivisionError at test_fuzzing.py"), (_work_on, 0.2, "time"), (_fill, 10.0, "memory")],
)
def test_faults_are_noticed(
    fault: Callable[[], None],
    seconds: float,
    result: str,
    groups: dict[str, list[Seed]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A reader that fails, works on or fills the memory, in a process of its own."""
    monkeypatch.setattr(worker, "SECONDS", seconds)
    monkeypatch.setattr(worker, "MEMORY_MB", 600)
    monkeypatch.setattr(worker, "read_notice", lambda path, name: fault())
    (pair,) = run([1], 1, {"txt": groups["txt"]}, workers=1)
    assert pair[1].is_fault
    assert pair[1].result.startswith(result)
