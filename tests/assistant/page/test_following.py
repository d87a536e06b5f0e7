"""Work that is followed step by step."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.page.following import Done, following


def test_the_result_comes_last() -> None:
    def work(tell: Callable[[int], None]) -> str:
        for step in range(1000):
            tell(step)
        return "好"

    *steps, last = following(work)
    assert last == Done("好")
    assert steps[0] == 0
    assert steps == sorted(set(steps))
    assert len(steps) < 1000


def test_what_the_work_raises_is_raised() -> None:
    def work(tell: Callable[[int], None]) -> str:
        tell(1)
        raise ValueError("坏")

    steps = following(work)
    assert next(steps) == 1
    with pytest.raises(ValueError, match="坏"):
        next(steps)
