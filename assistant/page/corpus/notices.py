"""Which notices the corpus tab lists, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.page.records import Browsing, in_order
from assistant.page.records.order import Key
from assistant.wording import comparable
from index.types import NoticeRecord


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """Restrictions, each empty for none; `words` must all stand in the title, number or file name."""

    words: str = ""
    region: str = ""
    year: str = ""
    issuer: str = ""
    kind: str = ""

    def passes(self, record: NoticeRecord) -> bool:
        """Whether the notice meets all of them."""
        card = record.card
        return (
            all(wanted in ("", found) for wanted, found in self._exact(record))
            and (not self.year or int(self.year) in years_of(record))
            and _has_words(self.words, (card.title, card.notice_title, card.doc_number, record.name))
        )

    def _exact(self, record: NoticeRecord) -> tuple[tuple[str, str | None], ...]:
        card = record.card
        return (self.region, card.region), (self.issuer, card.issuer), (self.kind, card.kind)


def years_of(record: NoticeRecord) -> range:
    """The years that the notice is for, without a period the year of its date; none without either."""
    card = record.card
    if card.period:
        return range(card.period[0], card.period[1] + 1)
    issued = (card.issued or "")[:4]
    return range(int(issued), int(issued) + 1) if issued.isdecimal() else range(0)


def ordered(records: Sequence[NoticeRecord], browsing: Browsing) -> list[NoticeRecord]:
    """The notices by the column that was chosen; as they come for an unknown one."""
    key = _KEYS.get(browsing.column)
    if key is None:
        return list(records)
    return in_order(records, key, descending=browsing.descending)


def choices(values: Iterable[str | None]) -> list[str]:
    """Each value once, in order, as a filter offers it."""
    return in_order(sorted({value for value in values if value}), lambda value: value)


def _has_words(words: str, texts: Iterable[str | None]) -> bool:
    whole = "\n".join(comparable(text) for text in texts if text)
    return all(comparable(word) in whole for word in words.split())


_KEYS: Final[Mapping[str, Callable[[NoticeRecord], Key]]] = {
    "title": lambda record: record.card.title,
    "number": lambda record: record.card.doc_number,
    "issuer": lambda record: record.card.issuer,
    "region": lambda record: record.card.region,
    "issued": lambda record: record.card.issued,
    "kind": lambda record: record.card.kind,
    "clauses": lambda record: float(record.clause_count),
    "accounted": lambda record: record.accounted,
}
