"""What holds for every target, whatever the text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.targets.amounts import parse_amount
from ingest.targets.plain import plain
from ingest.targets.types import Comparator

from .made import PLAN, REPORT, item, targets

_WORDS = st.sampled_from(
    re.split(
        r"\|",
        "地区生产总值|增长|下降|比2020年|到2026年，|达到|不低于|5%|4.5%—5%|65万人|以上|左右|分别|、|，|；|。|（|）|新建|35个|“零”|"
        "城镇|农村居民收入|与经济增长同步|100|PM2.5|力争|其中|占|的| |\n",
    )
)
_TEXTS = st.lists(_WORDS, max_size=30).map("".join) | st.text(max_size=60)
_UNITS = st.sampled_from(
    ["%", "个百分点", "万人", "亿元", "公里", "微克/立方米", "万千瓦", "亿斤", "个", "家"]
)
_NUMBERS = st.integers(0, 10**9).map(str) | st.decimals(0, 10**6, places=2, allow_nan=False).map(str)
_LIMITS = {"": None, "以上": ">=", "以内": "<=", "左右": "≈", "以下": "<="}


@given(_TEXTS)
def test_a_quote_stands_in_its_clause_and_the_value_in_its_quote(text: str) -> None:
    for card in (PLAN, REPORT):
        for target in targets(card, item(text)):
            assert target.quote
            assert target.quote in text
            assert target.text in target.quote
            assert (target.value is None) == (target.comparator is Comparator.SYNC)
            assert isinstance(target.value, tuple) == (target.comparator is Comparator.RANGE)


@given(_TEXTS)
def test_plain_text_leads_back_to_what_is_printed(text: str) -> None:
    found = plain(text)
    assert len(found.origin) == len(found.text)
    assert "".join(text.split()) == "".join(found.slice(0, len(found.text)).split())
    assert not any(character.isspace() for character in found.text)


@given(_NUMBERS, _UNITS, st.sampled_from(sorted(_LIMITS)))
def test_a_value_is_read_back(number: str, unit: str, limit: str) -> None:
    amount = parse_amount(f"{number}{unit}{limit}")
    assert amount is not None
    assert (amount.value, amount.unit) == (float(number), unit)
    assert (amount.limit.value if amount.limit else None) == _LIMITS[limit]


@given(st.integers(0, 500), st.integers(1, 500), _UNITS, st.sampled_from(["—", "-", "～", "至"]))
def test_a_range_is_read_back(low: int, more: int, unit: str, dash: str) -> None:
    amount = parse_amount(plain(f"{low}{dash}{low + more}{unit}").text)
    assert amount is not None
    assert (amount.value, amount.unit, amount.limit) == ((low, low + more), unit, Comparator.RANGE)
