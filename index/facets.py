"""What a search asks of all clauses at once: the notice, the attachment, whether it is a bare title line.

Filled from the catalogue, like the other parts of a generation, so that a filter that half of the corpus
passes costs no list of half of the corpus: a mask of 147,283 clauses is made in 0.3 ms.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .disk import save_array

Mask = npt.NDArray[np.bool_]

_ROWIDS = "rowids.npy"
_NOTICES = "notices.npy"
_ATTACHMENTS = "attachments.npy"
_HEADINGS = "headings.npy"
_LABELS = "labels.json"


@dataclass(frozen=True, slots=True)
class Facet:
    """One clause: its number, the number of its notice, the label of its attachment (empty for the body), and
    whether it is a title line without a body of its own."""

    rowid: int
    notice: int
    attachment: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of all clauses as columns, in rising order of `rowids`; `attachments` are places in
    `labels`."""

    rowids: npt.NDArray[np.int64]
    notices: npt.NDArray[np.int64]
    attachments: npt.NDArray[np.int64]
    headings: Mask
    labels: tuple[str, ...]

    @classmethod
    def of(cls, facets: Iterable[Facet]) -> Facets:
        """The columns of facets given in rising order of row number."""
        rows = list(facets)
        labels = tuple(sorted({row.attachment for row in rows}))
        place = {label: at for at, label in enumerate(labels)}
        return cls(
            np.array([row.rowid for row in rows], np.int64),
            np.array([row.notice for row in rows], np.int64),
            np.array([place[row.attachment] for row in rows], np.int64),
            np.array([row.is_heading for row in rows], np.bool_),
            labels,
        )

    @classmethod
    def load(cls, folder: Path) -> Facets:
        """What `save` wrote.

        :raises OSError, ValueError: if a file is missing or damaged.
        """
        rowids, notices, attachments, headings = (
            np.load(folder / name) for name in (_ROWIDS, _NOTICES, _ATTACHMENTS, _HEADINGS)
        )
        labels = tuple(json.loads((folder / _LABELS).read_text(encoding="utf-8")))
        return cls(rowids, notices, attachments, headings, labels)

    def save(self, folder: Path) -> None:
        """Write the columns into the new `folder`."""
        folder.mkdir()
        columns = {
            _ROWIDS: self.rowids,
            _NOTICES: self.notices,
            _ATTACHMENTS: self.attachments,
            _HEADINGS: self.headings,
        }
        for name, column in columns.items():
            save_array(folder / name, column)
        (folder / _LABELS).write_text(json.dumps(self.labels, ensure_ascii=False), encoding="utf-8")

    def __len__(self) -> int:
        return len(self.rowids)

    def allowed(self, notices: Sequence[int] | None, attachments: Collection[str]) -> Mask | None:
        """Which clauses stand in one of these notices and attachments, in order; None if neither restricts.

        No `notices` is no restriction, an empty sequence allows none; no `attachments` is no restriction.
        """
        if notices is None and not attachments:
            return None
        mask = np.ones(len(self), np.bool_)
        if notices is not None:
            mask &= np.isin(self.notices, np.array(notices, np.int64))
        if attachments:
            wanted = [at for at, label in enumerate(self.labels) if label in attachments]
            mask &= np.isin(self.attachments, wanted)
        return mask

    def are_headings(self, rowids: Sequence[int]) -> list[bool]:
        """Whether each of these clauses, which must be here, is a bare title line."""
        found: list[bool] = self.headings[np.searchsorted(self.rowids, rowids)].tolist()
        return found
