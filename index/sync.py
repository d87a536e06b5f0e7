"""Bringing the index up to date with the corpus folders, in one transaction."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import filelock

from ingest import read_notice
from ingest.notice import Notice

from .disk import is_disk_full, is_unwritable
from .errors import DamagedIndex, DiskFull, MissingFolder, NoFolder, OtherModel, SyncRunning, UnwritableHome
from .fingerprint import model_fingerprint
from .generation import Build, Embedder, Previous
from .home import Home
from .intake import Intake, ReadNotice, Tally
from .lazy_model import model_of
from .settings import Settings
from .types import SyncReport
from .writer import CatalogueWriter, writing


class Stage(StrEnum):
    """What a sync is at."""

    READ = "read"
    EMBED = "embed"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a sync is: `done` of `total` touched files of a folder (READ, `name` is the next one) or of new
    passages (EMBED)."""

    stage: Stage
    done: int
    total: int
    name: str = ""


def sync(  # noqa: PLR0913 - what to sync into what, and the parts that can be replaced
    folders: Sequence[Path],
    settings: Settings,
    *,
    embeddings: Embedder | None = None,
    progress: Callable[[Step], None] | None = None,
    rebuild: bool = False,
    read: ReadNotice = read_notice,
) -> SyncReport:
    """What changed when the index at `settings.home` was brought up to date with `folders`.

    A file is looked at again only if its size, its time or the splitter changed, and read only if its bytes
    did. Folders are remembered: without `folders` all remembered ones are synced; syncing one leaves the
    others as they are. A file that cannot be read is listed, and what was read of it before stays. Everything
    is one transaction, whose commit also switches readers to the new derived indexes: until then they see the
    old state, and a sync that fails or is killed changes nothing.

    `embeddings` defaults to the model of `settings`, loaded only when a passage is new.
    `rebuild` reads every file again and makes every derived index anew, also over an
    index of another format or model.

    :raises MissingFolder: if one of `folders` is not there. :raises NoFolder: if there is nothing to sync.
    :raises SyncRunning: if another sync is at work.
    :raises OtherModel, OtherFormat, DamagedIndex: without `rebuild`, if the index does not fit.
    :raises UnwritableHome, DiskFull: if the index cannot be written.
    """
    started = time.perf_counter()
    roots = [_existing(folder) for folder in folders]
    run = _run(settings, embeddings, progress, read=read, rebuild=rebuild)
    with (
        _in_words(run.home.folder),
        _locked(run.home),
        writing(run.home.catalogue, rebuild=rebuild) as catalogue,
    ):
        report = run.over(catalogue, roots)
    return replace(report, seconds=time.perf_counter() - started)


def index_notices(
    notices: Iterable[Notice],
    settings: Settings,
    *,
    source: Path,
    embeddings: Embedder | None = None,
    progress: Callable[[Step], None] | None = None,
) -> int:
    """The number of clauses in the index made at the new home `settings.home` of notices that have no files.

    For a benchmark's corpus, which so takes the same way as files do. `source` is the
    folder that the catalogue gives as theirs; `embeddings` and `progress` are as in `sync`.

    :raises DuplicateNotice: if two notices or two clauses have the same id; nothing is kept then.
    :raises SyncRunning, UnwritableHome, DiskFull: as `sync`.
    """
    run = _run(settings, embeddings, progress, read=read_notice, rebuild=True)
    with (
        _in_words(run.home.folder),
        _locked(run.home),
        writing(run.home.catalogue, rebuild=True) as catalogue,
    ):
        run.take(catalogue, source.resolve(), notices)
        return catalogue.counts().clauses


