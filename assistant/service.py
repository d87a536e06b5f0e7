"""The assistant over the index on disk, for the command line and the page; it follows every sync."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from assistant.addressing import Place, find_places
from assistant.assistant import Assistant
from assistant.corpus_files import CorpusFault, CorpusFiles, Upload, look_at
from assistant.feedback import FEEDBACK_FILE, Feedback, append_feedback
from assistant.ledger import Ledger
from assistant.model import Writer
from assistant.source import IndexSource
from assistant.types import Answer
from assistant.vocabulary import Vocabulary
from index.settings import Settings
from index.store import Index, open_index
from index.sync import Step, sync
from index.types import Filters, Hit, LedgerEntry, NoticeRecord, SyncReport
from ingest.notice import Audit, Clause

#: Assistants kept for choices of notices made on the page; each keeps the vocabulary of its notices.
_KEPT_CHOICES = 8


class Elsewhere(Protocol):
    """Where answers are worked out instead of here (`assistant.workers`)."""

    def extract(
        self,
        turns: Sequence[str],
        *,
        notices: frozenset[str],
        struck: frozenset[str],
        struck_before: Sequence[frozenset[str]],
    ) -> Answer | None:
        """As `Service.extract`; None where it has to be worked out here after all."""


class Service:
    """Answers, clauses and syncs over one index home. Safe to call from several threads."""

    def __init__(
        self,
        settings: Settings,
        *,
        folders: Sequence[Path] = (),
        index: Index | None = None,
        writer: Writer | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """Opens the index at `settings.home` unless one is given; raises `IndexFault` as `open_index`.

        A `writer` words the answers with its model; without one they are the clauses' own words. What can
        be worked out `elsewhere`, in another process, is.
        """
        self._elsewhere = elsewhere
        self._writer = writer
        self._settings = settings
        self._folders = tuple(folders)
        self._index = index or open_index(settings)
        self._source = IndexSource(self._index)
        self._lock = threading.Lock()
        self._generation = -1
        self._assistants: dict[frozenset[str], Assistant] = {}

    def notices(self) -> Sequence[NoticeRecord]:
        """Every notice in the catalogue, ordered by folder and file name."""
        return self._source.notices()

    def clauses(self, notice_id: str) -> Sequence[Clause]:
        """The notice's clauses in document order; empty when there is no such notice (any more)."""
        return self._source.clauses_of(notice_id)

    def answer(
        self,
        turns: Sequence[str],
        *,
        notices: frozenset[str] = frozenset(),
        struck: frozenset[str] = frozenset(),
    ) -> Answer:
        """The answer to the last of `turns`, among `notices` where any are given, without `struck` chips."""
        *_, answer = self.ask(turns, notices=notices, struck=struck)
        return answer

    def ask(
        self,
        turns: Sequence[str],
        *,
        notices: frozenset[str] = frozenset(),
        struck: frozenset[str] = frozenset(),
        struck_before: Sequence[frozenset[str]] = (),
    ) -> Iterator[Answer]:
        """The answer to the last of `turns`, its text growing; the last one is whole.

        `struck_before` are the chips struck from the turns before it, in order.
        """
        answer = self.extract(turns, notices=notices, struck=struck, struck_before=struck_before)
        yield from self._assistant(notices).written(answer)

    def extract(
        self,
        turns: Sequence[str],
        *,
        notices: frozenset[str] = frozenset(),
        struck: frozenset[str] = frozenset(),
        struck_before: Sequence[frozenset[str]] = (),
    ) -> Answer:
        """The answer to the last of `turns` in the words of the clauses, whatever model there is."""
        if self._elsewhere is not None:
            answer = self._elsewhere.extract(
                turns, notices=notices, struck=struck, struck_before=struck_before
            )
            if answer is not None:
                return answer
        assistant = self._assistant(notices)
        return assistant.extract(turns, struck=struck, struck_before=struck_before)

    def keep_feedback(self, feedback: Feedback) -> None:
        """Adds a line to `feedback.jsonl` in the index home. Raises FeedbackFault when it cannot be kept."""
        append_feedback(self._settings.home / FEEDBACK_FILE, feedback)

    def audit(self, notice_id: str) -> Audit | None:
        """Where every character of the notice went; None for an unknown id."""
        return self._index.catalogue.audit(notice_id)

    def original(self, notice_id: str) -> Path | None:
        """The file that the notice was read from; of a member of an archive the archive. None if gone.

        What lies outside the folder that was synced, by a link or by its name, is not given.
        """
        record = self._index.catalogue.notice(notice_id)
        if record is None:
            return None
        folder = Path(record.folder).resolve()
        path = (folder / record.name).resolve()
        for candidate in (path, *path.parents):
            if candidate == folder or not candidate.is_relative_to(folder):
                return None
            if candidate.is_file():
                return candidate
        return None

    def search(self, query: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """At most `limit` clauses for a query, best first."""
        return self._source.search(query, filters=filters, limit=limit)

    def places(self, address: str) -> Sequence[Place]:
        """Every clause at an address (澄浦 二（一）1). Raises NoSuchAddress."""
        return find_places(address, self.vocabulary())

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
        ledger = Ledger(self._index.catalogue)
        return ledger.find(indicator=indicator, regions=regions, notices=notices, year=year, due_by=due_by)

    def indicators(self) -> Sequence[str]:
        """The indicators that targets are stated for, each once, in order."""
        return self._index.catalogue.indicators()

    def vocabulary(self) -> Vocabulary:
        """The vocabulary of all notices, as of the last sync."""
        return self._assistant(frozenset()).vocabulary

    def folders(self) -> Sequence[Path]:
        """The corpus folders: those that the service was given, or without any those that syncs remember."""
        return tuple(path.resolve() for path in self._folders) or self._index.catalogue.folders()

    def look_at(self, path: Path, name: str) -> Upload:
        """What is in a file that may be kept; raises IngestError when nothing in it can be read."""
        return look_at(path, name)

    def keep(self, upload: Upload, folder: Path, *, replace: bool = False) -> None:
        """Puts an upload into a corpus folder, for the next sync; see `CorpusFiles.keep`."""
        self._files().keep(upload, folder, replace=replace)

    def remove(self, notice_id: str) -> None:
        """Moves the notice's file, an archive with all that is in it, to the trash, for the next sync.

        Raises CorpusFault when it cannot be moved.
        """
        file = self.original(notice_id)
        if file is None:
            raise CorpusFault("这份文件已不在语料文件夹中，请更新语料。")
        self._files().remove(file)

    def sync(self, *, progress: Callable[[Step], None] | None = None, rebuild: bool = False) -> SyncReport:
        """Brings the index up to date with the service's folders, or without any with those it remembers;
        `progress` is told each step, `rebuild` reads every file again."""
        return sync(self._folders, self._settings, progress=progress, rebuild=rebuild)

    def _files(self) -> CorpusFiles:
        return CorpusFiles(self.folders(), self._settings.home / "trash")

    def _assistant(self, notices: frozenset[str]) -> Assistant:
        """The assistant for a choice of notices; made anew after a sync, because the vocabulary changed."""
        with self._lock:
            generation = self._index.catalogue.generation
            if generation != self._generation:
                self._assistants.clear()
                self._generation = generation
            if notices not in self._assistants:
                if len(self._assistants) >= _KEPT_CHOICES:
                    self._assistants.pop(next(iter(self._assistants)))
                self._assistants[notices] = Assistant(self._source, self._writer).restricted(notices)
            return self._assistants[notices]
