"""Attachments of attachments, open sentences, and names of one body."""

import pytest

from assistant.attachments import attachment_of, stands_in
from assistant.bodies import is_same_body
from assistant.lead_ins import is_left_open, lead_ins
from assistant.sentences import presence
from ingest.notice import ClauseKind
from tests.assistant.sample import clause


@pytest.mark.parametrize(
    ("path", "label"),
    [
        (("附件3", "附件", "7"), "附件3附件"),
        (("附件3附件", "7"), "附件3附件"),
        (("附件1", "三", "30"), "附件1"),
        (("二", "1"), ""),
    ],
)
def test_the_innermost_attachment(path: tuple[str, ...], label: str) -> None:
    assert attachment_of(clause(path, "内容")) == label


def test_what_stands_inside_an_attachment() -> None:
    inner = clause(("附件1", "附件", "2"), "内容")
    assert stands_in(inner, ["附件1"])
    assert stands_in(inner, ["附件1附件"])
    assert not stands_in(clause(("附件12", "2"), "内容"), ["附件1"])
    assert not stands_in(clause(("一",), "内容"), ["附件1"])


def test_items_end_the_open_sentence_above_them() -> None:
    lead = clause(("三", "4"), "有下列情形之一的,停止发放:")
    items = [clause(("三", "4", f"（{n}）"), text) for n, text in (("一", "转借的;"), ("二", "闲置的。"))]
    row = clause(("三", "4", "1"), "甲", kind=ClauseKind.ROW, fields={"项目": "甲"})
    closed = clause(("三", "5"), "每年核对一次。")
    assert lead_ins([lead, *items, row, closed]) == {item.id: lead for item in items}
    assert is_left_open(lead)
    assert not is_left_open(closed)


@pytest.mark.parametrize(
    ("name", "asked", "same"),
    [
        ("市教育局", "市教育局", True),
        ("市教育局基教科", "市教育局", True),
        ("市政府办公室", "市政府", False),
        ("区教育局", "市教育局", False),
        ("市教育局", "市教育局基教科", False),
    ],
)
def test_a_section_is_its_body_and_an_office_is_not(name: str, asked: str, same: bool) -> None:
    assert is_same_body(name, asked) is same


def test_two_words_do_not_make_a_third() -> None:
    assert presence("入学", "深入学习文件精神") < 1.0
    assert presence("入学", "新生入学登记") == 1.0
