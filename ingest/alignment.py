"""Which printed line of a flattened table row is the cell of which column.

A table saved as text has one cell a line, cells broken inside words, merged cells printed once and empty
cells not at all. The lines keep the order of the columns, so the assignment is a shortest-path problem
(dynamic programming over line and column, as in sequence alignment): each line goes to the column that fits
it, neighbouring lines may share a cell, columns may be skipped, and a line may start the next record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ingest.columns import ColumnKind, body_names, fit, is_body_list, main_name, starts_body

#: A record is the cells of one printed row: column index → indices of its lines.
Record = dict[int, list[int]]

_NEW_RECORD = 0.9
_SKIP = {
    ColumnKind.NAME: 0.3,  # merged downwards more often than not
    ColumnKind.TEXT: 0.9,
    ColumnKind.BODY: 0.8,
    ColumnKind.TIME: 0.5,
    ColumnKind.UNIT: 0.45,
    ColumnKind.VALUE: 0.5,
    ColumnKind.ATTRIBUTE: 0.4,
    ColumnKind.NUMBER: 0.0,
}
_SKIP_OUTER_NAME = 0.1  # 领域 | 任务名称: 领域 is merged over many rows
_SKIP_FURTHER_BODY = 0.3  # 配合单位 is often empty
_SKIP_LATER = 0.15  # a further record of the same row prints only what differs
_BROKEN_BODY_APART = 1.2
#: A complete name that may also be the first half of one: 市委 | 宣传部, 市政府 | 办公室.
_FIRST_HALF = re.compile(r"^(?:中共)?.{0,3}(?:市|省|区|县|州)(?:委|政府|府|级|直)$")


#: A state of the search: (column, whether it is still in the first record).
_State = tuple[int, bool]
#: How a state was reached: its score, the state before, and whether a record starts with it.
_Step = tuple[float, _State | None, bool]


def align(lines: Sequence[str], kinds: Sequence[ColumnKind]) -> list[Record]:
    """The records that the lines of one numbered row make, in order; every line is in exactly one cell."""
    return _aligner(tuple(kinds)).align(lines) if lines else []


class _Aligner:
    """Aligns rows to the columns of one table."""

    def __init__(self, kinds: tuple[ColumnKind, ...]) -> None:
        self._kinds = kinds
        self._columns = [i for i, kind in enumerate(kinds) if kind is not ColumnKind.NUMBER]
        costs = _skip_costs(kinds)
        #: between[first][a + 1][b] is the cost of leaving the columns between a and b empty.
        self._between = {
            first: [
                [
                    sum(costs[c] if first else _SKIP_LATER for c in self._columns if a < c < b)
                    for b in self._ends()
                ]
                for a in range(-1, len(kinds))
            ]
            for first in (True, False)
        }

    def _ends(self) -> range:
        return range(len(self._kinds) + 1)

    def align(self, lines: Sequence[str]) -> list[Record]:
        """The best records for the lines of one row."""
        fits = [[fit(line, kind) for kind in self._kinds] for line in lines]
        if self._is_plain(lines, fits):
            return [{column: [i] for i, column in enumerate(self._columns)}]
        trellis = [self._opening(fits[0])]
        for i in range(1, len(lines)):
            trellis.append(self._advance(lines[i - 1], lines[i], fits[i], trellis[-1]))
        last = trellis[-1]
        state = max(last, key=lambda s: (last[s][0] - self._rest(s), -s[0], s[1]))
        return _trace(trellis, state)

    def _is_plain(self, lines: Sequence[str], fits: list[list[float]]) -> bool:
        """Whether each line is the cell of its own column: as many lines as columns, each fitting its column
        best and none broken; no other way can then score more."""
        return len(lines) == len(self._columns) and all(
            own[column] == max(own) and (i == 0 or not _is_broken_body(lines[i - 1], lines[i]))
            for i, (column, own) in enumerate(zip(self._columns, fits, strict=True))
        )

    def _opening(self, own: list[float]) -> dict[_State, _Step]:
        between = self._between[True][0]
        return {(c, True): (own[c] - between[c], None, True) for c in self._columns}

    def _advance(
        self, before: str, line: str, own: list[float], steps: dict[_State, _Step]
    ) -> dict[_State, _Step]:
        """The best step into each state with the next line."""
        broken = _is_broken_body(before, line)
        ended = max(steps, key=lambda s: (steps[s][0] - self._rest(s), -s[0], s[1]))
        new_record = steps[ended][0] - self._rest(ended) - _NEW_RECORD
        reached: dict[_State, _Step] = {}
        for earlier, column in enumerate(self._columns):
            reached[column, False] = (new_record - _SKIP_LATER * earlier + own[column], ended, True)
        for state, (score, _, _) in steps.items():
            at, first = state
            between = self._between[first][at + 1]
            apart = _BROKEN_BODY_APART if broken and self._kinds[at] is ColumnKind.BODY else 0.0
            for column in self._columns:
                if column < at:
                    continue
                gain = _join_gain(before, line, self._kinds[at]) if column == at else -between[column] - apart
                step = (score + gain + own[column], state, False)
                if (column, first) not in reached or step[0] > reached[column, first][0]:
                    reached[column, first] = step
        return reached

    def _rest(self, state: _State) -> float:
        """The cost of leaving the columns after a state empty."""
        return self._between[state[1]][state[0] + 1][len(self._kinds)]


@lru_cache(maxsize=256)
def _aligner(kinds: tuple[ColumnKind, ...]) -> _Aligner:
    return _Aligner(kinds)


def _trace(trellis: list[dict[_State, _Step]], state: _State) -> list[Record]:
    """The records of the path that ends in a state."""
    chain: list[tuple[int, bool]] = []
    at: _State | None = state
    for steps in reversed(trellis):
        if at is None:
            break
        _, before, starts = steps[at]
        chain.append((at[0], starts))
        at = before
    records: list[Record] = []
    for i, (column, starts) in enumerate(reversed(chain)):
        if starts:
            records.append({})
        records[-1].setdefault(column, []).append(i)
    return records


def _skip_costs(kinds: Sequence[ColumnKind]) -> dict[int, float]:
    """What it costs to leave each column empty in the first record of a row."""
    main = main_name(kinds)
    bodies = [i for i, kind in enumerate(kinds) if kind is ColumnKind.BODY]
    costs = {i: _SKIP[kind] for i, kind in enumerate(kinds)}
    costs.update(dict.fromkeys(bodies[1:], _SKIP_FURTHER_BODY))
    costs.update({i: _SKIP_OUTER_NAME for i in range(main or 0) if kinds[i] is ColumnKind.NAME})
    return costs


def _join_gain(before: str, after: str, kind: ColumnKind) -> float:
    """How likely two neighbouring lines are one cell of this kind."""
    if kind is ColumnKind.BODY:
        single = len(body_names(before)) == 1 and len(body_names(after)) == 1
        return 0.9 if _is_broken_body(before, after) else (-0.5 if single else -0.8)
    if kind is ColumnKind.VALUE:
        alike = bool(re.search(r"\d", before)) == bool(re.search(r"\d", after))
        return -0.2 if alike else -0.9
    if kind is ColumnKind.TEXT:
        return -0.5 if before[-1] in "。；;" else 0.1
    return _join_name_gain(before, after) if kind is ColumnKind.NAME else -1.5


def _join_name_gain(before: str, after: str) -> float:
    """Names wrap at the column's width, so the remainder is hardly longer than the first line."""
    if len(before) > 12 or len(after) > len(before) + 3 or starts_body(after):
        return -0.8
    return -0.2 if len(after) <= len(before) else -0.3


@lru_cache(maxsize=20_000)
def _is_broken_body(before: str, after: str) -> bool:
    """Whether a list of bodies was broken over two lines: inside a name, or after a separator."""
    if before[-1] in "、，,":
        return True
    name = body_names(before)[-1] if body_names(before) else ""
    unfinished = not is_body_list(name) or bool(_FIRST_HALF.match(name))
    return unfinished and is_body_list(before + after) and not starts_body(after)