def _run(
    settings: Settings,
    embeddings: Embedder | None,
    progress: Callable[[Step], None] | None,
    *,
    read: ReadNotice,
    rebuild: bool,
) -> _Run:
    return _Run(
        home=Home(settings.home.resolve()),
        model=model_fingerprint(settings.model),
        embedder=model_of(settings, embeddings),
        progress=progress or (lambda _: None),
        read=read,
        rebuild=rebuild,
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """One sync: what it was given, and its steps."""

    home: Home
    model: str
    embedder: Callable[[], Embedder]
    progress: Callable[[Step], None]
    read: ReadNotice
    rebuild: bool

    def over(self, catalogue: CatalogueWriter, roots: Sequence[Path]) -> SyncReport:
        if not self.rebuild and catalogue.model not in {None, self.model}:
            raise OtherModel(str(catalogue.model), self.model)
        tally = Tally()
        intake = Intake(catalogue, self.read, lambda *step: self.progress(Step(Stage.READ, *step)), tally)
        for root in self._roots(catalogue, roots):
            intake.folder(root, skip=self.home.folder)
        self._derive(catalogue, changed=tally.has_changes)
        return tally.report(catalogue.counts().clauses)

    def take(self, catalogue: CatalogueWriter, source: Path, notices: Iterable[Notice]) -> None:
        """Store notices as those of the folder `source`."""
        folder = catalogue.remember_folder(source)
        for notice in notices:
            catalogue.put_notice(folder, notice)
        self._derive(catalogue, changed=True)

    def _roots(self, catalogue: CatalogueWriter, roots: Sequence[Path]) -> list[Path]:
        """The folders to look through: those given, with none inside another, or all remembered ones.

        A folder inside a remembered one stands for that one; remembered folders inside a given one are merged
        into it. A rebuild looks through everything that is remembered too.
        """
        remembered = catalogue.folders()
        outermost = _outermost([*roots, *remembered])
        for folder in remembered:
            if folder not in outermost:
                catalogue.forget_folder(folder)
        if not outermost:
            raise NoFolder
        if self.rebuild or not roots:
            return outermost
        return [folder for folder in outermost if any(root.is_relative_to(folder) for root in roots)]

    def _derive(self, catalogue: CatalogueWriter, *, changed: bool) -> None:
        """Make the derived indexes agree with the catalogue, and commit both."""
        current = catalogue.generation
        previous = self._previous(current)
        if previous is not None and not changed:
            catalogue.commit(current, self.model)
            return
        self.home.clear(keep={current})
        number = max([current, *self.home.numbers()]) + 1
        build = Build(
            catalogue=catalogue,
            model=self.model,
            previous=previous,
            embedder=self.embedder,
            embedded=lambda done, total: self.progress(Step(Stage.EMBED, done, total)),
        )
        try:
            build.write(self.home.generation(number))
            catalogue.commit(number, self.model)
        except BaseException:  # half a generation is of no use, and on a full disk it is in the way
            self.home.clear(keep={current, catalogue.abandon()})
            raise

    def _previous(self, number: int) -> Previous | None:
        """The current generation, if the next one can be made from it."""
        if self.rebuild or not number:
            return None
        try:
            return Previous.load(self.home.generation(number))
        except DamagedIndex:
            return None


def _outermost(folders: Sequence[Path]) -> list[Path]:
    """`folders` without repeats and without those that lie inside another one, in order of path."""
    distinct = sorted(set(folders))
    return [
        folder
        for folder in distinct
        if not any(other != folder and folder.is_relative_to(other) for other in distinct)
    ]


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise MissingFolder(folder)
    return folder.resolve()


@contextmanager
def _locked(home: Home) -> Iterator[None]:
    """Hold the lock of `home`, made if it is missing; the system frees the lock of a sync that was killed."""
    home.folder.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(home.lock, timeout=0):
            yield
    except filelock.Timeout as error:
        raise SyncRunning(home.folder) from error


@contextmanager
def _in_words(home: Path) -> Iterator[None]:
    """Say in words what kept the index from being written; other faults pass as they are."""
    try:
        yield
    except (OSError, sqlite3.OperationalError, ValueError, RuntimeError) as error:
        if is_disk_full(error):
            raise DiskFull(home) from error
        if is_unwritable(error):
            raise UnwritableHome(home, _reason(error)) from error
        raise


def _reason(error: BaseException) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
