"""Flattened tables, one cell a line: groups, rows, sub-rows, notes, and cells filled down."""

from __future__ import annotations

import pytest

from ingest.columns import ColumnKind
from ingest.flat_tables import join_cell
from tests.ingest.invented import addresses, clause_at, notice_of

HEAD = "青汀市渡口方案\n一、任务。换船修船。\n附件：青汀市渡口任务表\n附件\n青汀市渡口任务表\n"
COLUMNS = "序号|任务名称|工作任务|牵头单位|完成时间|"
BUILD = "建造钢船十二艘并投入使用。"
MEND = "修理钢船三艘并且安装雷达。"
WALL = "加固码头八座，加装护栏和照明。"


def _notice(table: str) -> str:
    return HEAD + table.replace("|", "\n")


def _rows(table: str) -> list[tuple[str, str]]:
    """(cite, cells) of the rows, cells in the order of the columns between bars."""
    return [
        (clause.cite, "|".join(clause.fields.values()))
        for clause in notice_of(_notice(table)).clauses
        if clause.fields is not None
    ]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        pytest.param(
            f"{COLUMNS}1|换船|{BUILD}|市交通局|2024年|2|修船|{MEND}|市水利局|2025年",
            [
                ("附件#1", f"1|换船|{BUILD}|市交通局|2024年"),
                ("附件#2", f"2|修船|{MEND}|市水利局|2025年"),
            ],
            id="one cell a line",
        ),
        pytest.param(
            f"{COLUMNS}1|换船|建造钢船十二|艘并投入使用。|市委|宣传部|2024年|2|修船|{MEND}|市水利局|2025年",
            [
                ("附件#1", f"1|换船|{BUILD}|市委宣传部|2024年"),
                ("附件#2", f"2|修船|{MEND}|市水利局|2025年"),
            ],
            id="cells broken inside words close up",
        ),
        pytest.param(
            f"{COLUMNS}1|换船|{BUILD}|市交通局、|市财政局|2024年|2|修船|{MEND}|市水利局|2025年",
            [
                ("附件#1", f"1|换船|{BUILD}|市交通局、市财政局|2024年"),
                ("附件#2", f"2|修船|{MEND}|市水利局|2025年"),
            ],
            id="a list of bodies over two lines",
        ),
        pytest.param(
            f"{COLUMNS}1|换船|{BUILD}|市交通局|2024年|2|修船|{MEND}",
            [
                ("附件#1", f"1|换船|{BUILD}|市交通局|2024年"),
                ("附件#2", f"2|修船|{MEND}|市交通局|2024年"),
            ],
            id="merged cells at the end of a row are filled down",
        ),
        pytest.param(
            f"领域|{COLUMNS}一、渡船|1|换船|{BUILD}|市交通局|2024年|二、码头|2|加固|{WALL}|市水利局|2025年",
            [
                ("附件#1", f"一、渡船|1|换船|{BUILD}|市交通局|2024年|一、渡船"),
                ("附件#2", f"二、码头|2|加固|{WALL}|市水利局|2025年|二、码头"),
            ],
            id="a column left of the number holds the group",
        ),
        pytest.param(
            f"{COLUMNS}1|换船|{BUILD}|市交通局|2024年|3|修船|{MEND}|市水利局|2025年",
            [
                ("附件#1", f"1|换船|{BUILD}|市交通局|2024年"),
                ("附件#3", f"3|修船|{MEND}|市水利局|2025年"),
            ],
            id="a number may be skipped",
        ),
        pytest.param(
            "序号|指标名称|计量单位|2026年目标|指标属性|1|渡口达标率|%|100|约束性|2|渡工持证率|%|≥95|约束性|"
            "3|投诉量|件|——|预期性",
            [
                ("附件#1", "1|渡口达标率|%|100|约束性"),
                ("附件#2", "2|渡工持证率|%|≥95|约束性"),
                ("附件#3", "3|投诉量|件|——|预期性"),
            ],
            id="a bare number may be a value, a dash too",
        ),
        pytest.param(
            f"{COLUMNS}1|换船|{BUILD}|市交通局|2024年|{MEND}|市水利局|2025年|2|加固|{WALL}|市水利局|2025年",
            [
                ("附件#1.1", f"1|换船|{BUILD}|市交通局|2024年"),
                ("附件#1.2", f"1|换船|{MEND}|市水利局|2025年"),
                ("附件#2", f"2|加固|{WALL}|市水利局|2025年"),
            ],
            id="several records under one number",
        ),
    ],
)
def test_rows(table: str, rows: list[tuple[str, str]]) -> None:
    assert _rows(table) == rows


