"""The steps of normalisation that a configuration has, in the product's own place for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from index.normalisation import STEPS


@contextmanager
def normal_steps(names: Sequence[str]) -> Iterator[None]:
    """Within it, passages and questions are normalised by the steps `names` of `STEPS` and no others.

    It holds for the whole process: one configuration is measured at a time.
    """
    before = dict(STEPS)
    STEPS.clear()
    STEPS.update({name: step for name, step in before.items() if name in names})
    try:
        yield
    finally:
        STEPS.clear()
        STEPS.update(before)
