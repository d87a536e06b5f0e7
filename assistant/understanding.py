"""Question and earlier turns → what is asked, in which regions, years and form, and what was carried."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.addresses import attachment_named, parse_address
from assistant.bodies import bodies_abbreviated, bodies_named, body_like_names
from assistant.kinds import asks_alone, kind_of, part_of, role_of, wants_of
from assistant.places import counties_of, find_place, places_named, region_forms, unlisted_names, without
from assistant.terms import official_words, terms_of
from assistant.types import Address, QuestionKind, Scope, Term, Understood
from assistant.vocabulary import Vocabulary
from assistant.wording import years
from index.types import Filters

#: Bodies are looked up in at most this many notices; a larger corpus needs a region in the question.
_BODY_NOTICES = 400
#: Terms of an earlier turn count this much beside terms of the turn's own, and this much when it has none.
_CARRIED, _CARRIED_ALONE = 0.35, 1.0

_FOLLOWS = re.compile(r"^(?:那么?|这|它|其|该|还有|另外|然后|给他们|老百姓那边)|呢[？?]?$")
_JOINED = re.compile(r"[和与跟及同、比]|还是")
#: 哪些市, 各县 under a province: its cities are asked for, not the province.
_ITS_PARTS = re.compile(r"[各哪](?:些|几个|个)?(?:市|县|区|地|城市)")


@dataclass(frozen=True, slots=True)
class _Places:
    scopes: tuple[Scope, ...]
    unknown: tuple[str, ...]
    names: tuple[str, ...]


def understand(turns: Sequence[str], vocabulary: Vocabulary) -> Understood:
    """What the last of `turns` asks, with what it inherits; raises ValueError without any turn."""
    understood: Understood | None = None
    for turn in turns:
        understood = _read(turn.strip(), understood, vocabulary)
    if understood is None:
        raise ValueError("a dialogue needs at least one turn")
    return understood


def _read(question: str, previous: Understood | None, vocabulary: Vocabulary) -> Understood:
    places = _places_of(question, vocabulary)
    address = parse_address(question)
    own = _terms_of(question, places.names, address, vocabulary)
    scopes, carried = _scopes(places, previous)
    notice_ids = frozenset(n for s in scopes for n in s.notices)
    units = _units_of(question, notice_ids, vocabulary)
    attachment = attachment_named(question)
    understood = Understood(
        question=question,
        query=" ".join([question, *official_words(own)]),
        kind=kind_of(question, regions=len(places.scopes) + len(places.unknown), units=len(units)),
        filters=Filters(
            notices=notice_ids, attachments=frozenset({attachment}) if attachment else frozenset()
        ),
        carried=carried,
        unknown_places=places.unknown,
        terms=own,
        scopes=scopes,
        years=years(question),
        units=units,
        role=role_of(question),
        alone=asks_alone(question),
        wants=wants_of(question),
        part=part_of(question),
        hinted=vocabulary.titles_named(question, sorted(notice_ids)) if notice_ids else frozenset(),
        address=address,
        said=(*(previous.said if previous else ()), question),
    )
    return _with_topic(understood, previous) if previous is not None else understood


def _places_of(question: str, vocabulary: Vocabulary) -> _Places:
    """The held regions a question names, in order, and the places it names that are not held."""
    found: dict[str, int] = {}
    names: list[str] = []
    rest = question
    for form in sorted(vocabulary.region_names, key=lambda f: (-len(f), f)):
        if (at := rest.find(form)) >= 0:
            found.setdefault(vocabulary.region_names[form], at)
            names.append(form)
            rest = rest.replace(form, "＿" * len(form))
    held = tuple(vocabulary.held_places.values())
    unknown: list[str] = []
    for place in places_named(rest):
        holder = next((r for r, h in vocabulary.held_places.items() if place.within(h)), None)
        if holder is not None:
            found.setdefault(holder, len(question))
        elif _counts_as_unknown(place.name, rest, bool(found)) and not _means_parts(place.name, rest, held):
            unknown.append(place.name)
    for county in counties_of(rest, held):
        if not found or _joined_to_region(county.short, rest):
            holder = next(r for r, h in vocabulary.held_places.items() if county.within(h))
            found.setdefault(holder, len(question))
    if not found and not unknown:
        unknown += [n for n in unlisted_names(rest) if find_place(n) is None]
    order = sorted(found, key=lambda region: (found[region], region))
    scopes = tuple(Scope(region, vocabulary.regions[region]) for region in order)
    return _Places(scopes, tuple(dict.fromkeys(unknown)), tuple(names))


def _counts_as_unknown(name: str, question: str, has_scope: bool) -> bool:
    """Beside a held region, another place is a subject only when joined to it (湖州和杭州)."""
    if not has_scope:
        return True
    return any(_joined_to_region(form, question) for form in region_forms(name))


def _joined_to_region(name: str, question: str) -> bool:
    """True for `name` beside a held region, which `question` shows as ＿＿ (平湖和＿＿)."""
    joint = _JOINED.pattern
    return bool(
        re.search(rf"＿(?:{joint})\s*{re.escape(name)}|{re.escape(name)}[市县区]?(?:{joint})\s*＿", question)
    )


def _means_parts(name: str, question: str, held: Sequence[object]) -> bool:
    place = find_place(name)
    return place is not None and bool(_ITS_PARTS.search(question)) and bool(held)


def _terms_of(
    question: str, names: Sequence[str], address: Address | None, vocabulary: Vocabulary
) -> tuple[Term, ...]:
    text = without(question, names)
    if address is not None:
        text = text.replace(address.text, "，")
    return terms_of(text, vocabulary)


def _scopes(places: _Places, previous: Understood | None) -> tuple[tuple[Scope, ...], tuple[str, ...]]:
    """The turn's own regions or, without any, those of the turn before, with what was carried in words."""
    if places.scopes or places.unknown or previous is None or not previous.scopes:
        return places.scopes, ()
    return previous.scopes[-1:], tuple(f"地区：{s.name}" for s in previous.scopes[-1:])


