"""Folders that are written once: links, flushes, and the many ways of saying that the disk is full."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from index.disk import flush_tree, is_disk_full, is_unwritable, link_files, save_array


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "segment.idx").write_bytes(b"words")
    (folder / "meta.json").write_bytes(b"{}")
    (folder / ".tantivy-writer.lock").write_bytes(b"")
    return folder


def test_linked_files_are_the_same_and_locks_stay_behind(source: Path, tmp_path: Path) -> None:
    link_files(source, tmp_path / "target")
    assert sorted(path.name for path in (tmp_path / "target").iterdir()) == ["meta.json", "segment.idx"]
    assert (tmp_path / "target" / "segment.idx").samefile(source / "segment.idx")


def test_a_file_replaced_by_renaming_leaves_the_other_link_as_it_was(source: Path, tmp_path: Path) -> None:
    """This is how tantivy writes its lists of segments, and why links are safe."""
    link_files(source, tmp_path / "target")
    (tmp_path / "new").write_bytes(b'{"new": 1}')
    (tmp_path / "new").replace(tmp_path / "target" / "meta.json")
    assert (source / "meta.json").read_bytes() == b"{}"


def test_without_hard_links_the_bytes_are_copied(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    link_files(source, tmp_path / "target")
    assert (tmp_path / "target" / "segment.idx").read_bytes() == b"words"
    assert not (tmp_path / "target" / "segment.idx").samefile(source / "segment.idx")


def test_every_file_and_folder_is_flushed(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: flushed.append(os.readlink(f"/proc/self/fd/{descriptor}"))
    )
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not say which file a descriptor belongs to")
    flush_tree(source)
    assert flushed == [str(path) for path in (*sorted(source.rglob("*")), source, source.parent)]


def test_arrays_come_back(tmp_path: Path) -> None:
    for array in (
        np.arange(6, dtype=np.float32).reshape(2, 3),
        np.zeros((0, 4), np.float32),
        np.array([1, 2], np.int64),
        np.array([b"0123456789abcdef"], "V16"),
    ):
        save_array(tmp_path / "array.npy", array)
        loaded = np.load(tmp_path / "array.npy", allow_pickle=False)
        assert (loaded.dtype, loaded.tolist()) == (array.dtype, array.tolist())


def _sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("message")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "full", "unwritable"),
    [
        (OSError(errno.ENOSPC, ""), True, False),
        (OSError(errno.EDQUOT, ""), True, False),
        (PermissionError(errno.EACCES, ""), False, True),
        (OSError(errno.EROFS, ""), False, True),
        (NotADirectoryError(errno.ENOTDIR, ""), False, True),
        (OSError(errno.EIO, ""), False, False),
        (_sqlite(sqlite3.SQLITE_FULL), True, False),
        (_sqlite(sqlite3.SQLITE_READONLY_DIRECTORY), False, True),
        (_sqlite(sqlite3.SQLITE_CANTOPEN), False, True),
        (_sqlite(sqlite3.SQLITE_BUSY), False, False),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), True, False),
        (ValueError("Failed to acquire Lockfile: (os error 13)"), False, True),
        (ValueError("os error 2"), False, False),
        (RuntimeError(""), False, False),
    ],
)
def test_what_an_error_says(error: Exception, full: bool, unwritable: bool) -> None:
    """Python, SQLite and tantivy (whose Rust errors come as plain text) each say it in their own way."""
    assert (is_disk_full(error), is_unwritable(error)) == (full, unwritable)
