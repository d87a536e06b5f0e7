"""What the page needs from the rest of the house, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

from assistant.addressing import Place
from assistant.corpus_files import Upload
from assistant.errors import AssistantError
from assistant.feedback import Feedback
from assistant.types import Answer
from index.errors import IndexFault
from index.sync import Step
from index.types import LedgerEntry, NoticeRecord, SyncReport
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

    def ask(
        self,
        turns: Sequence[str],
        *,
        notices: frozenset[str],
        struck: frozenset[str] = ...,
        struck_before: Sequence[frozenset[str]] = ...,
    ) -> Iterator[Answer]:
        """The answer to the last of `turns` (oldest first), its text growing; the last one is whole.

        Only clauses of `notices` answer; none named restricts nothing. `struck` are ids of chips to be left
        out of the reading of the last turn, `struck_before` of those before it, in order. Raises one of
        `SPOKEN_ERRORS`.
        """
        ...

    def extract(
        self,
        turns: Sequence[str],
        *,
        notices: frozenset[str],
        struck: frozenset[str] = ...,
        struck_before: Sequence[frozenset[str]] = ...,
    ) -> Answer:
        """As `ask`, at once and always in the words of the clauses: to try a question, asking no model."""
        ...

    def keep_feedback(self, feedback: Feedback) -> None:
        """Stores what somebody thought of an answer. Raises one of `SPOKEN_ERRORS`."""
        ...

    def sync(self, *, progress: Callable[[Step], None] | None = None, rebuild: bool = False) -> SyncReport:
        """Brings the index up to date with the corpus folders; `progress` is told each step, `rebuild` reads
        every file again. Raises one of `SPOKEN_ERRORS`."""
        ...

    def folders(self) -> Sequence[Path]:
        """The corpus folders, at least one."""
        ...

    def look_at(self, path: Path, name: str) -> Upload:
        """What is in a file that its sender calls `name`; nothing is kept. Raises one of `SPOKEN_ERRORS`."""
        ...

    def keep(self, upload: Upload, folder: Path, *, replace: bool = False) -> None:
        """Puts an upload into a corpus folder, for the next sync.

        Raises NameTaken when a file of that name is there and not to be replaced, else one of
        `SPOKEN_ERRORS`.
        """
        ...

    def remove(self, notice_id: str) -> None:
        """Takes the notice's file out of its folder, for the next sync. Raises one of `SPOKEN_ERRORS`."""
        ...

    def targets(
        self,
        *,
        indicator: str | None = None,
        regions: Iterable[str] = (),
        notices: Iterable[str] = (),
        year: int | None = None,
        due_by: int | None = None,
    ) -> Sequence[LedgerEntry]:
        """The targets that meet every restriction given, by region, notice and clause."""
        ...

    def indicators(self) -> Sequence[str]:
        """The indicators that targets are stated for, each once, in order."""
        ...
