"""The parts of a notice, and the ten things that trip a splitter, each on a text written for it."""

from __future__ import annotations

import pytest

from ingest.layout import is_title
from tests.ingest.invented import addresses, clause_at, notice_of

NOTICE = """青汀市人民政府办公室关于印发青汀市渡船安全方案的通知
青政办发〔2024〕7号
各县（区）人民政府，市政府各部门：
《青汀市渡船安全方案》已经市政府同意，现印发给你们，请认真贯彻执行。
青汀市人民政府办公室
2024年3月5日
（此件公开发布）
青汀市渡船安全方案
为保障渡运安全，制定本方案。
一、任务。更新渡船。
二、附则。本方案试行三年。
附件：1.渡口名单
2.渡船名单
附件1
渡口名单
1.东渡口
2.西渡口
附件2
渡船名单
1.飞鱼号
2.白鹭号
附件
飞鱼号船员名单
1.渡生
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青汀市渡口管理办法", True),
        ("青汀市渡口管理办法（试行）", True),
        ("青汀市渡船安全方案（2024—2026年）", True),
        ("青汀市人民政府关于加强渡口管理的通知", True),
        ("青 汀 市 渡 口 管 理 办 法", True),
        ("渡口名单", True),
        ("渡口管理。本办法", False),
        ("渡口巡查记事", False),
        ("各县（区）人民政府：", False),
        ("办法", False),
        ("", False),
    ],
)
def test_titles(text: str, expected: bool) -> None:
    assert is_title(text) is expected


def test_a_whole_notice() -> None:
    """Head, wrapper, signature and printing note are in no clause of the body; annexes nest."""
    clauses = notice_of(NOTICE).clauses
    assert [(c.path, c.cite, c.text) for c in clauses] == [
        (("通知",), "通知", "《青汀市渡船安全方案》已经市政府同意，现印发给你们，请认真贯彻执行。"),
        (("前言",), "前言", "为保障渡运安全，制定本方案。"),
        (("一",), "一", "任务。更新渡船。"),
        (("二",), "二", "附则。本方案试行三年。"),
        (("附件目录",), "附件目录", "附件：1.渡口名单\n2.渡船名单"),
        (("附件1",), "附件1", "渡口名单"),
        (("附件1", "1"), "附件11", "东渡口"),
        (("附件1", "2"), "附件12", "西渡口"),
        (("附件2",), "附件2", "渡船名单"),
        (("附件2", "1"), "附件21", "飞鱼号"),
        (("附件2", "2"), "附件22", "白鹭号"),
        (("附件2", "附件"), "附件2附件", "飞鱼号船员名单"),
        (("附件2", "附件", "1"), "附件2附件1", "渡生"),
    ]


def test_clauses_of_an_annex_know_the_titles_above() -> None:
    assert clause_at(NOTICE, "附件2附件1").headings == ("渡船名单", "飞鱼号船员名单")


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        pytest.param(
            "青汀市交通局关于做好渡口巡查的通知\n各县（区）交通局：\n为做好巡查，通知如下：\n"
            "一、每日巡查。\n二、每周报告。\n青汀市交通局\n2024年4月1日",
            [("前言", "为做好巡查，通知如下："), ("一", "每日巡查。"), ("二", "每周报告。")],
            id="a notice that carries its own text has no 通知 clause",
        ),
        pytest.param(
            "渡口巡查见闻\n昨日，市交通局公布巡查要点。\n市民可以拨打渡口热线反映问题。\n"
            "青汀市交通局关于做好渡口巡查的通知\n各县（区）交通局：\n一、每日巡查。\n二、每周报告。",
            [
                ("新闻摘要", "昨日，市交通局公布巡查要点。"),
                ("新闻摘要", "市民可以拨打渡口热线反映问题。"),
                ("一", "每日巡查。"),
                ("二", "每周报告。"),
            ],
            id="each paragraph of a news wrapper is 新闻摘要",
        ),
        pytest.param(
            "青汀市渡口\n管理办法（试行）\n一、渡口归市管。\n二、渡船归县管。",
            [("一", "渡口归市管。"), ("二", "渡船归县管。")],
            id="a title over two lines",
        ),
        pytest.param(
            "青汀市渡口管理办法\n一、保障措施\n落实经费。\n二、附则。试行。",
            [("一", "保障措施"), ("一引言", "落实经费。"), ("二", "附则。试行。")],
            id="a labelled line that ends like a title is no title",
        ),
        pytest.param(
            "青汀市渡口管理办法\n一、换船。\n二、修船。\n附件1 渡口名单\n1.东渡口\n2.西渡口",
            [
                ("一", "换船。"),
                ("二", "修船。"),
                ("附件1", "渡口名单"),
                ("附件11", "东渡口"),
                ("附件12", "西渡口"),
            ],
            id="label and title of an annex in one line",
        ),
        pytest.param(
            "青汀市渡口管理办法\n一、换船。\n二、修船。\n附件1：渡口名单\n附件2：渡船名单\n青汀市交通局\n2024年3月1日",
            [("一", "换船。"), ("二", "修船。"), ("附件目录", "附件1：渡口名单\n附件2：渡船名单")],
            id="a list of annexes that names the word in each entry",
        ),
        pytest.param(
            "青汀市渡口管理办法\n一、换船。\n二、见附件1。\n附件1所列渡口先改。",
            [("一", "换船。"), ("二", "见附件1。"), ("结语", "附件1所列渡口先改。")],
            id="a mention of an annex begins none",
        ),
    ],
)
def test_parts(text: str, clauses: list[tuple[str, str]]) -> None:
    assert addresses(text) == clauses


def test_emphasis_and_links_of_markdown_are_taken_out_and_places_stay() -> None:
    text = "# 青汀市渡口办法\n\n**一、**渡船**每年**检验。\n\n二、见[市交通局](http://a.example)。\n"
    notice = notice_of(text, "渡口.md")
    assert [(c.cite, c.text) for c in notice.clauses] == [("一", "渡船每年检验。"), ("二", "见市交通局。")]
    first = notice.clauses[0]
    assert notice.source[first.start : first.end].strip("*") == "一、**渡船**每年**检验。"


# -- the ten traps ------------------------------------------------------------------------------------------

HEAD = "青汀市渡口办法\n"


def test_trap_1_private_use_decimal_point() -> None:
    notice = notice_of(HEAD + "一、渡口水深4\ue01078米。\n二、航道长182\ue0109公里。")
    assert [c.text for c in notice.clauses] == ["渡口水深4.78米。", "航道长182.9公里。"]
    assert notice.source[notice.clauses[0].start :].startswith("一、渡口水深4\ue01078米。")


@pytest.mark.parametrize("blank", ["\u00a0\u00a0", "\u3000\u3000", "  ", "\t"])
def test_trap_2_narrow_brackets_and_indents(blank: str) -> None:
    body = "一、渡船\n(一)换船.年底前,全部更换:先木船;\n(二)修船。"
    indented = HEAD + "\n".join(blank + line for line in body.split("\n"))
    assert addresses(indented) == [
        ("一", "渡船"),
        ("一（一）", "换船.年底前,全部更换:先木船;"),
        ("一（二）", "修船。"),
    ]


def test_trap_3_running_and_recurring_numbers() -> None:
    """Numbers run on across sections, and the annex has the body's labels again."""
    text = (
        "青汀市渡口方案\n一、渡船\n1.换船。\n2.修船。\n二、码头\n3.加固。\n4.照明。\n附件：分工表\n附件\n分工表\n"
        "一、渡船\n1.市交通局。\n2.市水利局。"
    )
    cites = [cite for cite, _ in addresses(text)]
    assert cites == [
        "一",
        "一1",
        "一2",
        "二",
        "二3",
        "二4",
        "附件目录",
        "附件",
        "附件一",
        "附件一1",
        "附件一2",
    ]


