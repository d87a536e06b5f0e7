"""Workbooks: titles, headers, merged cells, notes, several sheets, displayed values, hostile files."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import Block, Document, Line, Table
from ingest.errors import IngestError, UnreadableFile
from ingest.grids import grid_nodes
from ingest.readers import parse_document, sheets
from ingest.readers.number_formats import displayed
from ingest.readers.sheet_strips import Sheet
from ingest.readers.sheets import cell_address, sheet_blocks, workbook_blocks
from ingest.splitter import split

Grid = list[list[object]]


def _rows(sheet: Worksheet, grid: Grid) -> None:
    for row in grid:
        sheet.append(row)


def _xlsx(*fill: Callable[[Worksheet], None], names: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, function in enumerate(fill):
        function(book.create_sheet(names[number] if names else None))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _read(data: bytes, name: str = "任务表.xlsx") -> Document:
    return parse_document(Path(name), data)


def _shape(blocks: tuple[Block, ...] | list[Block]) -> list[object]:
    """Lines as their text; tables as rows of texts, a cell of several rows or columns with its spans."""
    return [
        block.text
        if isinstance(block, Line)
        else [
            [
                cell.text if cell.rowspan == cell.colspan == 1 else (cell.text, cell.rowspan, cell.colspan)
                for cell in row.cells
            ]
            for row in block.rows
        ]
        for block in blocks
    ]


def _task_table(sheet: Worksheet) -> None:
    _rows(
        sheet,
        [
            ["青川县春季绿化任务分解表"],
            [None, None, None, "单位：亩"],
            ["序号", "任务", "目标值", "牵头单位"],
            [1, "河岸补植", 0.25, "县林业局"],
            [None, None, 120, "县水利局"],
            [2, "公园管护", 88.5, "县住建局"],
            [],
            ["备注：排在首位的为牵头单位。"],
        ],
    )
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("A8:D8")
    sheet["C4"].number_format = "0%"
    sheet["C6"].number_format = "#,##0.00"


def test_one_sheet_is_title_table_and_note() -> None:
    document = _read(_xlsx(_task_table))
    assert _shape(document.blocks) == [
        "青川县春季绿化任务分解表",
        "单位：亩",
        [
            ["序号", "任务", "目标值", "牵头单位"],
            [("1", 2, 1), ("河岸补植", 2, 1), "25%", "县林业局"],
            ["120", "县水利局"],
            ["2", "公园管护", "88.50", "县住建局"],
        ],
        "备注：排在首位的为牵头单位。",
    ]
    assert document.rendered
    assert document.source.startswith("青川县春季绿化任务分解表\n单位：亩\n序号\t任务\t目标值\t牵头单位\n")
    table = document.blocks[2]
    assert isinstance(table, Table)
    assert [row.header for row in table.rows] == [True, False, False, False]
    assert [row.place.cell for row in table.rows if row.place] == ["A3", "A4", "C5", "A6"]


def test_rows_are_cited_by_their_number_with_merged_cells_filled_down() -> None:
    notice = split(_read(_xlsx(_task_table)), "n", "0" * 64)
    rows = {clause.cite: clause.fields for clause in notice.clauses if clause.fields}
    assert rows["表1#1.2"] == {"序号": "1", "任务": "河岸补植", "目标值": "120", "牵头单位": "县水利局"}
    assert rows["表1#2"] == {"序号": "2", "任务": "公园管护", "目标值": "88.50", "牵头单位": "县住建局"}
    assert notice.card.title == "青川县春季绿化任务分解表"


def _plain_table(*title: str) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        _rows(sheet, [[text] for text in title] + [["序号", "项目"], [1, "北渠"], [2, "南塘"]])
        for number in range(1, len(title) + 1):
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)

    return fill


def test_each_of_several_sheets_is_an_attachment() -> None:
    data = _xlsx(
        _plain_table("河道清淤项目表"), _plain_table(), _plain_table(), names=("一", "水库", "Sheet3")
    )
    notice = split(_read(data), "n", "0" * 64)
    assert [(a.label, a.title) for a in notice.card.attachments] == [
        ("附件1", "河道清淤项目表"),
        ("附件2", "水库"),
        ("附件3", ""),
    ]
    assert [c.cite for c in notice.clauses if c.fields] == [f"附件{n}#{k}" for n in (1, 2, 3) for k in (1, 2)]


def test_a_sheet_keeps_the_label_that_it_prints() -> None:
    data = _xlsx(
        _plain_table("附件3", "河道清淤项目表"),
        _plain_table("附件5", "水库加固项目表"),
        _plain_table("封面说明表"),
        names=("甲", "乙", "丙"),
    )
    notice = split(_read(data), "n", "0" * 64)
    assert [(a.label, a.title) for a in notice.card.attachments] == [
        ("附件3", "河道清淤项目表"),
        ("附件5", "水库加固项目表"),
        ("附表1", "封面说明表"),
    ]


def test_a_title_that_all_sheets_share_names_none() -> None:
    data = _xlsx(_plain_table("项目汇总"), _plain_table("项目汇总"), names=("东片", "西片"))
    texts = [block.text for block in _read(data).blocks if isinstance(block, Line)]
    assert texts == ["附件1", "东片", "项目汇总", "附件2", "西片", "项目汇总"]


def _of(
    grid: Grid, merges: tuple[tuple[int, int, int, int], ...] = (), **hidden: frozenset[int]
) -> list[object]:
    cells = {
        (r, c): str(value) for r, row in enumerate(grid) for c, value in enumerate(row) if value is not None
    }
    return _shape(sheet_blocks(Sheet("表", cells, merges, **hidden)))


def test_empty_rows_and_columns_do_not_count_in_spans() -> None:
    grid: Grid = [
        ["任务", None, None, "时限"],
        [],
        ["修路", None, None, "6月"],
        [],
        [None, None, None, "9月"],
        [],
    ]
    # 任务 is merged over the empty columns B and C, 修路 down to an empty row far below
    assert _of(grid, ((0, 0, 0, 2), (2, 0, 9, 2))) == [
        [["任务", "时限"], [("修路", 2, 1), "6月"], ["9月"]],
    ]


def test_a_header_of_two_lines_merged_or_not() -> None:
    grid: Grid = [
        ["项目", "目标", None],
        [None, "上半年", "全年"],
        ["造林", "30", "70"],
    ]
    for merges in (((0, 1, 0, 2),), ((0, 1, 0, 2), (0, 0, 1, 0))):
        cells = {(r, c): str(v) for r, row in enumerate(grid) for c, v in enumerate(row) if v is not None}
        (table,) = sheet_blocks(Sheet("表", cells, merges))
        assert isinstance(table, Table)
        assert [row.header for row in table.rows] == [True, True, False]


def test_a_title_over_some_columns_belongs_to_the_header() -> None:
    grid: Grid = [[None, "目标", None], ["项目", "上半年", "全年"], ["造林", "30", "70"]]
    cells = {(r, c): str(v) for r, row in enumerate(grid) for c, v in enumerate(row) if v is not None}
    (table,) = sheet_blocks(Sheet("表", cells, ((0, 1, 0, 2),)))
    assert isinstance(table, Table)
    assert [row.header for row in table.rows] == [True, True, False]
    assert _of([[None, "单位：亩", None], *grid[1:]], ((0, 1, 0, 2),)) == [
        "单位：亩",
        [["项目", "上半年", "全年"], ["造林", "30", "70"]],
    ]


def test_hidden_rows_and_columns_are_left_out() -> None:
    grid: Grid = [["序号", "内部意见", "任务"], ["1", "不报", "甲"], ["2", "不报", "乙"]]
    assert _of(grid, hidden_rows=frozenset({1}), hidden_columns=frozenset({1})) == [
        [["序号", "任务"], ["2", "乙"]]
    ]


def test_a_header_repeated_at_a_page_break_is_printed_once() -> None:
    grid: Grid = [["序号", "任务"], ["1", "甲"], ["序号", "任务"], ["2", "乙"]]
    assert _of(grid) == [[["序号", "任务"], ["1", "甲"], ["2", "乙"]]]


def test_a_second_table_below_an_empty_row() -> None:
    grid: Grid = [
        ["序号", "任务"],
        ["1", "甲"],
        [],
        ["资金安排表"],
        ["序号", "金额"],
        ["1", "30"],
    ]
    assert _of(grid, ((3, 0, 3, 1),)) == [
        [["序号", "任务"], ["1", "甲"]],
        "资金安排表",
        [["序号", "金额"], ["1", "30"]],
    ]


def test_an_empty_row_inside_a_table_does_not_cut_it() -> None:
    grid: Grid = [["序号", "任务"], ["1", "甲"], [], ["2", "乙"]]
    assert _of(grid) == [[["序号", "任务"], ["1", "甲"], ["2", "乙"]]]


def test_a_group_row_spans_the_table() -> None:
    grid: Grid = [["序号", "任务", "时限"], ["一、水利"], ["1", "甲", "6月"]]
    assert _of(grid) == [[["序号", "任务", "时限"], [("一、水利", 1, 3)], ["1", "甲", "6月"]]]


def test_entries_of_a_form_are_one_line_above_the_table() -> None:
    grid: Grid = [
        ["填报单位：县水利局", None, "填报日期：3月1日"],
        ["序号", "任务", "时限"],
        ["1", "甲", "6月"],
    ]
    assert _of(grid)[0] == "填报单位：县水利局　填报日期：3月1日"


def test_a_sheet_of_one_column_is_running_text() -> None:
    assert _of([["一、目标"], ["甲\n乙"], [], ["丙"]]) == ["一、目标", "甲", "乙", "丙"]


def test_a_row_alone_is_no_table() -> None:
    assert _of([["联系人", "张工", "电话"]]) == ["联系人　张工　电话"]


def _fields(grid: Grid, merges: tuple[tuple[int, int, int, int], ...] = ()) -> list[dict[str, str]]:
    """The rows of the one table of a sheet, by column name, empty cells left out."""
    cells = {(r, c): str(v) for r, row in enumerate(grid) for c, v in enumerate(row) if v is not None}
    table = sheet_blocks(Sheet("表", cells, merges))[-1]
    assert isinstance(table, Table)
    return [
        {name: cell for name, cell in (node.fields or {}).items() if cell} for node in grid_nodes(table, ())
    ]


def test_a_label_and_what_stands_for_it_are_above_the_header() -> None:
    """地区 is beside 青川县, and 渡口 below reaches from under the one to under the other."""
    grid: Grid = [
        ["地区", "青川县", None, None],
        ["渡口", None, None, "备注"],
        ["东岸", "西岸", "南岸", None],
        ["甲", "乙", "丙", "停运"],
    ]
    merges = ((0, 1, 0, 3), (1, 0, 1, 2))
    assert _of(grid, merges)[0] == "地区　青川县"
    assert _fields(grid, merges) == [{"渡口东岸": "甲", "渡口西岸": "乙", "渡口南岸": "丙", "备注": "停运"}]


_RULE = "渡工应当持证上岗，每班两人，风力达到六级时停渡，停渡时在两岸挂红旗。" * 2


def test_a_second_line_of_titles_in_the_empty_places_of_the_first() -> None:
    """渡船 stands over two columns without being merged; a text among the titles is a row of its own."""
    grid: Grid = [
        [None, "渡船", None, "码头", None],
        [None, "木船", "钢船", _RULE, "网友总结："],
        ["东岸", "修补", "检验", "加固", "甲"],
    ]
    assert _fields(grid) == [
        {"码头": _RULE},
        {"列1": "东岸", "渡船木船": "修补", "渡船钢船": "检验", "码头": "加固", "网友总结：": "甲"},
    ]


def test_a_text_that_reaches_from_the_titles_into_the_rows_is_a_cell_of_the_first() -> None:
    grid: Grid = [
        ["渡口", None, None, None, "备注"],
        ["东岸", None, None, "西岸", "看守"],
        [None, "对象", "材料", None, _RULE],
        ["城区", "行人", "船票", "停渡", None],
        ["郊区", "货车", "通行证", "停渡", "无"],
    ]
    merges = ((0, 0, 0, 3), (1, 0, 1, 2), (2, 4, 3, 4))
    city = {"渡口东岸": "城区", "渡口东岸对象": "行人", "渡口东岸材料": "船票", "渡口西岸": "停渡"}
    county = {"渡口东岸": "郊区", "渡口东岸对象": "货车", "渡口东岸材料": "通行证", "渡口西岸": "停渡"}
    assert _fields(grid, merges) == [city | {"备注看守": _RULE}, county | {"备注看守": "无"}]


def test_a_title_over_one_of_several_texts() -> None:
    grid: Grid = [["青川县渡口"], [None, "《渡口管理办法》"], ["乙" * 80, _RULE]]
    assert _of(grid)[0] == "青川县渡口"
    assert _fields(grid) == [{"列1": "乙" * 80, "《渡口管理办法》": _RULE}]


def test_a_first_row_that_is_merged_with_records_is_one() -> None:
    grid: Grid = [["东岸", "木船"], [None, "钢船"], [None, "快艇"]]
    assert _fields(grid, ((0, 0, 2, 0),)) == [
        {"列1": "东岸", "列2": name} for name in ("木船", "钢船", "快艇")
    ]


def test_a_number_beside_a_title_over_columns_is_no_title() -> None:
    grid: Grid = [[None, "入渡条件", None], ["1", "行人", _RULE], ["2", "货车", _RULE]]
    assert _fields(grid, ((0, 1, 0, 2),)) == [
        {"列1": "1", "入渡条件": f"行人 {_RULE}"},
        {"列1": "2", "入渡条件": f"货车 {_RULE}"},
    ]


@pytest.mark.parametrize(
    ("title", "name", "heading"),
    [
        ("青川县", "渡口2031", "渡口2031"),
        ("青川县", "Sheet1", "青川县"),
        ("Qing Chuan", "qingchuan", "Qing Chuan"),
        ("青川县渡口看守安排", "渡口2031", "青川县渡口看守安排"),
    ],
)
def test_a_place_alone_takes_no_sheets_name(title: str, name: str, heading: str) -> None:
    data = _xlsx(_plain_table(title), _plain_table("水库加固项目表"), names=(name, "乙"))
    notice = split(_read(data), "n", "0" * 64)
    assert notice.clauses[0].heading == heading
    assert title in notice.source


@pytest.mark.parametrize(
    ("row", "column", "address"),
    [(0, 0, "A1"), (6, 1, "B7"), (0, 25, "Z1"), (9, 26, "AA10"), (0, 16383, "XFD1")],
)
def test_addresses(row: int, column: int, address: str) -> None:
    assert cell_address(row, column) == address


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.25, "0%", "25%"),
        (0.125, "0.0%", "12.5%"),
        (0.005, "0.00", "0.01"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (-3, "0.0", "-3.0"),
        (-3, "0.0;(0.0)", "(3.0)"),
        (0, '0;-0;"—"', "—"),
        (7, "000", "007"),
        (12, '0"亩"', "12亩"),
        (12, r"0\ 个", "12 个"),
        (5.5, '"¥"#,##0.00_);[Red]("¥"#,##0.00)', "¥5.50"),
        (1500, "#,##0.0,", "1.5"),
        (0.5, "#.##", ".5"),
        (0.1 + 0.2, "General", "0.3"),
        (123456789012345678, "General", "123456789012345678"),
        (1e-7, "General", "0.0000001"),
        (3.0, "General", "3"),
        (12.5, "@", "12.5"),
        (float("nan"), "0", "nan"),
        (80, '[>=60]"合格";"不合格"', "合格"),
        (True, "General", "TRUE"),
        ("文字", "0%", "文字"),
        (None, "0%", ""),
        (dt.datetime(2031, 3, 5), 'yyyy"年"m"月"', "2031年3月"),
        (dt.datetime(2031, 3, 5), 'yyyy"年"m"月"d"日";@', "2031年3月5日"),
        (dt.datetime(2031, 3, 5), "yyyy/mm/dd", "2031/03/05"),
        (dt.datetime(2031, 12, 25), '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇三一年十二月二十五日"),
        (dt.datetime(2031, 3, 5, 14, 5), "h:mm", "14:05"),
        (dt.datetime(2031, 3, 5, 14, 5), '上午/下午h"时"mm"分"', "下午2时05分"),
        (dt.datetime(2031, 3, 5), "aaaa", "星期三"),
        (dt.datetime(2031, 3, 5), "General", "2031-03-05"),
        (dt.datetime(2031, 3, 5, 8, 30), "General", "2031-03-05 08:30"),
        (dt.time(8, 30), "h:mm", "8:30"),
        (dt.timedelta(hours=26), "[h]:mm", "26:00"),
    ],
)
def test_values_are_shown_as_the_worksheet_shows_them(value: object, code: str, text: str) -> None:
    assert displayed(value, code) == text


def test_a_date_under_a_built_in_chinese_format() -> None:
    """Format 31 (2012年3月14日) is named by its number only, and openpyxl gives a bare number for it."""
    data = _xlsx(lambda sheet: _rows(sheet, [["任务", "时限"], ["甲", 47917]]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    styles = members["xl/styles.xml"].decode()
    xf = '<xf numFmtId="31" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    start = styles.index("<cellXfs")
    styles = styles[:start] + styles[start:].replace("</cellXfs>", f"{xf}</cellXfs>", 1)
    members["xl/styles.xml"] = styles.encode()
    sheet = members["xl/worksheets/sheet1.xml"].replace(b'<c r="B2"', b'<c r="B2" s="1"')
    members["xl/worksheets/sheet1.xml"] = sheet
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert _shape(_read(buffer.getvalue()).blocks) == [[["任务", "时限"], ["甲", "2031年3月10日"]]]


def _xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("任务")
    sheet.write_merge(0, 0, 0, 2, "青川县春季绿化任务分解表")
    for column, text in enumerate(("序号", "任务", "时限")):
        sheet.write(1, column, text)
    sheet.write_merge(2, 3, 0, 0, 1)
    sheet.write(2, 1, 0.25, xlwt.easyxf(num_format_str="0%"))
    sheet.write(2, 2, dt.datetime(2031, 3, 5), xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    sheet.write(3, 1, "补植")
    sheet.write(3, 2, "6月")
    sheet.write(4, 0, 2)
    sheet.write(4, 1, "不报")
    sheet.row(4).hidden = True
    hidden = book.add_sheet("底稿")
    hidden.write(0, 0, "不公开")
    hidden.visibility = 1
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_an_old_workbook() -> None:
    document = _read(_xls(), "任务表.xls")
    assert document.format == "xls"
    assert _shape(document.blocks) == [
        "青川县春季绿化任务分解表",
        [["序号", "任务", "时限"], [("1", 2, 1), "25%", "2031年3月"], ["补植", "6月"]],
    ]


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_CELLS", 3)
    sheet = Sheet("表", {(0, 0): "甲", (0, 1): "乙", (1, 0): "丙", (1, 1): "丁"})
    with pytest.raises(UnreadableFile, match=r"^a\.xlsx：表格里有 4 个单元格，超过上限 3 个"):
        workbook_blocks(Path("a.xlsx"), [sheet])


def test_a_sparse_grid_is_refused_before_it_is_unfolded() -> None:
    cells = {(row, row): "甲" for row in range(1100)}
    with pytest.raises(UnreadableFile, match="工作表“表”的行列太多"):
        workbook_blocks(Path("a.xlsx"), [Sheet("表", cells)])


def test_a_formula_without_a_stored_value_is_remarked_on() -> None:
    """A program that does not calculate wrote the file: the sum is not in it."""
    data = _xlsx(lambda sheet: _rows(sheet, [["任务", "亩"], ["甲", 3], ["合计", "=SUM(B2:B2)"]]))
    document = _read(data)
    assert _shape(document.blocks) == [[["任务", "亩"], ["甲", "3"], ["合计", ""]]]
    assert split(document, "n", "0" * 64).remarks == (
        "有 1 个公式没有保存计算结果，读出来是空的。请用 Excel 或 WPS 打开并保存一次。",
    )


def _with_sheet_xml(change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_xlsx(_task_table))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = change(members["xl/worksheets/sheet1.xml"])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_cell_merged_over_the_whole_sheet_is_refused() -> None:
    """openpyxl would make a cell for each of its 17 thousand million places."""
    data = _with_sheet_xml(lambda xml: xml.replace(b'ref="A1:D1"', b'ref="A1:XFD1048576"'))
    with pytest.raises(UnreadableFile, match="个单元格，超过上限"):
        _read(data)


def test_an_archive_that_unpacks_to_much_more_is_refused() -> None:
    data = _with_sheet_xml(lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b" " * 50_000_000))
    with pytest.raises(UnreadableFile, match="解压后有 48 MB，超过上限"):
        _read(data)


@pytest.mark.parametrize(("make", "name"), [(lambda: _xlsx(_task_table), "a.xlsx"), (_xls, "a.xls")])
def test_damaged_workbooks_are_refused_in_one_sentence(make: Callable[[], bytes], name: str) -> None:
    """Bytes changed, cut off, or doubled: a document or an IngestError, never anything else."""
    whole = make()
    chance = random.Random(20)
    refusals = []
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        try:
            parse_document(Path(name), bytes(data) or b"\0")
        except IngestError as error:
            refusals.append(str(error))
    assert len(refusals) > 10
    assert all(refusal.startswith(f"{name}：") and refusal.endswith("。") for refusal in refusals)


def test_a_workbook_without_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="没有可读的文字"):
        _read(_xlsx(lambda sheet: None))


def test_a_workbook_of_page_furniture_alone_has_no_clauses() -> None:
    notice = split(_read(_xlsx(lambda sheet: _rows(sheet, [["打印本页"]]))), "n", "0" * 64)
    assert notice.clauses == ()
