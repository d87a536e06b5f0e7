"""Where the tables of one part stand: 表1, 表2 … in order below each of its sections."""

from __future__ import annotations

from collections import Counter

Path = tuple[str, ...]


class TableAddresses:
    """Gives the tables of a part (the body, an attachment) their paths, in reading order."""

    def __init__(self) -> None:
        self._counts: Counter[Path] = Counter()

    def next(self, section: Path, first: int | None = None) -> Path:
        """The path of the next table below `section`: the section and 表n. The first table of an attachment
        is at the attachment's own path, and a table whose first row number is above one goes on with the
        table before it, as where a page ends."""
        if not (first is not None and first > 1 and self._counts[section]):
            self._counts[section] += 1
        count = self._counts[section]
        is_attachments_own = bool(section) and section[-1].startswith("附") and count == 1
        return section if is_attachments_own else (*section, f"表{count}")
