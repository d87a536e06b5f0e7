"""Addresses of running text: which line is whose child, and where unnumbered text belongs."""

from __future__ import annotations

import pytest

from ingest.outline import is_title_line, lead_of, title_of
from tests.ingest.invented import addresses, clause_at, notice_of

HEAD = "青汀市渡船安全办法\n"


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("总体要求", True),
        ("总体要求：", True),
        ("总体要求。", True),
        ("统筹渡运、航运，做好衔接。", True),
        ("健全制度，完善机制，落实责任。", False),  # two commas and a full stop: a sentence
        ("更新渡船；", False),
        ("更新渡船，", False),
        ("更新渡船。加固码头", False),
        ("渡" * 60, True),
        ("渡" * 61, False),
        ("渡" * 36 + "。", False),
        ("渡船\n码头", False),
        ("", False),
        ("  ", False),
    ],
)
def test_title_lines(text: str, is_title: bool) -> None:
    assert is_title_line(text) is is_title


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("更新渡船。年底前完成。", "更新渡船"),
        ("市交通局：负责渡口。", "市交通局"),
        ("更新渡船。", None),  # nothing follows
        ("更新渡船，加固码头：年底前完成", None),
        ("渡" * 41 + "。年底前完成。", None),
        ("", None),
    ],
)
def test_leads(text: str, lead: str | None) -> None:
    assert lead_of(text) == lead


@pytest.mark.parametrize(
    ("text", "title"), [("总则：", "总则"), (" 总则。", "总则"), ("总则", "总则"), ("。", "")]
)
def test_titles_lose_their_closing_punctuation(text: str, title: str) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize(
    ("body", "clauses"),
    [
        pytest.param(
            "为管好渡口，制定本办法。\n本办法所称渡口包括码头。\n一、总则\n渡口由市管。",
            [
                ("前言", "为管好渡口，制定本办法。\n本办法所称渡口包括码头。"),
                ("一", "总则"),
                ("一引言", "渡口由市管。"),
            ],
            id="unnumbered text before the first label is one 前言",
        ),
        pytest.param(
            "一、任务\n任务如下。\n（一）更新渡船。\n（二）加固码头。\n上述任务按月通报。\n二、附则",
            [
                ("一", "任务"),
                ("一引言", "任务如下。"),
                ("一（一）", "更新渡船。"),
                ("一（二）", "加固码头。"),
                ("一结语", "上述任务按月通报。"),
                ("二", "附则"),
            ],
            id="引言 before the children, 结语 after them",
        ),
        pytest.param(
            "一、任务\n（一）渡船\n1.换船。年底前完成。\n2.修船。年底前完成。\n（二）码头。加固。\n各县落实。\n二、附则",
            [
                ("一", "任务"),
                ("一（一）", "渡船"),
                ("一（一）1", "换船。年底前完成。"),
                ("一（一）2", "修船。年底前完成。"),
                ("一（二）", "码头。加固。"),
                ("一结语", "各县落实。"),
                ("二", "附则"),
            ],
            id="text before an outer label closes what that label closes",
        ),
        pytest.param(
            "一、任务\n1.换船。年底前完成。\n换下的船要拆解。\n2.修船。年底前完成。",
            [
                ("一", "任务"),
                ("一1", "换船。年底前完成。\n换下的船要拆解。"),
                ("一2", "修船。年底前完成。"),
            ],
            id="text between two siblings goes on the item before",
        ),
        pytest.param(
            "一、任务\n1.换船。年底前完成。\n换下的船要拆解。\n2.修船。年底前完成。\n修好的船要检验。\n二、附则",
            [
                ("一", "任务"),
                ("一1", "换船。年底前完成。\n换下的船要拆解。"),
                ("一2", "修船。年底前完成。\n修好的船要检验。"),
                ("二", "附则"),
            ],
            id="where items of the list have had further paragraphs, the last has them too",
        ),
        pytest.param(
            "一、目标\n到明年：\n——安全方面，零事故。\n——服务：零投诉。\n二、职责。各县负责。",
            [
                ("一", "目标"),
                ("一引言", "到明年："),
                ("一引言——安全方面", "安全方面，零事故。"),
                ("一引言——服务", "服务：零投诉。"),
                ("二", "职责。各县负责。"),
            ],
            id="bullets are named by their lead words",
        ),
        pytest.param(
            "一、更新渡船。分两步走：一是拆解木船；二是建造钢船。每季度通报一次。\n二、附则",
            [
                ("一", "更新渡船。分两步走："),
                ("一一是", "拆解木船；"),
                ("一二是", "建造钢船。"),
                ("一结语", "每季度通报一次。"),
                ("二", "附则"),
            ],
            id="一是, 二是 inside a paragraph",
        ),
        pytest.param(
            "一、更新渡船\n一是拆解木船。\n二是建造钢船。\n二、附则",
            [("一", "更新渡船"), ("一一是", "拆解木船。"), ("一二是", "建造钢船。"), ("二", "附则")],
            id="一是, 二是 as lines",
        ),
        pytest.param(
            "1.更新渡船\n（1）拆解木船。\n（2）建造钢船：\n①买钢材。\n②找船厂。\n2.加固码头。",
            [
                ("1", "更新渡船"),
                ("1（1）", "拆解木船。"),
                ("1（2）", "建造钢船："),
                ("1（2）①", "买钢材。"),
                ("1（2）②", "找船厂。"),
                ("2", "加固码头。"),
            ],
            id="a notice may begin at an inner level",
        ),
        pytest.param(
            "1.渡船\n（一）木船。拆解。\n（二）钢船。建造。\n2.码头\n（一）石阶。加固。",
            [
                ("1", "渡船"),
                ("1（一）", "木船。拆解。"),
                ("1（二）", "钢船。建造。"),
                ("2", "码头"),
                ("2（一）", "石阶。加固。"),
            ],
            id="（一） below 1., against the canonical order",
        ),
        pytest.param(
            "一、渡船\n1.换船。\n2.修船。\n二、码头\n3.加固。\n4.照明。",
            [
                ("一", "渡船"),
                ("一1", "换船。"),
                ("一2", "修船。"),
                ("二", "码头"),
                ("二3", "加固。"),
                ("二4", "照明。"),
            ],
            id="numbers that run on across sections",
        ),
        pytest.param(
            "一、渡船\n换船标准如下。\n12.5米以上的船先换。\n二、附则",
            [("一", "渡船"), ("一引言", "换船标准如下。\n12.5米以上的船先换。"), ("二", "附则")],
            id="a figure at a line start is no label",
        ),
        pytest.param(
            "一、渡船\n1.换船。年底完成。\n88.上年的编号沿用。\n2.修船。",
            [("一", "渡船"), ("一1", "换船。年底完成。\n88.上年的编号沿用。"), ("一2", "修船。")],
            id="a number far ahead is no label",
        ),
    ],
)
def test_addresses(body: str, clauses: list[tuple[str, str]]) -> None:
    assert addresses(HEAD + body) == clauses


