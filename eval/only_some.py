"""Leaving out parts that the product keeps in a table by name: steps of normalisation, readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

Part = TypeVar("Part")


@contextmanager
def only_some(table: dict[str, Part], names: Sequence[str]) -> Iterator[None]:
    """Within it, `table` has the parts `names` and no others, in its own order.

    It holds for the whole process: one configuration is measured at a time.
    """
    before = dict(table)
    table.clear()
    table.update({name: part for name, part in before.items() if name in names})
    try:
        yield
    finally:
        table.clear()
        table.update(before)
