"""What a person can do with an answer, as links inside it: `#act=VERB/TURN/VALUE`.

The chat's sanitizer keeps `href` and little else, so that everything a press needs is in the address; the
script hands it to Python as it is. It comes from a browser: whatever reads it, checks it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self
from urllib.parse import quote, unquote

_FRAGMENT: Final = re.compile(r"#act=(?P<verb>[a-z]{2,10})/(?P<turn>\d{1,4})(?:/(?P<value>.{0,40000}))?")


class Verb(StrEnum):
    """What is to be done. The script sends the first four as questions, which stream."""

    ASK = "ask"
    STRIKE = "strike"
    RESTORE = "restore"
    RETRY = "retry"
    EDIT = "edit"
    UP = "up"
    DOWN = "down"
    EXPORT = "export"
    EXPORT_ALL = "exportall"


@dataclass(frozen=True, slots=True)
class Act:
    """A verb about the question number `turn` (from 0) of the chat; `value` is a chip's id, a question or a
    format."""

    verb: Verb
    turn: int
    value: str = ""

    @property
    def href(self) -> str:
        """The link, percent-encoded."""
        value = f"/{quote(self.value, safe='', errors='replace')}" if self.value else ""
        return f"#act={self.verb.value}/{self.turn}{value}"

    @classmethod
    def parse(cls, fragment: str) -> Self | None:
        """The act that `href` wrote, None for anything else."""
        match = _FRAGMENT.fullmatch(fragment)
        if match is None or match["verb"] not in set(Verb):
            return None
        return cls(Verb(match["verb"]), int(match["turn"]), unquote(match["value"] or ""))
