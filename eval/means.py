"""Means that carry their n, by group, and the table that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: The row over all groups.
ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean and how many values it is over."""

    value: float
    n: int


#: Group → measure → mean.
GroupedMeans = dict[str, dict[str, Mean]]


def grouped_means(rows: Iterable[tuple[str, Mapping[str, float]]]) -> GroupedMeans:
    """The means of (group, values) rows: groups in alphabetical order, then `ALL`; measures as they come.

    A measure that a row lacks is no zero: it does not apply there, and n says so.
    """
    values: dict[str, dict[str, list[float]]] = {}
    for group, row in rows:
        for name, value in row.items():
            for key in (group, ALL):
                values.setdefault(key, {}).setdefault(name, []).append(value)
    return {
        group: {name: Mean(sum(found) / len(found), len(found)) for name, found in values[group].items()}
        for group in [*sorted(values.keys() - {ALL}), *([ALL] if ALL in values else [])]
    }


def means_as_json(groups: GroupedMeans) -> dict[str, dict[str, float]]:
    """Group → measure → mean."""
    return {group: {name: mean.value for name, mean in row.items()} for group, row in groups.items()}


def counts_as_json(groups: GroupedMeans) -> dict[str, dict[str, int]]:
    """Group → measure → n of that mean."""
    return {group: {name: mean.n for name, mean in row.items()} for group, row in groups.items()}


def means_table(groups: GroupedMeans, measures: Sequence[str], n_of: Sequence[str]) -> list[list[str]]:
    """The table as cells, header first: one row a group, one column a measure.

    `n_of` names the measures that get their own n column in front of them; the measures that follow one, up
    to the next, share its n.
    """
    header = ["", *(cell for name in measures for cell in ((["n"] if name in n_of else []) + [name]))]
    rows = [header]
    for group, row in groups.items():
        cells = [group]
        for name in measures:
            mean = row.get(name)
            if name in n_of:
                cells.append(str(mean.n) if mean else "")
            cells.append(f"{mean.value:.3f}" if mean else "")
        rows.append(cells)
    return rows
