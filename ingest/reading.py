"""The way through this room: file → document → notice."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.notice import Notice
from ingest.readers import parse_document, read_bytes
from ingest.splitter import split


def read_notice(path: Path, name: str | None = None) -> Notice:
    """The notice in a file; `name` is its path inside the corpus folder (default: the file's own name).

    The id comes from `name` and the bytes: the same file in the same place is the same notice.

    :raises ingest.errors.IngestError: If the file cannot be read or its format has no reader.
    """
    data = read_bytes(path)
    name = name or path.name
    sha256 = hashlib.sha256(data).hexdigest()
    notice_id = hashlib.sha256(f"{name}\0{sha256}".encode()).hexdigest()[:16]
    return split(parse_document(path, data, name), notice_id, sha256)
