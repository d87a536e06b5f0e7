"""`Run`: a stretch of printed text that knows where it stands in the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.characters import repair
from ingest.document import Line


class Run(NamedTuple):
    """Printed text with its place. (A tuple, because a long notice has hundreds of thousands of them.)

    `start`/`end` are source offsets, or None for formats without them. `offsets` holds the source offset of
    each character when the text is not one unbroken stretch of the source (lines glued together).
    """

    text: str
    block: int
    start: int | None = None
    end: int | None = None
    offsets: Sequence[int] | None = None

    def slice(self, begin: int, stop: int | None = None) -> Run:
        """The part from `begin` to `stop`, blanks at both ends left out."""
        stop = len(self.text) if stop is None else stop
        piece = self.text[begin:stop]
        begin += len(piece) - len(piece.lstrip())
        text = piece.strip()
        stop = begin + len(text)
        if self.start is None:
            return Run(text, self.block)
        if self.offsets is None:
            return Run(text, self.block, self.start + begin, self.start + stop)
        offsets = self.offsets[begin:stop]
        start = offsets[0] if offsets else self.start
        end = offsets[-1] + 1 if offsets else start
        return Run(text, self.block, start, end, offsets)


def run_of(line: Line) -> Run:
    """The run of a line, characters repaired."""
    return Run(repair(line.text), line.block, line.start, line.end)


def glue(runs: Iterable[Run]) -> Run:
    """The runs as one, nothing between them; offsets are kept for each character."""
    parts = list(runs)
    text = "".join(run.text for run in parts)
    if parts[0].start is None:
        return Run(text, parts[0].block)
    offsets: list[int] = []
    for run in parts:
        first = run.start or 0
        offsets.extend(run.offsets if run.offsets is not None else range(first, first + len(run.text)))
    return Run(text, parts[0].block, offsets[0], offsets[-1] + 1, offsets)


def span(runs: Sequence[Run]) -> tuple[int | None, int | None]:
    """Source offsets from the first run's start to the last run's end."""
    if not runs or runs[0].start is None:
        return None, None
    return runs[0].start, max(run.end or 0 for run in runs)
