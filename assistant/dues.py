"""When something is due, as rows and sentences of notices state it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.sentences import Sentence, sentences
from assistant.types import Deadline
from assistant.wording import comparable
from ingest.notice import Card

#: Columns of a table that say when something is due; 启动时间 says when it begins.
_COLUMN = re.compile(
    r"完成|竣工|完工|办结|交付|截止|时限|期限|进度|节点|年限|(?:计划|实施|建设|改造|整治|治理)年[度份]$|^时间(?:安排|要求)?$"
)
_NO_COLUMN = re.compile(r"启动|开始|开工|起始|情况|责任|单位|\d")
_STANDING = re.compile(r"长期|每年|每个?月|每季|每周|每日|持续|常态|全年|逐年|年年|经常")
_PART_OF_DATE = re.compile(
    r"(?P<year>20\d\d)(?!\d)年?|(?P<month>(?<!\d)(?:1[0-2]|0?[1-9]))月|第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年"
)
_DOTTED = re.compile(r"(20\d\d)[./-](1[0-2]|0?[1-9])(?:[./-]\d{1,2})?(?!\d)")
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}

#: In running text: …年底前完成, 到…年建成; the date and what is completed stand in one sentence, with no
#: other date between. A figure that is to be reached by a year is a target and no deadline of a task.
_COMPLETED = (
    r"(?:完成(?!率|情况|度|时)|建成(?!区|面积)|竣工|完工|投入使用|投入运行|投运|投用|办结|淘汰完|整治到位)"
    r"(?!了)"
)
_NAMED = re.compile(r"《[^》]*》")
_IN_TEXT = re.compile(
    r"(?:(?<![-—–~至])(?P<year>20\d\d)年(?P<month>(?:1[0-2]|0?[1-9])月)?|(?P<alone>(?<![\d年])(?:1[0-2]|0?[1-9])月))"
    r"(?:\d{1,2}日)?[底末内]?(?P<before>之?前|以前)?"
    rf"(?:(?!20\d\d年|\d月|已经?|未|不).){{0,60}}?{_COMPLETED}"
)


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """When something is due: `month` is None where only the year is stated (its end)."""

    year: int
    month: int | None = None

    @property
    def end(self) -> tuple[int, int]:
        """The year and the last month in which it may be done."""
        return self.year, self.month or 12

    @property
    def label(self) -> str:
        """As a person reads it: 2024年6月, 2025年."""
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"

    def meets(self, deadline: Deadline) -> bool:
        """Whether it falls within the deadline: by its end, or in exactly that year or month."""
        if deadline.by:
            return self.end <= (deadline.year, deadline.month or 12)
        return self.year == deadline.year and deadline.month in (None, self.month)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a column of time says: when it is `due`, that it goes on (`standing`: 长期, 每年), or neither."""

    due: Due | None = None
    standing: bool = False


def stated_by_row(fields: Mapping[str, str], year: int | None) -> Stated | None:
    """What a row's column of time says; None where it has no such column or leaves it empty.

    `year` is the one year that the notice is about, which dates without a year (9月底前) mean. The last date
    of a cell is the one by which all is done (2023—2025年, 6月15日至9月25日).
    """
    for name, value in fields.items():
        if _COLUMN.search(name) and not _NO_COLUMN.search(name) and re.search(r"[^\W_]", value):
            return _stated(comparable(value), year)
    return None


def _stated(value: str, year: int | None) -> Stated:
    if _STANDING.search(value):
        return Stated(standing=True)
    due: Due | None = None
    for match in _PART_OF_DATE.finditer(_DOTTED.sub(r"\1年\2月", value)):
        if match["year"]:
            year = int(match["year"])
        month = (
            int(match["month"] or 0)
            or _QUARTERS.get(match["quarter"] or "")
            or {"上": 6, "下": 12}.get(match["half"] or "")
        )
        due = Due(year, month) if year is not None else None
    return Stated(due)


def stated_by_text(text: str, year: int | None, first: int) -> list[tuple[Sentence, Due]]:
    """The sentences of running text that say by when something is completed, once for each such date.

    `year` is the one that dates without a year mean; what lies before `first` is a report and no deadline.
    """
    found = []
    for sentence in sentences(text):
        for match in _IN_TEXT.finditer(_NAMED.sub("《》", comparable(sentence.text))):
            stated = int(match["year"]) if match["year"] else year if match["before"] else None
            month = match["month"] or match["alone"]
            if stated is not None and stated >= first:
                found.append((sentence, Due(stated, int(month[:-1]) if month else None)))
    return found


def year_meant(card: Card, titles: Sequence[str] = ()) -> int | None:
    """The one year that a clause is about: of the titles it stands under (2024年工作要点), innermost last,
    else of the notice's title or period; None where none names a single one."""
    for title in (*reversed(titles), card.title):
        stated = set(re.findall(r"(?<![-—–~至])(20\d\d)年", comparable(title)))
        if len(stated) == 1:
            return int(stated.pop())
    return card.period[0] if card.period and card.period[0] == card.period[1] else None


def first_year(card: Card) -> int:
    """The year in which a notice begins to look ahead; 0 where it does not say."""
    stated = [card.period[0]] if card.period else []
    stated += [int(date[:4]) for date in (card.issued, card.published) if date]
    return min(stated, default=0)
