"""Public bodies are matched by their whole names; roles follow the column or the notice's own rule."""

import pytest

from assistant.bodies import (
    Body,
    bodies_abbreviated,
    bodies_named,
    bodies_of,
    is_body_column,
    mentions,
    name_forms,
    states_first_leads,
    trailer_span,
)
from assistant.types import Role
from ingest.notice import ClauseKind
from tests.assistant.sample import QINGLAN, clause


def test_roles_from_columns() -> None:
    row = next(c for c in QINGLAN if c.cite == "附件1#1")
    assert bodies_of(row) == (
        Body("市水务局", Role.LEAD),
        Body("市财政局", Role.SUPPORT),
        Body("市政府办公室", Role.SUPPORT),
    )


def test_roles_from_the_end_of_an_item() -> None:
    item = next(c for c in QINGLAN if c.cite == "二1")
    assert bodies_of(item) == (Body("市水务局", Role.RESPONSIBLE), Body("市城管局", Role.RESPONSIBLE))
    assert bodies_of(item, first_leads=True) == (
        Body("市水务局", Role.LEAD),
        Body("市城管局", Role.RESPONSIBLE),
    )
    span = trailer_span(item.text)
    assert span is not None
    assert item.text[slice(*span)] == "(责任单位:市水务局、市城管局)"


def test_a_column_of_measures_lists_no_bodies() -> None:
    row = clause(
        ("1",), "", kind=ClauseKind.ROW, fields={"指标": "绿道长度", "单位": "公里", "指标值": "≥40"}
    )
    assert bodies_of(row) == ()


@pytest.mark.parametrize(
    ("column", "value", "is_body"),
    [
        ("责任单位", "市水务局", True),
        ("牵头部门", "市水务局", True),
        ("单位", "公里", False),
        ("单位", "%", False),
        ("单位", "市水务局", True),
        ("group", "牵头单位", False),
        ("工作任务", "市水务局", False),
        ("", "", False),
    ],
)
def test_is_body_column(column: str, value: str, is_body: bool) -> None:
    assert is_body_column(column, value) is is_body


def test_name_forms() -> None:
    assert name_forms("市总工会") == ("市总工会", "总工会", "工会")
    assert name_forms("市水务局") == ("市水务局", "水务局")
    assert name_forms("团市委") == ("团市委",)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("水务局要做什么", ("市水务局",)),
        ("青岚市水务局要做什么", ("市水务局",)),
        ("市政府办公室要做什么", ("市政府办公室",)),
        ("市政府要做什么", ("市政府",)),
        ("财政局和水务局", ("市财政局", "市水务局")),
        ("谁来做", ()),
        ("", ()),
    ],
)
def test_bodies_named(question: str, names: tuple[str, ...]) -> None:
    known = {"市水务局": 3, "市财政局": 1, "市政府": 1, "市政府办公室": 2}
    assert bodies_named(question, known) == names


def test_bodies_by_short_and_older_names() -> None:
    known = {"市卫生健康委": 2, "市生态环境局": 1}
    assert bodies_abbreviated("卫健委牵头哪几项", known) == (("卫健委", "市卫生健康委"),)
    assert bodies_abbreviated("环保局牵头哪几项", known) == (("环保局", "市生态环境局"),)
    assert bodies_abbreviated("市里怎么做", known) == ()


def test_a_body_asked_for_by_its_name_of_today_is_the_one_of_an_older_notice() -> None:
    known = {"市环保局": 3, "市水利局": 2}
    assert bodies_abbreviated("生态环境局牵头哪几项", known) == (("生态环境局", "市环保局"),)
    assert bodies_abbreviated("市里的自然资源局做什么", known) == ()


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("报市政府批准", "市政府", True),
        ("报市政府办公室备案", "市政府", False),
        ("市政府办公室报市政府", "市政府", True),
        ("市水务局分局", "市水务局", False),
        ("", "市政府", False),
    ],
)
def test_mentions(text: str, name: str, found: bool) -> None:
    assert mentions(text, name) is found


def test_states_first_leads() -> None:
    rule = clause(("附件1", "备注"), "以上责任单位中,列第一位的为牵头单位。", kind=ClauseKind.PARAGRAPH)
    assert states_first_leads([rule])
    assert not states_first_leads(QINGLAN)
