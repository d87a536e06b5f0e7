"""Unnumbered lines in the articles of a statute: captions, broken lines, lists, what belongs to an item."""

from __future__ import annotations

import pytest

from ingest.articles import caption_of, is_broken_off, is_in_open_list, leading_caption, next_in_lists
from ingest.grammar import match_label
from ingest.notice import ClauseKind
from tests.ingest.invented import addresses, clause_at

HEAD = "青汀市渡船安全办法\n"


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("（目的和依据）", "目的和依据"),
        ("【适用范围】", "适用范围"),
        ("渡工、渡船的管理", "渡工、渡船的管理"),
        ("渡船应当登记。", None),  # a sentence
        ("渡工应当持证，", None),
        ("渡" * 21, None),
        ("（试行）渡船应当登记", None),
    ],
)
def test_captions(text: str, caption: str | None) -> None:
    assert caption_of(text) == caption


def test_a_caption_may_stand_before_the_text() -> None:
    assert leading_caption("（目的）为管好渡口，制定本办法。") == "目的"
    assert leading_caption("（目的）") is None
    assert leading_caption("渡工（含实习渡工）应当持证。") is None


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("渡" * 29 + "，", True),
        ("渡" * 30, True),
        ("渡" * 29, False),  # short lines are titles
        ("渡" * 30 + "。", False),
        ("渡" * 30 + "：", False),
    ],
)
def test_broken_lines(text: str, broken: bool) -> None:
    assert is_broken_off(text) is broken


@pytest.mark.parametrize(
    ("lines", "open_"),
    [
        (["渡费按下列标准收取："], True),
        (["渡费按下列标准收取：", "成人每次2元；"], True),
        (["渡费按下列标准收取：", "成人每次2元；", "儿童免费。"], False),
        (["渡费每次2元；"], False),
        ([], False),
    ],
)
def test_lists_without_labels(lines: list[str], open_: bool) -> None:
    assert is_in_open_list(lines) is open_


@pytest.mark.parametrize(
    ("lines", "style"),
    [
        (["说明", "（二）会水；"], "HAN_PAREN"),
        (["1.仰泳；", "2.蛙泳。", "（二）会水；"], "HAN_PAREN"),
        (["（一）另起；", "（二）会水；"], None),  # begun anew
        (["第二条　渡船应当登记。", "（二）会水；"], None),  # another article
        (["说明"], None),
    ],
)
def test_whether_a_list_goes_on(lines: list[str], style: str | None) -> None:
    labels = [match_label(line) for line in lines]
    first = match_label("（一）持证；")
    assert first is not None
    found = next_in_lists(labels, {first.style: first.number})
    assert (found.name if found is not None else None) == style


@pytest.mark.parametrize(
    ("body", "clauses"),
    [
        pytest.param(
            "第一条\n（目的和依据）\n为管好渡口，制定本办法。\n第二条　渡船应当登记。",
            [("第一条", "（目的和依据）\n为管好渡口，制定本办法。"), ("第二条", "渡船应当登记。")],
            id="a caption is no 款",
        ),
        pytest.param(
            "第一条　渡工\n渡工应当持证。\n渡工证由市交通局发给。",
            [
                ("第一条", "渡工"),
                ("第一条第一款", "渡工应当持证。"),
                ("第一条第二款", "渡工证由市交通局发给。"),
            ],
            id="款 below a caption",
        ),
        pytest.param(
            "第一条　渡工应当：\n（一）持证；\n渡工证由市交通局发给。\n（二）会水。\n第二条　渡船应当登记。",
            [
                ("第一条", "渡工应当："),
                ("第一条（一）", "持证；\n渡工证由市交通局发给。"),
                ("第一条（二）", "会水。"),
                ("第二条", "渡船应当登记。"),
            ],
            id="text before the next 项 belongs to the 项 before",
        ),
        pytest.param(
            "第一条　渡工应当：\n（一）会水：\n1.仰泳；\n2.蛙泳。\n两项都要考。\n"
            "（二）持证。\n第二条　登记渡船。",
            [
                ("第一条", "渡工应当："),
                ("第一条（一）", "会水："),
                ("第一条（一）1", "仰泳；"),
                ("第一条（一）2", "蛙泳。"),
                ("第一条（一）结语", "两项都要考。"),
                ("第一条（二）", "持证。"),
                ("第二条", "登记渡船。"),
            ],
            id="text after 目 closes their 项 when the 项 go on",
        ),
        pytest.param(
            "第一条　渡工考核：\n（一）会水\n考仰泳。\n（二）持证\n查渡工证。\n第二条　登记渡船。",
            [
                ("第一条", "渡工考核："),
                ("第一条（一）", "会水"),
                ("第一条（一）引言", "考仰泳。"),
                ("第一条（二）", "持证"),
                ("第一条（二）引言", "查渡工证。"),
                ("第二条", "登记渡船。"),
            ],
            id="项 that are titles",
        ),
        pytest.param(
            "第一条　考核：\n（一）渡工考核\n考一级：\n1.仰泳；\n2.蛙泳。\n考二级：\n1.撑船；\n2.靠岸。\n"
            "（二）渡船考核\n看船况。",
            [
                ("第一条", "考核："),
                ("第一条（一）", "渡工考核"),
                ("第一条（一）引言", "考一级："),
                ("第一条（一）1", "仰泳；"),
                ("第一条（一）2", "蛙泳。"),
                ("第一条（一）引言", "考二级："),
                ("第一条（一）1", "撑船；"),
                ("第一条（一）2", "靠岸。"),
                ("第一条（二）", "渡船考核"),
                ("第一条（二）引言", "看船况。"),
            ],
            id="a lead-in of a list that begins anew",
        ),
        pytest.param(
            "第一条　渡费按下列标准收取：\n成人每次2元；\n老人每次1元；\n儿童免费。\n渡费应当公示。",
            [
                ("第一条第一款", "渡费按下列标准收取：\n成人每次2元；\n老人每次1元；\n儿童免费。"),
                ("第一条第二款", "渡费应当公示。"),
            ],
            id="a list without labels is one paragraph",
        ),
        pytest.param(
            "第一条　渡口遇大风、大雾、洪水、冰凌等恶劣天气时应当停止一切渡运活动并在渡口两岸同时悬\n"
            "挂停渡标志。\n恢复渡运须经批准。",
            [
                (
                    "第一条第一款",
                    "渡口遇大风、大雾、洪水、冰凌等恶劣天气时应当停止一切渡运活动并在渡口两岸同时悬挂停渡标志。",
                ),
                ("第一条第二款", "恢复渡运须经批准。"),
            ],
            id="a paragraph broken in the middle of a sentence",
        ),
    ],
)
def test_articles(body: str, clauses: list[tuple[str, str]]) -> None:
    assert addresses(HEAD + body) == clauses


def test_what_articles_and_their_paragraphs_are() -> None:
    body = "第一条　（范围）本办法管渡口。\n第二条　渡船应当登记。登记不收费。\n登记证由市交通局发给。"
    first, paragraph = clause_at(HEAD + body, "第一条"), clause_at(HEAD + body, "第二条第一款")
    assert (first.kind, first.heading) == (ClauseKind.ITEM, "范围")
    assert (paragraph.kind, paragraph.heading) == (ClauseKind.PARAGRAPH, None)


def test_a_caption_alone_is_a_heading() -> None:
    article = clause_at(HEAD + "第一条　渡工\n（一）持证；\n（二）会水。", "第一条")
    assert (article.kind, article.heading, article.text) == (ClauseKind.HEADING, "渡工", "渡工")