@pytest.mark.parametrize(
    ("body", "clauses"),
    [
        pytest.param(
            "第一章　总则\n第一条　为管好渡口，制定本办法。\n第二章　渡工\n第二条　渡工应当持证。",
            [
                ("第一章", "总则"),
                ("第一章第一条", "为管好渡口，制定本办法。"),
                ("第二章", "渡工"),
                ("第二章第二条", "渡工应当持证。"),
            ],
            id="an article with one paragraph has no 款",
        ),
        pytest.param(
            "第一条　渡工应当持证。\n渡工证由市交通局发给。\n第二条　渡船应当登记。",
            [
                ("第一条第一款", "渡工应当持证。"),
                ("第一条第二款", "渡工证由市交通局发给。"),
                ("第二条", "渡船应当登记。"),
            ],
            id="款 are counted where an article has several",
        ),
        pytest.param(
            "第一条　渡工应当：\n（一）持证；\n（二）会水：\n1.仰泳；\n2.蛙泳。\n第二条　渡船应当登记。",
            [
                ("第一条", "渡工应当："),
                ("第一条（一）", "持证；"),
                ("第一条（二）", "会水："),
                ("第一条（二）1", "仰泳；"),
                ("第一条（二）2", "蛙泳。"),
                ("第二条", "渡船应当登记。"),
            ],
            id="a lead-in and its 项 are one paragraph",
        ),
        pytest.param(
            "第一条　禁止：\n（一）超载；\n（二）酒后驾船。\n违反前款规定的，\n第二条　渡船应当登记。",
            [
                ("第一条第一款", "禁止："),
                ("第一条第一款（一）", "超载；"),
                ("第一条第一款（二）", "酒后驾船。"),
                ("第一条第二款", "违反前款规定的，"),
                ("第二条", "渡船应当登记。"),
            ],
            id="a paragraph after 项 makes 款 of both",
        ),
        pytest.param(
            "第一条　渡工应当持证。\n第二条规定的渡工除外。\n第三条　渡船应当登记。",
            [
                ("第一条第一款", "渡工应当持证。"),
                ("第一条第二款", "第二条规定的渡工除外。"),
                ("第三条", "渡船应当登记。"),
            ],
            id="a reference at a line start is no label",
        ),
        pytest.param(
            "第一章　总则\n第一节　目的\n第一条　为管好渡口，制定本办法。\n"
            "第二节　范围\n第二条　本办法管渡口。",
            [
                ("第一章", "总则"),
                ("第一章第一节", "目的"),
                ("第一章第一节第一条", "为管好渡口，制定本办法。"),
                ("第一章第二节", "范围"),
                ("第一章第二节第二条", "本办法管渡口。"),
            ],
            id="章 and 节",
        ),
    ],
)
def test_statutes(body: str, clauses: list[tuple[str, str]]) -> None:
    assert addresses(HEAD + body) == clauses