def test_trap_4_cells_one_a_line() -> None:
    """Words broken over lines, blank lines between, an empty cell, a bare number as value, digits in a
    group's name, a number skipped."""
    table = (
        "序号|指标名称|启动|时间|数值|牵头单位|2030净水工程|1|清淤|2024年|100|市水|利局|2|护岸|2025年|60|市水利局|"
        "3|照明|2025年|80|市交通局|5|巡河|70|市交通局"
    )
    notice = notice_of(
        "青汀市渡口方案\n一、见附件。\n附件：指标表\n附件\n指标表\n" + table.replace("|", "\n\n")
    )
    rows = [(c.cite, "|".join(c.fields.values())) for c in notice.clauses if c.fields]
    assert rows == [
        ("附件#1", "1|清淤|2024年|100|市水利局|2030净水工程"),
        ("附件#2", "2|护岸|2025年|60|市水利局|2030净水工程"),
        ("附件#3", "3|照明|2025年|80|市交通局|2030净水工程"),
        ("附件#5", "5|巡河||70|市交通局|2030净水工程"),
    ]
    assert notice.remarks == ("编号跳过：附件 第3项之后为第5项。",)


def test_trap_5_text_cut_into_slices() -> None:
    filler = "渡船应当按时检验并且登记，" * 13
    slices = [
        f"青汀市渡口方案为管好渡口，制定本方案。一、任务。{filler}先换木",
        f"船。 1 {filler}再修钢船。二、分工。",
        f"{filler}市交通局牵头。三、附则。",
        f"{filler}本方案 2 试行。四、经费。",
        f"{filler}经费由市财政",
    ]
    notice = notice_of("\n".join(f"{i}、{text}" for i, text in enumerate(slices, 1)))
    assert [c.cite for c in notice.clauses] == ["前言", "一", "二", "三", "四"]
    assert f"先换木船。{filler}再修钢船。" in notice.clauses[1].text
    assert notice.clauses[3].text.endswith("本方案试行。")
    assert notice.remarks == ("四、 的文字在文末中断，原文可能不完整。",)
    assert notice.card.title == "青汀市渡口方案"


