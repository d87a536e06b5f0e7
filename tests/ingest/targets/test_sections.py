"""Which year a target is due, and what only reports what was done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from .made import PLAN, REPORT, item, targets


def _years(text: str, *headings: str) -> list[int | None]:
    return [target.year for target in targets(PLAN, item(text, *headings))]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("森林覆盖率达到42%。", [2027]),
        ("到2025年，森林覆盖率达到42%；到2026年，达到43%。", [2025, 2026]),
        ("2025年，森林覆盖率达到42%。湿地保护率达到50%。", [2025, 2025]),
        ("2025年，森林覆盖率达到42%。加强管护。湿地保护率达到50%。", [2025, 2027]),
        ("2026年底前，建成公园4个。", [2026]),
        ("到“十五五”期末，森林覆盖率达到45%。湿地保护率达到50%。", [2030, 2027]),
        ("今年，森林覆盖率达到42%。", [2024]),
        ("《防洪规划（2020—2035年）》确定的森林覆盖率达到42%。", [2027]),
    ],
)
def test_the_year_is_that_of_the_words_before_or_the_notices(text: str, years: list[int]) -> None:
    assert _years(text) == years


def test_the_year_is_that_of_the_heading() -> None:
    assert _years("森林覆盖率达到42%。", "2025年工作任务") == [2025]


def test_a_notice_without_a_year_gives_none() -> None:
    card = replace(PLAN, period=None, issued=None)
    assert [t.year for t in targets(card, item("森林覆盖率达到42%。"))] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "2023年，森林覆盖率达到42%。",
        "去年森林覆盖率提高到41%。",
        "目前已建成公园4个。",
        "森林覆盖率已达到42%。",
    ],
)
def test_what_was_achieved_is_no_target(text: str) -> None:
    assert targets(PLAN, item(text)) == []


@pytest.mark.parametrize("heading", ["工作回顾", "发展基础和形势", "取得的成效", "“十三五”发展成就"])
def test_a_look_back_holds_no_targets(heading: str) -> None:
    assert targets(PLAN, item("森林覆盖率达到42%。", heading)) == []


def test_a_rule_holds_targets_only_where_it_says_so() -> None:
    rule = replace(PLAN, title="云湖市租赁住房管理办法", kind="办法", period=None)
    assert targets(rule, item("套型建筑面积不超过60平方米。")) == []
    assert len(targets(rule, item("到2026年，新增租赁住房2万套。"))) == 1


def test_the_sections_of_a_work_report() -> None:
    found = targets(
        REPORT,
        item("地区生产总值增长4.9%。", "2030年工作回顾", number=1),
        item("地区生产总值年均增长5%左右。", "“十七五”时期主要目标", number=2),
        item("到2035年，人均生产总值达到10万元。", "“十六五”时期主要目标", number=3),
        item("地区生产总值增长5%以上。", "2031年重点工作", number=4),
    )
    assert [(t.value, t.year) for t in found] == [(5, 2031), (10, 2035), (5, 2031)]


def test_running_text_turns_from_what_was_to_what_will_be() -> None:
    text = (
        "过去一年，地区生产总值增长4.9%。城镇新增就业5万人。"
        "今年主要预期目标是：地区生产总值增长5%左右；城镇新增就业6万人以上。"
    )
    found = targets(REPORT, item(text))
    assert [(t.indicator, t.value, t.year) for t in found] == [
        ("地区生产总值", 5, 2031),
        ("城镇新增就业", 6, 2031),
    ]


def test_the_page_around_a_notice_and_its_forwarding_sentence_state_nothing() -> None:
    clause = item("森林覆盖率达到42%。")
    assert targets(PLAN, replace(clause, path=("新闻摘要",))) == []
    assert targets(PLAN, replace(clause, path=("通知",))) == []
