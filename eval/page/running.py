"""Starting a run of the product from the page: one at a time, in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eval.configuration import Configuration, Target, read_plan
from eval.errors import EvalError
from eval.experiment import run_name
from eval.shared_options import RunOptions

#: The configurations that come with the program.
CONFIGURATIONS: Final = Path(__file__).parent.parent / "configs"
_FAR: Final = re.compile(r"(\d+)/(\d+)")


@dataclass(frozen=True, slots=True)
class Startable:
    """A configuration of a file on a benchmark that is there."""

    file: Path
    configuration: Configuration
    target: Target

    @property
    def name(self) -> str:
        """What its result is called."""
        return run_name(self.target, self.configuration)

    @property
    def is_product(self) -> bool:
        """Whether the configuration changes nothing of the product."""
        return self.configuration == Configuration(self.configuration.name)

    def arguments(self, results: Path) -> list[str]:
        """The command line after `tiaowen-eval`."""
        options = RunOptions(results=results).arguments(self.target)
        return ["run", str(self.file), self.configuration.name, *options]


@dataclass(frozen=True, slots=True)
class Progress:
    """What a run says: its last line, and how far it is where it says that."""

    line: str
    done: int = 0
    total: int = 0

    @classmethod
    def of(cls, line: str) -> Progress:
        """The progress in a line such as 已提问 20/185."""
        far = _FAR.search(line)
        return cls(line, int(far[1]), int(far[2])) if far else cls(line)


def startable(folder: Path = CONFIGURATIONS) -> dict[str, Startable]:
    """What can be run, by the name of its result: the plans of the folder whose benchmarks are there."""
    found: dict[str, Startable] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            plan = read_plan(file)
        except EvalError:  # made for another state of the program; the command says what is wrong with it
            continue
        for target in plan.targets:
            if not all(path.exists() for path in (target.beir, target.bench, target.notices) if path):
                continue
            for configuration in plan.configurations:
                each = Startable(file, configuration, target)
                found.setdefault(each.name, each)
    return found


class Runner:
    """Runs one at a time, whoever starts it."""

    def __init__(self, command: Sequence[str] = (sys.executable, "-m", "eval.cli")) -> None:
        self._command = tuple(command)
        self._busy = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False

    def run(self, wanted: Startable, results: Path) -> Iterator[Progress]:
        """What the run says, line by line. Ends when its result is written.

        Raises EvalError when it fails, is stopped (`was_stopped`), or another one is under way.
        """
        if not self._busy.acquire(blocking=False):
            raise RunUnderWay
        try:
            yield from self._followed([*self._command, *wanted.arguments(results)])
        finally:
            self._busy.release()

    def stop(self) -> None:
        """Ends the run that is under way, if there is one."""
        process = self._process
        if process is not None:
            self._stopped = True
            process.terminate()

    def _followed(self, command: Sequence[str]) -> Iterator[Progress]:
        self._stopped = False
        last = ""
        with subprocess.Popen(  # noqa: S603 - ourselves, with names that the program made
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as process:
            self._process = process
            try:
                for line in process.stderr or ():
                    if line.strip():
                        last = line.strip()
                        yield Progress.of(last)
                code = process.wait()
            finally:
                self._process = None
                if process.poll() is None:
                    process.kill()
        if self._stopped:
            raise RunStopped
        if code != 0:
            raise EvalError(last or f"运行失败（退出码 {code}）。")


class RunUnderWay(EvalError):
    """Another run is not over yet."""

    def __init__(self) -> None:
        super().__init__("已有一个评测在运行，请等它结束。")


class RunStopped(EvalError):
    """Somebody stopped the run."""

    def __init__(self) -> None:
        super().__init__("运行已停止，没有写出结果。")
