"""Real tables: merged cells, groups, sub-rows, and tables that count their rows themselves."""

from __future__ import annotations

import pytest

from ingest.document import Cell, Row, Table
from ingest.grids import grid_nodes, header_end, repeated_heads
from ingest.notice import ClauseKind
from tests.ingest.invented import notice_of


def _table(*rows: str, header: int = 0) -> Table:
    """A table from rows of cells between bars; 换船*2 is two columns wide, 换船^2 two rows high."""
    made = []
    for i, row in enumerate(rows):
        cells = []
        for printed in row.split("|"):
            text, _, wide = printed.partition("*")
            text, _, high = text.partition("^")
            cells.append(Cell(text, int(high or 1), int(wide or 1)))
        made.append(Row(tuple(cells), 0, 10 * i, 10 * i + 9, header=i < header))
    return Table(tuple(made), 0)


def _read(table: Table) -> list[tuple[str, str]]:
    """(path below 附件1, cells between bars or the heading's text) of every node."""
    return [
        ("/".join(node.path[1:]), "|".join(node.fields.values()) if node.fields is not None else node.text)
        for node in grid_nodes(table, ("附件1",))
    ]


@pytest.mark.parametrize(
    ("table", "nodes"),
    [
        pytest.param(
            _table("序号|对象|标准", "1|行人|一元", "2|自行车|二元"),
            [("1", "1|行人|一元"), ("2", "2|自行车|二元")],
            id="numbered rows",
        ),
        pytest.param(
            _table("对象|标准", "行人|一元", "自行车|二元"),
            [("1", "行人|一元"), ("2", "自行车|二元")],
            id="rows without numbers are counted",
        ),
        pytest.param(
            _table("序号|对象|标准", "1|行人|一元", "2||"),
            [("1", "1|行人|一元"), ("2", "2||")],
            id="empty cells stay empty",
        ),
        pytest.param(
            _table("序号|领域|任务", "1|渡船^2|换船", "2|修船"),
            [("1", "1|渡船|换船"), ("2", "2|渡船|修船")],
            id="a cell merged downwards is filled down",
        ),
        pytest.param(
            _table("序号|任务|2024年|2025年", "1|护岸|长期*2"),
            [("1", "1|护岸|长期|长期")],
            id="a cell merged to the right stands in every column",
        ),
        pytest.param(
            _table("序号^2|任务^2|目标*2", "2024年|2025年", "1|换船|三艘|五艘"),
            [("1", "1|换船|三艘|五艘")],
            id="a header of two rows",
        ),
        pytest.param(
            _table("序号|任务|单位", "一、渡船*3", "1|换船|市交通局", "二、码头*3", "2|加固|市水利局"),
            [
                ("一", "渡船"),
                ("一/1", "1|换船|市交通局|一、渡船"),
                ("二", "码头"),
                ("二/2", "2|加固|市水利局|二、码头"),
            ],
            id="numbered groups",
        ),
        pytest.param(
            _table("序号|任务|单位", "渡船*3", "1|换船|市交通局", "码头*3", "2|加固|市水利局"),
            [
                ("渡船", "渡船"),
                ("1", "1|换船|市交通局|渡船"),
                ("码头", "码头"),
                ("2", "2|加固|市水利局|码头"),
            ],
            id="groups without numbers are not in the rows' path",
        ),
        pytest.param(
            _table("序号|任务|内容", "1^2|换船^2|拆解木船", "建造钢船", "2|修船|安装雷达"),
            [("1", "换船"), ("1/1", "1|换船|拆解木船"), ("1/2", "1|换船|建造钢船"), ("2", "2|修船|安装雷达")],
            id="rows of one merged number are sub-rows",
        ),
        pytest.param(_table("序号|任务"), [], id="a header alone has no rows"),
        pytest.param(
            _table("渡口编码|青-03", "渡口名称|东渡口", "开放时间|每日六时"),
            [("1", "渡口编码|青-03"), ("2", "渡口名称|东渡口"), ("3", "开放时间|每日六时")],
            id="a form has no header",
        ),
        pytest.param(
            _table("渡口编码|青-03", "渡口名称|东渡口", "开放时间|每日六时", header=1),
            [("1", "渡口编码|青-03"), ("2", "渡口名称|东渡口"), ("3", "开放时间|每日六时")],
            id="a form of which the first row is marked as a header",
        ),
        pytest.param(
            _table("渡口|看守时间", "东渡口|每日六时", "西渡口|每日七时"),
            [("1", "东渡口|每日六时"), ("2", "西渡口|每日七时")],
            id="two columns with titles are no form",
        ),
        pytest.param(
            _table("东岸^2|有桥|走桥", "无桥|乘船", "西岸|无桥|乘船"),
            [("1", "东岸|有桥|走桥"), ("2", "东岸|无桥|乘船"), ("3", "西岸|无桥|乘船")],
            id="an untitled first row that reaches down is a record",
        ),
        pytest.param(
            _table("东岸|乘船过河，每次二元。", "西岸|走桥。", header=1),
            [("1", "东岸|乘船过河，每次二元。"), ("2", "西岸|走桥。")],
            id="a row of sentences is no header, though it is marked as one",
        ),
        pytest.param(
            _table(
                "本办法自三月起施行。|对象",
                "渡船每日开行，风力达到六级时停渡，停渡时挂红旗，恢复时收回红旗。|行人，货车，自行车",
            ),
            [("1", "渡船每日开行，风力达到六级时停渡，停渡时挂红旗，恢复时收回红旗。|行人，货车，自行车")],
            id="a sentence that says what the longer texts below it are is a title",
        ),
        pytest.param(
            _table("对象|标准", "行人|一元", "对象|标准", "自行车|二元"),
            [("1", "行人|一元"), ("2", "自行车|二元")],
            id="the header once more at the top of a page",
        ),
        pytest.param(
            _table(
                "对象|标准", "本表所列渡费由渡口经营者收取，并在渡口公示，任何人不得多收。*2", "行人|一元"
            ),
            [
                ("1", "|".join(["本表所列渡费由渡口经营者收取，并在渡口公示，任何人不得多收。"] * 2)),
                ("2", "行人|一元"),
            ],
            id="a sentence over the whole width is no group",
        ),
        pytest.param(
            _table("对象|标准", "行人|一元", "备注：儿童免费*2"),
            [("1", "行人|一元"), ("备注", "备注：儿童免费")],
            id="a note over the whole width",
        ),
    ],
)
def test_rows(table: Table, nodes: list[tuple[str, str]]) -> None:
    assert _read(table) == nodes


