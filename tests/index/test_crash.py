"""A sync that fails or dies at any step leaves the last good state, and the next one finishes the work."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index import disk, generation, intake, lexical, vectors, writer
from index import sync as sync_module
from index.errors import DiskFull, NoIndex
from index.home import Home
from index.types import SyncReport

from .fake import WATER, Corpus

NEW_WATER = WATER.replace("新建污水管网35公里。", "新建污水管网48公里。")


class Crash(BaseException):
    """What a killed program looks like from inside: nothing catches it."""


#: Each step of a sync that can be the last one, in order: where it is looked up, and its name there.
STEPS = {
    "listing the folder": (intake, "scan"),
    "storing a notice": (writer.CatalogueWriter, "put_notice"),
    "remembering a file": (writer.CatalogueWriter, "put_file"),
    "forgetting a file": (writer.CatalogueWriter, "drop_file"),
    "clearing old generations": (Home, "clear"),
    "embedding": (generation, "unit"),
    "writing vectors": (vectors.VectorIndex, "save"),
    "linking the lexical index": (generation, "link_files"),
    "writing the lexical index": (generation, "update_lexical"),
    "cutting words": (lexical, "_document"),
    "flushing": (generation, "flush_tree"),
    "committing": (writer.CatalogueWriter, "commit"),
}


@pytest.fixture
def grown(synced: Corpus) -> Corpus:
    """A larger synced corpus, of which one file was changed, one added and one removed since."""
    for number in range(12):
        lines = "".join(f"修桥{number}座，第{part}批。\n" for part in range(5))
        synced.write(f"many/{number}.txt", f"第{number}号方案\n{lines}")
    synced.sync()
    synced.write("water.txt", NEW_WATER)
    synced.write("new.txt", "巡河方案\n巡河频次：每周一次。\n")
    (synced.folder / "air.txt").unlink()
    return synced


def _assert_old_state(corpus: Corpus) -> None:
    index = corpus.open()
    texts = {hit.clause.text for hit in index.search("新建污水管网多少公里，巡河频次，燃煤锅炉", 40)}
    assert "新建污水管网35公里。" in texts
    assert "燃煤锅炉全部淘汰，废气治理项目40个。" in texts
    assert "巡河频次：每周一次。" not in texts
    assert index.catalogue.generation == 2


def _assert_mended(corpus: Corpus) -> None:
    report = corpus.sync()
    assert (report.added, report.changed, report.removed) == (("new.txt",), ("water.txt",), ("air.txt",))
    texts = {hit.clause.text for hit in corpus.open().search("新建污水管网多少公里，巡河频次，燃煤锅炉", 40)}
    assert {"新建污水管网48公里。", "巡河频次：每周一次。"} <= texts
    assert "燃煤锅炉全部淘汰，废气治理项目40个。" not in texts
    assert corpus.sync() == SyncReport(unchanged=15, clauses=67)
    numbers = Home(corpus.settings.home).numbers()
    assert len(numbers) == 2
    assert numbers[0] == 2


#: After the commit the new state is the last good one, which is a test of its own.
MOMENTS = [
    (when, step) for step in STEPS for when in ("before", "after") if (when, step) != ("after", "committing")
]


@pytest.mark.parametrize(("when", "step"), MOMENTS)
def test_a_crash_at_any_step(grown: Corpus, monkeypatch: pytest.MonkeyPatch, when: str, step: str) -> None:
    owner, name = STEPS[step]
    original: Callable[..., object] = getattr(owner, name)

    def crash(*args: object, **kwargs: object) -> object:
        if when == "after":
            original(*args, **kwargs)
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, crash)
        with pytest.raises(Crash):
            grown.sync()
    _assert_old_state(grown)
    _assert_mended(grown)


def test_a_crash_right_after_the_commit(grown: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    original = writer.CatalogueWriter.commit

    def crash(self: writer.CatalogueWriter, generation: int, model: str) -> None:
        original(self, generation, model)
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(writer.CatalogueWriter, "commit", crash)
        with pytest.raises(Crash):
            grown.sync()
    assert grown.found("巡河频次")[0] == "new.txt （1）"
    assert grown.sync() == SyncReport(unchanged=15, clauses=67)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.index.fake import LineReader, SignCounts
from index.settings import Settings
from index.sync import sync
from index import generation

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(generation, sys.argv[3], die)
settings = Settings(home=Path(sys.argv[2]), model="sign-counts")
sync([Path(sys.argv[1])], settings, embeddings=SignCounts(), read=LineReader())
"""


@pytest.mark.parametrize("step", ["update_lexical", "flush_tree"])
def test_a_killed_process(grown: Corpus, step: str) -> None:
    """The system frees the lock of a process that is gone, and SQLite drops what it had not committed."""
    arguments = [str(grown.folder), str(grown.settings.home), step]
    command = [sys.executable, "-c", KILLED, *arguments]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == -signal.SIGKILL
    _assert_old_state(grown)
    _assert_mended(grown)


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (generation, "update_lexical"),
        (vectors.VectorIndex, "save"),
        (disk.os, "fsync"),
        (disk.os, "link"),
        (sync_module.filelock, "FileLock"),
    ],
)
def test_a_full_disk(grown: Corpus, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, full)
        with pytest.raises(
            DiskFull, match=r"磁盘空间不足，无法写入 .*：请清理磁盘后再次同步；已有索引未作改动。"
        ):
            grown.sync()
    assert Home(grown.settings.home).numbers() in ([2], [1, 2])
    _assert_old_state(grown)
    _assert_mended(grown)


def test_a_disk_that_is_full_from_the_beginning(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(generation, "flush_tree", full)
        with pytest.raises(DiskFull):
            corpus.sync()
    assert Home(corpus.settings.home).numbers() == []
    with pytest.raises(NoIndex):
        corpus.open()
    assert corpus.sync().read == 3


def test_a_database_that_cannot_grow(grown: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite itself reports the disk full when it may take no further page."""
    original = writer._connected

    def connected(path: Path) -> sqlite3.Connection:
        connection = original(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    grown.write("long.txt", "长方案\n" + "新建管网。\n" * 5000)
    with monkeypatch.context() as patch:
        patch.setattr(writer, "_connected", connected)
        with pytest.raises(DiskFull, match="磁盘空间不足"):
            grown.sync()
    _assert_old_state(grown)
    (grown.folder / "long.txt").unlink()
    _assert_mended(grown)
