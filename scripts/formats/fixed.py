"""Zip packages without the time at which they were made, so that the same sample gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

#: The earliest time that a zip entry can have.
_TIME = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?=<)")


def package(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of `parts`, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def without_time(data: bytes) -> bytes:
    """The Office package `data` with all its times set to one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    if core in parts:
        parts[core] = _STAMP.sub(b"2024-01-01T00:00:00Z", parts[core])
    return package(parts)
