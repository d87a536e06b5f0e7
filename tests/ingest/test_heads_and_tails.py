"""What stands above and below the text of a notice: letterheads, titles, lists, notes, the foot of a site."""

from __future__ import annotations

import pytest

from ingest.furniture import furniture_rule
from ingest.notice import Notice
from tests.ingest.invented import addresses, notice_of

BODY = "一、任务\n（一）更新渡船。\n（二）加固码头。\n二、附则\n（一）本方案自印发之日起施行。\n"
PLAN = "青汀市渡口管理方案\n" + BODY


def _taken(notice: Notice, rule: str) -> list[str]:
    return [stretch.text for stretch in notice.audit.furniture if stretch.rule == rule]


def test_the_number_in_the_letterhead() -> None:
    card = notice_of("青汀市人民政府文件\n青政发〔2024〕7号\n青汀市人民政府关于管好渡口的通知\n" + BODY).card
    assert (card.title, card.doc_number) == ("青汀市人民政府关于管好渡口的通知", "青政发〔2024〕7号")


def test_a_title_in_two_lines_that_the_printing_notice_quotes() -> None:
    text = (
        "关于印发《青汀市渡船改造奖补资金管理办法》的通知\n各县（区）人民政府：\n"
        "《青汀市渡船改造奖补资金管理办法》已经市政府同意，现印发给你们，请认真贯彻执行。\n"
        "青汀市人民政府办公室\n2024年3月5日\n青汀市渡船改造\n奖补资金管理办法\n"
        "第一条　为更新渡船，制定本办法。"
    )
    notice = notice_of(text)
    assert notice.card.title == "青汀市渡船改造奖补资金管理办法"
    assert [clause.cite for clause in notice.clauses] == ["通知", "第一条"]
    assert notice.audit.lost == ()


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("青汀市渡口经营者", "青汀市渡口经营者信用评价暂行办法"),
        ("青汀市公众信息网", "信用评价暂行办法"),  # the site, not what it is about
    ],
)
def test_a_title_whose_first_line_is_the_place_and_the_matter(first: str, title: str) -> None:
    assert notice_of(f"{first}\n信用评价暂行办法\n第一条　渡口应当守信。").card.title == title


def test_a_list_below_a_line_of_its_own() -> None:
    text = PLAN + "附件：\n渡口名单\n市 交 通 局\n市 水 利 局\n2024年3月5日\n时间：\n2024-03-08"
    notice = notice_of(text)
    assert addresses(text)[-1] == ("附件目录", "附件：\n渡口名单")
    assert notice.card.attachments == ()
    assert (notice.card.issuer, notice.card.issued) == ("市交通局、市水利局", "2024-03-05")
    assert notice.card.published == "2024-03-08"
    assert (notice.audit.lost, notice.audit.twice) == ((), ())


def test_an_attachment_below_a_line_of_its_own() -> None:
    text = PLAN + "附件：\n渡口名单\n东渡口在城东，每日六时开放。\n西渡口在城西，每日七时开放。"
    assert [attached.title for attached in notice_of(text).card.attachments] == ["渡口名单"]


def test_the_list_in_the_printing_notice_is_kept() -> None:
    text = (
        "关于印发青汀市渡口管理方案的通知\n各县（区）人民政府：\n现将青汀市渡口管理方案印发给你们，请认真贯彻执行。\n"
        "附件：青汀市渡口管理方案\n2024年3月5日\n附件\n" + PLAN
    )
    notice = notice_of(text)
    assert ("附件目录", "附件：青汀市渡口管理方案") in addresses(text)
    assert notice.audit.lost == ()


def test_printing_notes_at_the_end_of_the_last_attachment() -> None:
    text = (
        PLAN + "附件：渡口名单\n附件\n渡口名单\n1.东渡口\n2.西渡口\n"
        "抄　送：市委各部门。\n青 汀市人民政府办公室秘书科 2024年3月 5日印发"
    )
    assert addresses(text)[-1] == ("附件2", "西渡口")
    assert len(_taken(notice_of(text), "抄送和印发说明")) == 2


def test_the_printer_below_the_number_of_copies() -> None:
    notice = notice_of(PLAN + "（共印 120 份）\n青汀市人民政府办公室 2024年3月5日")
    assert notice.clauses[-1].text == "本方案自印发之日起施行。"
    assert sorted(_taken(notice, "抄送和印发说明")) == [
        "青汀市人民政府办公室 2024年3月5日",
        "（共印 120 份）",
    ]