def test_groups_with_numbers_are_in_the_path_and_not_in_the_cite() -> None:
    table = f"{COLUMNS}一、渡船|1|换船|{BUILD}|市交通局|2024年|二、码头|2|加固|{WALL}|市水利局|2025年"
    clauses = notice_of(_notice(table)).clauses[3:]
    assert [(c.path, c.cite, c.label, c.kind.value) for c in clauses] == [
        (("附件", "一"), "附件一", "附件 一、", "heading"),
        (("附件", "一", "1"), "附件#1", "附件 第1项", "row"),
        (("附件", "二"), "附件二", "附件 二、", "heading"),
        (("附件", "二", "2"), "附件#2", "附件 第2项", "row"),
    ]
    row = clauses[3]
    assert row.headings == ("青汀市渡口任务表", "码头")
    assert row.heading == "加固"
    assert row.fields is not None
    assert row.fields["group"] == "二、码头"


def test_groups_without_numbers_are_headings_beside_their_rows() -> None:
    table = (
        "序号|任务名称|牵头单位|2024换船工程|1|换船|市交通局|2|拆船|市交通局|"
        "码头加固工程|3|加固|市水利局|4|照明|市水利局"
    )
    clauses = notice_of(_notice(table)).clauses[3:]
    assert [(c.cite, (c.fields or {}).get("group")) for c in clauses] == [
        ("附件2024换船工程", None),
        ("附件#1", "2024换船工程"),
        ("附件#2", "2024换船工程"),
        ("附件码头加固工程", None),
        ("附件#3", "码头加固工程"),
        ("附件#4", "码头加固工程"),
    ]


@pytest.mark.parametrize("word", ["备注", "注", "说明"])
def test_note_below_the_rows(word: str) -> None:
    table = f"{COLUMNS}1|换船|{BUILD}|市交通局|2024年|2|修船|{MEND}|市水利局|2025年|"
    assert addresses(_notice(f"{table}{word}：排在前面的牵头|逐年更新"))[-1] == (
        f"附件{word}",
        "排在前面的牵头\n逐年更新",
    )


def test_a_table_in_the_text_ends_where_the_numbering_goes_on() -> None:
    table = "序号|任务名称|牵头单位|1|换船|市交通局|2|修船|市水利局|二、保障|（一）经费。列入预算。|三、附则"
    text = "青汀市渡口方案\n一、任务\n任务如下：\n" + table.replace("|", "\n")
    assert [cite for cite, _ in addresses(text)] == [
        *("一", "一引言", "一表1#1", "一表1#2"),
        *("二", "二（一）", "三"),
    ]


def test_groups_of_a_table_in_the_text_are_not_the_numbering_of_the_text() -> None:
    table = "序号|任务名称|牵头单位|一、渡船|1|换船|市交通局|二、码头|2|加固|市水利局"
    text = "青汀市渡口方案\n一、任务\n任务如下：\n" + table.replace("|", "\n")
    assert [cite for cite, _ in addresses(text)] == [
        *("一", "一引言"),
        *("一表1一", "一表1#1", "一表1二", "一表1#2"),
    ]


def test_column_titles_are_no_title_of_an_annex_without_one() -> None:
    text = "青汀市渡口方案\n一、任务。\n二、附则。\n附表\n" + "序号|指标|单位|1|达标率|市交通局".replace(
        "|", "\n"
    )
    assert addresses(text)[-2:] == [("附表", "附表"), ("附表#1", "达标率\n市交通局")]


