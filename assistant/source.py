"""What this room needs of an index, and no more; tests hand in a small one in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index.types import Filters, Hit, NoticeRecord
from ingest.notice import Clause


class ClauseSource(Protocol):
    """Notices, their clauses, and a search over them."""

    def notices(self) -> Sequence[NoticeRecord]:
        """All notices, ordered by name."""

    def clauses_of(self, notice_id: str) -> Sequence[Clause]:
        """The clauses of one notice in document order; empty for an unknown id."""

    def search(self, query: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """At most `limit` hits, best first; empty when nothing matches."""
