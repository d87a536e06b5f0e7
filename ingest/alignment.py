"""Which printed line of a flattened table row is the cell of which column.

A table saved as text has one cell a line, cells broken inside words, merged cells printed once and empty cells
not at all. The lines keep the order of the columns, so the assignment is a shortest-path problem (dynamic
programming over line and column, as in sequence alignment): each line goes to the column that fits it,
neighbouring lines may share a cell, columns may be skipped, and a line may start the next record of the row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.columns import ColumnKind, body_names, fit, is_body_list, main_name, starts_body

#: A record is the cells of one printed row: column index → indices of its lines.
Record = dict[int, list[int]]

_NEW_RECORD = 0.9
_SKIP = {
    ColumnKind.NAME: 0.3,  # merged downwards more often than not
    ColumnKind.TEXT: 0.9,
    ColumnKind.TIME: 0.5,
    ColumnKind.UNIT: 0.45,
    ColumnKind.VALUE: 0.5,
    ColumnKind.ATTRIBUTE: 0.4,
    ColumnKind.NUMBER: 0.0,
}
#: A complete name that may also be the first half of one: 市委 | 宣传部, 市政府 | 办公室.
_FIRST_HALF = re.compile(r"^(?:中共)?.{0,3}(?:市|省|区|县|州)(?:委|政府|府|级|直)$")
_SKIP_LATER = 0.15  # a further record of the same row prints only what differs


def align(lines: Sequence[str], kinds: Sequence[ColumnKind]) -> list[Record]:
    """The records that the lines of one numbered row make, in order; every line is in exactly one cell."""
    if not lines:
        return []
    columns = [i for i, kind in enumerate(kinds) if kind is not ColumnKind.NUMBER]
    costs = _skip_costs(kinds)
    # best[c] = (score, first record?), back[i][c] = (previous column, whether a record starts here)
    scores = {(c, True): fit(lines[0], kinds[c]) - _skipped(costs, columns, -1, c) for c in columns}
    backs: list[dict[tuple[int, bool], tuple[int, bool, bool]]] = []
    for i in range(1, len(lines)):
        scores, back = _step(lines, i, kinds, columns, costs, scores)
        backs.append(back)
    state = max(scores, key=lambda s: (scores[s] - _tail_cost(costs, columns, s), -s[0]))
    return _trace(state, backs, len(lines))


def _step(
    lines: Sequence[str],
    i: int,
    kinds: Sequence[ColumnKind],
    columns: list[int],
    costs: dict[int, float],
    scores: dict[tuple[int, bool], float],
) -> tuple[dict[tuple[int, bool], float], dict[tuple[int, bool], tuple[int, bool, bool]]]:
    new: dict[tuple[int, bool], float] = {}
    back: dict[tuple[int, bool], tuple[int, bool, bool]] = {}
    for c in columns:
        own = fit(lines[i], kinds[c])
        for (p, first), score in scores.items():
            options = [(False, _move(lines, i, kinds, columns, costs, p, c, first))] if c >= p else []
            # a record that already reached its last columns may be followed by another
            options.append((True, -_NEW_RECORD - _tail_cost(costs, columns, (p, first)) - _later(columns, c)))
            for starts, gain in options:
                state = (c, first and not starts)
                total = score + own + gain
                if total > new.get(state, float("-inf")):
                    new[state] = total
                    back[state] = (p, first, starts)
    return new, back


def _trace(
    state: tuple[int, bool], backs: list[dict[tuple[int, bool], tuple[int, bool, bool]]], count: int
) -> list[Record]:
    chain: list[tuple[int, bool]] = []  # (column, starts a record)
    for i in range(count - 1, 0, -1):
        p, first, starts = backs[i - 1][state]
        chain.append((state[0], starts))
        state = (p, first)
    chain.append((state[0], True))
    records: list[Record] = []
    for i, (column, starts) in enumerate(reversed(chain)):
        if starts:
            records.append({})
        records[-1].setdefault(column, []).append(i)
    return records


def _skip_costs(kinds: Sequence[ColumnKind]) -> dict[int, float]:
    """Skipping the first column of bodies is dear, a further one (配合单位) is often empty."""
    costs: dict[int, float] = {}
    seen_body = False
    main = main_name(kinds)
    for i, kind in enumerate(kinds):
        if kind is ColumnKind.BODY:
            costs[i] = 0.3 if seen_body else 0.8
            seen_body = True
        elif kind is ColumnKind.NAME:
            costs[i] = 0.1 if main is not None and i < main else _SKIP[kind]  # 领域 | 任务名称: 领域 is merged
        else:
            costs[i] = _SKIP[kind]
    return costs


def _skipped(costs: dict[int, float], columns: list[int], after: int, before: int) -> float:
    return sum(costs[c] for c in columns if after < c < before)


def _later(columns: list[int], before: int) -> float:
    return _SKIP_LATER * sum(c < before for c in columns)


def _tail_cost(costs: dict[int, float], columns: list[int], state: tuple[int, bool]) -> float:
    column, first = state
    rest = [c for c in columns if c > column]
    return sum(costs[c] for c in rest) if first else _SKIP_LATER * len(rest)


def _move(
    lines: Sequence[str],
    i: int,
    kinds: Sequence[ColumnKind],
    columns: list[int],
    costs: dict[int, float],
    p: int,
    c: int,
    first: bool,
) -> float:
    """The gain of going from column `p` (line i - 1) to column `c` (line i) inside one record."""
    if c > p:
        split = -1.2 if kinds[p] is ColumnKind.BODY and _is_broken_body(lines[i - 1], lines[i]) else 0.0
        skipped = sum(1 for x in columns if p < x < c)
        return split - (_skipped(costs, columns, p, c) if first else _SKIP_LATER * skipped)
    return join_gain(lines[i - 1], lines[i], kinds[c])


def join_gain(before: str, after: str, kind: ColumnKind) -> float:
    """How likely two neighbouring lines are one cell of this kind."""
    if kind is ColumnKind.BODY:
        if _is_broken_body(before, after):
            return 0.9
        single = len(body_names(before)) == 1 and len(body_names(after)) == 1
        return -0.5 if single else -0.8
    if kind is ColumnKind.VALUE:
        figures = bool(re.search(r"\d", before)) == bool(re.search(r"\d", after))
        return -0.2 if figures else -0.9
    if kind is ColumnKind.TEXT:
        return -0.5 if before[-1] in "。；;" else 0.1
    if kind is ColumnKind.NAME:
        # what wraps leaves a remainder that is no longer than the first line
        if len(before) > 12 or len(after) > len(before) + 3 or starts_body(after):
            return -0.8
        return -0.2 if len(after) <= len(before) else -0.3
    return -1.5


def _is_broken_body(before: str, after: str) -> bool:
    """Whether a list of bodies was broken over two lines: inside a name, or after a separator."""
    if before[-1] in "、，,":
        return True
    name = body_names(before)[-1] if body_names(before) else ""
    unfinished = not is_body_list(name) or bool(_FIRST_HALF.match(name))
    return unfinished and is_body_list(before + after) and not starts_body(after)
