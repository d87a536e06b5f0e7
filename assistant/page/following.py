"""Work that takes long, followed step by step."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

S = TypeVar("S")
R = TypeVar("R")
#: Steps that come faster than this many seconds are left out, save the last.
_PACE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """The end of the work: what it gave."""

    result: R


@dataclass(frozen=True, slots=True)
class _Failed:
    error: BaseException


def following(work: Callable[[Callable[[S], None]], R]) -> Iterator[S | Done[R]]:
    """The steps that `work` reports, as they come, and last its result; raises what it raises.

    The work runs in a thread of its own, to its end even when nobody follows any more.
    """
    steps: queue.Queue[S | Done[R] | _Failed] = queue.Queue()

    def run() -> None:
        try:
            steps.put(Done(work(steps.put)))
        except BaseException as error:
            steps.put(_Failed(error))

    threading.Thread(target=run, name="followed", daemon=True).start()
    shown = 0.0
    while True:
        step = steps.get()
        if isinstance(step, _Failed):
            raise step.error
        if isinstance(step, Done):
            yield step
            return
        if time.monotonic() - shown >= _PACE:
            shown = time.monotonic()
            yield step
