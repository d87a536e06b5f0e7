"""Folders that are written once and must survive a power cut."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def link_files(source: Path, target: Path) -> None:
    """Make `target` a folder with the files of `source`, copying no bytes where hard links work.

    Safe for files that are never changed in place: tantivy writes segments once and replaces its two lists of
    them by renaming, which leaves the other link as it was. Locks belong to whoever opens the folder.
    """
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.suffix != ".lock":
            _link(path, target / path.name)


def save_array(path: Path, array: npt.NDArray[Any]) -> None:
    """Write `array` as an .npy file; NumPy's own way does not say that the disk was full, Python's does."""
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, np.lib.format.header_data_from_array_1_0(array))
        file.write(array.tobytes())


def flush_tree(folder: Path) -> None:
    """Return when every file below `folder`, and the names of all of them, are on the disk itself."""
    for path in sorted(folder.rglob("*")):
        flush(path)
    flush(folder)
    flush(folder.parent)


def flush(path: Path) -> None:
    """Return when `path`, a file or a folder, is on the disk itself."""
    if path.is_dir() and os.name == "nt":  # Windows cannot open folders; its file system logs names itself
        return
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_writable(folder: Path) -> bool:
    """Whether files can be made in `folder`."""
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def is_disk_full(error: BaseException) -> bool:
    """Whether `error` says that there was no space left, in any of the ways the parts of the index say it."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode == sqlite3.SQLITE_FULL
    return f"os error {errno.ENOSPC}" in str(error)  # tantivy, whose Rust errors come as plain text


def is_unwritable(error: BaseException) -> bool:
    """Whether `error` says that the index folder may not be written."""
    if isinstance(error, OSError):
        return error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
    return f"os error {errno.EACCES}" in str(error) or f"os error {errno.EROFS}" in str(error)


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError as error:
        if is_disk_full(error):
            raise
        shutil.copy2(source, target)  # a file system without hard links
