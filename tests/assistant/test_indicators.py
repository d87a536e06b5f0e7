"""Names that mean one indicator, and names that only look alike."""

from __future__ import annotations

import pytest

from assistant.indicators import matching_indicators, normal_form


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("GDP", "地区生产总值"),
        ("生产总值", "地区生产总值"),
        ("经济增长", "GDP增速"),
        ("CPI", "居民消费价格总水平"),
        ("物价", "居民消费价格指数"),
        ("新增就业", "城镇新增就业人数"),
        ("新增城镇就业", "城镇新增就业"),
        ("财政收入", "地方一般公共预算收入"),
        ("固投", "全社会固定资产投资"),
        ("社零", "社会消费品零售总额"),
        ("进出口", "外贸进出口总值"),
        ("失业率", "城镇调查失业率"),
        ("粮食总产", "粮食产量"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("单位GDP能耗", "单位生产总值能耗"),
        ("PM2.5", "PM2.5年均浓度"),
        ("PM2.5", "市区PM2.5年均浓度"),
        ("PM2.5", "细颗粒物（PM2.5）浓度"),
        ("优良率", "空气质量优良天数比率"),
        ("研发投入", "全社会研发经费投入"),
        ("研发强度", "研发投入强度"),
        ("农民收入", "农村常住居民人均可支配收入"),
    ],
)
def test_two_names_of_one_indicator(name: str, other: str) -> None:
    assert matching_indicators(name, [other, "别的指标"]) == (other,)
    assert matching_indicators(other, [name, "别的指标"]) == (name,)


@pytest.mark.parametrize(
    "other", ["人均地区生产总值", "单位地区生产总值能耗", "数字经济占地区生产总值比重", "民营经济"]
)
def test_a_longer_name_is_another_indicator(other: str) -> None:
    assert matching_indicators("GDP", ["地区生产总值", other]) == ("地区生产总值",)


def test_a_normal_form_is_its_own() -> None:
    for name in ("全市地区生产总值增长", "“小巨人”企业数量", "居民人均可支配收入"):
        assert normal_form(normal_form(name)) == normal_form(name)
    assert normal_form("全省 GDP 增速") == "地区生产总值"
