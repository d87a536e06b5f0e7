"""Where somebody is in a table: the column that it is ordered by, the page, the row that was asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

_LINK: Final = re.compile(r"#(?P<verb>sort|page|ask)=(?P<what>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Browsing:
    """`column` is the key of a column, empty for the order in which records come; `page` counts from 0.

    `asked` is the record that somebody wants to do something about, once they confirm it.
    """

    column: str = ""
    descending: bool = False
    page: int = 0
    asked: str = ""

    def follow(self, href: str) -> Browsing:
        """Where the link leads: `#sort=KEY` (again: the other way round), `#page=NUMBER`, `#ask=RECORD`.

        Any other link leads nowhere.
        """
        match = _LINK.fullmatch(href)
        if match is None:
            return self
        what = match["what"]
        if match["verb"] == "sort":
            return Browsing(what, descending=what == self.column and not self.descending)
        if match["verb"] == "page":
            return replace(self, page=int(what), asked="") if re.fullmatch(r"\d{1,6}", what) else self
        return replace(self, asked=what)

    def first_page(self) -> Browsing:
        """The beginning, in the same order."""
        return replace(self, page=0, asked="")
