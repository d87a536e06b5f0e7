"""Sentence → targets: 地区生产总值增长5%左右，城镇新增就业65万人以上，居民收入增长与经济增长同步."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .amounts import Amount, amounts
from .counted import Counted, counted, from_action, is_count, starts_with_action, with_shared_tails
from .indicators import is_indicator
from .names import apart, begins_with_fall, completed, is_measured, together
from .plain import Plain
from .shares import several_rates, share_of
from .subjects import Subject, subject_before
from .times import Due, dues
from .types import Comparator, Target

#: Where the words of one target end.
_EDGE = re.compile(r"[，；。！？：]")
_PART = re.compile(r"[；。！？]")
#: What may stand between a figure and the edge behind it without making it part of something else.
_CLOSED = re.compile(
    r"^(?:（[^）]*）|\[\d{1,3}\]|[”\"’）])*(?:的?(?:目标任务|预期目标|目标|任务|要求|水平|标准|速度|增速|增幅|规模|安排|比例|以上)|的)?"
    r"(?=$|[，；。！？：、（]|和|及|以及|并|力争|争取)"
)
_COVERED = re.compile(
    r"^(达标|全覆盖|覆盖|处置|处理|回收|联网|公开|办结|完成|上网|入户|安全利用|利用)(?=$|[，；。！？：、（）])"
)
_SYNC = re.compile(
    r"(?P<name>[^，；。：、]{0,60}?[^，；。：、与和同])(?P<text>(?:与|和|同)[^，；。：、与和同]{2,16}?"
    r"(?:保持)?(?:基本)?同步(?:增长|提高)?)"
)
#: Words that belong to a figure are no farther from it; text without any edge is read in linear time.
_REACH = 160
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_NEXT_FIGURE = re.compile(r"(?:、|和|与)[≥≤]?\d")
_HAS_FIGURE = re.compile(r"[0-9０-９]|同步")
#: A name that is whole without its growth though it is short; 经济增长5% is not 经济5%.
_SHORT_NAMES = frozenset({"投资", "消费", "出口", "进口", "税收", "产值", "产量", "收入"})


def may_state_targets(printed: str) -> bool:
    """Whether a text has a figure at all: a cheap look before the work."""
    return _HAS_FIGURE.search(printed) is not None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence has from around it: the year due unless it says, and the year that 今年 means."""

    year: int | None
    reference: int | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A target of a sentence, where its words begin and end, the whole `name` that a next one may leave out,
    the `verb` of what is to be done, and the thing counted, if it is one."""

    target: Target
    start: int
    end: int
    name: str
    verb: str = ""
    thing: Counted | None = None


def sentence_targets(
    sentence: Plain, setting: Setting, times: Sequence[Due] | None = None
) -> tuple[Target, ...]:
    """The targets that one sentence states, in the order of print.

    The quote of each is what stands between two semicolons. `times` are the sentence's due times, if known.
    """
    if times is None:
        times = tuple(dues(sentence.text, setting.reference))
    found: list[Target] = []
    start, earlier = 0, ""
    while start < len(sentence.text):
        edge = _PART.search(sentence.text, start)
        end = edge.end() if edge else len(sentence.text)
        part = _Part(sentence, (start, end), times, setting, earlier)
        found += part.targets()
        earlier, start = part.last or earlier, end
    return tuple(found)


class _Part:
    """The words of a sentence between two semicolons: targets in it share what they leave out."""

    def __init__(
        self, sentence: Plain, span: tuple[int, int], times: Sequence[Due], setting: Setting, earlier: str
    ) -> None:
        self._sentence = sentence
        self._text = sentence.text
        self._start, self._end = start, end = span
        self._earlier = earlier
        self._times = times
        self._setting = setting
        self._quote = sentence.slice(start, end).strip()
        self._found: list[_Found] = []

    @property
    def last(self) -> str:
        """The last indicator with a figure that was found, or nothing."""
        return self._found[-1].name if self._found else ""

    def targets(self) -> list[Target]:
        """The targets of this part, in the order of print."""
        chain: list[Amount] = []
        for amount in self._amounts():
            chain.append(amount)
            if not self._is_followed(amount):
                self._add(chain)
                chain = []
        found = sorted([*self._with_tails(), *self._synced()], key=lambda one: one.start)
        return [one.target for one in found]

    def _amounts(self) -> Iterator[Amount]:
        """The figures of this part, by offsets into the whole sentence."""
        yield from amounts(self._text, self._start, self._end)

    def _is_followed(self, amount: Amount) -> bool:
        """Whether another figure follows at once: 分别增长4.5%、5.5%左右."""
        if not _NEXT_FIGURE.match(self._text, amount.end, self._end):
            return False
        following = next(amounts(self._text, amount.end + 1, self._end), None)
        return following is not None and following.start == amount.end + 1

    def _add(self, chain: Sequence[Amount]) -> None:
        first, last = chain[0], chain[-1]
        left = self._left_edge(first.start)
        year = self._year(first.start)
        after = self._text[last.end : self._right_edge(last.end)]
        if len(chain) > 1:
            if _CLOSED.match(after):
                self._add_apart(chain, left, year)
        elif first.unit == "%" and (rates := several_rates(self._text[left : first.start])):
            for rate in rates:
                self._append(first, Subject(rate, left, first.start), year)
        elif _CLOSED.match(after):
            self._add_measured(first, self._subject(left, first.start, year), year)
        elif (
            first.unit == "%"
            and (name := share_of(after))
            and not self._subject(left, first.start, year).name
        ):
            self._append(first, Subject(name, first.end, first.end + len(after)), year)
        elif covered := _COVERED.match(after):
            self._add_covered(first, covered[1], left, year)
        else:
            self._add_counted(first, left, after, year)

    def _subject(self, left: int, at: int, year: int | None) -> Subject:
        """The subject of a figure; 综合生产能力2030年达到305亿斤 has it before the time."""
        subject = subject_before(self._text, left, at, year)
        due = next((due for due in self._times if due.end == left), None)
        if subject.name or not subject.reached or due is None or due.start <= self._start:
            return subject
        named = subject_before(self._text, self._left_edge(due.start), due.start, year)
        return replace(subject, name=named.name, start=named.start, end=named.end)

    def _add_apart(self, chain: Sequence[Amount], left: int, year: int | None) -> None:
        """Figures for several indicators, one each: 县区、农村覆盖面分别达到80%、50%以上."""
        subject = subject_before(self._text, left, chain[0].start, year)
        names = apart(subject.name, len(chain)) if subject.apart else ()
        limit = chain[-1].limit if chain[-1].high is None else None
        for name, amount in zip(names, chain, strict=False):
            limited = amount if amount.limit else replace(amount, limit=limit)
            self._append(limited, replace(subject, name=name), year, whole=subject.name)

    def _add_measured(self, amount: Amount, subject: Subject, year: int | None) -> None:
        """A figure at the end of its words: 居民消费价格涨幅2%左右."""
        before = self._found[-1] if self._found else None
        if not subject.name:
            name = before.name if before is not None else self._name_before(amount)
            if name and (subject.reached or subject.change or subject.stretch):
                self._append(amount, replace(subject, name=name), year)
            return
        name = self._whole_name(subject, amount, before)
        if before is not None and name == before.name and (fall := begins_with_fall(subject.name)):
            subject = replace(subject, change=fall, change_start=subject.start)
        if subject.change and is_count(amount.unit) and starts_with_action(name):  # 完成林分优化提升20万亩
            name, subject = name + subject.change, replace(subject, change="", change_start=None)
        words = self._text[self._left_edge(amount.start) : amount.end]
        if not is_indicator(name, subject, amount, words):
            return
        for one in together(name) if subject.reached or subject.change else (name,):
            self._append(amount, replace(subject, name=one), year, whole=name)

    def _name_before(self, amount: Amount) -> str:
        """The indicator of the part before, where this one only names another time: ；到2026年，达到43%."""
        timed = any(self._start <= due.start and due.end <= amount.start for due in self._times)
        return self._earlier if timed else ""

    def _whole_name(self, subject: Subject, amount: Amount, before: _Found | None) -> str:
        """The name with what it leaves out of the one before: 县城 is 县城污水处理率, 充电桩 新增充电桩."""
        if before is None:
            return self._action_of(subject, amount)
        alike = amount.unit == before.target.unit or not before.target.unit
        bound = subject.name.startswith("占") or begins_with_fall(subject.name)
        name = completed(subject.name, before.name) if alike or bound else self._action_of(subject, amount)
        shares = before.verb and is_count(amount.unit) and not (subject.reached or is_measured(name))
        return before.verb + name if shares and not starts_with_action(name) else name

    def _action_of(self, subject: Subject, amount: Amount) -> str:
        """The name, of something counted without what stands before the verb (分区分类|建设高标准农田)."""
        counts = is_count(amount.unit) and not (
            subject.reached or subject.change or is_measured(subject.name)
        )
        return from_action(subject.name) if counts else subject.name

    def _add_covered(self, amount: Amount, done: str, left: int, year: int | None) -> None:
        """A share before what is done: 水质100%达标."""
        subject = subject_before(self._text, left, amount.start, year)
        if subject.name and amount.unit == "%":
            named = replace(subject, name=subject.name + done)
            self._append(amount, named, year, end=amount.end + len(done))

    def _add_counted(self, amount: Amount, left: int, after: str, year: int | None) -> None:
        """A figure before what is counted: 建成35个“宁静小区”."""
        last = self._found[-1] if self._found else None
        verb = last.verb if last and self._text[last.end : left] in ("", "，") else ""
        thing = counted(amount, self._text[left : amount.start], after, verb)
        if thing is None:
            return
        subject = Subject(name=thing.name, start=left, end=amount.start)
        limited = amount if amount.limit else replace(amount, limit=thing.limit)
        self._append(limited, subject, year)
        self._found[-1] = replace(self._found[-1], end=thing.end, verb=thing.verb, thing=thing)

    def _append(
        self, amount: Amount, subject: Subject, year: int | None, *, whole: str = "", end: int = 0
    ) -> None:
        name = _FOOTNOTE.sub("", subject.name)
        if len(name) <= 2 and subject.change and name not in _SHORT_NAMES:
            name += subject.change
        stretch = subject.stretch and bool(self._found) and self._found[-1].name == name
        target = Target(
            indicator=name,
            comparator=amount.limit or subject.limit or Comparator.EQUAL,
            value=amount.value,
            unit=amount.unit,
            text=self._sentence.slice(_text_start(amount, subject), max(amount.end, end)),
            quote=self._quote,
            change=subject.change,
            year=year,
            base_year=subject.base.year if subject.base else None,
            stretch=stretch,
        )
        found = _Found(target, amount.start, amount.end, whole or name, starts_with_action(name))
        self._found.append(found)

    def _with_tails(self) -> list[_Found]:
        """What was found, linked things with the words that they share."""
        named: list[_Found] = []
        run: list[_Found] = []
        for one in [*self._found, None]:
            if run and (one is None or one.thing is None or not one.thing.linked):
                names = with_shared_tails([each.thing for each in run if each.thing])
                named += [
                    replace(each, target=replace(each.target, indicator=name))
                    for each, name in zip(run, names, strict=True)
                ]
                run = []
            if one is not None:
                (run if one.thing else named).append(one)
        return named

    def _synced(self) -> Iterator[_Found]:
        """Targets without a figure: 居民收入增长与经济增长同步."""
        if self._text.find("同步", self._start, self._end) < 0:
            return
        for match in _SYNC.finditer(self._text, self._start, self._end):
            at = match.start("text")
            year = self._year(at)
            times = [due.end for due in self._times if match.start() <= due.end <= at]
            subject = subject_before(self._text, max(times, default=match.start()), at, year)
            if len(subject.name) < 2 or not (is_measured(subject.name) or subject.change):
                continue
            target = Target(
                indicator=subject.name,
                comparator=Comparator.SYNC,
                value=None,
                unit="",
                text=self._sentence.slice(*match.span("text")),
                quote=self._quote,
                change=subject.change,
                year=year,
            )
            yield _Found(target, at, match.end(), subject.name)

    def _left_edge(self, at: int) -> int:
        """Where the words before a figure begin: behind the last edge, time or target."""
        first = max(self._start, at - _REACH)
        edge = max(self._text.rfind(mark, first, at) + 1 for mark in "，：；")
        edge = max(edge, first, max((due.end for due in self._times if due.end <= at), default=0))
        if self._found and self._found[-1].end <= at:
            edge = max(edge, self._found[-1].end)
        opened = self._text.rfind("（", first, at)
        return max(edge, opened + 1) if opened > self._text.rfind("）", first, at) else edge

    def _right_edge(self, at: int) -> int:
        """Where the words behind a figure end; words in brackets belong to them."""
        depth = 0
        last = min(self._end, at + _REACH)
        for position in range(at, last):
            character = self._text[position]
            depth += (character == "（") - (character == "）")
            if depth < 0 or (depth == 0 and _EDGE.match(character)):
                return position
        return last

    def _year(self, at: int) -> int | None:
        """The year of the last time named before a figure, else the one from around the sentence."""
        before = [due for due in self._times if due.end <= at]
        return before[-1].year if before else self._setting.year


def _text_start(amount: Amount, subject: Subject) -> int:
    """Where the words of the value begin: with the fall, else with what limits it, else with the figure."""
    if subject.falls and subject.change_start is not None:
        return subject.change_start
    if amount.limit is None and subject.limit_start is not None:
        return subject.limit_start
    return amount.start
