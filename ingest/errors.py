"""What can be wrong with a file, each as one sentence for the person who dropped it in."""

from __future__ import annotations

from pathlib import Path


class IngestError(Exception):
    """A file could not be made into a notice; `str(error)` is one sentence in Chinese naming the file."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}：{reason}")
        self.path = path
        self.reason = reason


class UnsupportedFormat(IngestError):
    """The format has no reader yet; `sync` lists such files apart from failures."""


class MissingExtra(IngestError):
    """Reading the file needs an optional part of the program that is not installed; `extra` names it."""

    def __init__(self, path: Path, reason: str, extra: str) -> None:
        super().__init__(path, f"{reason}请先安装：pip install 'tiaowen[{extra}]'。")
        self.extra = extra


class UnreadableFile(IngestError):
    """The file is missing, empty, too large, not permitted, or its bytes are no text in a known encoding."""
