"""The targets of 31 real work reports against values checked by reading: none missing, none wrong.

The file of values holds facts alone; the reports lie beside the project, where there are any.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from assistant.indicators import matching_indicators
from ingest import read_notice
from ingest.targets import Target, targets_of

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
VALUES = Path(__file__).parent / "report_targets.tsv"
_YEAR = 2026

Fact = tuple[str, ...]

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the reports are not there (../shared/reports)")


@cache
def _targets() -> Sequence[tuple[str, Target]]:
    """The targets of the year with their region."""
    found: list[tuple[str, Target]] = []
    for path in sorted(REPORTS.glob("*.txt")):
        notice = read_notice(path, path.name)
        assert notice.card.region is not None
        assert path.name.startswith(notice.card.region)
        of_clauses = targets_of(notice).values()
        found += [(notice.card.region, t) for targets in of_clauses for t in targets if t.year == _YEAR]
    return found


def _values() -> dict[str, set[Fact]]:
    values: dict[str, set[Fact]] = {}
    with VALUES.open(encoding="utf-8", newline="") as file:
        for indicator, *fact in list(csv.reader(file, delimiter="\t"))[1:]:
            values.setdefault(indicator, set()).add(tuple(fact))
    return values


def _value(target: Target) -> str:
    return "~".join(map(str, target.value)) if isinstance(target.value, tuple) else str(target.value)


@pytest.mark.parametrize(
    ("indicator", "regions"),
    [
        ("地区生产总值", 31),
        ("城镇新增就业", 30),
        ("居民消费价格", 26),
        ("一般公共预算收入", 20),
        ("城镇调查失业率", 28),
        ("固定资产投资", 14),
        ("社会消费品零售总额", 19),
        ("粮食产量", 14),
    ],
)
def test_each_region_that_states_a_target_with_its_value(indicator: str, regions: int) -> None:
    names = matching_indicators(indicator, sorted({target.indicator for _, target in _targets()}))
    found = {
        (region, target.comparator.value, _value(target), target.unit)
        for region, target in _targets()
        if target.indicator in names
    }
    assert found == _values()[indicator]
    assert len({region for region, *_ in found}) == regions
