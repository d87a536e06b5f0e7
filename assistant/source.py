"""What this room needs of an index, and no more; tests hand in a small one in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.ledger import Ledger
from index.reading import Reading
from index.store import Index
from index.types import Filters, Hit, LedgerEntry, NoticeRecord
from ingest.notice import Clause


class ClauseSource(Protocol):
    """Notices, their clauses, and a search over them."""

    def notices(self) -> Sequence[NoticeRecord]:
        """All notices, ordered by name."""

    def clauses_of(self, notice_id: str) -> Sequence[Clause]:
        """The clauses of one notice in document order; empty for an unknown id."""

    def search(self, query: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """At most `limit` hits, best first; empty when nothing matches."""

    def read(self, question: str, *, is_name: Callable[[str], bool]) -> Reading:
        """The question as it is to be understood and searched; what `is_name` stays as it is."""

    def targets(self, *, indicator: str | None = None) -> Sequence[LedgerEntry]:
        """The quantified targets of the notices, of one indicator if given; by region, notice and clause."""

    def indicators(self) -> Sequence[str]:
        """The indicators that targets are stated for, each once."""


@dataclass(frozen=True, slots=True)
class Restricted:
    """A source of which only some notices are seen, as if the others did not exist."""

    source: ClauseSource
    only: frozenset[str]

    def notices(self) -> Sequence[NoticeRecord]:
        """The notices that are seen, ordered as in the source."""
        return [record for record in self.source.notices() if record.id in self.only]

    def clauses_of(self, notice_id: str) -> Sequence[Clause]:
        """The clauses of one notice; empty for one that is not seen."""
        return self.source.clauses_of(notice_id) if notice_id in self.only else ()

    def search(self, query: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """Hits inside the notices that are seen."""
        inside = filters.notices & self.only if filters.notices else self.only
        return (
            self.source.search(query, filters=replace(filters, notices=inside), limit=limit) if inside else ()
        )

    def read(self, question: str, *, is_name: Callable[[str], bool]) -> Reading:
        """As the whole source reads it."""
        return self.source.read(question, is_name=is_name)

    def targets(self, *, indicator: str | None = None) -> Sequence[LedgerEntry]:
        """The targets of the notices that are seen."""
        return [e for e in self.source.targets(indicator=indicator) if e.notice.id in self.only]

    def indicators(self) -> Sequence[str]:
        """The indicators of the notices that are seen."""
        return tuple(dict.fromkeys(entry.target.indicator for entry in self.targets()))


class IndexSource:
    """An opened index as a source; it follows later syncs by itself."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def notices(self) -> Sequence[NoticeRecord]:
        """All notices, ordered by folder and name."""
        return self._index.catalogue.notices()

    def clauses_of(self, notice_id: str) -> Sequence[Clause]:
        """The clauses of one notice in document order; empty for an unknown id."""
        return self._index.catalogue.clauses_of(notice_id)

    def search(self, query: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """At most `limit` hits, best first."""
        return self._index.search(query, limit, filters)

    def read(self, question: str, *, is_name: Callable[[str], bool]) -> Reading:
        """In plain form, with words mended and departments renewed; see `index.reading`."""
        return self._index.read(question, is_name=is_name)

    def targets(self, *, indicator: str | None = None) -> Sequence[LedgerEntry]:
        """The targets of the catalogue's ledger."""
        return Ledger(self._index.catalogue).find(indicator=indicator)

    def indicators(self) -> Sequence[str]:
        """The indicators of the catalogue's ledger."""
        return self._index.catalogue.indicators()
