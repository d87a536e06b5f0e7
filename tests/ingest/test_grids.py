"""Real tables: merged cells, groups, sub-rows, and tables that count their rows themselves."""

from __future__ import annotations

import pytest

from ingest.document import Cell, Row, Table
from ingest.grids import grid_nodes, header_end
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
    ],
)
def test_rows(table: Table, nodes: list[tuple[str, str]]) -> None:
    assert _read(table) == nodes


def test_column_names_of_a_header_of_two_rows() -> None:
    table = _table("序号^2|任务^2|目标*2|备注^2", "2024年|2025年", "1|换船|三艘|五艘|")
    (row,) = grid_nodes(table, ("附件1",))
    assert row.fields == {"序号": "1", "任务": "换船", "目标2024年": "三艘", "目标2025年": "五艘", "备注": ""}


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
