"""Documents that follow one another in one file are parts of their own."""

from __future__ import annotations

import pytest

from tests.ingest.invented import addresses, notice_of

FIRST = "青汀市渡口管理办法\n第一条　为管好渡口，制定本办法。\n第二条　渡工应当持证。\n"


@pytest.mark.parametrize(
    ("second", "clauses"),
    [
        (
            "青汀市渡船登记规定（试行）\n第一条　渡船应当登记。\n第二条　登记不收费。",
            [
                ("青汀市渡船登记规定（试行）", "青汀市渡船登记规定（试行）"),
                ("青汀市渡船登记规定（试行）第一条", "渡船应当登记。"),
                ("青汀市渡船登记规定（试行）第二条", "登记不收费。"),
            ],
        ),
        (  # a title in two lines, and who issued it
            "青汀市渡口安全\n检查实施细则\n市交通局\n第一条　渡口每月检查。",
            [
                ("青汀市渡口安全检查实施细则", "青汀市渡口安全检查实施细则"),
                ("青汀市渡口安全检查实施细则前言", "市交通局"),
                ("青汀市渡口安全检查实施细则第一条", "渡口每月检查。"),
            ],
        ),
        (  # a heading mark that was left in plain text
            "###　青汀市渡船登记规定\n第一条　渡船应当登记。",
            [
                ("青汀市渡船登记规定", "青汀市渡船登记规定"),
                ("青汀市渡船登记规定第一条", "渡船应当登记。"),
            ],
        ),
    ],
)
def test_a_second_document(second: str, clauses: list[tuple[str, str]]) -> None:
    found = addresses(FIRST + second)
    assert found[:2] == [("第一条", "为管好渡口，制定本办法。"), ("第二条", "渡工应当持证。")]
    assert found[2:] == clauses


@pytest.mark.parametrize(
    "line",
    [
        "渡口设置方案",  # no numbering begins below it
        "渡工应当遵守渡船登记规定。",
        "渡口名单\n一、东渡口",  # 一、 was not counted before
    ],
)
def test_what_is_no_second_document(line: str) -> None:
    found = addresses(FIRST + line + "\n第三条　渡船应当登记。")
    assert [cite for cite, _ in found if cite.startswith("第三条")] == ["第三条"]


def test_two_documents_leave_no_character_out() -> None:
    audit = notice_of(FIRST + "青汀市渡船登记规定\n第一条　渡船应当登记。").audit
    assert (audit.lost, audit.twice) == ((), ())


def test_the_card_tells_the_force_of_the_first_document() -> None:
    text = (
        FIRST
        + "第三条　本办法自2021年3月1日起施行。\n青汀市渡船登记规定\n第一条　本规定自2020年1月1日起施行。"
    )
    assert notice_of(text).card.effective == "2021-03-01"


def test_the_table_of_a_document_that_follows_says_nothing_of_the_first() -> None:
    table = "文　　号:\t青政办发〔2031〕7号\t发文日期:\t2031-04-05\n"
    card = notice_of(FIRST + table + "青汀市渡船登记规定\n第一条　渡船应当登记。").card
    assert card.doc_number is None
    assert card.published is None


def test_a_row_is_cited_with_the_title_of_its_document_inside_an_attachment() -> None:
    table = "序号\n任务名称\n牵头单位\n1\n木船\n市交通局\n2\n钢船\n市水利局\n"
    inner = "青汀市渡船登记规定\n第一条　渡船应当登记，清单如下：\n" + table
    text = "青汀市渡口方案\n一、任务。\n二、附则。\n附件1\n" + FIRST + inner
    assert [cite for cite, _ in addresses(text) if "#" in cite] == [
        "附件1青汀市渡船登记规定第一条表1#1",
        "附件1青汀市渡船登记规定第一条表1#2",
    ]
