"""The documents that a question names: 《…管理办法》, 节水型城市建设方案, 2019年的生态文明建设行动计划."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.places import region_forms
from assistant.types import Scope
from assistant.vocabulary import Vocabulary
from assistant.wording import comparable, years
from index.passage import short_title
from index.types import NoticeRecord

#: What kind of document it is: the end of its name.
_KIND = (
    r"(?:[一二三四五\d]+年)?(?:行动|实施|工作|专项|发展|管理|暂行|试行|若干|应急|指导)*"
    r"(?:计划|方案|办法|意见|规划|预案|要点|措施|条例|规定|细则|通知|公告|决定)"
)
_NAME_END = re.compile(rf"{_KIND}$")
_YEARS = re.compile(r"[(（〔]?\d{4}(?:年?[-—–~至]\d{4})?年?度?[)）〕]?")
#: 关于做好…工作的意见, 全市…要点: how it speaks, not what it is called.
_OPENING = re.compile(r"^(?:.{0,12}?关于(?:做好|加强|进一步|完善|推进|开展|加快)?|全[省市县区]|加快|促进)")
#: A shorter name is a word of every question.
_SHORTEST = 4


def within_plans(question: str, scopes: tuple[Scope, ...], vocabulary: Vocabulary) -> tuple[Scope, ...]:
    """`scopes` cut down to the notices that the question names; one scope of them where it names no region.

    A name counts when it stands whole in the question, or without its kind before a word for a document
    (住房租赁补贴那个办法). A year before it chooses among several of one name (2019年的…行动计划).
    """
    named = _named(comparable(question), vocabulary.records)
    if not named:
        return scopes
    ids = frozenset(record.id for record in named)
    if not scopes:
        return (Scope("、".join(f"《{short_title(record.card.title)}》" for record in named), ids),)
    cut = tuple(Scope(scope.name, scope.notices & ids) for scope in scopes)
    return cut if all(scope.notices for scope in cut) else scopes


def _named(question: str, records: Iterable[NoticeRecord]) -> tuple[NoticeRecord, ...]:
    """The notices with the longest name that stands in the question, of the year before it if one is."""
    found = [
        (name, record) for record in records if (name := plan_name(record)) and _speaks_of(question, name)
    ]
    longest = max((len(name) for name, _ in found), default=0)
    named = [(name, record) for name, record in found if len(name) == longest]
    dated = [record for name, record in named if _is_of_year(question, name, record)]
    return tuple(dated or (record for _, record in named))


def plan_name(record: NoticeRecord) -> str:
    """What a notice is called, without region and years (住房租赁补贴管理办法); "" if little is left."""
    return _plan_name(record.card.title, record.card.region)


@lru_cache(maxsize=100_000)
def _plan_name(title: str, region: str | None) -> str:
    name = _YEARS.sub("", comparable(short_title(title)))
    for form in region_forms(region) if region else ():
        name = name.removeprefix(comparable(form))
    name = _OPENING.sub("", name)
    return name if len(_stem(name)) >= _SHORTEST else ""


@lru_cache(maxsize=100_000)
def _stem(name: str) -> str:
    return _NAME_END.sub("", name)


def _speaks_of(question: str, name: str) -> bool:
    stem = _stem(name)
    if stem not in question:  # of thousands of notices a question names few
        return False
    return name in question or bool(re.search(rf"{re.escape(stem)}(?:的|那个|这个|这份)?{_KIND}", question))


def _is_of_year(question: str, name: str, record: NoticeRecord) -> bool:
    """Whether a year stands before the name, and the notice begins with it or has it in its title."""
    match = re.search(rf"(\d{{4}})年(?:度|版|印发|出台|发布)?的?.{{0,4}}?{re.escape(_stem(name))}", question)
    if match is None:
        return False
    period = record.card.period
    return int(match[1]) in (period[:1] if period else years(record.card.title))
