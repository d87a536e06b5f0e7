"""What a notice says of its own force: from when, until when, what it repeals, and what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ingest.characters import squash
from ingest.notice import ATTACHED, Clause

_DAY = r"((?:19|20)\d{2})年(\d{1,2})月(\d{1,2})日"
#: 本办法自…起施行; a sentence without 本…, but beginning with 自, speaks of the notice too.
_EFFECTIVE = re.compile(
    r"(?:^|[。；;，,\n]|本[\u4e00-\u9fff]{1,10}?)\s*(?:自|从)"
    rf"(?:{_DAY}|(印发|发布|公布|下发|颁布|发文)(?:之)?日)(?:起|开始)(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_EXPIRES = re.compile(rf"有效期(?:限)?(?:截止|截至|至|到|为?至)\s*{_DAY}|(?:施行|执行|实施)至\s*{_DAY}(?!起)")
_TERM = re.compile(r"有效期(?:限)?(?:为)?\s*([一二三四五六七八九十\d]{1,2})\s*年")
#: What a sentence says that repeals documents or amends them.
_CHANGE = re.compile(
    r"同时废止|予以废止|即行废止|自行废止|停止执行|不再执行|同时失效|作如下修改|作出如下修改|修改为"
)
_CITED = re.compile(
    r"《([^《》]{2,80}(?:《[^《》]{2,60}》[^《》]{0,30})?)》"
    r"(?:\s*[（(]([^（）()]{0,20}[〔\[（(【]\s*(?:19|20)\d{2}\s*[〕\]）)】][^（）()]{0,10}号)"
    r"[^（）()]{0,40}[)）])?"
)
_HAN = {char: number for number, char in enumerate("零一二三四五六七八九十")}


def effective_date(clauses: Iterable[Clause], issued: str | None) -> str | None:
    """From when the notice is in force (ISO); 自印发之日起 is the day of issue, None if not stated."""
    for text in _closing_first(clauses):
        found = _EFFECTIVE.search(text)
        if found and found.group(4):
            return issued
        if found:
            return _iso(found.group(1), found.group(2), found.group(3))
    return None


def expiry_date(clauses: Sequence[Clause], effective: str | None) -> str | None:
    """Until when the notice is in force (ISO): the date stated, or the last day of the stated years."""
    for text in _closing_first(clauses):
        found = _EXPIRES.search(text)
        if found:
            return _iso(*[group for group in found.groups() if group][:3])
        term = _TERM.search(text)
        if term and effective and _EFFECTIVE.search(text):
            return _years_later(effective, _count(term.group(1)))
    return None


def repealed(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """The documents that the notice repeals or amends, as it names them, in order."""
    found: dict[str, None] = {}
    for clause in clauses:
        if not _CHANGE.search(clause.text):
            continue
        for sentence in re.split("(?<=[。；;])", clause.text):
            if _CHANGE.search(sentence):
                found.update(dict.fromkeys(_names(sentence)))
    return tuple(found)


def cited_documents(texts: Iterable[str], own_titles: Sequence[str | None]) -> tuple[str, ...]:
    """The other documents that the texts name in 《》, each once, in order; with the number if given. The
    width of brackets makes no other title."""
    own = {squash(title) for title in own_titles if title}
    found = dict.fromkeys(name for text in texts if "《" in text for name in _names(text))
    first = {squash(name): name for name in reversed(found)}
    return tuple(
        name
        for name in found
        if first[squash(name)] == name and squash(name.split("》")[0].lstrip("《")) not in own
    )


def _names(text: str) -> list[str]:
    return [
        f"《{title}》" + (f"（{number}）" if number else "")
        for title, number in _CITED.findall(text.replace("\n", ""))
    ]


def _closing_first(clauses: Iterable[Clause]) -> list[str]:
    """Texts of the notice's own clauses, the last first: a notice states its force at its end, or where it is
    printed and forwarded; attachments speak for themselves."""
    own = [clause for clause in clauses if not clause.path[0].startswith(ATTACHED)]
    return [clause.text for clause in reversed(own)]


def _iso(year: str, month: str, day: str) -> str:
    return f"{int(year):04d}-{int(month):02d}-{int(day):02d}"


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else _HAN.get(text, 0)


def _years_later(start: str, years: int) -> str | None:
    """The last day of a term of years from `start`."""
    begin = date.fromisoformat(start)
    try:
        end = begin.replace(year=begin.year + years)
    except ValueError:  # 29 February
        end = begin.replace(year=begin.year + years, day=28)
    return (end - timedelta(days=1)).isoformat() if years else None
