"""Figures as they are printed: value, unit, comparator, direction."""

from decimal import Decimal

import pytest

from assistant.checking.dates import Date, dates
from assistant.checking.plain import plain
from assistant.checking.quantities import quantities


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparators", "direction"),
    [
        ("达到88%以上", "88", "%", "≥", 0),
        ("不低于88％", "88", "%", "≥", 0),
        ("控制在5%以内", "5", "%", "≤", 0),
        ("最高不超过500万元", "5000000", "元", "≤", 0),
        ("超过30年", "30", "年", ">", 0),
        ("不足3.5亩", "3.5", "亩", "<", 0),
        ("比上年下降22%左右", "22", "%", "≈", -1),
        ("提高6个百分点", "6", "个百分点", "", 1),
        ("降到28微克/立方米", "28", "微克/立方米", "", 0),
        ("百分之三十五", "35", "%", "", 0),
        ("一百零二项", "102", "项", "", 0),
        ("造林1.2万亩", "12000", "亩", "", 0),
        ("15日内完成", "15", "日", "≤", 0),
        ("35蒸吨/小时以下", "35", "蒸吨/小时", "≤", 0),
        ("1,200公里", "1200", "公里", "", 0),
        ("100余家", "100", "家", ">", 0),
    ],
)
def test_a_quantity(text: str, value: str, unit: str, comparators: str, direction: int) -> None:
    (mention,) = quantities(plain(text))
    found = mention.value
    assert (found.value, found.unit, "".join(sorted(found.comparators)), found.direction) == (
        Decimal(value), unit, comparators, direction,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["一体推进", "二氧化碳", "PM2.5浓度", "到2025年底", "统一标准", "GB3095"])
def test_what_is_no_quantity(text: str) -> None:
    assert list(quantities(plain(text))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年底前", Date(2025, part="底", bound="前")),
        ("2021-03-01", Date(2021, 3, 1)),
        ("2024年6月30日", Date(2024, 6, 30)),
        ("6月底", Date(month=6, part="底")),
        ("“十四五”", Date(words="十四五")),
        ("每季度", Date(words="每季度")),
    ],
)
def test_a_date(text: str, expected: Date) -> None:
    (mention,) = dates(plain(text))
    assert mention.value == expected
    assert mention.text[mention.start : mention.end] == mention.printed


def test_a_date_says_no_more_than_another() -> None:
    assert Date(2025).said_by(Date(2025, 6, part="底"))
    assert not Date(2025, 6).said_by(Date(2025))
    assert not Date(2025, bound="前").said_by(Date(2025, bound="后"))
