"""What the page needs from the rest of the house, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from assistant.errors import AssistantError
from assistant.types import Answer
from index.errors import IndexFault
from index.types import NoticeRecord, SyncReport
from ingest.errors import IngestError
from ingest.notice import Clause

#: Errors whose text is one Chinese sentence for the person at the page; any other is a fault.
SPOKEN_ERRORS: Final = (AssistantError, IndexFault, IngestError)


class Backend(Protocol):
    """The answering machine as seen from the page. Any method may be called from several threads."""

    def notices(self) -> Sequence[NoticeRecord]:
        """Every notice in the catalogue, ordered by file name."""
        ...

    def clauses(self, notice_id: str) -> Sequence[Clause]:
        """The notice's clauses in document order; empty when there is no such notice (any more)."""
        ...

    def ask(self, turns: Sequence[str], *, notices: frozenset[str]) -> Iterator[Answer]:
        """The answer to the last of `turns` (oldest first), its text growing; the last one is whole.

        Only clauses of `notices` answer; none named restricts nothing. Raises one of `SPOKEN_ERRORS`.
        """
        ...

    def sync(self) -> SyncReport:
        """Brings the index up to date with the corpus folders. Raises one of `SPOKEN_ERRORS`."""
        ...
