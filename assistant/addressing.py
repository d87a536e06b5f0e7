"""`tiaowen show ADDRESS`: from what a person types to clauses with their parents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.addresses import parse_address, resolve
from assistant.errors import NoSuchAddress
from assistant.vocabulary import Vocabulary
from assistant.wording import comparable
from index.types import NoticeRecord
from ingest.notice import Clause


@dataclass(frozen=True, slots=True)
class Place:
    """A clause found by its address, its ancestors from the outermost inwards, and its notice."""

    notice: NoticeRecord
    clause: Clause
    parents: tuple[Clause, ...]


def find_places(address: str, vocabulary: Vocabulary) -> tuple[Place, ...]:
    """Every clause at `address` (湖州 二（一）1) in the notices it names by region, title or file name.

    Without a notice's name all notices are looked through. Raises NoSuchAddress when nothing stands there.
    """
    text = re.sub(r"\s+", " ", address.strip())
    records = _notices_named(text, vocabulary)
    found = [place for record in records for place in _places_in(record, text, vocabulary)]
    if not found:
        where = f"《{records[0].card.title}》" if len(records) == 1 else "语料"
        raise NoSuchAddress(
            f"{where}里没有“{text}”这一处，请核对编号；可先用 tiaowen status 查看有哪些文件。"
        )
    return tuple(found)


def _notices_named(text: str, vocabulary: Vocabulary) -> tuple[NoticeRecord, ...]:
    """The notices whose region, title or file name stands in `text`; all of them when none does."""
    plain = comparable(text)
    by_region = {
        notice_id
        for form, region in vocabulary.region_names.items()
        if form in text
        for notice_id in vocabulary.regions[region]
    }
    titled = {
        r.id for r in vocabulary.records if comparable(r.card.title) in plain or comparable(r.name) in plain
    }
    chosen = titled or by_region
    return tuple(r for r in vocabulary.records if not chosen or r.id in chosen)


def _places_in(record: NoticeRecord, text: str, vocabulary: Vocabulary) -> list[Place]:
    clauses = vocabulary.view(record.id).clauses
    rest = text.replace(record.card.title, " ").replace(record.name, " ")
    spoken = comparable(rest.split(" ")[-1])
    wanted = tuple(c for c in clauses if comparable(c.cite) == spoken)
    if not wanted and (parsed := parse_address(rest)) is not None:
        wanted = resolve(parsed, clauses)
    return [Place(record, c, _parents(c, clauses)) for c in wanted]


def _parents(clause: Clause, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    by_path = {c.path: c for c in clauses}
    return tuple(by_path[clause.path[:n]] for n in range(1, len(clause.path)) if clause.path[:n] in by_path)
