"""A run: inputs handed to some processes, outcomes counted."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any

from scripts.fuzzing.inputs import Input, make_input
from scripts.fuzzing.seeds import Seed
from scripts.fuzzing.worker import Outcome, work

#: Wall-clock seconds after which a process that uses no processor time is given up.
_PATIENCE = 600.0
_SLOWEST = 10


@dataclass(slots=True)
class Report:
    """What came of a run, input by input."""

    seed: int
    outcomes: list[tuple[Input, Outcome]] = field(default_factory=list)

    @property
    def faults(self) -> list[tuple[Input, Outcome]]:
        """Inputs that ended in neither a notice nor a refusal, by number."""
        return sorted((pair for pair in self.outcomes if pair[1].is_fault), key=lambda pair: pair[0].number)

    def as_json(self) -> dict[str, Any]:
        """Counts by format and by mutation, faults, the slowest and the largest inputs."""
        formats: dict[str, Counter[str]] = defaultdict(Counter)
        mutations: Counter[str] = Counter()
        for given, outcome in self.outcomes:
            formats[given.group][outcome.result if not outcome.is_fault else "fault"] += 1
            mutations.update(given.mutation.split("+"))
        texts = [(given, outcome) for given, outcome in self.outcomes if not given.is_picture]
        slowest = sorted(texts, key=lambda pair: -pair[1].seconds)[:_SLOWEST]
        largest = sorted(texts, key=lambda pair: -pair[1].memory_mb)[:_SLOWEST]
        return {
            "count": len(self.outcomes),
            "seed": self.seed,
            "faults": len(self.faults),
            "by_format": {name: dict(sorted(counts.items())) for name, counts in sorted(formats.items())},
            "by_mutation": dict(sorted(mutations.items())),
            "cpu_seconds": round(sum(outcome.seconds for _, outcome in self.outcomes), 1),
            "peak_memory_mb": max((outcome.memory_mb for _, outcome in texts), default=0.0),
            "slowest": [_told(*pair) for pair in slowest],
            "largest": [_told(*pair) for pair in largest],
            "fault_list": [_told(*pair) for pair in self.faults],
        }


def run(
    numbers: Iterable[int], seed: int, groups: Mapping[str, Sequence[Seed]], *, workers: int = 2
) -> Iterator[tuple[Input, Outcome]]:
    """Each input with its outcome, as they come; every process that dies is replaced."""
    make = partial(make_input, seed=seed, groups=groups)
    waiting = iter(numbers)
    crew = [_Reader(make) for _ in range(workers)]
    try:
        while True:
            for reader in crew:
                if reader.number is None and (number := next(waiting, None)) is not None:
                    reader.give(number)
            busy = [reader for reader in crew if reader.number is not None]
            if not busy:
                return
            wait([reader.pipe for reader in busy], timeout=5)
            for reader in busy:
                outcome = reader.outcome()
                if outcome is not None:
                    yield make(outcome.number), outcome
    finally:
        for reader in crew:
            reader.stop()


class _Reader:
    """One process, and the number of the input that it is reading."""

    def __init__(self, make: Callable[[int], Input]) -> None:
        self._make = make
        self.number: int | None = None
        self._since = 0.0
        self.pipe, self._process = self._start()

    def give(self, number: int) -> None:
        self.number, self._since = number, time.monotonic()
        self.pipe.send(number)

    def outcome(self) -> Outcome | None:
        """The outcome of the input, once it is there; a process that died or sleeps gives a fault."""
        number = self.number
        assert number is not None
        if self.pipe.poll():
            try:
                outcome: Outcome = self.pipe.recv()
            except (EOFError, ConnectionResetError):
                outcome = Outcome(number, self._how_it_died(), 0.0, 0.0)
                self._restart()
            self.number = None
            return outcome
        if time.monotonic() - self._since > _PATIENCE:
            self._restart()
            self.number = None
            return Outcome(number, "sleeps", _PATIENCE, 0.0)
        return None

    def stop(self) -> None:
        """End the process."""
        self.pipe.close()
        self._process.kill()
        self._process.join()

    def _how_it_died(self) -> str:
        self._process.join()
        code = self._process.exitcode or 0
        if code == -signal.SIGPROF:
            return "time"
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit {code}"

    def _restart(self) -> None:
        self.stop()
        self.pipe, self._process = self._start()

    def _start(self) -> tuple[Connection, ForkProcess]:
        # a fork shares the seeds; this process has no threads
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self._make), daemon=True)
        process.start()
        theirs.close()
        return ours, process


def _told(given: Input, outcome: Outcome) -> dict[str, Any]:
    return {
        "number": given.number,
        "from": given.name if given.name.isascii() else given.group,
        "mutation": given.mutation,
        "bytes": given.size,
        "result": outcome.result,
        "seconds": outcome.seconds,
        "memory_mb": outcome.memory_mb,
        **({"detail": outcome.detail} if outcome.detail else {}),
    }