def test_decimal_numbering() -> None:
    """The path holds every level; the cite names the innermost, which names the outer ones by itself."""
    notice = notice_of(
        "青汀市渡口应急预案\n1　总则\n1.1　目的\n为快速处置。\n1.2　范围\n1.2.1　本市渡口。\n"
        "1.2.2　临时渡口，汛期5.5米水位以上停用。\n2　组织\n2.1　指挥部。由分管副市长任指挥长。"
    )
    assert [(clause.path, clause.cite, clause.label) for clause in notice.clauses] == [
        (("1",), "1", "1"),
        (("1", "1.1"), "1.1", "1.1"),
        (("1", "1.1", "引言"), "1.1引言", "1.1引言"),
        (("1", "1.2"), "1.2", "1.2"),
        (("1", "1.2", "1.2.1"), "1.2.1", "1.2.1"),
        (("1", "1.2", "1.2.2"), "1.2.2", "1.2.2"),
        (("2",), "2", "2"),
        (("2", "2.1"), "2.1", "2.1"),
    ]


def test_label_is_as_printed_and_path_is_full_width() -> None:
    clause = clause_at(HEAD + "一、渡船\n(一)木船\n1．拆解。年底前完成。\n2．改造。年底前完成。", "一（一）1")
    assert clause.path == ("一", "（一）", "1")
    assert clause.label == "一、(一)1．"


def test_clauses_know_their_headings() -> None:
    clause = clause_at(HEAD + "一、渡船：\n（一）木船。\n1.拆解。年底前完成。\n2.改造。", "一（一）1")
    assert clause.heading == "拆解"
    assert clause.headings == ("渡船", "木船")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("换船。（责任单位：市交通局）", {"责任单位": "市交通局"}),
        (
            "换船。(牵头单位:市交通局;配合单位:市财政局、市水利局)",
            {"牵头单位": "市交通局", "配合单位": "市财政局、市水利局"},
        ),
        ("换船。（责任单位：市交通局，各县（区）政府）", {"责任单位": "市交通局，各县（区）政府"}),
        ("换船（责任单位另定）。", None),
        ("（责任单位：市交通局）负责换船。", None),
    ],
)
def test_bodies_that_an_item_names_at_its_end(text: str, fields: dict[str, str] | None) -> None:
    found = clause_at(f"{HEAD}一、{text}", "一").fields
    assert (dict(found) if found else None) == fields


TABLE = "\n\n| 序号 | 对象 | 标准（元） |\n| --- | --- | --- |\n| 1 | 行人 | 1 |\n| 2 | 自行车 | 2 |\n\n"
ROWS = [("#1", "行人\n1"), ("#2", "自行车\n2")]


@pytest.mark.parametrize(
    ("before", "after", "clauses"),
    [
        pytest.param(
            "一、收费\n\n收费按表执行。",
            "每年核定一次。\n\n二、附则",
            [("一", "收费"), ("一引言", "收费按表执行。")]
            + [(f"一表1{cite}", text) for cite, text in ROWS]
            + [("一结语", "每年核定一次。"), ("二", "附则")],
            id="text below a table closes the section that holds it",
        ),
        pytest.param(
            "收费按表执行。",
            "每年核定一次。",
            [("前言", "收费按表执行。")]
            + [(f"表1{cite}", text) for cite, text in ROWS]
            + [("结语", "每年核定一次。")],
            id="in a notice without numbers it closes the notice",
        ),
        pytest.param(
            "一、收费\n\n1.按表收费。",
            "2.不得另收。",
            [("一", "收费"), ("一1", "按表收费。")]
            + [(f"一1表1{cite}", text) for cite, text in ROWS]
            + [("一2", "不得另收。")],
            id="a table belongs to the item above it",
        ),
        pytest.param(
            "收费按表执行。",
            "备注：儿童免费\n\n一、附则\n\n说明：本办法试行。",
            [("前言", "收费按表执行。")]
            + [(f"表1{cite}", text) for cite, text in ROWS]
            + [("表1备注", "儿童免费"), ("一", "附则"), ("一引言", "说明：本办法试行。")],
            id="备注 stands beside the rows, right below them only",
        ),
    ],
)
def test_text_around_tables(before: str, after: str, clauses: list[tuple[str, str]]) -> None:
    assert addresses(f"# 青汀市渡口收费办法\n\n{before}{TABLE}{after}\n", "收费.md") == clauses


def test_paragraphs_of_an_article_are_counted_beyond_a_hundred() -> None:
    text = "青汀市渡口管理办法\n第一条　渡口归市管。\n" + "".join(
        f"渡船{i}应当检验。\n" for i in range(2, 111)
    )
    cites = [clause.cite for clause in notice_of(text).clauses]
    assert cites[9:12] == ["第一条第十款", "第一条第十一款", "第一条第十二款"]
    assert cites[98:] == [
        f"第一条第{n}款"
        for n in ("九十九", "一百", *(f"一百零{d}" for d in "一二三四五六七八九"), "一百一十")
    ]
