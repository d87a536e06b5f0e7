"""Taking the files of corpus folders into the catalogue."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.errors import IngestError, MissingExtra, UnsupportedFormat
from ingest.notice import Notice, ink
from ingest.version import SPLITTER

from .scan import FoundFile, scan
from .types import FileFault, SyncReport
from .writer import CatalogueWriter, DuplicateNotice, FileRecord

log = logging.getLogger(__name__)

#: `ingest.read_notice`, or a test's reader: the file and its name inside the folder give the notice.
ReadNotice = Callable[[Path, str], Notice]

#: Below this share of characters in a clause, the card or furniture, staff should look at the split.
_ACCOUNTED = 0.995
_FAILED = "failed"
_UNSUPPORTED = "unsupported"
_KEPT = "；索引中保留上次读入的内容"


@dataclass
class Tally:
    """The growing report of a sync."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[FileFault] = field(default_factory=list)
    unsupported: list[FileFault] = field(default_factory=list)
    doubtful: list[FileFault] = field(default_factory=list)
    unchanged: int = 0
    read: int = 0

    @property
    def has_changes(self) -> bool:
        """Whether the clauses in the catalogue are other ones than before."""
        return bool(self.added or self.changed or self.removed)

    def list_fault(self, file: FileRecord) -> None:
        """Count a file that gave no notice."""
        faults = self.unsupported if file.fault == _UNSUPPORTED else self.failed
        faults.append(FileFault(file.name, file.reason))

    def weigh(self, notice: Notice) -> None:
        """List a notice of which too much was lost or counted twice."""
        audit = notice.audit
        if audit.share < _ACCOUNTED:
            lost = sum(ink(stretch.text) for stretch in audit.lost)
            reason = (
                f"原文 {audit.total} 字中有着落的只有 {audit.share:.1%}（丢失 {lost} 字），请核对切分结果"
            )
            self.doubtful.append(FileFault(notice.name, reason))

    def report(self, clauses: int) -> SyncReport:
        """What was counted, with the number of clauses that the index holds now."""
        return SyncReport(
            added=tuple(self.added),
            changed=tuple(self.changed),
            removed=tuple(self.removed),
            unchanged=self.unchanged,
            read=self.read,
            failed=tuple(self.failed),
            unsupported=tuple(self.unsupported),
            doubtful=tuple(self.doubtful),
            clauses=clauses,
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """Taking files into `catalogue` by `read`; `starting` is told (done, total, name) before each file."""

    catalogue: CatalogueWriter
    read: ReadNotice
    starting: Callable[[int, int, str], None]
    tally: Tally

    def folder(self, root: Path, *, skip: Path) -> None:
        """Make the catalogue agree with the files below `root`, leaving out `skip`."""
        try:
            found, faults = scan(root, skip=skip)
        except OSError:  # remembered, but not there now: an unplugged drive must not empty the index
            self.tally.failed.append(FileFault(str(root), f"文件夹不存在或无法打开{_KEPT}"))
            return
        self.tally.failed += faults
        folder = self.catalogue.remember_folder(root)
        known = self.catalogue.files(folder)
        self._drop(folder, _gone(known, found, faults))
        touched = [file for file in found if not self._is_untouched(file, known.get(file.name))]
        for done, file in enumerate(touched):
            self.starting(done, len(touched), file.name)
            self._take(folder, file, known.get(file.name))

    def _drop(self, folder: int, names: list[str]) -> None:
        for name in names:
            if self.catalogue.drop_file(folder, name):
                self.tally.removed.append(name)

    def _is_untouched(self, file: FoundFile, known: FileRecord | None) -> bool:
        """Whether a file can only give what it gave last time; if so, it is counted as that again."""
        if known is None or known.splitter != SPLITTER:
            return False
        if (known.size, known.mtime_ns) != (file.size, file.mtime_ns):
            return False
        if not known.fault:
            self.tally.unchanged += 1
            return True
        if known.ctime_ns != file.ctime_ns:  # a change of permissions may have mended it
            return False
        self.tally.list_fault(known)
        return True

    def _take(self, folder: int, file: FoundFile, known: FileRecord | None) -> None:
        record = FileRecord(file.name, file.size, file.mtime_ns, file.ctime_ns, splitter=SPLITTER)
        outcome = self._outcome(file, known, record)
        if isinstance(outcome, Notice):
            outcome = self._store(folder, outcome, record)
        if outcome.fault:
            if self.catalogue.has_notice(folder, file.name):
                outcome = replace(outcome, reason=outcome.reason.rstrip("。") + _KEPT)
            self.tally.list_fault(outcome)
        self.catalogue.put_file(folder, outcome)

    def _outcome(self, file: FoundFile, known: FileRecord | None, record: FileRecord) -> Notice | FileRecord:
        """The notice that the file gives now, or the record of a file that gives none or the same one."""
        try:
            if known and known.sha256 and known.splitter == SPLITTER:
                if _sha256(file.path) == known.sha256:
                    return self._unchanged(record, known)
                self.tally.read += 1
                notice = self.read(file.path, file.name)
                # a document in an archive of which another one changed
                return self._unchanged(record, known) if notice.sha256 == known.sha256 else notice
            self.tally.read += 1
            return self.read(file.path, file.name)
        except UnsupportedFormat as error:
            return replace(record, fault=_UNSUPPORTED, reason=error.reason)
        except MissingExtra as error:  # it may be installed by the next sync
            return replace(record, splitter="", fault=_FAILED, reason=error.reason)
        except Exception as error:  # a fault of one file or its reader must not keep the others out
            return replace(record, fault=_FAILED, reason=_why(file.path, error))

    def _unchanged(self, record: FileRecord, known: FileRecord) -> FileRecord:
        self.tally.unchanged += 1
        return replace(record, sha256=known.sha256)

    def _store(self, folder: int, notice: Notice, record: FileRecord) -> FileRecord:
        try:
            replaced = self.catalogue.put_notice(folder, notice)
        except DuplicateNotice as error:  # the other file may go away: look again at the next sync
            return replace(record, splitter="", fault=_FAILED, reason=str(error))
        (self.tally.changed if replaced else self.tally.added).append(notice.name)
        self.tally.weigh(notice)
        return replace(record, sha256=notice.sha256)


def _gone(known: dict[str, FileRecord], found: list[FoundFile], faults: list[FileFault]) -> list[str]:
    """The known files that are no longer there; below a folder that could not be listed nothing is gone."""
    there = {file.name for file in found}
    unseen = tuple(f"{fault.name}/" for fault in faults)
    named = {fault.name for fault in faults}
    return [name for name in known if name not in there | named and not name.startswith(unseen)]


def _why(path: Path, error: Exception) -> str:
    if isinstance(error, IngestError):
        return error.reason
    if isinstance(error, FileNotFoundError):
        return "同步途中文件已不在"
    if isinstance(error, OSError):
        return f"文件无法读取（{error.strerror or error}）"
    log.error("reading %s failed", path, exc_info=error)
    return f"读取时程序出错（{type(error).__name__}）"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
