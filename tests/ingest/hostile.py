"""What becomes of damaged bytes."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import IngestError
from ingest.readers import parse_document


def outcome(name: str, data: bytes) -> str:
    """The text that is read from `data`, or the sentence that says why nothing is; any other error passes."""
    try:
        return parse_document(Path(name), data).source
    except IngestError as error:
        return str(error)


def is_fair(name: str, told: str) -> bool:
    """Whether `told` is text, or one sentence in Chinese about the file."""
    if not told.startswith(f"{name}："):
        return bool(told.strip())
    return told.endswith("。") and "\n" not in told
