"""Which printed line is the cell of which column, and what kind of column a title names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import alignment
from ingest.alignment import Record, align
from ingest.columns import ColumnKind, body_names, column_kinds, fit, is_body_list, main_name

NUMBER, NAME, TEXT, BODY = ColumnKind.NUMBER, ColumnKind.NAME, ColumnKind.TEXT, ColumnKind.BODY
TIME, UNIT, VALUE, ATTRIBUTE = ColumnKind.TIME, ColumnKind.UNIT, ColumnKind.VALUE, ColumnKind.ATTRIBUTE
TASK = (NAME, TEXT, BODY, TIME)


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        ("序号 任务名称 工作任务 牵头单位 配合单位 完成时间", [NUMBER, NAME, TEXT, BODY, BODY, TIME]),
        ("序号 指标名称 计量单位 2023年 2026年目标 指标属性", [NUMBER, NAME, UNIT, VALUE, VALUE, ATTRIBUTE]),
        ("序号 指标名称 单位 指标值 责任单位 牵头部门", [NUMBER, NAME, UNIT, VALUE, BODY, BODY]),
        ("序号 单位 得分", [NUMBER, BODY, VALUE]),
        ("领域 序号 工作内容 工作任务", [NAME, NUMBER, NAME, TEXT]),
        ("序号 项目 投资（万元） 责任人 联系电话", [NUMBER, NAME, VALUE, NAME, NAME]),
        ("编号 渡口 备注", [NUMBER, NAME, TEXT]),
        ("项次 完成时限 启动日期", [NUMBER, TIME, TIME]),
    ],
)
def test_column_kinds(names: str, kinds: list[ColumnKind]) -> None:
    assert column_kinds(names.split()) == kinds


@pytest.mark.parametrize(
    ("kinds", "index"),
    [
        ([NAME, NAME, TEXT, BODY], 1),
        ([NAME, TEXT, NAME], 0),
        ([TEXT, BODY, NAME], 2),
        ([BODY, TIME], None),
        ([], None),
    ],
)
def test_main_name_column(kinds: list[ColumnKind], index: int | None) -> None:
    assert main_name(kinds) == index


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市交通局、市财政局", ["市交通局", "市财政局"]),
        ("市交通局 市财政局。", ["市交通局", "市财政局"]),
        ("市交通局和市财政局", ["市交通局", "市财政局"]),
        ("人力资源和社会保障局", ["人力资源和社会保障局"]),
        ("", []),
    ],
)
def test_body_names(text: str, names: list[str]) -> None:
    assert body_names(text) == names


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("市交通局", True),
        ("市交通局、各县（区）", True),
        ("市委宣传部,市教育局", True),
        ("青汀供电公司、市公安局（交警支队）", True),
        ("各县（区）", False),  # places alone are told apart
        ("加固码头", False),
        ("市交通局、加固码头", False),
        ("由市交通局负责。", False),
        ("", False),
    ],
)
def test_body_lists(text: str, is_list: bool) -> None:
    assert is_body_list(text) is is_list


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("市交通局", BODY),
        ("2024年", TIME),
        ("2024年底前", TIME),
        ("2023—2025年", TIME),
        ("2024年3月至2025年6月底", TIME),
        ("长期", TIME),
        ("约束性", ATTRIBUTE),
        ("%", UNIT),
        ("万吨", UNIT),
        ("≥85", VALUE),
        ("85.5%", VALUE),
        ("换船", NAME),
        ("拆解全部木船并建造钢船十二艘，年底前投入使用。", TEXT),
    ],
)
def test_the_kind_that_a_line_fits_best(text: str, best: ColumnKind) -> None:
    kinds = (BODY, TIME, ATTRIBUTE, UNIT, VALUE, NAME, TEXT)
    assert max(kinds, key=lambda kind: fit(text, kind)) is best


def test_a_line_that_ends_in_a_comma_is_no_name() -> None:
    assert fit("拆解全部木船", NAME) > fit("拆解全部木船", TEXT)
    assert fit("拆解全部木船，", NAME) < fit("拆解全部木船，", TEXT)


LONG = "拆解全部木船并建造钢船十二艘。"
RADAR = "五艘钢船全部装上雷达和救生衣。"


@pytest.mark.parametrize(
    ("printed", "kinds", "records"),
    [
        (f"换船|{LONG}|市交通局|2024年", TASK, [f"换船|{LONG}|市交通局|2024年"]),
        (
            "换船|拆解全部木船并|建造钢船。|市交通局|2024年",
            TASK,
            ["换船|拆解全部木船并+建造钢船。|市交通局|2024年"],
        ),
        (
            "淘汰木船|拆解全部木船，|年底前完成。|市交通局|2024年",
            TASK,
            ["淘汰木船|拆解全部木船，+年底前完成。|市交通局|2024年"],
        ),
        (f"淘汰木船更|新钢船|{LONG}|市交通局|2024年", TASK, [f"淘汰木船更+新钢船|{LONG}|市交通局|2024年"]),
        # cells break inside words
        (f"换船|{LONG}|市委|宣传部|2024年", TASK, [f"换船|{LONG}|市委+宣传部|2024年"]),
        (f"换船|{LONG}|市卫生健|康委|2024年", TASK, [f"换船|{LONG}|市卫生健+康委|2024年"]),
        (f"换船|{LONG}|市交通局、|市财政局|2024年", TASK, [f"换船|{LONG}|市交通局、+市财政局|2024年"]),
        (
            f"换船|{LONG}|东岸区交通局、东岸区水|利局|局长",
            (NAME, TEXT, BODY, NAME),
            [f"换船|{LONG}|东岸区交通局、东岸区水+利局|局长"],
        ),
        # a sentence is seldom a value, even if it has a figure
        (
            "渡口|41|铺设缆绳150米，错峰开行。|市交通局",
            (NAME, VALUE, TEXT, BODY),
            ["渡口|41|铺设缆绳150米，错峰开行。|市交通局"],
        ),
        # an empty cell leaves no trace
        (f"换船|{LONG}", TASK, [f"换船|{LONG}||"]),
        (f"{LONG}|市交通局", TASK, [f"|{LONG}|市交通局|"]),
        ("换船|市交通局", TASK, ["换船||市交通局|"]),
        (f"换船|{LONG}|市交通局|2024年", (NAME, TEXT, BODY, BODY, TIME), [f"换船|{LONG}|市交通局||2024年"]),
        (
            f"换船|{LONG}|市交通局|市财政局",
            (NAME, TEXT, BODY, BODY, TIME),
            [f"换船|{LONG}|市交通局|市财政局|"],
        ),
        ("达标率|%|80|100|约束性", (NAME, UNIT, VALUE, VALUE, ATTRIBUTE), ["达标率|%|80|100|约束性"]),
        ("达标率|——|约束性", (NAME, VALUE, ATTRIBUTE), ["达标率|——|约束性"]),  # a dash is a value
        # several records under one number
        (
            f"换船|{LONG}|市交通局|{RADAR}|市水利局",
            (NAME, TEXT, BODY),
            [f"换船|{LONG}|市交通局", f"|{RADAR}|市水利局"],
        ),
        (
            f"换船|东岸|{LONG}|市交通局|西岸|{RADAR}|市水利局",
            (NAME, TEXT, BODY),
            [f"换船+东岸|{LONG}|市交通局", f"西岸|{RADAR}|市水利局"],
        ),
        ("100", (VALUE,), ["100"]),
        ("钢船", TASK, ["钢船|||"]),  # of equal ways the column furthest left
    ],
)
def test_cells_of_a_row(printed: str, kinds: tuple[ColumnKind, ...], records: list[str]) -> None:
    """Each record as its cells between bars, the lines of one cell joined by +."""
    lines = printed.split("|")
    found = [
        "|".join("+".join(lines[i] for i in record.get(column, [])) for column in range(len(kinds)))
        for record in align(lines, kinds)
    ]
    assert found == records


def test_no_lines_make_no_record() -> None:
    assert align([], TASK) == []


@settings(max_examples=60)
@given(
    st.lists(
        st.text(alphabet="市局交通、。，0%年船渡", min_size=1, max_size=8).filter(str.strip),
        min_size=1,
        max_size=9,
    ),
    st.lists(st.sampled_from([NAME, TEXT, BODY, TIME, UNIT, VALUE, ATTRIBUTE]), min_size=1, max_size=5),
)
def test_every_line_is_in_exactly_one_cell_in_printed_order(
    lines: list[str], kinds: list[ColumnKind]
) -> None:
    records = align(lines, kinds)
    placed = [i for record in records for column in sorted(record) for i in record[column]]
    assert placed == list(range(len(lines)))
    assert all(0 <= column < len(kinds) for record in records for column in record)


def points(lines: list[str], kinds: list[ColumnKind], records: list[Record]) -> int:
    """What a way to place the lines scores, by the rules one after the other."""
    total = 0
    for number, record in enumerate(records):
        at = -1
        for column in sorted(record):
            for i in record[column]:
                broken = i > 0 and alignment._is_broken_body(lines[i - 1], lines[i])
                total += fit(lines[i], kinds[column])
                if column == at:
                    total += alignment._join_gain(lines[i - 1], lines[i], kinds[column], broken=broken)
                else:
                    total -= skipped(kinds, at, column, number)
                    total -= 120 if broken and at >= 0 and kinds[at] is BODY else 0
                at = column
        total -= skipped(kinds, at, len(kinds), number) + (90 if number else 0)
    return total


def skipped(kinds: list[ColumnKind], left: int, right: int, number: int) -> int:
    costs = alignment._skip_costs(kinds)
    return sum(15 if number else costs[column] for column in range(left + 1, right))


def every_way(count: int, columns: int) -> list[list[Record]]:
    """All ways to place lines in records, columns from left to right."""
    ways: list[list[Record]] = [[]]
    for i in range(count):
        further = []
        for way in ways:
            last = max(way[-1]) if way else columns
            for column in range(columns):
                if column >= last:
                    further.append([*way[:-1], {**way[-1], column: [*way[-1].get(column, []), i]}])
                further.append([*way, {column: [i]}])
        ways = further
    return ways


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["市交通局", "市委", "宣传部", "市财政局、", "2024年", "100", "≥85", "换船", LONG, "木船，"]
        ),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.sampled_from([NAME, TEXT, BODY, TIME, UNIT, VALUE, ATTRIBUTE]), min_size=1, max_size=3),
)
def test_no_other_way_scores_more(lines: list[str], kinds: list[ColumnKind]) -> None:
    best = max(points(lines, kinds, way) for way in every_way(len(lines), len(kinds)))
    assert points(lines, kinds, align(lines, kinds)) == best
