"""How a clause is cited and what its label looks like in print, by the paths of all clauses of a notice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.notice import ClauseKind
from ingest.outline import Node

_Path = tuple[str, ...]
_TABLE = re.compile(r"表\d+")


class Addresses:
    """The addresses of a notice's nodes."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._printed: dict[_Path, str] = {}
        self._rows: set[_Path] = set()
        for node in nodes:
            if node.printed:
                self._printed[node.path] = node.printed
            if node.kind is ClauseKind.ROW or node.printed == "序号":
                self._rows.add(node.path)
        self._places: dict[_Path, str] = {}

    def label_and_cite(self, path: _Path) -> tuple[str, str]:
        """(二、(一)1., 二（一）1) for running text, (附件2 第3项之1, 附件2#3.1) for a table row.

        The label is the address as printed; a row is cited without the group of its table.
        """
        at = self._row_start(path)
        if at is None:
            told = _told(path)
            return "".join([self._shown(path[: k + 1]) for k in told]), "".join([path[k] for k in told])
        place = self._place_of_rows(path[:at])
        number = "".join(f"第{n}项" if i == 0 else f"之{n}" for i, n in enumerate(path[at:]))
        return f"{place} {number}", f"{place}#{'.'.join(path[at:])}"

    def _row_start(self, path: _Path) -> int | None:
        """The index in a row's path where the row number stands; None for running text."""
        for k in range(1, len(path) + 1):
            if path[:k] in self._rows:
                return k - 1
        return None

    def _place_of_rows(self, above: _Path) -> str:
        """The attachment or table that rows below a path are cited by."""
        if above not in self._places:
            tables = [k for k, name in enumerate(above) if _TABLE.fullmatch(name)]
            place = above
            if tables:
                place = above[: tables[-1] + 1]
            elif above[0].startswith("附"):
                place = tuple(name for name in above if name.startswith("附"))
            self._places[above] = "".join(place[k] for k in _told(place))
        return self._places[above]

    def _shown(self, path: _Path) -> str:
        """The last label of a path as printed."""
        if path[-1].startswith(("附", "——")):
            return path[-1] + (" " if path[-1].startswith("附") else "")
        return self._printed.get(path, path[-1])


def _told(path: _Path) -> list[int]:
    """The indices of the labels that an address names: 3.2.1 names 3 and 3.2 by itself."""
    last = len(path) - 1
    return [
        k
        for k in range(last + 1)
        if k == last or "." not in path[k + 1] or not path[k + 1].startswith(f"{path[k]}.")
    ]
