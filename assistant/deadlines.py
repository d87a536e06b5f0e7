"""The deadline that a question lists by: 2024年6月底前要完成的有哪些, 哪些项目2025年完成."""

from __future__ import annotations

import re

from assistant.types import Deadline
from assistant.wording import comparable

#: A date as a question names it: 2020年底前, 到2022年, 截至2024年6月底, 2025年内.
_DATE = re.compile(
    r"(?P<to>到|至|截[至止]到?)?(?P<year>20\d\d)年(?:[内里度]|(?P<month>1[0-2]|0?[1-9])月份?(?:\d{1,2}[日号])?)?"
    r"[底末]?之?(?P<before>前|以前)?"
)
#: That something is done by then, and not that it begins, applies or is measured.
_DONE = re.compile(
    r"完成(?!率|情况|度)|[做办干]完|建成(?!区)|完工|竣工|到期|收尾|交付|办结|投用|投入使用|落实到位"
)
#: That all of it is asked for, or how many there are.
_ALL = re.compile(
    r"哪[些几]|有哪|[什甚]么(?:任务|项目|工作|事)|列一?下|列出|清单|都有|(?:几|多少)[项个件]|的(?:任务|项目|工作|事项?)?[？?。]?$"
)
_OTHERWISE = re.compile(r"吗|是否|能否|有没有|谁|怎[么样]|为[什何]|什么时候|何时|哪一?年|几月|多久")


def deadline_in(question: str) -> Deadline | None:
    """The deadline that a question lists by: one date, that something is done by then, and that all of it is
    asked for. None for any other question; two dates are no one deadline."""
    if not (_DONE.search(question) and _ALL.search(question)) or _OTHERWISE.search(question):
        return None
    return date_in(question)


def date_in(question: str) -> Deadline | None:
    """The one date that a turn names, as a deadline (那2022年底前呢), or None."""
    found = list(_DATE.finditer(comparable(question)))
    if len(found) != 1:
        return None
    match = found[0]
    month = int(match["month"]) if match["month"] else None
    return Deadline(int(match["year"]), month, by=bool(match["to"] or match["before"]))


def without_deadline(question: str) -> str:
    """`question` with commas in place of its dates and of the words that ask for all that is done by then."""
    for pattern in (_DATE, _DONE, _ALL):
        question = pattern.sub("，", question)
    return question
