"""Archives in a corpus folder: each document inside is kept, changed and dropped like a file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from index.settings import Settings
from index.sync import sync
from index.types import SyncReport

from .fake import SignCounts

WATER, AIR = "清水行动方案\n一、清淤三公里。\n", "蓝天行动方案\n一、扫尘两次。\n"


class Folder:
    """A corpus folder with one archive, and a home for its index."""

    def __init__(self, place: Path) -> None:
        self.corpus = place / "corpus"
        self.corpus.mkdir()
        self._settings = Settings(home=place / "home")

    def pack(self, **texts: str) -> None:
        """Make the archive anew with these documents."""
        with zipfile.ZipFile(self.corpus / "附件.zip", "w") as archive:
            for name, text in texts.items():
                archive.writestr(f"区/{name}.txt", text)

    def sync(self) -> SyncReport:
        """Bring the index up to date."""
        return sync([self.corpus], self._settings, embeddings=SignCounts())


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_documents_of_an_archive_come_change_and_go(folder: Folder) -> None:
    water, air = "附件.zip/区/水.txt", "附件.zip/区/气.txt"
    folder.pack(水=WATER, 气=AIR)
    assert set(folder.sync().added) == {water, air}
    assert folder.sync().unchanged == 2
    folder.pack(水=WATER, 气=AIR + "二、洒水。\n")
    report = folder.sync()
    assert (report.changed, report.unchanged) == ((air,), 1)
    folder.pack(水=WATER)
    report = folder.sync()
    assert (report.removed, report.unchanged) == ((air,), 1)


def test_what_is_wrong_with_an_archive_is_said_once_and_what_was_read_of_it_stays(folder: Folder) -> None:
    folder.pack(水=WATER)
    clauses = folder.sync().clauses
    folder.pack()
    report = folder.sync()
    assert (report.removed, report.clauses) == ((), clauses)
    assert [(fault.name, fault.reason) for fault in report.failed] == [
        ("附件.zip", "压缩包是空的，里面没有文件。")
    ]
