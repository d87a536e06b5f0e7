"""Which printed line of a flattened table row is the cell of which column.

A table saved as text has one cell a line, cells broken inside words, merged cells printed once and empty
cells not at all. The lines keep the order of the columns, so the assignment is a shortest-path problem
(dynamic programming over line and column, as in sequence alignment): each line goes to the column that fits
it, neighbouring lines may share a cell, columns may be skipped, and a line may start the next record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from ingest.columns import ColumnKind, body_names, fit, is_body_list, main_name, starts_body

#: A record is the cells of one printed row: column index → indices of its lines.
Record = dict[int, list[int]]

# Scores are whole hundredths: their sums are exact, so that equal ways do not differ by rounding.
_NEW_RECORD = 90
_SKIP = {
    ColumnKind.NAME: 30,  # merged downwards more often than not
    ColumnKind.TEXT: 90,
    ColumnKind.BODY: 80,
    ColumnKind.TIME: 50,
    ColumnKind.UNIT: 45,
    ColumnKind.VALUE: 50,
    ColumnKind.ATTRIBUTE: 40,
    ColumnKind.NUMBER: 0,
}
_SKIP_OUTER_NAME = 10  # 领域 | 任务名称: 领域 is merged over many rows
_SKIP_FURTHER_BODY = 30  # 配合单位 is often empty
_SKIP_LATER = 15  # a further record of the same row prints only what differs
_BROKEN_BODY_APART = 120
#: Less than any way scores.
_WORST = -(10**9)
#: A complete name that may also be the first half of one: 市委 | 宣传部, 市政府 | 办公室.
_FIRST_HALF = re.compile(r"^(?:中共)?.{0,3}(?:市|省|区|县|州)(?:委|政府|府|级|直)$")
_DIGIT = re.compile(r"\d")

#: Where a line lies: whether in a later record than the first of its row, and the place of its column.
_State = tuple[bool, int]
#: The origin of a line that starts a record.
_STARTS = -1


def align(lines: Sequence[str], kinds: Sequence[ColumnKind]) -> list[Record]:
    """The records that the lines of one numbered row make, in order; every line is in exactly one cell."""
    return _aligner(tuple(kinds)).align(lines) if lines else []


@dataclass(slots=True)
class _Lane:
    """For each column, the best score with a line in it, and the column that the line before then has."""

    scores: list[int]
    origins: list[int]


@dataclass(slots=True)
class _Step:
    """The best ways to place the lines up to one: in the first record and, by now, in a later one.

    `ended` is where the line before lies at best when this one starts a record.
    """

    first: _Lane
    later: _Lane | None = None
    ended: _State = (False, 0)

    def lane(self, later: bool) -> _Lane:
        return self.later if later and self.later is not None else self.first


class _Aligner:
    """Aligns rows to the columns of one table."""

    def __init__(self, kinds: tuple[ColumnKind, ...]) -> None:
        self._columns = [i for i, kind in enumerate(kinds) if kind is not ColumnKind.NUMBER]
        self._kinds = [kinds[i] for i in self._columns]
        self._different = set(self._kinds)
        costs = _skip_costs(kinds)
        self._skips = [costs[c] for c in self._columns]
        self._skips_later = [_SKIP_LATER] * len(self._columns)
        self._together = [0] * len(self._columns)
        self._apart = [_BROKEN_BODY_APART if kind is ColumnKind.BODY else 0 for kind in self._kinds]

    def align(self, lines: Sequence[str]) -> list[Record]:
        """The best records for the lines of one row."""
        fits = [[fit(line, kind) for kind in self._kinds] for line in lines]
        if self._is_plain(lines, fits):
            return [{column: [i] for i, column in enumerate(self._columns)}]
        steps = [self._opening(fits[0])]
        for before, line, own in zip(lines, lines[1:], fits[1:], strict=False):
            steps.append(self._advance(before, line, own, steps[-1]))
        return self._trace(steps)

    def _is_plain(self, lines: Sequence[str], fits: list[list[int]]) -> bool:
        """Whether each line is the cell of its own column: as many lines as columns, each fitting its column
        best and none broken; no other way can then score more."""
        return len(lines) == len(self._columns) and all(
            own[i] == max(own) and (i == 0 or not _is_broken_body(lines[i - 1], lines[i]))
            for i, own in enumerate(fits)
        )

    def _opening(self, own: list[int]) -> _Step:
        left_empty = accumulate(self._skips, initial=0)
        scores = [fits - empty for fits, empty in zip(own, left_empty, strict=False)]
        return _Step(_Lane(scores, [_STARTS] * len(own)))

    def _advance(self, before: str, line: str, own: list[int], step: _Step) -> _Step:
        """The best ways to place the next line, which fits the columns as `own` says."""
        broken = _is_broken_body(before, line)
        gains = {kind: _join_gain(before, line, kind, broken=broken) for kind in self._different}
        joins = [gains[kind] for kind in self._kinds]
        apart = self._apart if broken else self._together
        score, ended = self._ended(step)
        score -= _NEW_RECORD
        opened = [score - _SKIP_LATER * i + fits for i, fits in enumerate(own)]
        later = _Lane(opened, [_STARTS] * len(own))
        if step.later is not None:
            later = _better(later, _reached(step.later.scores, own, joins, apart, self._skips_later))
        return _Step(_reached(step.first.scores, own, joins, apart, self._skips), later, ended)

    def _ended(self, step: _Step) -> tuple[int, _State]:
        """(score, state) in which a record ends best, the columns behind it left empty; of equal ones the
        column furthest left, then the first record."""
        best: tuple[int, _State] = (_WORST, (False, 0))
        empty = empty_later = 0
        for at in range(len(self._columns) - 1, -1, -1):
            if step.later is not None and step.later.scores[at] - empty_later >= best[0]:
                best = step.later.scores[at] - empty_later, (True, at)
            if step.first.scores[at] - empty >= best[0]:
                best = step.first.scores[at] - empty, (False, at)
            empty += self._skips[at]
            empty_later += _SKIP_LATER
        return best

    def _trace(self, steps: Sequence[_Step]) -> list[Record]:
        """The records of the best way, followed from its end."""
        records: list[Record] = [{}]
        _, (later, at) = self._ended(steps[-1])
        for i in range(len(steps) - 1, -1, -1):
            records[-1].setdefault(self._columns[at], []).append(i)
            origin = steps[i].lane(later).origins[at]
            if origin != _STARTS:
                at = origin
            elif i:
                later, at = steps[i].ended
                records.append({})
        return [
            {column: lines[::-1] for column, lines in reversed(record.items())}
            for record in reversed(records)
        ]


def _reached(
    scores: list[int], own: list[int], joins: list[int], apart: list[int], skips: list[int]
) -> _Lane:
    """The best way into each column from the line before: within one cell, or from a column to the left, the
    columns between them left empty; of equal ways the one from furthest left."""
    reached = _Lane([], [])
    from_left, origin = _WORST, _STARTS
    for at, score in enumerate(scores):
        joined = score + joins[at]
        if joined > from_left:
            reached.scores.append(joined + own[at])
            reached.origins.append(at)
        else:
            reached.scores.append(from_left + own[at])
            reached.origins.append(origin)
        from_left -= skips[at]
        if score - apart[at] > from_left:
            from_left, origin = score - apart[at], at
    return reached


def _better(opened: _Lane, reached: _Lane) -> _Lane:
    """The better way into each column of two; of equal ones that which opens a record."""
    pairs = [
        (score, _STARTS) if score >= other else (other, origin)
        for score, other, origin in zip(opened.scores, reached.scores, reached.origins, strict=True)
    ]
    return _Lane([score for score, _ in pairs], [origin for _, origin in pairs])


@lru_cache(maxsize=256)
def _aligner(kinds: tuple[ColumnKind, ...]) -> _Aligner:
    return _Aligner(kinds)


def _skip_costs(kinds: Sequence[ColumnKind]) -> dict[int, int]:
    """What it costs to leave each column empty in the first record of a row."""
    main = main_name(kinds)
    bodies = [i for i, kind in enumerate(kinds) if kind is ColumnKind.BODY]
    costs = {i: _SKIP[kind] for i, kind in enumerate(kinds)}
    costs.update(dict.fromkeys(bodies[1:], _SKIP_FURTHER_BODY))
    costs.update({i: _SKIP_OUTER_NAME for i in range(main or 0) if kinds[i] is ColumnKind.NAME})
    return costs


def _join_gain(before: str, after: str, kind: ColumnKind, *, broken: bool) -> int:
    """How likely two neighbouring lines are one cell of this kind; `broken`: a list of bodies goes on."""
    if kind is ColumnKind.BODY:
        if broken:
            return 90
        return -50 if len(body_names(before)) == 1 and len(body_names(after)) == 1 else -80
    if kind is ColumnKind.VALUE:
        alike = bool(_DIGIT.search(before)) == bool(_DIGIT.search(after))
        return -20 if alike else -90
    if kind is ColumnKind.TEXT:
        return -50 if before[-1] in "。；;" else 10
    return _join_name_gain(before, after) if kind is ColumnKind.NAME else -150


def _join_name_gain(before: str, after: str) -> int:
    """Names wrap at the column's width, so the remainder is hardly longer than the first line."""
    if len(before) > 12 or len(after) > len(before) + 3 or starts_body(after):
        return -80
    return -20 if len(after) <= len(before) else -30


@lru_cache(maxsize=20_000)
def _is_broken_body(before: str, after: str) -> bool:
    """Whether a list of bodies was broken over two lines: inside a name, or after a separator."""
    if before[-1] in "、，,":
        return True
    if starts_body(after) or not is_body_list(before + after):
        return False
    name = (body_names(before) or [""])[-1]
    return not is_body_list(name) or bool(_FIRST_HALF.match(name))
