"""Numbers and units in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import arabic, number_of, one_spelling, whole_amounts


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("到二〇二七年底", "到2027年底"),
        ("二○二七年", "2027年"),
        ("二零二七年和二0二八年", "2027年和2028年"),
        ("二〇二七到二〇二八", "2027到2028"),
        ("二〇二七年六月三十日", "2027年6月30日"),
        ("2027-06-30前", "2027年6月30日前"),
        ("2027.6.30", "2027年6月30日"),
        ("百分之二十五", "25%"),
        ("百分之25", "25%"),
        ("百分之九十九点九", "99.9%"),
        ("百分之零点五", "0.5%"),
        ("千分之三", "3‰"),
        ("八成以上", "80%以上"),
        ("七成半的", "75%的"),
        ("十五个工作日", "15个工作日"),
        ("两年内", "2年内"),
        ("十八周岁", "18周岁"),
        ("一千零五十元", "1050元"),
        ("一百二十万元", "120万元"),
        ("三万五千元", "35000元"),
        ("三十m2", "30m2"),
        ("一亿二千万元", "120000000元"),
        ("二点四亿元", "2.4亿元"),
        ("1,147个", "1147个"),
    ],
)
def test_quantities_are_read_in_arabic_figures(written: str, read: str) -> None:
    assert arabic(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "第三年",
        "哪一年",
        "第十条第二款",
        "二（一）1",
        "附件二第三项",
        "三项制度",
        "一体化",
        "一户一档",
        "一次性补贴",
        "小学一年级",
        "统一年度",
        "同一天",
        "一成不变",
        "分成三成立了",
        "三四十人",
        "百日攻坚",
        "十四五规划",
        "版本1.2.3",
        "1,2,3",
    ],
)
def test_numerals_that_name_or_order_stay(text: str) -> None:
    assert arabic(text) == text


@pytest.mark.parametrize("numeral", ["三四十", "一二百", "一百二", "三万五", "百"])
def test_what_is_no_whole_number_has_no_figures(numeral: str) -> None:
    assert number_of(numeral) is None


def _in_chinese(number: int) -> str:
    """`number` (1 to 9,999) as it is written in full: the slow way round."""
    written, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + "零一二三四五六七八九"[digit] + sign
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written


@given(st.integers(1, 9_999))
def test_a_numeral_has_the_figures_of_its_number(number: int) -> None:
    assert number_of(_in_chinese(number)) == str(number)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("35μg/m3", "35微克/立方米"),
        ("35 ug/m3", "35微克/立方米"),
        ("35微克每立方米", "35微克/立方米"),
        ("每立方米35微克", "35微克/立方米"),
        ("6mg/l", "6毫克/升"),
        ("80平米", "80平方米"),
        ("20万平方千米", "20万平方公里"),
        ("20平方米", "20平方米"),
        ("12km", "12公里"),
        ("12千米", "12公里"),
        ("55db(a)", "55分贝"),
        ("300kwh", "300千瓦时"),
        ("500块钱", "500元"),
        ("3个点", "3个百分点"),
        ("30 %", "30%"),
        ("pm2.5 和 o3", "pm2.5 和 o3"),
        ("3task", "3task"),
        ("", ""),
    ],
)
def test_units_have_one_spelling(written: str, read: str) -> None:
    assert one_spelling(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2.4亿元", "240000000元"),
        ("24000万元", "240000000元"),
        ("3.5万人", "35000人"),
        ("1.2万亿元", "1200000000000元"),
        ("5千万元", "50000000元"),
        ("万元", "万元"),
        ("12个", "12个"),
    ],
)
def test_amounts_are_multiplied_out(written: str, read: str) -> None:
    assert whole_amounts(written) == read
