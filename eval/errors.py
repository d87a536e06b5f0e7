"""What can be wrong with a benchmark, as Chinese sentences for the evaluator who gave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Value = TypeVar("Value")

#: A broken file of a million lines must not fill the terminal; the count says how much was left out.
SHOWN_FAULTS = 20


class EvalError(Exception):
    """An evaluation cannot be done; `str(error)` is what to show, one sentence a line, all faults at once.

    `faults` holds every sentence; the text shows the first `SHOWN_FAULTS` and counts the rest.
    """

    def __init__(self, *faults: str) -> None:
        shown = list(faults[:SHOWN_FAULTS])
        if len(faults) > SHOWN_FAULTS:
            shown.append(f"……另有 {len(faults) - SHOWN_FAULTS} 处错误未列出。")
        super().__init__("\n".join(shown))
        self.faults = faults


def refuse(faults: Sequence[str]) -> None:
    """Raise one `EvalError` with all `faults`; do nothing when there are none."""
    if faults:
        raise EvalError(*faults)


def attempt(faults: list[str], step: Callable[[], Value], default: Value) -> Value:
    """What `step` returns; when it raises `EvalError`, `default`, and its faults are added to `faults`.

    For reading several files before refusing them all at once.
    """
    try:
        return step()
    except EvalError as error:
        faults.extend(error.faults)
        return default
