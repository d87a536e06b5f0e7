"""Addresses in questions, and what only looks like one."""

import pytest

from assistant.addresses import attachment_named, number_of, parse_address, resolve
from assistant.types import Address
from ingest.notice import ClauseKind
from tests.assistant.sample import QINGLAN, clause


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("30", 30),
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("三十", 30),
        ("一百零二", 102),
        ("甲", None),
        ("", None),
    ],
)
def test_number_of(text: str, number: int | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("附件2第三部分有哪些项目", None),
        ("附件2第12组有哪些项目", None),
        ("附件2第四大类有哪些项目", None),
        ("青岚方案二（一）1写了什么", Address(("二", "（一）", "1"), None, None, "二（一）1")),
        ("二(三)11", Address(("二", "（三）", "11"), None, None, "二(三)11")),
        ("四（四）四是", Address(("四", "（四）", "四是"), None, None, "四（四）四是")),
        ("附件1第30项是什么", Address(("30",), "附件1", None, "附件1第30项")),
        ("附件3附件#12", Address(("12",), "附件3附件", None, "附件3附件#12")),
        ("青岚附件1第9项", Address(("9",), "附件1", None, "附件1第9项")),
        ("方案二1写了什么", Address(("二", "1"), None, None, "二1")),
        ("附件二第三项", Address(("3",), "附件2", None, "附件二第三项")),
        ("表里序号6是哪项", Address(("6",), None, None, "序号6")),
        ("第十条第二款怎么说", Address(("第十条", "第二款"), None, None, "第十条第二款")),
        ("第四条是啥", Address((), None, 4, "第四条")),
        ("到2025年要建10公里", None),
        ("第二督察组", None),
        ("第一批项目", None),
        ("PM2.5要降到35", None),
        ("", None),
    ],
)
def test_parse_address(question: str, address: Address | None) -> None:
    assert parse_address(question) == address


def test_attachment_named() -> None:
    assert attachment_named("附件二的表") == "附件2"
    assert attachment_named("附件3附件里") == "附件3附件"
    assert attachment_named("见附近") is None


def test_resolve() -> None:
    def cites(address: Address) -> list[str]:
        return [c.cite for c in resolve(address, QINGLAN)]

    assert cites(Address(("二", "1"))) == ["二1"]
    assert cites(Address(("一", "（一）"))) == ["一（一）"]
    assert cites(Address(("3",), "附件1")) == ["附件1#3"]
    assert cites(Address(("9",), "附件1")) == []
    assert cites(Address(ordinal=2)) == ["二", "二2", "二2（2）", "附件1#2"]


def test_an_article_goes_before_an_item_of_its_number() -> None:
    clauses = (clause(("一", "3"), "甲"), clause(("第三条",), "乙"))
    assert [c.text for c in resolve(Address(ordinal=3), clauses)] == ["乙"]


def test_a_row_that_is_a_heading_stands_for_its_lines() -> None:
    lines = (
        clause(("附件1", "49"), "生活", kind=ClauseKind.HEADING),
        clause(("附件1", "49", "1"), "甲", kind=ClauseKind.ROW),
        clause(("附件1", "49", "2"), "乙", kind=ClauseKind.ROW),
    )
    assert [c.text for c in resolve(Address(("49",), "附件1"), lines)] == ["生活", "甲", "乙"]
