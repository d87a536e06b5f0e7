"""A grid of runs: every configuration on every benchmark, each in its own process, resumed where it was."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.configuration import Configuration, Target
from eval.errors import EvalError
from eval.experiment import run_name
from eval.machine import Revision
from eval.results import file_name, read_result


@dataclass(frozen=True, slots=True)
class Cell:
    """One run to do: a configuration on a benchmark, and the file that its result goes to."""

    name: str
    configuration: Configuration
    target: Target
    file: Path


@dataclass(frozen=True, slots=True)
class GridReport:
    """What a grid did: files that were there before, files made now, and what failed with the reason."""

    kept: tuple[Path, ...]
    made: tuple[Path, ...]
    failed: tuple[tuple[str, str], ...]


#: Runs one cell, which writes its file; raises `EvalError` with the reason when it could not.
RunCell = Callable[[Cell], None]


def cells_of(
    configurations: Iterable[Configuration],
    targets: Sequence[Target],
    folder: Path,
    made_at: Revision,
    limit: int | None = None,
) -> list[Cell]:
    """The cells in order, all configurations on the first benchmark first.

    :raises EvalError: without a benchmark, or when two runs would have one name.
    """
    if not targets:
        raise EvalError("没有指定评测数据：请写 --beir 和 --split、--bench，或在配置文件里写 [[benchmark]]。")
    found = list(configurations)
    cells: list[Cell] = []
    for target in targets:
        for configuration in found:
            name = run_name(target, configuration, limit)
            cells.append(Cell(name, configuration, target, folder / file_name(name, made_at)))
    names = [cell.name for cell in cells]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise EvalError(*(f"有两次运行同名：{name}。请给评测文件夹或配置换名。" for name in twice))
    return cells


def run_grid(
    cells: Sequence[Cell], run: RunCell, *, began: Callable[[int, Cell], None] = lambda *_: None
) -> GridReport:
    """What was done: a cell whose result is there is kept, all others are run, one at a time.

    A result counts as there when its file can be read and was made with the same configuration. One cell that
    fails does not stop the others. `began` is told the number (from 0) and the cell before each.
    """
    kept: list[Path] = []
    made: list[Path] = []
    failed: list[tuple[str, str]] = []
    for number, cell in enumerate(cells):
        began(number, cell)
        if is_done(cell):
            kept.append(cell.file)
            continue
        try:
            run(cell)
        except EvalError as error:
            failed.append((cell.name, str(error)))
        else:
            made.append(cell.file)
    return GridReport(tuple(kept), tuple(made), tuple(failed))


def is_done(cell: Cell) -> bool:
    """Whether the result of exactly this run is there."""
    try:
        result = read_result(cell.file)
    except EvalError:
        return False
    return dict(result.configuration) == cell.configuration.as_json()


def in_process(arguments: Callable[[Cell], Sequence[str]]) -> RunCell:
    """A way to run cells, each as a command `tiaowen-eval` in a new process with the arguments given.

    The memory that a run reports is then its own, and no run warms another's caches.
    """

    def run(cell: Cell) -> None:
        command = [sys.executable, "-m", "eval.cli", *arguments(cell)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
        if done.returncode != 0:
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            raise EvalError(lines[-1] if lines else f"运行失败（退出码 {done.returncode}）。")
        if not cell.file.is_file():
            raise EvalError(f"运行结束了，却没有写出 {cell.file}。")

    return run