def test_trap_6_news_page_that_repeats_items() -> None:
    """The wrapper's sentences are 新闻摘要; the numbered items keep their addresses."""
    text = (
        "渡船年底前全部换新\n渡船年底前全部换新。\n渡工年底前全部持证。\n"
        "青汀市交通局关于印发渡口工作要点的通知\n各县（区）交通局：\n"
        "现将《渡口工作要点》印发给你们，请认真贯彻落实。\n青汀市交通局\n2024年4月1日\n渡口工作要点\n"
        "一、渡船。渡船年底前全部换新。\n二、渡工。渡工年底前全部持证。"
    )
    assert addresses(text) == [
        ("新闻摘要", "渡船年底前全部换新。"),
        ("新闻摘要", "渡工年底前全部持证。"),
        ("通知", "现将《渡口工作要点》印发给你们，请认真贯彻落实。"),
        ("一", "渡船。渡船年底前全部换新。"),
        ("二", "渡工。渡工年底前全部持证。"),
    ]


def test_trap_7_no_head_no_guess() -> None:
    """A document number and a date that the text mentions belong to other documents."""
    text = (
        "青汀市渡口创建方案\n根据《关于渡口的意见》（青政发〔2016〕1号，2016年3月1日发布），制定本方案。\n"
        "一、换船。\n二、修船。"
    )
    card = notice_of(text).card
    assert (card.notice_title, card.issuer, card.doc_number) == (None, None, None)
    assert (card.issued, card.published, card.period, card.addressees) == (None, None, None, None)


@pytest.mark.parametrize(
    "line",
    [
        "5.22生物多样性日前后开展宣传。",
        "PM2.5浓度下降。",
        "3.5%的渡船换新。",
        "一圈、一带、一区布局。",
        "一级A排放标准。",
        "第二条规定的渡船除外。",
    ],
)
def test_trap_8_what_only_looks_like_a_label(line: str) -> None:
    text = f"{HEAD}一、渡船。换船修船。\n{line}\n二、附则。试行。"
    assert addresses(text) == [("一", f"渡船。换船修船。\n{line}"), ("二", "附则。试行。")]


def test_trap_8_entry_in_the_list_of_annexes_is_no_item() -> None:
    text = f"{HEAD}一、渡船\n1.换船。\n二、附则。试行。\n附件：1.渡口任务表\n2.渡口重点项目表"
    assert addresses(text)[-2:] == [
        ("二", "附则。试行。"),
        ("附件目录", "附件：1.渡口任务表\n2.渡口重点项目表"),
    ]


def test_trap_9_note_that_is_a_rule_for_a_column() -> None:
    table = "序号|任务名称|牵头单位|1|换船|市交通局、市水利局|2|修船|市水利局|备注：第一个单位牵头"
    text = "青汀市渡口方案\n一、见附件。\n附件：任务表\n附件\n任务表\n" + table.replace("|", "\n")
    note = clause_at(text, "附件备注")
    assert (note.text, note.kind.value, note.headings) == ("第一个单位牵头", "paragraph", ("任务表",))


def test_trap_10_contradictions_are_kept_apart() -> None:
    text = f"{HEAD}一、目标。渡口达标率50%。\n二、任务。渡口达标率40%。"
    assert addresses(text) == [("一", "目标。渡口达标率50%。"), ("二", "任务。渡口达标率40%。")]
