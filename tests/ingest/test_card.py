"""The card: what a notice says of itself, and null where it says nothing."""

from __future__ import annotations

import pytest

from ingest.notice import Attachment, Card
from tests.ingest.invented import notice_of
from tests.ingest.test_layout import NOTICE

BODY = "一、每日巡查。\n二、每周报告。"


def _card(text: str, name: str = "渡口.txt") -> Card:
    return notice_of(text, name).card


def test_card_of_a_printed_plan() -> None:
    assert _card(NOTICE) == Card(
        title="青汀市渡船安全方案",
        notice_title="青汀市人民政府办公室关于印发青汀市渡船安全方案的通知",
        issuer="青汀市人民政府办公室",
        region="青汀市",
        doc_number="青政办发〔2024〕7号",
        issued="2024-03-05",
        attachments=(
            Attachment("附件1", "渡口名单"),
            Attachment("附件2", "渡船名单"),
            Attachment("附件2附件", "飞鱼号船员名单"),
        ),
        addressees="各县（区）人民政府，市政府各部门",
        kind="方案",
    )


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (f"青汀市交通局关于渡口巡查的通知\n{BODY}\n青汀市水利局\n2024年4月1日", "青汀市水利局"),
        (f"青汀市交通局关于渡口巡查的通知\n{BODY}", "青汀市交通局"),  # its title names it
        (
            f"关于渡口巡查的通知\n{BODY}\n青汀市交通局　青汀市水利局\n2024年4月1日",
            "青汀市交通局、青汀市水利局",
        ),
        (
            f"关于渡口巡查的通知\n{BODY}\n青汀市交通局\n青汀市水利局\n2024年4月1日",
            "青汀市交通局、青汀市水利局",
        ),
        (f"关于渡口巡查的通知\n{BODY}\n青 汀 市 交 通 局\n2024年4月1日", "青汀市交通局"),
        (f"青汀市渡口管理办法\n{BODY}", None),
        (f"青汀市渡口委员会文件\n\n青渡〔2024〕2号\n\n关于渡口巡查的通知\n{BODY}", "青汀市渡口委员会"),
        (f"青汀市渡口委员会文件\n\n关于渡口巡查的通知\n{BODY}", None),  # the name of a part of a site
    ],
)
def test_issuer(text: str, issuer: str | None) -> None:
    assert _card(text).issuer == issuer


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("2024年4月1日", "2024-04-01"),
        ("2024年04月01日", "2024-04-01"),
        ("二〇二四年四月一日", "2024-04-01"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("（2024年4月1日）", "2024-04-01"),
        ("2024年4月", None),
    ],
)
def test_issued(line: str, issued: str | None) -> None:
    assert _card(f"青汀市交通局关于渡口巡查的通知\n{BODY}\n青汀市交通局\n{line}").issued == issued


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("发布时间：2024-03-28 09:15 来源：市政府办公室", "2024-03-28"),
        ("索引号:QT-1  发布日期:2024-03-28", "2024-03-28"),
        ("时间：2024年3月28日", "2024-03-28"),
        ("2024-03-28 09:15:00", "2024-03-28"),
        ("成文日期：2024-03-28", None),  # when it was written, not when it was published
        ("浏览次数：12", None),
    ],
)
def test_published(line: str, published: str | None) -> None:
    assert _card(f"{line}\n青汀市渡口管理办法\n{BODY}").published == published


def test_published_is_read_from_page_metadata() -> None:
    head = "<head><meta name=PubDate content='2024-03-28 09:15'></head>"
    page = head + "<h1>青汀市渡口管理办法</h1><p>一、换船。</p>"
    assert _card(page, "渡口.html").published == "2024-03-28"


@pytest.mark.parametrize(
    ("title", "line", "number"),
    [
        ("青汀市交通局关于渡口的通知", "青交〔2024〕7号", "青交〔2024〕7号"),
        ("青汀市交通局关于渡口的通知", "青交[2024]第 7 号", "青交[2024]第7号"),
        ("青汀市交通局关于渡口的通知", "根据青交〔2016〕1号文件，通知如下：", None),
        ("青汀市渡口管理办法", "发文字号：青交〔2024〕7号", "青交〔2024〕7号"),
    ],
)
def test_document_number(title: str, line: str, number: str | None) -> None:
    assert _card(f"{title}\n{line}\n{BODY}").doc_number == number


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("青汀市渡船安全方案（2024—2026年）", (2024, 2026)),
        ("青汀市渡船安全三年行动计划(2024-2026)", (2024, 2026)),
        ("青汀市2024年渡口工作要点", (2024, 2024)),
        ("青汀市渡口管理办法（2024年修订）", None),
        ("青汀市渡口管理办法", None),
    ],
)
def test_period(title: str, period: tuple[int, int] | None) -> None:
    assert _card(f"{title}\n{BODY}").period == period


def test_period_is_read_from_a_timetable() -> None:
    text = (
        "青汀市渡口创建方案\n一、时间安排\n（一）启动阶段（2024年3月至6月）\n成立专班。\n"
        "（二）验收阶段（2025年12月）\n组织验收。\n二、附则。试行。"
    )
    assert _card(text).period == (2024, 2025)


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("青汀市渡口管理办法", "青汀市"),
        ("云岭省青汀市渡口管理办法", "云岭省青汀市"),
        ("青汀市东岸区渡口管理办法", "青汀市东岸区"),
        ("关于印发青汀市渡口管理办法的通知", "青汀市"),
        ("2024年青汀市渡口工作要点", "青汀市"),
        ("关于进一步加强城市渡口管理的通知", None),
        ("渡口管理办法", None),
    ],
)
def test_region(title: str, region: str | None) -> None:
    assert _card(f"{title}\n{BODY}").region == region


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (f"青汀市渡口\n管理办法\n{BODY}", "渡口.txt", "青汀市渡口管理办法"),
        (f"■青汀市渡口管理办法\n{BODY}", "渡口.txt", "青汀市渡口管理办法"),
        (BODY, "017_渡口办法.txt", "渡口办法"),  # the file's own name, without its number
    ],
)
def test_title(text: str, name: str, title: str) -> None:
    card = _card(text, name)
    assert (card.title, card.notice_title) == (title, None)


def test_an_unsigned_plan_is_placed_by_the_province_that_its_preamble_names() -> None:
    plan = "青汀市整改方案\n根据{}反馈意见，制定本方案。\n一、目标\n整改到位。\n"
    assert _card(plan.format("浙江省督察组")).region == "浙江省青汀市"
    assert _card(plan.format("《浙江省督察办法》和")).region == "青汀市"
    assert _card(plan.format("浙江省、江苏省督察组")).region == "青汀市"
    assert _card(NOTICE.replace("为", "根据浙江省督察组意见，为")).region == "青汀市"
