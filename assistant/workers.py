"""Processes that work out answers beside the one that serves the page.

Python runs one thread of a process at a time: with fifty people asking at once, serving them takes as long as
finding their answers, and two cores do half as much in one process as in two.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from threading import Thread
from typing import Final, Self

from assistant.service import Service
from assistant.types import Answer
from index.settings import Settings

#: A fork would copy the locks of threads as they happen to be.
_CONTEXT: Final = multiprocessing.get_context("spawn")

#: Seconds until a question that no process has begun with is taken back: one slow answer holds up nobody.
_PATIENCE: Final = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    turns: tuple[str, ...]
    notices: frozenset[str]
    struck: frozenset[str]
    struck_before: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection

    @classmethod
    def started(cls, settings: Settings) -> Self:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_work, args=(theirs, settings), name="answers", daemon=True)
        process.start()
        theirs.close()  # so that its end is seen when the process dies
        return cls(process, ours)

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


class Workers:
    """Some processes over one index home. Any number of threads may ask; who came first is answered first,
    from the index as it is then. The processes end with this one, however it ends."""

    def __init__(self, settings: Settings, count: int) -> None:
        """Starts `count` (at least 1) processes; each opens the index with its first question."""
        self._settings = settings
        self._waiting: SimpleQueue[tuple[_Asked, Future[Answer | None]] | None] = SimpleQueue()
        self._threads = [Thread(target=self._serve, name="answers", daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def extract(
        self,
        turns: Sequence[str],
        *,
        notices: frozenset[str],
        struck: frozenset[str],
        struck_before: Sequence[frozenset[str]],
    ) -> Answer | None:
        """As `Service.extract`; None where it is to be worked out here: the process failed or died, or none
        has begun with it for a second."""
        answer: Future[Answer | None] = Future()
        self._waiting.put((_Asked(tuple(turns), notices, struck, tuple(struck_before)), answer))
        try:
            return answer.result(timeout=_PATIENCE)
        except TimeoutError:
            return None if answer.cancel() else answer.result()

    def close(self) -> None:
        """Ends the processes, once what was asked before is answered."""
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self) -> None:
        """Hands questions to one process; nobody else writes to it or reads from it."""
        worker = _Worker.started(self._settings)
        while (task := self._waiting.get()) is not None:
            asked, answer = task
            if not answer.set_running_or_notify_cancel():
                continue
            try:
                worker.connection.send(asked)
                answer.set_result(worker.connection.recv())
            except Exception as error:  # whoever waits for the answer must not wait for ever
                _log.warning("a process that works out answers died (%s)", type(error).__name__)
                answer.set_result(None)
                worker.end()
                worker = _Worker.started(self._settings)
        worker.end()


def _work(connection: Connection, settings: Settings) -> None:
    """Answers questions until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that serves
    service: Service | None = None
    with suppress(EOFError, OSError):
        while True:
            asked: _Asked = connection.recv()
            try:
                service = service or Service(settings)
                answer = service.extract(
                    asked.turns,
                    notices=asked.notices,
                    struck=asked.struck,
                    struck_before=asked.struck_before,
                )
            except Exception:  # the asking process tries it itself and says what is wrong
                connection.send(None)
            else:
                connection.send(answer)
