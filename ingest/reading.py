"""The way through this room: file → document → notice."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.archives import document_names, read_member
from ingest.notice import Notice
from ingest.readers import parse_document, read_bytes
from ingest.splitter import split

__all__ = ["document_names", "read_notice"]


def read_notice(path: Path, name: str | None = None) -> Notice:
    """The notice in a file; `name` is its path inside the corpus folder (default: the file's own name).

    A document in an archive is called archive.zip/document.docx (see `document_names`); `path` is then the
    archive's. The id comes from `name` and the bytes: the same file in the same place is the same notice.

    :raises ingest.errors.IngestError: If the file cannot be read or its format has no reader.
    """
    name = name or path.name
    member = read_member(path, name)
    if member is None:
        data = read_bytes(path)
    else:
        path, data = path / member[0], member[1]  # whose own name and suffix its reader looks at
    sha256 = hashlib.sha256(data).hexdigest()
    notice_id = hashlib.sha256(f"{name}\0{sha256}".encode()).hexdigest()[:16]
    with _collector_at_rest():
        return split(parse_document(path, data, name), notice_id, sha256)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Reading and splitting make hundreds of thousands of small values and no cycles among them: looking for
    cycles in what they have made so far would take up to a third of their time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
