"""The ledger of targets: which quantified targets the notices state for an indicator, a region, a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.indicators import matching_indicators
from assistant.places import find_place, lowest_place, region_forms
from index.catalogue import Catalogue
from index.types import LedgerEntry
from ingest.targets import Comparator, Target

#: Comparators that a condition may have.
_ASKED = frozenset({Comparator.EQUAL, *map(Comparator, (">=", "<=", ">", "<"))})
_MULTIPLES = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_UNIT = re.compile(r"(万亿|千万|百万|亿|万|千)?(.*)", re.S)


class Fit(StrEnum):
    """How far a target meets a condition."""

    WHOLLY = "wholly"  # whatever meets the target meets the condition: 5.5%左右 is above 5%
    PARTLY = "partly"  # only some of it does: 5%以上 and 4.5%—5.5% may come to lie above 5%
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Condition:
    """What the value of a target is asked to be (高于5%): comparator `=`, `>=`, `<=`, `>` or `<`.

    Without a unit, targets of any unit are compared by their number.
    """

    comparator: Comparator
    value: float
    unit: str = ""

    def __post_init__(self) -> None:
        if self.comparator not in _ASKED:
            raise ValueError(self.comparator)

    def fit(self, target: Target) -> Fit:
        """How far `target` meets this; a target of another kind of unit, or without a value, does not."""
        bounds = target.bounds
        factor = self._factor(target.unit)
        if bounds is None or factor is None:
            return Fit.NOT
        low, high = (bound * factor for bound in bounds)
        open_low, open_high = target.comparator is Comparator.MORE, target.comparator is Comparator.LESS
        return _fit(self.comparator, self.value, (low, open_low), (high, open_high))

    def _factor(self, unit: str) -> float | None:
        """What a value in `unit` is multiplied by to be in this condition's unit; None if it cannot be."""
        if not self.unit:
            return 1.0
        (mine, my_base), (other, base) = _split_unit(self.unit), _split_unit(unit)
        return other / mine if base == my_base else None


def _fit(asked: Comparator, value: float, low: tuple[float, bool], high: tuple[float, bool]) -> Fit:
    """`low` and `high` are the bounds of what meets the target, each with whether it is itself left out."""
    if asked is Comparator.EQUAL:
        if low[0] == high[0] == value:
            return Fit.WHOLLY
        inside = (low[0] < value or low == (value, False)) and (value < high[0] or high == (value, False))
        return Fit.PARTLY if inside else Fit.NOT
    if asked in (Comparator.LESS, Comparator.AT_MOST):  # mirrored, so that only one direction is written down
        return _fit(_MIRRORED[asked], -value, (-high[0], high[1]), (-low[0], low[1]))
    if low[0] > value or (low[0] == value and (asked is Comparator.AT_LEAST or low[1])):
        return Fit.WHOLLY
    if high[0] > value or (high == (value, False) and asked is Comparator.AT_LEAST):
        return Fit.PARTLY
    return Fit.NOT


_MIRRORED = {Comparator.LESS: Comparator.MORE, Comparator.AT_MOST: Comparator.AT_LEAST}


def _split_unit(unit: str) -> tuple[float, str]:
    """A unit as its multiple and the unit itself: 万人 → 10,000 人."""
    match = _UNIT.fullmatch(unit)
    multiple, base = match.groups() if match else (None, unit)
    return (_MULTIPLES[multiple] if multiple else 1.0), base


class Ledger:
    """The targets of a catalogue, found by what people call their indicator and region."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def find(  # noqa: PLR0913 - restrictions, each of which may be left out
        self,
        *,
        indicator: str | None = None,
        regions: Iterable[str] = (),
        notices: Iterable[str] = (),
        year: int | None = None,
        due_by: int | None = None,
        condition: Condition | None = None,
        fit: Fit = Fit.WHOLLY,
    ) -> tuple[LedgerEntry, ...]:
        """The targets that meet every restriction given, in order of region, notice and clause.

        `indicator` is matched by its synonyms (GDP, 地区生产总值), and by parts of a name only where
        no whole one matches: 人均地区生产总值 is another indicator. `regions` are names as people say them;
        `notices` ids. `year` is the year due, exactly; `due_by` the last one. With `condition`, those targets
        whose fit is `fit`.
        """
        with self._catalogue.snapshot() as catalogue:
            names = None if indicator is None else matching_indicators(indicator, catalogue.indicators())
            places = tuple(regions)
            found = catalogue.targets(
                indicators=names,
                regions=None if not places else matching_regions(places, catalogue.regions()),
                notices=tuple(notices) or None,
                year=year,
                due_by=due_by,
            )
        return tuple(entry for entry in found if condition is None or condition.fit(entry.target) is fit)

    def indicators(self, name: str | None = None) -> tuple[str, ...]:
        """The indicators that targets are stated for, each once, in order; with `name` those it means."""
        known = self._catalogue.indicators()
        return known if name is None else matching_indicators(name, known)


def matching_regions(names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The `known` regions that people mean by `names`: those called so, else those that lie there."""
    found: list[str] = []
    for name in names:
        called = [region for region in known if name in region_forms(region)]
        found += called or [region for region in known if _lies_in(region, name)]
    return tuple(dict.fromkeys(found))


def _lies_in(region: str, name: str) -> bool:
    outer, inner = find_place(name), lowest_place(region)
    return outer is not None and inner is not None and inner.within(outer)
