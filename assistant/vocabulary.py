"""The catalogue's own vocabulary: regions, titles, attachments and bodies that questions may name."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from assistant.attachments import attachment_of
from assistant.bodies import Body, bodies_of, count_bodies, states_first_leads
from assistant.lead_ins import lead_ins
from assistant.places import Place, lowest_place, region_forms, short_form, without
from assistant.source import ClauseSource
from assistant.wording import comparable
from index.types import NoticeRecord
from ingest.notice import Clause

#: Word weights are counted on at most this many clauses: starting must be quick.
_SAMPLE = 6_000
#: So many names of indicators are weighed when a question names none.
_CANDIDATE_NAMES = 12
#: The shortest run of characters that a question must share with a title to mean it.
_TITLE_RUN = 3
#: What a table is called after its subject; questions leave it out.
_DATED = re.compile(r"\d{4}年度?")
_TAIL = re.compile(r"(?:一览|明细|情况|汇总|统计)?表|名单|清单|目录|名录")


@dataclass(frozen=True)
class NoticeView:
    """One notice as questions see it; `clauses` in document order."""

    record: NoticeRecord
    clauses: tuple[Clause, ...]

    @cached_property
    def bodies(self) -> Mapping[str, tuple[Body, ...]]:
        """Clause id → the bodies it makes responsible."""
        first_leads = states_first_leads(self.clauses)
        return {c.id: bodies_of(c, first_leads=first_leads) for c in self.clauses}

    @cached_property
    def body_counts(self) -> Mapping[str, int]:
        """Body name → how many clauses name it."""
        return count_bodies(self.bodies.values())

    @cached_property
    def lead_ins(self) -> Mapping[str, Clause]:
        """Clause id → the open sentence above it that it ends."""
        return lead_ins(self.clauses)

    @cached_property
    def items(self) -> Mapping[str, tuple[Clause, ...]]:
        """Id of an open sentence → the items that end it, in order."""
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses:
            if clause.id in self.lead_ins:
                found.setdefault(self.lead_ins[clause.id].id, []).append(clause)
        return {lead: tuple(items) for lead, items in found.items()}

    @cached_property
    def attachments(self) -> Mapping[str, str]:
        """Attachment label → its title, from the card or from the heading clause."""
        found = {a.label: a.title for a in self.record.card.attachments}
        for clause in self.clauses:
            label = attachment_of(clause)
            if label and clause.heading and "".join(clause.path) == label:
                found.setdefault(label, clause.heading)
        return found


@dataclass
class Vocabulary:
    """Everything that questions are read against; views of notices are made when first needed."""

    source: ClauseSource
    _views: dict[str, NoticeView] = field(default_factory=dict)
    _texts: dict[frozenset[str], str] = field(default_factory=dict)
    _weights: dict[str, float] = field(default_factory=dict)

    @cached_property
    def records(self) -> tuple[NoticeRecord, ...]:
        return tuple(self.source.notices())

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """The indicators that the ledger has targets for."""
        return tuple(self.source.indicators())

    @cached_property
    def _most_stated(self) -> dict[str, str | None]:
        return {}

    def most_stated(self, unit: str) -> str | None:
        """The indicator, by whatever name, that most notices state a target of this unit for, or None."""
        if unit not in self._most_stated:
            self._most_stated[unit] = self._stated_most(unit)
        return self._most_stated[unit]

    def _stated_most(self, unit: str) -> str | None:
        names = Counter(e.target.indicator for e in self.source.targets() if e.target.unit == unit)
        stated = {
            name: len({e.notice.id for e in self.source.targets(indicator=name) if e.target.unit == unit})
            for name, _ in sorted(names.most_common(_CANDIDATE_NAMES))
        }
        return max(stated, key=lambda name: stated[name], default=None)

    def view(self, notice_id: str) -> NoticeView:
        """The view of a held notice; raises KeyError for an unknown id."""
        if notice_id not in self._views:
            record = self._by_id[notice_id]
            self._views[notice_id] = NoticeView(record, tuple(self.source.clauses_of(notice_id)))
        return self._views[notice_id]

    @cached_property
    def _by_id(self) -> Mapping[str, NoticeRecord]:
        return {r.id: r for r in self.records}

    @cached_property
    def regions(self) -> Mapping[str, frozenset[str]]:
        """Region as a card states it (or, without one, the place its title begins with) → notice ids."""
        found: dict[str, set[str]] = {}
        for record in self.records:
            region = _region_of(record)
            if region:
                found.setdefault(region, set()).add(record.id)
        return {region: frozenset(ids) for region, ids in sorted(found.items())}

    @cached_property
    def region_names(self) -> Mapping[str, str]:
        """Every form in which a region may be named → the region."""
        return {form: region for region in self.regions for form in region_forms(region)}

    @cached_property
    def held_places(self) -> Mapping[str, Place]:
        """Region → its division, for the regions that the gazetteer knows."""
        places = {region: lowest_place(region) for region in self.regions}
        return {region: place for region, place in places.items() if place is not None}

    def text_of(self, notice_ids: frozenset[str]) -> str:
        """The comparable text of these notices with their titles; without any, of the sampled clauses."""
        if not notice_ids:
            return self._text
        if notice_ids not in self._texts:
            views = [self.view(n) for n in sorted(notice_ids)]
            parts = [comparable(v.record.card.title) for v in views]
            parts += [comparable(_searchable(c)) for v in views for c in v.clauses]
            self._texts[notice_ids] = "\n".join(parts)
        return self._texts[notice_ids]

    @cached_property
    def _sampled(self) -> tuple[str, ...]:
        """The comparable texts of the sampled clauses: all of a small corpus, every n-th of a large one."""
        total = sum(r.clause_count for r in self.records)
        step = max(1, -(-total // _SAMPLE))
        sampled = (c for r in self.records for c in self.view(r.id).clauses)
        return tuple(comparable(_searchable(c)) for c in islice(sampled, 0, None, step))

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._sampled)

    def weight(self, word: str) -> float:
        """How much a word tells clauses apart: inverse document frequency, 0.2 (in nearly all) to about 8.

        A word counts where it stands, even inside a longer one: no segmentation of the corpus is needed.
        """
        if word not in self._weights:
            holding = sum(word in text for text in self._sampled)
            self._weights[word] = max(0.2, math.log((len(self._sampled) + 1) / (holding + 1)))
        return self._weights[word]

    def known(self, word: str) -> bool:
        """True when the word stands in a (sampled) clause, even as a part of a longer one."""
        return word in self._text

    def titles_named(self, question: str, notice_ids: Iterable[str]) -> frozenset[tuple[str, str]]:
        """The (notice id, attachment label) pairs whose title the question uses better than any other's."""
        scored: dict[tuple[str, str], int] = {}
        text = _DATED.sub("，", comparable(without(question, self.region_names)))
        for notice_id in notice_ids:
            view = self.view(notice_id)
            for label, title in view.attachments.items():
                scored[notice_id, label] = title_overlap(text, _own_part(title, view.record))
        best = max(scored.values(), default=0)
        return frozenset(k for k, v in scored.items() if v == best) if best >= _TITLE_RUN else frozenset()