def test_the_foot_of_a_site() -> None:
    notice = notice_of(PLAN + "联系我们\n青汀市交通局主办\n邮编：000000")
    assert notice.clauses[-1].text == "本方案自印发之日起施行。"
    assert _taken(notice, "网站落款之后的文字") == ["青汀市交通局主办", "邮编：000000"]


def test_what_follows_a_link_in_the_middle_is_no_foot() -> None:
    text = "青汀市渡口管理方案\n联系我们\n" + BODY
    assert addresses(text) == addresses(PLAN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("设为首页| 加入收藏 | 网站导航", True),
        ("联系我们|网站地图|", True),
        ("您是第1024位访问者", True),
        ("转载声明：转载请注明出处", True),
        ("收藏本页打印本页", True),
        ("信息索取号： 000-2024-01", True),
        ("发布机构： 法规科  | 发布时间： 2024-03-05 10:00:00 | 点击数： 8 | 字号： 大 中 小", True),
        ("青汀市交通局 2024-03-05", True),
        ("分类名称\t机关工作\t公布机关\t青汀市人民政府", True),
        ("首页应当设置渡口专栏", False),
        ("完成验收 2024-03-05", False),
        ("时间：", False),
        ("渡口名称：东渡口", False),
    ],
)
def test_lines_of_a_site(text: str, expected: bool) -> None:
    assert (furniture_rule(text) is not None) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "（2019年3月5日青汀市人民政府令第12号公布）",
            ("青汀市人民政府", "2019-03-05", "青汀市人民政府令第12号"),
        ),
        (
            "（2019年2月1日市政府常务会议通过　2019年3月5日青汀市人民政府令第12号公布）",
            ("青汀市人民政府", "2019-03-05", "青汀市人民政府令第12号"),
        ),
        ("根据2019年3月5日青汀市人民政府令第12号公布的办法，制定本规定。", (None, None, None)),
        ("（2019年3月5日通过）", (None, None, None)),
    ],
)
def test_the_order_that_published_rules(line: str, expected: tuple[str | None, ...]) -> None:
    card = notice_of(f"青汀市渡口管理规定\n{line}\n第一条　渡口应当登记。").card
    assert (card.issuer, card.issued, card.doc_number) == expected


def test_articles_that_skip_are_reported() -> None:
    notice = notice_of("青汀市渡口管理规定\n第一条　登记。\n第二条　开放。\n第四条　收费。")
    assert notice.remarks == ("编号跳过：第二条之后为第四条。",)


def test_heading_marks_in_plain_text() -> None:
    text = "##　青汀市渡口管理规定\n第一条　渡口应当登记。"
    notice = notice_of(text)
    assert notice.card.title == "青汀市渡口管理规定"
    assert _taken(notice, "标题标记") == ["##"]


def test_a_headline_in_asterisks_above_the_title() -> None:
    """A site's headline, and a printing notice that nobody signs before the plan itself begins."""
    text = (
        "**青汀市渡口管理意见及两个配套文件的通知**\n来源：青汀市交通局\n"
        "青汀市人民政府　印发青汀市渡口管理意见及两个配套文件的通知（2031年3月5日）\n青府〔2031〕7号\n"
        "《青汀市渡口管理意见》和《青汀市渡船登记规定》已经市政府同意，现予印发，请遵照执行。\n"
        "##　青汀市渡口管理意见\n为管好渡口，提出以下意见。\n一、目标\n两年内完成改造。"
    )
    notice = notice_of(text)
    card = notice.card
    assert (card.title, card.issuer, card.issued, card.doc_number) == (
        *("青汀市渡口管理意见", "青汀市人民政府", "2031-03-05"),
        "青府〔2031〕7号",
    )
    assert [(clause.cite, clause.text) for clause in notice.clauses[:2]] == [
        (
            "通知",
            "《青汀市渡口管理意见》和《青汀市渡船登记规定》已经市政府同意，现予印发，请遵照执行。",
        ),
        ("前言", "为管好渡口，提出以下意见。"),
    ]
    assert (notice.audit.lost, notice.audit.twice) == ((), ())
    assert [taken.text for taken in notice.audit.furniture if taken.rule == "标题标记"] == ["**", "**", "##"]
