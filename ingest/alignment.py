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


@dataclass(frozen=True, slots=True)
class _State:
    """Where an alignment stands after a line: its column, and whether it is still in the first record."""

    column: int
    first: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """How a state was reached: from which state, and whether a record starts with it."""

    before: _State | None
    starts: bool
    score: float


def align(lines: Sequence[str], kinds: Sequence[ColumnKind]) -> list[Record]:
    """The records that the lines of one numbered row make, in order; every line is in exactly one cell."""
    return _Aligner(lines, kinds).records() if lines else []


class _Aligner:
    """The best alignment of the lines of one row, found line by line."""

    def __init__(self, lines: Sequence[str], kinds: Sequence[ColumnKind]) -> None:
        self._lines = lines
        self._kinds = kinds
        self._columns = [i for i, kind in enumerate(kinds) if kind is not ColumnKind.NUMBER]
        self._costs = _skip_costs(kinds)

    def records(self) -> list[Record]:
        trellis = [self._opening()]
        for i in range(1, len(self._lines)):
            trellis.append(self._advance(i, trellis[-1]))
        last = trellis[-1]
        state = max(last, key=lambda s: (last[s].score - self._rest(s), -s.column, s.first))
        return self._trace(trellis, state)

    def _opening(self) -> dict[_State, _Step]:
        steps = {}
        for column in self._columns:
            score = fit(self._lines[0], self._kinds[column]) - self._between(-1, column, first=True)
            steps[_State(column, first=True)] = _Step(None, starts=True, score=score)
        return steps

    def _advance(self, i: int, before: dict[_State, _Step]) -> dict[_State, _Step]:
        """The best step into each state with line i."""
        steps: dict[_State, _Step] = {}
        for column in self._columns:
            own = fit(self._lines[i], self._kinds[column])
            for state, step in before.items():
                for starts, gain in self._moves(i, state, column):
                    reached = _State(column, first=state.first and not starts)
                    score = step.score + own + gain
                    if reached not in steps or score > steps[reached].score:
                        steps[reached] = _Step(state, starts, score)
        return steps

    def _moves(self, i: int, state: _State, column: int) -> list[tuple[bool, float]]:
        """(starts a record, gain) for each way from a state to `column` with line i."""
        earlier = sum(c < column for c in self._columns)
        moves = [(True, -_NEW_RECORD - self._rest(state) - _SKIP_LATER * earlier)]
        if column == state.column:
            moves.append((False, _join_gain(self._lines[i - 1], self._lines[i], self._kinds[column])))
        elif column > state.column:
            apart = self._kinds[state.column] is ColumnKind.BODY and _is_broken_body(
                self._lines[i - 1], self._lines[i]
            )
            skipped = self._between(state.column, column, first=state.first)
            moves.append((False, -skipped - (_BROKEN_BODY_APART if apart else 0.0)))
        return moves

    def _between(self, after: int, before: int, *, first: bool) -> float:
        """The cost of leaving the columns between two empty."""
        skipped = [c for c in self._columns if after < c < before]
        return sum(self._costs[c] for c in skipped) if first else _SKIP_LATER * len(skipped)

    def _rest(self, state: _State) -> float:
        """The cost of leaving the columns after a state empty."""
        return self._between(state.column, len(self._kinds), first=state.first)

    @staticmethod
    def _trace(trellis: list[dict[_State, _Step]], state: _State) -> list[Record]:
        chain: list[tuple[int, bool]] = []
        at: _State | None = state
        for steps in reversed(trellis):
            if at is None:
                break
            chain.append((at.column, steps[at].starts))
            at = steps[at].before
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


def _is_broken_body(before: str, after: str) -> bool:
    """Whether a list of bodies was broken over two lines: inside a name, or after a separator."""
    if before[-1] in "、，,":
        return True
    name = body_names(before)[-1] if body_names(before) else ""
    unfinished = not is_body_list(name) or bool(_FIRST_HALF.match(name))
    return unfinished and is_body_list(before + after) and not starts_body(after)
