"""The value that this package makes of a clause: a quantified target."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Comparator(StrEnum):
    """How what is reached is to stand to the value of a target."""

    EQUAL = "="
    ABOUT = "≈"  # 左右
    AT_LEAST = ">="  # 以上, 不低于
    AT_MOST = "<="  # 以内, 不高于, 控制在
    MORE = ">"  # 超过, 高于
    LESS = "<"  # 低于
    RANGE = "range"  # 4.5%—5%
    SYNC = "sync"  # 与经济增长同步: no value of its own


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified target that a clause states.

    `indicator` is what is measured, without its growth (地区生产总值 of 地区生产总值增长5%左右); `change` is
    the word of that growth or fall (增长, 涨幅, 下降), empty for a level to be reached. `value` is a number,
    (low, high) for a range, None for `sync`; `unit` as printed, with 万 and 亿 (万人). `text` are the words
    of the value (5%左右; of a fall with its word, 下降3%), verbatim in `quote`, as that is in the clause.
    `year` is the year by which it is due, `base_year` the one it is measured against; None where the notice
    does not say. `responsible` are the bodies that the clause makes responsible, the leading ones first.
    `stretch` is True for what is only striven for beyond the target (5%以上、力争5.5%).
    """

    indicator: str
    comparator: Comparator
    value: float | tuple[float, float] | None
    unit: str
    text: str
    quote: str
    change: str = ""
    year: int | None = None
    base_year: int | None = None
    responsible: tuple[str, ...] = ()
    stretch: bool = False

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The lowest and highest value that meet the target, infinite where it is open; None for `sync`."""
        if self.value is None:
            return None
        low, high = self.value if isinstance(self.value, tuple) else (self.value, self.value)
        if self.comparator in (Comparator.AT_LEAST, Comparator.MORE):
            return low, float("inf")
        if self.comparator in (Comparator.AT_MOST, Comparator.LESS):
            return float("-inf"), high
        return low, high
