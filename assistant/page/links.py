"""The address of a clause inside the page: the part after `#` in a marker or a source line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import quote, unquote

# The chat's sanitizer keeps `href` and drops data-* attributes, so all that a click needs is in the address.
_FRAGMENT: Final = re.compile(
    r"#?c=(?P<notice>[^/&]+)(?:/(?P<clause>[^/&]+))?(?:&m=(?P<start>\d{1,9})-(?P<end>\d{1,9}))?"
)


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A clause of a notice, and the span of the clause's text that answers (`mark`, None for all of it).

    Without a clause it is the notice as a whole.
    """

    notice: str
    clause: str = ""
    mark: tuple[int, int] | None = None

    @property
    def href(self) -> str:
        """`#c=NOTICE/CLAUSE&m=START-END`, percent-encoded; `#c=NOTICE` for a notice."""
        span = f"&m={self.mark[0]}-{self.mark[1]}" if self.mark else ""
        clause = f"/{quote(self.clause, safe='')}" if self.clause else ""
        return f"#c={quote(self.notice, safe='')}{clause}{span}"

    @classmethod
    def parse(cls, fragment: str) -> Self | None:
        """The link that `href` wrote, None for anything else."""
        match = _FRAGMENT.fullmatch(fragment)
        if match is None:
            return None
        mark = (int(match["start"]), int(match["end"])) if match["start"] else None
        return cls(unquote(match["notice"]), unquote(match["clause"] or ""), mark)

    @classmethod
    def to_quote(cls, notice: str, clause: str, text: str, wanted: str) -> Self:
        """A link to `wanted` inside the clause's `text`; to the whole clause when it is not in there."""
        start = text.find(wanted) if wanted else -1
        return cls(notice, clause, (start, start + len(wanted)) if start >= 0 else None)
