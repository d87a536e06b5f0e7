"""Grids: each cell is run once, what is there is kept, and one failure does not stop the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.configuration import Configuration, Target
from eval.errors import EvalError
from eval.grid import Cell, GridReport, cells_of, in_process, run_grid
from eval.machine import Revision
from eval.results import write_result

from .made import BENCHMARK, hits, result

AT = Revision("abc123", changed=False)
THREE = [Configuration("a"), Configuration("b"), Configuration("c", weight=0.1)]


@pytest.fixture
def cells(tmp_path: Path) -> list[Cell]:
    return cells_of(THREE, [Target(bench=tmp_path / "云湖")], tmp_path / "results", AT)


class Runner:
    """Writes a result for each cell and remembers which it was given."""

    def __init__(self, failing: str = "") -> None:
        self.ran: list[str] = []
        self._failing = failing

    def __call__(self, cell: Cell) -> None:
        self.ran.append(cell.configuration.name)
        if cell.configuration.name == self._failing:
            raise EvalError("磁盘满了。")
        made = result(cell.configuration.name, hits({"q1": 1.0}), benchmark=BENCHMARK)
        object.__setattr__(made, "configuration", cell.configuration.as_json())
        write_result(cell.file.parent, made)


def test_a_second_time_nothing_is_run(cells: list[Cell]) -> None:
    first, second = Runner(), Runner()
    files = tuple(cell.file for cell in cells)
    assert run_grid(cells, first) == GridReport(kept=(), made=files, failed=())
    assert run_grid(cells, second) == GridReport(kept=files, made=(), failed=())
    assert (first.ran, second.ran) == (["a", "b", "c"], [])


def test_after_a_failure_only_what_is_missing_is_run(cells: list[Cell]) -> None:
    first, second = Runner(failing="b"), Runner()
    report = run_grid(cells, first)
    assert [path.name for path in report.made] == ["云湖-a-abc123.json", "云湖-c-abc123.json"]
    assert report.failed == (("云湖-b", "磁盘满了。"),)
    assert len(run_grid(cells, second).kept) == 2
    assert (first.ran, second.ran) == (["a", "b", "c"], ["b"])


def test_a_result_of_other_settings_or_half_a_file_is_made_anew(cells: list[Cell], tmp_path: Path) -> None:
    run_grid(cells, Runner())
    cells[1].file.write_text('{"format": 1', encoding="utf-8")
    changed = [THREE[0], THREE[1], Configuration("c", weight=0.9)]
    again = Runner()
    run_grid(cells_of(changed, [Target(bench=tmp_path / "云湖")], tmp_path / "results", AT), again)
    assert again.ran == ["b", "c"]


def test_another_commit_is_another_result(cells: list[Cell], tmp_path: Path) -> None:
    run_grid(cells, Runner())
    later = cells_of(
        THREE, [Target(bench=tmp_path / "云湖")], tmp_path / "results", Revision("def", changed=False)
    )
    assert [cell.file.name for cell in later] == ["云湖-a-def.json", "云湖-b-def.json", "云湖-c-def.json"]


def test_progress_is_told_before_each(cells: list[Cell]) -> None:
    told: list[tuple[int, str]] = []
    run_grid(cells, Runner(), began=lambda number, cell: told.append((number, cell.name)))
    assert told == [(0, "云湖-a"), (1, "云湖-b"), (2, "云湖-c")]


def test_every_configuration_meets_every_benchmark(tmp_path: Path) -> None:
    targets = [Target(beir=tmp_path / "法条", split="dev"), Target(bench=tmp_path / "云湖")]
    names = [cell.name for cell in cells_of(THREE[:2], targets, tmp_path, AT, 50)]
    assert names == ["法条-dev-first50-a", "法条-dev-first50-b", "云湖-first50-a", "云湖-first50-b"]


def test_no_benchmark_and_equal_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="没有指定评测数据"):
        cells_of(THREE, [], tmp_path, AT)
    twins = [Target(bench=tmp_path / "x" / "云湖"), Target(bench=tmp_path / "y" / "云湖")]
    with pytest.raises(EvalError, match="有两次运行同名：云湖-a"):
        cells_of(THREE[:1], twins, tmp_path, AT)


def test_a_cell_in_a_process_of_its_own_says_why_it_failed(cells: list[Cell]) -> None:
    run = in_process(lambda cell: ["run", "missing.toml", cell.configuration.name])
    with pytest.raises(EvalError, match=r"^找不到文件：missing.toml。请检查路径。$"):
        run(cells[0])
