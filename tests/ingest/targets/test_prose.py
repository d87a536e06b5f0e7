"""Sentences of invented plans and the targets that a person reads in them."""

from __future__ import annotations

import pytest

from .made import PLAN, item, said, targets


def _said(text: str) -> list[tuple[object, ...]]:
    return said(targets(PLAN, item(text)))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("地区生产总值增长5%左右。", ("地区生产总值", "≈", 5, "%")),
        ("地区生产总值增长6%。", ("地区生产总值", "=", 6, "%")),
        ("全市生产总值按增长5%安排。", ("生产总值", "=", 5, "%")),
        ("经济增长5.5%左右。", ("经济增长", "≈", 5.5, "%")),
        ("城镇新增就业6.5万人以上。", ("城镇新增就业", ">=", 6.5, "万人")),
        ("城镇新增就业人数不少于2.8万人。", ("城镇新增就业人数", ">=", 2.8, "万人")),
        ("居民消费价格涨幅2%左右。", ("居民消费价格", "≈", 2, "%")),
        ("居民消费价格总水平上涨幅度控制在3%以内。", ("居民消费价格总水平", "<=", 3, "%")),
        ("粮食产量超过84亿斤。", ("粮食产量", ">", 84, "亿斤")),
        ("固定资产投资增长4.5%—5%。", ("固定资产投资", "range", (4.5, 5), "%")),
        ("社会消费品零售总额增长4.5-5％。", ("社会消费品零售总额", "range", (4.5, 5), "%")),
        ("PM2.5年均浓度不高于31微克/立方米。", ("PM2.5年均浓度", "<=", 31, "微克/立方米")),
        ("万元产值用水量小于28立方米/万元。", ("万元产值用水量", "<", 28, "立方米/万元")),
        ("确保森林覆盖率稳定在48%以上。", ("森林覆盖率", ">=", 48, "%")),
        ("年用水总量控制在19.7亿立方米。", ("年用水总量", "<=", 19.7, "亿立方米")),
        ("集约利用水平达到85以上。", ("集约利用水平", ">=", 85, "")),
        ("水源地水质100%达标。", ("水源地水质达标", "=", 100, "%")),
        ("实施重大项目190余个。", ("实施重大项目", ">", 190, "个")),
        ("建成35个“安静小区”。", ("建成“安静小区”", "=", 35, "个")),
        ("各县至少建成1台（套）监测设备。", ("建成监测设备", ">=", 1, "台（套）")),
        ("新建污水管网1,250公里。", ("新建污水管网", "=", 1250, "公里")),
        ("基本养老保险参保率达到95%。", ("基本养老保险参保率", "=", 95, "%")),
        ("和美乡村覆盖率达到60%。", ("和美乡村覆盖率", "=", 60, "%")),
        ("农作物秸秆综合利用率应不低于当地平均值的95%。", ("农作物秸秆综合利用率", ">=", 95, "%")),
        ("生均公用经费由每年650元提高到720元。", ("生均公用经费", "=", 720, "元")),
        ("“零碳”[12]园区覆盖率达到45%［3］。", ("“零碳”园区覆盖率", "=", 45, "%")),
        ("力争80%以上的行政村建成图书室。", ("行政村建成图书室", ">=", 80, "%")),
        ("每千人口床位数达到6.5张。", ("每千人口床位数", "=", 6.5, "张")),
        ("分区分类建设高标准农田98万亩以上。", ("建设高标准农田", ">=", 98, "万亩")),
        ("新（改）建农村公路30公里。", ("新（改）建农村公路", "=", 30, "公里")),
        ("粮食综合生产能力2026年达到305亿斤。", ("粮食综合生产能力", "=", 305, "亿斤")),
        ("完成林分优化提升200万亩。", ("完成林分优化提升", "=", 200, "万亩")),
    ],
)
def test_one_target(text: str, target: tuple[object, ...]) -> None:
    assert _said(text) == [target]


def test_several_targets_of_one_sentence() -> None:
    text = "地区生产总值增长5%左右，城镇新增就业6万人以上、城镇调查失业率5.5%以内；居民消费价格涨幅2%左右。"
    assert _said(text) == [
        ("地区生产总值", "≈", 5, "%"),
        ("城镇新增就业", ">=", 6, "万人"),
        ("城镇调查失业率", "<=", 5.5, "%"),
        ("居民消费价格", "≈", 2, "%"),
    ]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("城镇、农村居民收入分别增长4%、5%左右。", ["城镇居民收入", "农村居民收入"]),
        ("城乡居民收入分别增长4%和5%。", ["城镇居民收入", "农村居民收入"]),
        ("一产、二产、三产增加值分别增长3%、4%、5%。", ["一产增加值", "二产增加值", "三产增加值"]),
        ("一二三产增加值分别增长3%、4%、5%。", ["一产增加值", "二产增加值", "三产增加值"]),
        ("废渣和污泥无害化处置率分别达到90%、95%以上。", ["废渣无害化处置率", "污泥无害化处置率"]),
        ("合格率和覆盖率均达到92%。", ["合格率", "覆盖率"]),
        ("城市污水处理率达到95%，县城达到90%。", ["城市污水处理率", "县城污水处理率"]),
        ("天然气占一次能源比重提高至10%，水电提高至18%。", ["天然气占一次能源比重", "水电占一次能源比重"]),
        ("光伏装机达到15万千瓦（占电力装机的比重达到30%）。", ["光伏装机", "光伏装机占电力装机的比重"]),
        ("城乡垃圾资源化利用率达90%、无害化处理率达100%。", ["城乡垃圾资源化利用率", "城乡垃圾无害化处理率"]),
        ("新增充电桩250个，应急充电桩75个。", ["新增充电桩", "新增应急充电桩"]),
        ("开展3个园区、12个镇（村）的“清水”创建。", ["开展园区的“清水”创建", "开展镇（村）的“清水”创建"]),
        ("完成2个污水站、5个泵站建设。", ["完成污水站建设", "完成泵站建设"]),
        ("断面达标率、水质优良率、水源达标率实现“三个100%”。", ["断面达标率", "水质优良率", "水源达标率"]),
        ("培育2个国家级、10个省级产业集群。", ["培育国家级产业集群", "培育省级产业集群"]),
        ("创建3个公园，4个“小镇”和15个“乡村”。", ["创建公园", "创建“小镇”", "创建“乡村”"]),
        ("新增1个集群、规模企业20家以上。", ["新增集群", "新增规模企业"]),
        ("煤炭消费总量比2022年下降3%，下降总量10万吨。", ["煤炭消费总量", "煤炭消费总量"]),
    ],
)  # fmt: skip
def test_what_a_sentence_leaves_out_is_put_back(text: str, indicators: list[str]) -> None:
    assert [target.indicator for target in targets(PLAN, item(text))] == indicators


