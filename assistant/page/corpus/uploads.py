"""Files that were sent in and wait for somebody to say whether they are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Self

from assistant.corpus_files import Upload

_LINK: Final = re.compile(r"#(?P<verb>keep|replace|drop)=(?P<place>\d{1,4})")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One file: what is in it, or the sentence of why it is refused; `taken`: the corpus has that name."""

    name: str
    upload: Upload | None = None
    refusal: str = ""
    taken: bool = False

    def refused(self, sentence: str) -> Waiting:
        """The same file, refused."""
        return replace(self, upload=None, refusal=sentence)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants done with the file at `place`: keep, replace or drop it."""

    verb: str
    place: int

    @classmethod
    def parse(cls, href: str) -> Self | None:
        """The wish in `#keep=0`, None for any other link."""
        match = _LINK.fullmatch(href)
        return cls(match["verb"], int(match["place"])) if match else None
