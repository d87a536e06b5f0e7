"""What the page needs from the rest of the house, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

from assistant.addressing import Place
from assistant.errors import AssistantError
from assistant.types import Answer
from index.errors import IndexFault
from index.types import NoticeRecord, SyncReport
from ingest.errors import IngestError
from ingest.notice import Audit, Clause

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

    def audit(self, notice_id: str) -> Audit | None:
        """Where every character of the notice went; None when there is no such notice (any more)."""
        ...

    def original(self, notice_id: str) -> Path | None:
        """The file that the notice was read from, inside its folder; None when it is not there (any more)."""
        ...

    def places(self, address: str) -> Sequence[Place]:
        """Every clause at an address as people write it (澄浦 二（一）1). Raises NoSuchAddress."""
        ...

    def ask(self, turns: Sequence[str], *, notices: frozenset[str]) -> Iterator[Answer]:
        """The answer to the last of `turns` (oldest first), its text growing; the last one is whole.

        Only clauses of `notices` answer; none named restricts nothing. Raises one of `SPOKEN_ERRORS`.
        """
        ...

    def sync(self) -> SyncReport:
        """Brings the index up to date with the corpus folders. Raises one of `SPOKEN_ERRORS`."""
        ...
