"""Workbooks: text is text, numbers are numbers, and nothing runs."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.export.errors import ExportFault
from assistant.export.xlsx import Sheet, write_sheets, write_table


def _cells(path: Path, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]


def test_a_table(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    write_table(path, ["指标", "数值"], [["绿道长度", 75], ["优良率", 91.5], ["空", None]], sheet="指标")
    assert _cells(path, "指标") == [["指标", "数值"], ["绿道长度", 75], ["优良率", 91.5], ["空", None]]
    sheet = load_workbook(path)["指标"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B4"
    assert sheet["A1"].font.b


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+5", "-3%", "@SUM(A1)", "#N/A", "2020", "\t=1"]
)
def test_text_is_never_a_formula_or_a_number(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, ["=头"], [[text]])
    sheet = load_workbook(path)["表"]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=头", "s")
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
    assert sheet["A2"].quotePrefix == (text[0] in "=+-@\t")


def test_characters_that_the_format_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, ["头"], [["甲\x00乙\x1b[0m\r\n丙"], ["长" * 40_000]])
    (_, (first,), (second,)) = _cells(path, "表")
    assert first == "甲\ufffd乙\ufffd[0m\n丙"
    assert isinstance(second, str)
    assert len(second) == 32_767
    assert second.endswith("长……（单元格放不下，后文略）")


def test_sheet_names_are_made_valid_and_different(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    names = ["清单[1]/甲", "", "方案" * 20, "方案" * 20]
    write_sheets(path, [Sheet(name, ["头"], []) for name in names])
    assert load_workbook(path).sheetnames == [
        "清单 1  甲",
        "表",
        ("方案" * 16)[:31],
        ("方案" * 16)[:29] + " 2",
    ]


def test_faults(tmp_path: Path) -> None:
    with pytest.raises(ExportFault, match=r"写不了文件 .*no/a\.xlsx：No such file or directory；"):
        write_table(tmp_path / "no" / "a.xlsx", ["头"], [])
    with pytest.raises(ValueError, match="row 2 has 1 cells for 2 columns"):
        write_table(tmp_path / "a.xlsx", ["头", "二"], [["一"]])


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=50))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("x") / "a.xlsx"
    write_table(path, ["头"], [[text]])
    cell = load_workbook(path)["表"]["A2"]
    assert cell.data_type == ("s" if text else "n")
    if text.isprintable():
        assert cell.value == (text or None)