def test_the_limit_of_the_last_figure_holds_for_all_that_are_given_apart() -> None:
    found = targets(PLAN, item("县区、农村垃圾收集覆盖面分别达到80%、50%以上。"))
    assert [t.comparator.value for t in found] == [">=", ">="]


def test_following_another_indicator_has_no_value() -> None:
    (target,) = targets(PLAN, item("居民收入增长与经济增长基本同步。"))
    assert (target.indicator, target.comparator.value, target.value) == ("居民收入", "sync", None)
    assert (target.text, target.unit, target.change) == ("与经济增长基本同步", "", "增长")


def test_a_fall_keeps_its_word_and_the_year_it_is_measured_against() -> None:
    (target,) = targets(PLAN, item("到2026年，化肥施用量比2022年下降6%以上。"))
    assert (target.indicator, target.change, target.text) == ("化肥施用量", "下降", "下降6%以上")
    assert (target.year, target.base_year, target.value) == (2026, 2022, 6)


def test_last_year_is_the_year_before_the_one_due() -> None:
    (target,) = targets(PLAN, item("到2026年，信访量较上年下降30%。"))
    assert target.base_year == 2025


def test_a_fall_stated_as_a_rate() -> None:
    (target,) = targets(PLAN, item("单位产值用水量较2020年下降率达到19%以上。"))
    assert (target.indicator, target.base_year, target.comparator.value) == ("单位产值用水量", 2020, ">=")


def test_what_is_only_striven_for_is_marked() -> None:
    found = targets(PLAN, item("PM2.5浓度确保下降至40微克/立方米以内，力争下降至37微克/立方米以内。"))
    assert [(t.indicator, t.value, t.stretch) for t in found] == [
        ("PM2.5浓度", 40, False),
        ("PM2.5浓度", 37, True),
    ]
    found = targets(PLAN, item("地区生产总值增长5%以上、力争5.5%。"))
    assert [(t.value, t.comparator.value, t.stretch) for t in found] == [(5, ">=", False), (5.5, "=", True)]


@pytest.mark.parametrize(
    "text",
    [
        "全面淘汰10蒸吨/小时以下燃煤锅炉。",
        "对存栏量500头以上的养殖场进行改造。",
        "落实“1530”处置机制和12345热线。",
        "实施8大行动和30项重点任务。",
        "完善PM2.5监测网络，严格执行GB3095标准。",
        "设计方案公示不少于7天。",
        "每满50小时得2分，最高不超过10分。",
        "对符合条件的企业给予每家5万元补助。",
        "产量稳定在13亿吨左右。",
        "日处理规模1万吨以上的污水处理厂全部提标。",
        "落实扬尘防治“7个100%”。",
        "年龄指标最高分值为30分。",
        "管理费=折旧费×20%。",
        "每县不超过10名。",
        "受理申报后7个工作日内完成核实。",
        "办好3件实事，完成4项减排任务。",
    ],
)  # fmt: skip
def test_figures_that_are_no_targets(text: str) -> None:
    assert _said(text) == []


def test_the_quote_is_what_stands_between_two_semicolons() -> None:
    clause = item("加快绿化；到2026年，森林覆盖率 达到\n42%；建成公园4个。")
    first, second = targets(PLAN, clause)
    assert first.quote == "到2026年，森林覆盖率 达到\n42%；"
    assert second.quote == "建成公园4个。"
    assert first.quote in clause.text


def test_text_broken_inside_words_is_read_and_quoted_as_printed() -> None:
    (target,) = targets(PLAN, item("湿地保 护率达到 5\n0% 以上。"))
    assert (target.indicator, target.value, target.text) == ("湿地保护率", 50, "5\n0% 以上")


def test_the_bodies_named_in_the_clause_are_responsible() -> None:
    (target,) = targets(PLAN, item("湿地保护率达到50%。（责任单位：市林业局、市水利局，配合单位：市财政局）"))
    assert target.responsible == ("市林业局", "市水利局", "市财政局")
