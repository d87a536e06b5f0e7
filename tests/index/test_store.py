"""An opened index: its status, and what opening and asking it must not load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index.catalogue import FORMAT
from index.errors import NoIndex
from index.home import Home
from index.settings import Settings
from index.store import Status, open_index

from .fake import Corpus

#: Each costs a second or more, and none is needed to sync or to ask with the embedded model.
HEAVY = [
    "torch",
    "sentence_transformers",
    "transformers",
    "gradio",
    "langchain_core.retrievers",
    "jieba.posseg",
]

SYNC_AND_ASK = f"""
import sys
from pathlib import Path
from index.settings import Settings
from index.store import open_index
from index.sync import sync
settings = Settings(home=Path(sys.argv[2]))
sync([Path(sys.argv[1])], settings)
print(open_index(settings).search("污水管网", 1)[0].notice.name)
print([name for name in {HEAVY} if name in sys.modules])
"""


def test_status(synced: Corpus) -> None:
    status = synced.open().status()
    home = Home(synced.settings.home)
    assert status == Status(
        folders=(str(synced.folder),),
        notices=3,
        clauses=8,
        generation=1,
        model="sign-counts",
        format=FORMAT,
        size=home.size(),
    )
    assert status.size >= home.catalogue.stat().st_size


def test_files_that_two_generations_share_are_counted_once(synced: Corpus) -> None:
    folder = synced.settings.home
    before = Home(folder).size()
    (folder / "again").hardlink_to(Home(folder).catalogue)
    assert Home(folder).size() == before


def test_nothing_was_synced_here(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="还没有索引：请先运行 tiaowen sync 语料文件夹"):
        open_index(Settings(home=tmp_path))


def test_syncing_and_asking_load_nothing_heavy(corpus: Corpus) -> None:
    """With the real reader and the embedded model, in a process of its own."""
    command = [sys.executable, "-c", SYNC_AND_ASK, str(corpus.folder), str(corpus.settings.home)]
    asked = subprocess.run(
        command, cwd=Path(__file__).parents[2], check=True, capture_output=True, encoding="utf-8"
    )
    assert asked.stdout.splitlines() == ["water.txt", "[]"]
