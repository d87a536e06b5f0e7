"""What programs may ask of the house: one small interface behind REST, completions and tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from assistant.addressing import Place
from assistant.errors import AssistantError
from assistant.types import Answer
from index.errors import IndexFault
from index.types import Filters, Hit, LedgerEntry, NoticeRecord
from ingest.errors import IngestError
from ingest.notice import Clause

#: Errors whose text is one sentence for the caller; any other is a fault of ours.
SPOKEN_ERRORS = (AssistantError, IndexFault, IngestError)


class Programs(Protocol):
    """Answers, clauses and targets. Safe to call from several threads; raises `SPOKEN_ERRORS`."""

    def notices(self) -> Sequence[NoticeRecord]:
        """Every notice, ordered by folder and file name."""
        ...

    def clauses(self, notice_id: str) -> Sequence[Clause]:
        """The notice's clauses in document order; empty for an unknown id."""
        ...

    def answer(
        self, turns: Sequence[str], *, notices: frozenset[str] = ..., struck: frozenset[str] = ...
    ) -> Answer:
        """The answer to the last of `turns`."""
        ...

    def ask(
        self, turns: Sequence[str], *, notices: frozenset[str] = ..., struck: frozenset[str] = ...
    ) -> Iterator[Answer]:
        """As `answer`, its text growing; the last one is whole."""
        ...

    def search(self, query: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """At most `limit` clauses, best first."""
        ...

    def places(self, address: str) -> Sequence[Place]:
        """Every clause at that address. Raises NoSuchAddress."""
        ...

    def targets(
        self,
        *,
        indicator: str | None = ...,
        regions: Iterable[str] = ...,
        year: int | None = ...,
        due_by: int | None = ...,
    ) -> Sequence[LedgerEntry]:
        """The targets that meet every restriction given, by region, notice and clause."""
        ...
