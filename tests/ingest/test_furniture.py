"""Page furniture, and text that a sharing site cut into slices."""

from __future__ import annotations

import pytest

from ingest.furniture import furniture_rule, is_sliced, split_labels, unslice
from ingest.runs import Run
from tests.ingest.invented import addresses

FURNITURE = [
    "当前位置：首页 > 政务公开 > 通知公告",
    "首页 > 政务 > 通知公告",
    "位置：首页 > 通知",
    "发布时间：2024-03-05 09:15",
    "发布日期:2024年3月5日",
    "时间：2024-03-05",
    "时间：2024年3月5日 来源：市交通局",
    "2024-03-05 09:15",
    "来源：市政府办公室",
    "来源：市政府 发布时间：2024-03-05 浏览次数：5",
    "作者：渡生 来源：青汀日报",
    "浏览次数：12",
    "阅读量: 12次",
    "责任编辑：渡生",
    "字体：【大 中 小】",
    "【打印本页】",
    "打印",
    "关闭窗口",
    "分享到：微信",
    "上一篇：渡口通知",
    "下一篇",
    "相关链接",
    "相关解读：渡口办法",
    "主办单位：青汀市人民政府",
    "承办单位",
    "版权所有 青汀市",
    "青ICP备1号",
    "技术支持：渡口科技",
    "— 3 —",
    "-3-",
    "第 3 页",
    "第3页 共9页",
    "索引号：QT-1",
    "索 引 号：QT-1",
    "主题分类：交通",
    "有效性：有效",
    "2024年第3期",
    "————————",
    "-市渡口管理处- -区渡口管理站- -县渡口-",
]
TEXT = [
    "",
    "一、总则",
    "3",
    "——",
    "渡口名单",
    "2024年3月5日",
    "时间：2024年5月1日前",
    "时间：2024年5月1日至5月10日。",
    "位置优越的渡口先改造。",
    "-甲-乙",
    "-加强巡查，-落实责任，-及时上报",
    "位置：东岸一百米",
    "主办单位负责筹备会场。",
    "承办单位要按时办结。",
    "技术支持单位由市交通局选定。",
    "相关附件由市交通局提供。",
    "审核：区县部门受理后，五日内完成。",
    "来源：财政拨款。",
    "打印票据由渡口负责",
    "返回渡口的船应当登记。",
    "第3页表格由渡工填写",
    "浏览渡口名单",
]


@pytest.mark.parametrize(
    ("text", "expected"), [*((text, True) for text in FURNITURE), *((text, False) for text in TEXT)]
)
def test_furniture(text: str, expected: bool) -> None:
    assert (furniture_rule(text) is not None) is expected
    assert furniture_rule(f"\u3000{text} ") == furniture_rule(text)


def test_furniture_is_in_no_clause() -> None:
    text = "青汀市渡口办法\n发布时间：2024-03-05\n一、换船。\n— 3 —\n二、修船。\n【关闭窗口】\n青ICP备1号"
    assert addresses(text) == [("一", "换船。"), ("二", "修船。")]


def _sliced(texts: list[str]) -> list[Run]:
    runs, at = [], 0
    for number, text in enumerate(texts, 1):
        printed = f"{number}、{text}"
        runs.append(Run(printed, number - 1, at, at + len(printed)))
        at += len(printed) + 1
    return runs


LONG = "渡船应当按时检验并且登记，" * 13


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([LONG] * 5, True),
        ([LONG] * 4, False),  # a list of four long items is a list
        (["渡船。"] * 8, False),  # short lines are items
    ],
)
def test_slices_of_a_sharing_site(texts: list[str], expected: bool) -> None:
    assert is_sliced(_sliced(texts)) is expected


def test_slices_need_every_number() -> None:
    runs = _sliced([LONG] * 6)
    assert not is_sliced([*runs[:2], *runs[3:]])


def test_slices_are_put_together_and_cut_at_labels() -> None:
    """The site's numbers and the page number go; words broken over slices close up; offsets stay right."""
    texts = [
        f"青汀市渡口方案为管好渡口，制定本方案。一、任务。{LONG}先换",
        f"船。{LONG}再修船。",
        f"二、分工。 1 市交通局{LONG}牵头。",
        f"市水利局{LONG}配合。",
        "三、附则。本方案试行。",
    ]
    source = "\n".join(run.text for run in _sliced(texts))
    pieces, numbers = unslice(_sliced(texts))
    assert [number.text for number in numbers] == ["1、", "2、", "3、", "4、", "5、", "1"]
    assert [piece.text[:6] for piece in pieces] == [
        "青汀市渡口方",
        "为管好渡口，",
        "一、任务。渡",
        "二、分工。市",
        "三、附则。本",
    ]
    assert f"先换船。{LONG}再修船。" in pieces[2].text
    for piece in pieces:
        assert piece.offsets is not None
        assert "".join(source[i] for i in piece.offsets) == piece.text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("任务如下。一、换船。二、修船。", ["任务如下。", "一、换船。", "二、修船。"]),
        (
            "一、换船。（一）拆解。（二）建造。二、修船。",
            ["一、换船。", "（一）拆解。", "（二）建造。", "二、修船。"],
        ),
        ("任务如下。1.换船。2.修船。", ["任务如下。", "1.换船。", "2.修船。"]),
        ("见第二条。三、修船。", ["见第二条。三、修船。"]),  # no 一 and 二 before
        ("分一、二类管理。", ["分一、二类管理。"]),
        ("水深1.5米。宽2.5米。", ["水深1.5米。宽2.5米。"]),
        ("渡船。", ["渡船。"]),
    ],
)
def test_labels_inside_long_paragraphs(text: str, pieces: list[str]) -> None:
    found = split_labels(Run(text, 0, 100, 100 + len(text)))
    assert [run.text for run in found] == pieces
    assert [text[(run.start or 0) - 100 : (run.end or 0) - 100] for run in found] == pieces
