"""What the check says of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What does not agree with the cited clause; the value is what staff read."""

    QUOTE = "引文与条款原文不符"
    ADDRESS = "条款地址不符"
    NUMBER = "数字不符"
    UNIT = "单位不符"
    COMPARATOR = "比较词不符"
    DIRECTION = "增减方向不符"
    DATE = "年份或日期不符"
    NEGATION = "否定不符"
    BODY = "单位名称不符"
    ROLE = "单位职责不符"
    PLACE = "地名不符"
    DOCUMENT = "文件名或文号不符"
    CONTENT = "内容未见于条款"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in a sentence that its clause does not say: `text` as it stands in the sentence."""

    kind: FaultKind
    text: str

    def __str__(self) -> str:
        return f"{self.kind.value}：{self.text}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The faults of one sentence, in its order; none when the clause supports it."""

    faults: tuple[Fault, ...] = ()

    @property
    def supported(self) -> bool:
        """True when nothing in the sentence goes beyond its clauses."""
        return not self.faults
