"""Answers as files for the visitor's computer, without leaving anything on this one."""

from __future__ import annotations

import base64
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from assistant.export.files import FORMATS, write_answers
from assistant.export.turns import Turn
from assistant.page.html import Html, element

_TYPES: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".md": "text/markdown;charset=utf-8",
}
#: What no file system takes, and what would turn a name around.
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+')
_LONGEST_NAME: Final = 40


def download_view(turns: Sequence[Turn], suffix: str, title: str) -> Html:
    """A link that holds the whole file; the script presses it at once. Empty for an unknown format.

    Raises ExportFault.
    """
    if suffix not in FORMATS:
        return Html("")
    with tempfile.TemporaryDirectory(prefix="tiaowen-") as folder:
        path = Path(folder) / f"answer{suffix}"
        write_answers(path, turns)
        data = base64.b64encode(path.read_bytes()).decode("ascii")
    name = f"{file_name(title)}{suffix}"
    return element(
        "a", name, href=f"data:{_TYPES[suffix]};base64,{data}", download=name, class_="tw-download"
    )


def file_name(text: str) -> str:
    """`text` as the name of a file, at most so long."""
    return _UNFIT.sub(" ", text).strip(" .")[:_LONGEST_NAME].strip(" .") or "条问"
