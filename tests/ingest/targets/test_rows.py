"""Table rows: values by column, and cells of running text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.notice import Attachment

from .made import PLAN, row, said, targets


def test_a_value_with_its_unit_year_and_bodies() -> None:
    fields = {
        "序号": "3",
        "指标名称": "森林覆盖率",
        "单位": "%",
        "2026年目标值": "≥42",
        "责任单位": "市林业局、市水利局",
    }
    (target,) = targets(PLAN, row(fields))
    assert said([target]) == [("森林覆盖率", ">=", 42, "%")]
    assert (target.year, target.responsible) == (2026, ("市林业局", "市水利局"))
    assert target.quote == "森林覆盖率\n%\n≥42"


def test_one_target_for_each_column_of_values_and_none_for_what_was() -> None:
    fields = {"指标": "湿地保护率（%）", "2023年现状值": "45", "2025年": "50", "2027年": "55以上"}
    found = targets(PLAN, row(fields))
    assert [(t.indicator, t.value, t.year, t.unit) for t in found] == [
        ("湿地保护率", 50, 2025, "%"),
        ("湿地保护率", 55, 2027, "%"),
    ]


@pytest.mark.parametrize("value", ["制定实施", "—", "完成上级下达的目标", ""])
def test_a_value_that_is_no_figure(value: str) -> None:
    assert targets(PLAN, row({"指标名称": "3项制度", "目标值": value})) == []


def test_a_figure_with_an_alternative() -> None:
    (target,) = targets(PLAN, row({"指标名称": "优良率", "单位": "%", "目标值": "≥85，或逐年提高"}))
    assert said([target]) == [("优良率", ">=", 85, "%")]


def test_a_name_printed_in_two_lines() -> None:
    (target,) = targets(PLAN, row({"指标名称": "固废利用\n工业固体废物利用率", "单位": "%", "目标值": "90"}))
    assert target.indicator == "工业固体废物利用率"


def test_the_tasks_of_a_row_are_read_as_sentences() -> None:
    fields = {
        "序号": "7",
        "重点任务": "建成公园4个，新建绿道35公里。",
        "牵头单位": "市住建局",
        "配合单位": "市林业局",
        "完成时间": "2025年12月",
    }
    found = targets(PLAN, row(fields))
    assert said(found) == [("建成公园", "=", 4, "个"), ("新建绿道", "=", 35, "公里")]
    assert {(t.year, t.responsible) for t in found} == {(2025, ("市住建局", "市林业局"))}


def test_the_year_of_the_column_of_tasks() -> None:
    (target,) = targets(PLAN, row({"序号": "1", "2026年重点任务": "淘汰老旧车辆300辆以上。"}))
    assert (target.year, target.comparator.value) == (2026, ">=")


def test_an_annexed_table_of_rules_states_nothing() -> None:
    fields = {"序号": "1", "入户条件": "在本市人均住房建筑面积达到15平方米以上。"}
    rules = replace(PLAN, kind="办法", attachments=(Attachment("附件1", "2025年积分入户条件"),))
    assert targets(rules, row(fields)) == []
    tasks = replace(PLAN, kind="办法", attachments=(Attachment("附件1", "2025年重点任务"),))
    assert len(targets(tasks, row({"序号": "1", "任务": "住房空置率下降到15%以下。"}))) == 1