def _units_of(question: str, notice_ids: frozenset[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    ids = sorted(notice_ids) or [r.id for r in vocabulary.records[:_BODY_NOTICES]]
    counts: dict[str, int] = {}
    for notice_id in ids[:_BODY_NOTICES]:
        for name, count in vocabulary.view(notice_id).body_counts.items():
            counts[name] = counts.get(name, 0) + count
    listed = bodies_named(question, counts) or bodies_abbreviated(question, counts)
    if listed or not notice_ids:
        return listed
    text = vocabulary.text_of(notice_ids)
    return next(((name,) for name in body_like_names(question) if len(name) > 1 and name in text), ())


def _with_topic(turn: Understood, previous: Understood) -> Understood:
    """`turn` with the subject of the turn before, weighted by how much of a subject the turn has itself."""
    own_weight = sum(t.weight for t in turn.terms if not t.asking)
    elliptical = own_weight < 1.0 and turn.address is None
    follows = (
        elliptical or bool(_FOLLOWS.search(turn.question)) or own_weight < 12 or turn.address is not None
    )
    if not follows:
        return turn
    share = _CARRIED_ALONE if elliptical else _CARRIED
    own_words = {t.word for t in turn.terms}
    topic = tuple(replace(t, weight=t.weight * share) for t in _subject(previous) if t.word not in own_words)
    same_scope = {s.name for s in turn.scopes} == {s.name for s in previous.scopes[-1:]}
    carried = [*turn.carried]
    if topic:
        carried.append("话题：" + "、".join(t.word for t in topic))
    years_asked = turn.years
    if elliptical and not years_asked and previous.years:
        years_asked = previous.years
        carried.append("年份：" + "、".join(f"{y}年" for y in years_asked))
    hinted = turn.hinted
    if not hinted and turn.part is None and same_scope and not turn.filters.attachments:
        hinted = previous.hinted
    kind, wants = turn.kind, turn.wants
    if elliptical and not wants and kind is QuestionKind.TASK:
        kind, wants = previous.kind, previous.wants
        if kind is QuestionKind.COMPARE and len(turn.scopes) == 1:
            kind = QuestionKind.FACT
    return replace(
        turn,
        kind=kind,
        wants=wants,
        years=years_asked,
        hinted=hinted,
        terms=turn.terms + topic,
        query=" ".join([turn.query, *(t.word for t in topic), *official_words(topic)]),
        carried=tuple(carried),
        elliptical=elliptical,
    )


def _subject(understood: Understood) -> tuple[Term, ...]:
    """What a turn is about: its terms without the words of asking, which are all of 臭氧要控制在多少."""
    return tuple(t for t in understood.terms if not t.asking) or understood.terms


__all__ = ["understand"]