def test_heading_of_sub_rows_is_the_name_that_they_share() -> None:
    table = f"{COLUMNS}1|换船|{BUILD}|市交通局|2024年|{MEND}|市水利局|2025年|2|加固|{WALL}|市水利局|2025年"
    heading = clause_at(_notice(table), "附件#1")
    assert (heading.kind.value, heading.heading, heading.fields) == ("heading", "换船", None)
    assert clause_at(_notice(table), "附件#1.2").headings == ("青汀市渡口任务表", "换船")


def test_a_row_has_the_place_of_its_lines() -> None:
    notice = notice_of(_notice(f"{COLUMNS}1|换船|{BUILD}|市交通局|2024年|2|修船|{MEND}|市水利局|2025年"))
    row = notice.clauses[-1]
    assert notice.source[row.start : row.end] == f"2\n修船\n{MEND}\n市水利局\n2025年"
    title = next(clause for clause in notice.clauses if clause.cite == "附件")
    assert notice.source[title.start : title.end].endswith("牵头单位\n完成时间")  # column titles belong to it


@pytest.mark.parametrize(
    ("texts", "kind", "cell"),
    [
        (["换船"], ColumnKind.NAME, "换船"),
        (["淘汰木船更", "新钢船"], ColumnKind.NAME, "淘汰木船更新钢船"),
        (["市交通局", "市财政局"], ColumnKind.BODY, "市交通局、市财政局"),
        (["市交通局、", "市财政局"], ColumnKind.BODY, "市交通局、市财政局"),
        (["市卫生健", "康委"], ColumnKind.BODY, "市卫生健康委"),
        (["换船。", "修船。"], ColumnKind.TEXT, "换船。\n修船。"),
        (["换船并", "修船。"], ColumnKind.TEXT, "换船并修船。"),
        (["85", "90"], ColumnKind.VALUE, "85\n90"),
    ],
)
def test_lines_of_one_cell(texts: list[str], kind: ColumnKind, cell: str) -> None:
    assert join_cell(texts, kind) == cell


_TASKS = "序号|任务名称|牵头单位|1|换船|市交通局|2|修船|市水利局|"
_WORKS = "序号|工程名称|责任单位|1|加固|市水利局|2|照明|市住建局|"


@pytest.mark.parametrize(
    ("between", "closing"), [("", []), ("工程见下表。|单位：万元|", [("一结语", "工程见下表。\n单位：万元")])]
)
def test_the_tables_of_a_section_are_counted(between: str, closing: list[tuple[str, str]]) -> None:
    """The second header ends the first table, and the section's numbering goes on below both."""
    text = f"青汀市渡口方案|一、任务|{_TASKS}{between}{_WORKS}二、附则|本方案试行。"
    assert addresses(text.replace("|", "\n")) == [
        ("一", "任务"),
        *(("一表1#1", "换船\n市交通局"), ("一表1#2", "修船\n市水利局")),
        *closing,
        *(("一表2#1", "加固\n市水利局"), ("一表2#2", "照明\n市住建局")),
        *(("二", "附则"), ("二引言", "本方案试行。")),
    ]


def test_the_first_table_of_an_attachment_has_no_number_of_its_own() -> None:
    found = addresses(_notice(_TASKS + "渡口工程清单|" + _WORKS))
    assert [cite for cite, _ in found[3:]] == [
        *("附件#1", "附件#2", "附件结语", "附件表2#1", "附件表2#2"),
    ]


def test_a_header_printed_once_more_above_rows_that_go_on_opens_no_table() -> None:
    again = "序号|任务名称|牵头单位|3|拆船|市交通局|"
    cites = [cite for cite, _ in addresses(_notice(_TASKS + again))]
    assert not [cite for cite in cites if "表" in cite]


def test_a_later_record_of_a_row_begins_with_its_own_words() -> None:
    """It would otherwise hold the records before it, and a row of many would take the time of its square."""
    table = f"{COLUMNS}1|换船|{BUILD}|市交通局|2024年|{MEND}|市水利局|2025年|2|加固|{WALL}|市水利局|2025年"
    text = _notice(table)
    clause = clause_at(text, "附件#1.2")
    assert text[clause.start : clause.end] == f"{MEND}\n市水利局\n2025年"
