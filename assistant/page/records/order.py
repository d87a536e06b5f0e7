"""The order of a table's rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
#: What a column orders by; None stands for an empty cell.
Key = str | float | None


def in_order(records: Sequence[T], key: Callable[[T], Key], *, descending: bool = False) -> list[T]:
    """The records by that key; those without one last in either direction, equal ones as they came.

    Text goes by its code in GB 18030, whose common characters stand in the order of their pinyin.
    """
    with_key = [record for record in records if key(record) is not None]
    without = [record for record in records if key(record) is None]
    return sorted(with_key, key=lambda record: _comparable(key(record)), reverse=descending) + without


def _comparable(key: Key) -> tuple[float, bytes]:
    if isinstance(key, str):
        return 0.0, key.encode("gb18030", "replace")
    return key or 0.0, b""