def test_column_names_of_a_header_of_two_rows() -> None:
    table = _table("序号^2|任务^2|目标*2|备注^2", "2024年|2025年", "1|换船|三艘|五艘|")
    (row,) = grid_nodes(table, ("附件1",))
    assert row.fields == {"序号": "1", "任务": "换船", "目标2024年": "三艘", "目标2025年": "五艘", "备注": ""}


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (  # titles in three rows, nothing merged downwards
            _table("区|渡口*4", "|小渡*3|大渡", "|东|西|南|", "城区|甲|乙|丙|丁", "郊区|戊|己|庚|辛"),
            ["区", "渡口小渡东", "渡口小渡西", "渡口小渡南", "渡口大渡"],
        ),
        (  # 2024年 and 2025年 divide 目标
            _table("任务|目标*2", "|2024年|2025年", "换船|三艘|五艘"),
            ["任务", "目标2024年", "目标2025年"],
        ),
        (  # the row below is a record
            _table("任务*2|备注", "渡船|换船|", "码头|加固|"),
            ["任务", "备注"],
        ),
    ],
)
def test_titles_below_a_title_over_several_columns(table: Table, names: list[str]) -> None:
    assert [*(grid_nodes(table, ("附件1",))[0].fields or {})] == names


def test_the_columns_are_named_again_by_a_header_that_is_merged_otherwise() -> None:
    table = _table("项目*2|分值", "渡工|有证|10", "项目|分值*2", "渡船|20*2")
    first, second = grid_nodes(table, ("附件1",))
    assert first.fields == {"项目": "渡工 有证", "分值": "10"}
    assert second.fields == {"项目": "渡船", "分值": "20"}
    assert repeated_heads(table) == [(20, 29)]


