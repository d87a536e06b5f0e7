"""`tiaowen targets`: lines for programs, a table for people, a workbook."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from assistant.cli import main
from assistant.ledger import Ledger
from assistant.ledger_table import print_ledger
from assistant.terminal import PlainConsole

from .ledger_home import index

_KEYS = [
    *("file", "notice", "region", "indicator", "comparator", "value", "unit", "text", "year", "base_year"),
    *("responsible", "path", "cite", "quote"),
]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index(tmp_path)
    monkeypatch.setenv("TIAOWEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TIAOWEN_MODEL", "sign-counts")


def test_one_line_a_target_with_exactly_these_keys(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["targets", "--indicator", "GDP", "--year", "2031", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(line) for line in lines] == [_KEYS] * 3
    assert {(line["region"], line["comparator"], json.dumps(line["value"])) for line in lines} == {
        ("云湖省", "≈", "5"),
        ("澄江省", ">=", "5.5"),
        ("望津省", "range", "[4.5, 5.5]"),
    }
    assert all(line["text"] in line["quote"] for line in lines)


def test_a_target_that_follows_another_has_no_value(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["targets", "--region", "云湖省", "--indicator", "居民收入", "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["comparator"], line["value"], line["unit"]) == ("sync", None, "")


def test_in_a_pipe_a_line_is_a_target_and_tabs_part_its_cells(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["targets", "--indicator", "PM2.5"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "地区\t指标\t目标\t年份\t责任单位\t出处",
        "云湖省云湖市\tPM2.5浓度\t比2029年下降6%\t2033\t市住建局、市生态环境局\t《云湖市生态建设行动计划》三引言",
    ]


def test_on_a_screen_the_table_keeps_within_its_width(tmp_path: Path) -> None:
    entries = Ledger(index(tmp_path / "other").catalogue).find(year=2031)
    screen = io.StringIO()
    console = PlainConsole(screen)
    console.width, console._force_terminal = 60, True
    print_ledger(console, entries)
    lines = screen.getvalue().splitlines()
    assert "共 8 个目标。" in lines[-1]
    assert max(sum(2 if ord(c) > 0x2E80 else 1 for c in line) for line in map(_bare, lines)) <= 60


def _bare(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip()


def test_nothing_found_is_said_and_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["targets", "--indicator", "地震台站"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "已收录的文件里没有符合条件的量化目标。\n"


def test_a_workbook_in_which_text_stays_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "目标.xlsx"
    assert main(["targets", "--due-by", "2033", "--region", "云湖市", "--xlsx", str(path)]) == 0
    assert capsys.readouterr().out == ""
    sheet = openpyxl.load_workbook(path).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:5] == ["地区", "指标", "变化", "比较", "数值"]
    assert [row[1] for row in rows[1:]] == ["=公园改造率", "PM2.5浓度"]
    assert sheet["B2"].data_type == "s"
    assert rows[2][4] == 6


def test_a_workbook_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["targets", "--xlsx", str(tmp_path / "none" / "目标.xlsx")]) == 1
    assert "写不了文件" in capsys.readouterr().err
