"""The numbering grammar: what is a label, what only looks like one, and which words name a bullet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.grammar import (
    Style,
    bullet_lead,
    closing_after_list,
    closing_of_enumeration,
    han_number,
    inline_items,
    match_chapter_number,
    match_label,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、总体要求", (Style.HAN, 1, "一", "一、", 2)),
        ("一.总体要求", (Style.HAN, 1, "一", "一.", 2)),
        ("十二、附则", (Style.HAN, 12, "十二", "十二、", 3)),
        ("一百零一、附则", (Style.HAN, 101, "一百零一", "一百零一、", 5)),
        ("一、是指挥部的职责", (Style.HAN, 1, "一", "一、", 2)),
        ("（一）范围", (Style.HAN_PAREN, 1, "（一）", "（一）", 3)),
        ("(十一)、范围", (Style.HAN_PAREN, 11, "（十一）", "(十一)、", 5)),
        ("（ 二 ）范围", (Style.HAN_PAREN, 2, "（二）", "（ 二 ）", 5)),
        ("㈢范围", (Style.HAN_PAREN, 3, "（三）", "㈢", 1)),
        ("1.范围", (Style.ARABIC, 1, "1", "1.", 2)),
        ("1．范围", (Style.ARABIC, 1, "1", "1．", 2)),
        ("１、范围", (Style.ARABIC, 1, "1", "１、", 2)),
        ("1、2024年换船", (Style.ARABIC, 1, "1", "1、", 2)),
        ("3、5月9日换船", (Style.ARABIC, 3, "3", "3、", 2)),
        ("2、35岁以下渡工", (Style.ARABIC, 2, "2", "2、", 2)),
        ("12. 范围", (Style.ARABIC, 12, "12", "12.", 4)),
        ("2.《渡船管理办法》", (Style.ARABIC, 2, "2", "2.", 2)),
        ("⒈范围", (Style.ARABIC, 1, "1", "⒈", 1)),
        ("⒛范围", (Style.ARABIC, 20, "20", "⒛", 1)),
        ("（1）范围", (Style.ARABIC_PAREN, 1, "（1）", "（1）", 3)),
        ("(１)范围", (Style.ARABIC_PAREN, 1, "（1）", "(１)", 3)),
        ("⑷范围", (Style.ARABIC_PAREN, 4, "（4）", "⑷", 1)),
        ("3）范围", (Style.ARABIC_HALF, 3, "3）", "3）", 2)),
        ("3)范围", (Style.ARABIC_HALF, 3, "3）", "3)", 2)),
        ("①范围", (Style.CIRCLED, 1, "①", "①", 1)),
        ("⑳ 范围", (Style.CIRCLED, 20, "⑳", "⑳", 2)),
        ("a.范围", (Style.LETTER, 1, "a", "a.", 2)),
        ("（b）范围", (Style.LETTER, 2, "b", "（b）", 3)),
        ("第一编 总则", (Style.PART, 1, "第一编", "第一编", 4)),
        ("第二章总则", (Style.CHAPTER, 2, "第二章", "第二章", 3)),
        ("第三节　巡河", (Style.SECTION, 3, "第三节", "第三节", 4)),
        ("第十条　船主应当", (Style.ARTICLE, 10, "第十条", "第十条", 4)),
        ("第十条以欺骗手段取得证书的", (Style.ARTICLE, 10, "第十条", "第十条", 3)),
        ("第一百零三条 船主", (Style.ARTICLE, 103, "第一百零三条", "第一百零三条", 7)),
        ("第十条之一 船主", (Style.ARTICLE, 10, "第十条之一", "第十条之一", 6)),
        ("第3条 船主", (Style.ARTICLE, 3, "第3条", "第3条", 4)),
        ("第五条 规定航速", (Style.ARTICLE, 5, "第五条", "第五条", 4)),  # a blank ends the label
        ("第一，加快清淤", (Style.ORDINAL, 1, "第一", "第一，", 3)),
        ("第二、加快清淤", (Style.ORDINAL, 2, "第二", "第二、", 3)),
        ("一是清淤", (Style.INLINE, 1, "一是", "一是", 2)),
        ("二要清淤", (Style.INLINE, 2, "二要", "二要", 2)),
        ("1.1 巡河", (Style.DECIMAL, 1, "1.1", "1.1", 4)),
        ("3.2.1巡河", (Style.DECIMAL, 1, "3.2.1", "3.2.1", 5)),
        ("3.2.10. 巡河", (Style.DECIMAL, 10, "3.2.10", "3.2.10", 8)),
        ("——水质：达标", (Style.BULLET, 0, "——水质", "——", 2)),
        ("－－水质。达标", (Style.BULLET, 0, "——水质", "－－", 2)),
        ("●水质", (Style.BULLET, 0, "——水质", "●", 1)),
    ],
)
def test_labels(text: str, expected: tuple[Style, int, str, str, int]) -> None:
    """Style, number, name in a path, the printed label, and how many characters it takes up."""
    label = match_label(text)
    assert label is not None
    assert (label.style, label.number, label.name, label.printed, label.length) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 一、总体要求",  # the outline hands over stripped lines
        "渡船",
        "12",
        "100",
        "2025年底前",
        "24小时值班",
        "1234.渡船",
        "1.1",
        "第一批渡船",
        "第一季度",
        "第条",
        "（）",
        "（2023）7号",
        "三项制度",
        "一圈、两带、三片",
        "一级A排放标准",
        "一、二类水质",
        "二、三级航道",
        "一是否达标",
        "5.22生物多样性日",
        "5、6月份",
        "11、12月份",
        "11、12号渡船",
        "1.20米深",
        "PM2.5浓度",
        "3.5%以上",
        "3.5％以上",
        "2.5亿元",
        "1.5万亩",
        "1.2米深",
        "第十条规定的船舶",
        "第十条第二款",
        "第十条、第十一条",
        "第十条和第十一条",
        "第十条至第十五条",
        "第十条以上各条",
        "第四章的规定",
        "- 渡船",
        "——",
        "i.渡船",
    ],
)
def test_look_alikes_are_no_labels(text: str) -> None:
    assert match_label(text) is None


@pytest.mark.parametrize(
    ("text", "name"), [("1　总则", "1"), ("12 附则", "12"), ("1总则", None), ("1 2", None), ("总则", None)]
)
def test_bare_chapter_numbers(text: str, name: str | None) -> None:
    label = match_chapter_number(text)
    assert (label.name if label else None) == name
    assert label is None or (label.style, label.depth) == (Style.DECIMAL, 1)


@pytest.mark.parametrize(
    ("text", "depth"), [("1.1 巡河", 2), ("3.2.1 巡河", 3), ("1.巡河", 0), ("一、巡河", 0)]
)
def test_depth_is_that_of_decimal_labels(text: str, depth: int) -> None:
    label = match_label(text)
    assert label is not None
    assert label.depth == depth


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零三", 103),
        ("二百三十四", 234),
        ("二〇", 20),
        ("二〇二四", 2024),
    ],
)
def test_han_numbers(text: str, value: int) -> None:
    assert han_number(text) == value


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("水质：达到三类。", "水质"),
        ("清理码头。本月完成。", "清理码头"),
        ("码头", "码头"),
        ("在渡运方面，清理码头。", "在渡运方面"),
        ("方面军旧址。", "方面军旧址"),
        ("码头；渡口", "码头"),
        ("清" * 20 + "，" + "淤" * 20, "清" * 20),
        ("清" * 40, "清" * 30),
        ("", ""),
    ],
)
def test_bullet_leads(text: str, lead: str) -> None:
    assert bullet_lead(text) == lead


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("一是清淤；二是护岸。", [(0, "一是"), (5, "二是")]),
        ("重点做好：一是清淤，二是护岸。三是绿化。", [(5, "一是"), (10, "二是"), (15, "三是")]),
        ("一要清淤，二要护岸。", [(0, "一要"), (5, "二要")]),
        ("一是清淤，二要护岸。", []),  # two enumerations
        ("一是清淤。", []),  # one member is no enumeration
        ("二是护岸；一是清淤。", []),
        ("统一是前提，第二是落实。", []),
        ("一是否清淤，二是否护岸。", []),
        ("", []),
    ],
)
def test_inline_enumerations(text: str, items: list[tuple[int, str]]) -> None:
    assert [(position, label.name) for position, label in inline_items(text)] == items


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("三是绿化。在具体工作中，要注意安全。", 5),
        ("三是绿化；总之，要抓紧。", 5),
        ("三是绿化。通过上述措施，全面达标。", 5),
        ("三是绿化。沿河种树。", None),
        ("总之，要抓紧。", None),
    ],
)
def test_closing_sentence_of_an_enumeration(text: str, at: int | None) -> None:
    assert closing_of_enumeration(text) == at


@pytest.mark.parametrize(
    ("members", "at"),
    [
        (["一是清淤；", "二是护岸。每月通报一次。"], 5),
        (["一是清淤。", "二是护岸。每月通报一次。"], None),  # sentences: the rest may be the member's own
        (["一是清淤；", "二是护岸。"], None),
        (["一是清淤；", "二是护岸。（市水利局牵头）"], None),  # who leads it is part of the member
        (["一是清淤。每月通报一次。"], None),
        ([], None),
    ],
)
def test_closing_sentence_after_members_that_end_in_semicolons(members: list[str], at: int | None) -> None:
    assert closing_after_list(members) == at


@given(st.text(alphabet="一二十百〇第章条款（）()1２.．、,—①㈠a是要 　甲规", max_size=12))
def test_a_label_is_a_beginning_of_the_text(text: str) -> None:
    label = match_label(text)
    if label is not None:
        assert 0 < label.length <= len(text)
        assert text[: label.length].strip().startswith(label.printed)
        assert label.name
        assert not any(c.isspace() for c in label.name.rstrip()) or label.style is Style.BULLET


@given(st.integers(1, 999))
def test_han_numbers_are_read_as_they_are_written(number: int) -> None:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    text += ("零" if not tens and ones and hundreds else "") + (f"{digits[tens]}十" if tens else "")
    text += digits[ones] if ones else ""
    assert han_number(text) == number