def test_what_a_row_of_a_form_is() -> None:
    table = _table("渡口编码|青-03", "渡口名称|东渡口", "备注|")
    first, _, last = grid_nodes(table, ("附件1",))
    assert (first.kind, first.heading, first.fields) == (
        ClauseKind.ROW,
        "渡口编码",
        {"项目": "渡口编码", "内容": "青-03"},
    )
    assert (last.heading, last.text) == ("备注", "备注")
    assert header_end(table) is None


def test_columns_without_a_title_are_counted() -> None:
    (row,) = grid_nodes(_table("序号||单位", "1|换船|市交通局"), ("附件1",))
    assert row.fields == {"序号": "1", "列2": "换船", "单位": "市交通局"}


@pytest.mark.parametrize(
    ("table", "end"),
    [
        (_table("序号|任务", "1|换船"), 9),
        (_table("渡口任务表*2", "序号|任务", "1|换船", header=2), 19),
        (Table((), 0), None),
    ],
)
def test_where_the_header_ends(table: Table, end: int | None) -> None:
    assert header_end(table) == end


def test_the_tables_of_an_attachment() -> None:
    """Those behind the first are numbered; one whose 序号 go on belongs to the table before it."""
    rows = "<tr><th>序号<th>对象<th>标准</tr><tr><td>{0}<td>{1}<td>一元</tr><tr><td>{2}<td>{3}<td>二元</tr>"
    first, more, second = (
        "<table>" + rows.format(*cells) + "</table>"
        for cells in (("1", "行人", "2", "货车"), ("3", "渡船", "4", "快艇"), ("1", "东岸", "2", "西岸"))
    )
    lines = "<h1>青汀市渡口方案</h1><p>一、任务。</p><p>二、附则。</p><p>附件1</p><p>收费表</p>"
    page = f"{lines}{first}<p>续表</p>{more}<p>看守</p>{second}"
    cites = [clause.cite for clause in notice_of(page, "渡口.html").clauses if clause.fields]
    assert cites == [*(f"附件1#{n}" for n in (1, 2, 3, 4)), "附件1表2#1", "附件1表2#2"]


def test_an_empty_table_has_no_nodes() -> None:
    assert grid_nodes(Table((), 0), ("附件1",)) == []


def test_a_cell_reaching_out_of_the_table_is_cut() -> None:
    assert _read(_table("序号|任务", "1|换船^9", "2")) == [("1", "1|换船"), ("2", "2|换船")]


def test_html_table_with_merged_cells() -> None:
    page = (
        "<h1>青汀市渡口任务方案</h1><p>一、任务</p><p>任务见下表。</p><table>"
        "<tr><th rowspan=2>序号<th rowspan=2>项目<th colspan=2>目标</tr><tr><th>2024年<th>2025年</tr>"
        "<tr><td colspan=4>（一）渡船</tr>"
        "<tr><td rowspan=2>1<td rowspan=2>换船<td>三艘<td>五艘</tr><tr><td>东岸<td>西岸</tr>"
        "</table><p>二、附则</p>"
    )
    notice = notice_of(page, "渡口.html")
    clauses = notice.clauses
    assert [(c.cite, c.heading, c.headings) for c in clauses[2:6]] == [
        ("一表1（一）", "渡船", ("任务",)),
        ("一表1#1", "换船", ("任务",)),
        ("一表1#1.1", "换船", ("任务", "渡船", "换船")),
        ("一表1#1.2", "换船", ("任务", "渡船", "换船")),
    ]
    assert dict(clauses[5].fields or {}) == {
        "序号": "1",
        "项目": "换船",
        "目标2024年": "东岸",
        "目标2025年": "西岸",
        "group": "（一）渡船",
    }
    assert all(c.place is not None and notice.source[c.start : c.end] for c in clauses)