def _searchable(clause: Clause) -> str:
    return " ".join([clause.heading or "", clause.text, *(v for v in (clause.fields or {}).values() if v)])


def _own_part(title: str, record: NoticeRecord) -> str:
    """An attachment's title without what it shares with the notice's title and region."""
    own = comparable(title)
    base = comparable(record.card.title)
    shared = longest_common_run(own, base)
    if len(shared) >= 4:
        own = own.replace(shared, "｜")
    return own


def title_overlap(question: str, title: str) -> int:
    """The length of the longest run in both that ends a part of the title or stands before 名单, 表, …"""
    best = 0
    for end in range(len(title), 0, -1):
        if end < len(title) and title[end] not in "｜的、(（" and not _TAIL.fullmatch(title[end:]):
            continue
        start = end
        while start > 0 and title[start - 1 : end] in question and title[start - 1] != "｜":
            start -= 1
        best = max(best, end - start)
    return best


def longest_common_run(a: str, b: str) -> str:
    """The longest text that stands in both; the first in `a` of equal ones."""
    best = ""
    for start in range(len(a)):
        while start + len(best) < len(a) and a[start : start + len(best) + 1] in b:
            best = a[start : start + len(best) + 1]
    return best


def _region_of(record: NoticeRecord) -> str | None:
    """The region of a notice: the card's, or without one the division that its title begins with."""
    stated = record.card.region
    if stated is None:
        return _region_of_title(record.card.title)
    return stated if lowest_place(stated) else _region_of_title(stated) or stated


def _region_of_title(title: str) -> str | None:
    """The division that a title begins with (浙江省2026年政府工作报告), after a year if there is one."""
    head = re.sub(r"^(?:\d{4}年)?(?:度)?", "", title)
    for length in range(min(11, len(head)), 2, -1):
        place = lowest_place(head[:length])
        if place is not None and place.name == head[:length]:
            return place.name
    return None


def scopes_from(names: Sequence[str], vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Region → notice ids, for region names in the order given."""
    return {name: vocabulary.regions[name] for name in names if name in vocabulary.regions}


__all__ = ["NoticeView", "Vocabulary", "longest_common_run", "scopes_from", "short_form", "title_overlap"]
