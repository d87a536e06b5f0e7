"""The regions a question means, and the places it names of which the corpus holds nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.places import counties_of, find_place, places_named, region_forms, unlisted_names
from assistant.types import Scope
from assistant.vocabulary import Vocabulary
from assistant.wording import comparable

_JOINED = re.compile(r"[和与跟及同、比]|还是")
_PROVINCES = ("省", "自治区")
#: 哪些市, 各县 under a province: its cities are asked for, not the province.
_ITS_PARTS = re.compile(r"[各哪](?:些|几个|个)?(?:市|县|区|地|城市)")


@dataclass(frozen=True, slots=True)
class Regions:
    """`scopes` are the held regions in the order named, `unknown` places that are not held, `names` the words
    that named the regions."""

    scopes: tuple[Scope, ...]
    unknown: tuple[str, ...]
    names: tuple[str, ...]


def regions_of(question: str, vocabulary: Vocabulary) -> Regions:
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
    parts = _named_as_parts(order, question, vocabulary)
    order = [region for region in order if region not in parts]
    names = [name for name in names if vocabulary.region_names[name] not in parts]
    scopes = tuple(Scope(region, vocabulary.regions[region]) for region in order)
    return Regions(scopes, tuple(dict.fromkeys(unknown)), tuple(names))


def _named_as_parts(order: Sequence[str], question: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The cities that a question names as parts of a province (某省分给某市…), of which the province's own
    notices speak; a province and a city that are joined (某省和某市) are two regions."""
    outer = next((region for region in order if region.endswith(_PROVINCES)), None)
    if outer is None or re.search(rf"(?:{_JOINED.pattern}){re.escape(outer[:2])}", question):
        return frozenset()
    text = vocabulary.text_of(vocabulary.regions[outer])
    head = question.find(outer[:2])
    return frozenset(
        region
        for region in order
        if region != outer
        and comparable(_last_name(region)) in text
        and not re.match(rf"{re.escape(outer[:2])}省?(?:{_JOINED.pattern})", question[head:])
    )


def _last_name(region: str) -> str:
    """The name a region has in tables: 某市 of 某省某市."""
    return min(
        (form for form in region_forms(region) if form.endswith(("市", "县", "区"))), key=len, default=region
    )


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
