"""The files of a corpus folder."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from ingest import document_names
from ingest.errors import UnreadableFile

from .types import FileFault


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file: its name inside the folder, with `/`, and what tells whether it was touched.

    A document in an archive is a file of its own, called archive.zip/document.docx; `path` is the archive's.
    """

    name: str
    path: Path
    size: int
    mtime_ns: int
    ctime_ns: int


def scan(folder: Path, *, skip: Path) -> tuple[list[FoundFile], list[FileFault]]:
    """The files below `folder` in order of name, and those that are not to be read, with the reason.

    Hidden files and folders, linked folders and everything below `skip` (the index itself) are passed over. A
    link to a file counts as that file while it stays inside `folder`; one that leads out is a fault.

    :raises OSError: if `folder` itself cannot be listed.
    """
    with os.scandir(folder):
        pass  # os.walk would report an unreadable folder as an empty one, and its notices would be dropped
    root = folder.resolve()
    found: list[FoundFile] = []
    faults: list[FileFault] = []
    for parent, folders, names in os.walk(
        root, onerror=lambda error: faults.append(_unlistable(root, error))
    ):
        folders[:] = [name for name in folders if not name.startswith(".") and Path(parent, name) != skip]
        for name in names:
            if not name.startswith("."):
                outcome = _look(root, Path(parent, name))
                if isinstance(outcome, FoundFile):
                    try:
                        found += _documents(outcome)
                    except UnreadableFile as error:  # like a folder that cannot be listed
                        faults.append(FileFault(outcome.name, error.reason))
                else:
                    faults.append(outcome)
    return sorted(found, key=lambda file: file.name), sorted(faults, key=lambda fault: fault.name)


def _look(root: Path, path: Path) -> FoundFile | FileFault:
    name = path.relative_to(root).as_posix()
    printable = name.encode(errors="replace").decode()
    if printable != name:
        return FileFault(printable, "文件名的编码无法识别，请改名后再同步")
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(root):
            return FileFault(name, "链接指向语料文件夹之外，未读取")
        status = path.stat()
    except OSError:
        return FileFault(name, "文件已不在或无法打开")
    if not stat.S_ISREG(status.st_mode):
        return FileFault(name, "不是普通文件（管道或设备），未读取")  # it would keep the reader waiting
    return FoundFile(name, path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _documents(file: FoundFile) -> list[FoundFile]:
    """The file, or the documents in it if it is an archive.

    :raises UnreadableFile: if it is an archive that cannot be opened.
    """
    return [replace(file, name=name) for name in document_names(file.path, file.name)]


def _unlistable(root: Path, error: OSError) -> FileFault:
    where = Path(os.fsdecode(error.filename)) if error.filename else root
    return FileFault(where.relative_to(root).as_posix(), "文件夹无法打开，其中的文件未读取")
