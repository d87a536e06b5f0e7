"""The targets tab: what is asked for, the table, the chart, and the workbook."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from fastapi.testclient import TestClient

from assistant.page.i18n import Language
from assistant.page.records import Browsing
from assistant.page.server import create_app
from assistant.page.targets.asked import AskedTargets, ordered
from assistant.page.targets.chart_view import chart_view
from assistant.page.targets.targets_view import targets_view
from index.types import LedgerEntry
from tests.assistant.page.fake import HOSTILE, TARGETS, FakeBackend


def test_what_is_no_year_restricts_nothing() -> None:
    asked = AskedTargets.of({"indicator": " 优良 ", "year": "2025", "due_by": "²⁰²⁵", "region": None})
    assert asked == AskedTargets(indicator="优良", year="2025")
    assert asked.query == "indicator=%E4%BC%98%E8%89%AF&year=2025"
    assert AskedTargets.of({"indicator": "长" * 5000}).indicator == "长" * 200


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        (AskedTargets(), [2025, 2027, 2026, 2025]),
        (AskedTargets(indicator="优良"), [2025, 2027]),
        (AskedTargets(region="岚州市", due_by="2026"), [2025, 2026]),
        (AskedTargets(notice="n2"), [2025]),
        (AskedTargets(year="2030"), []),
    ],
)
def test_what_is_found(asked: AskedTargets, years: list[int]) -> None:
    assert [entry.target.year for entry in asked.find(FakeBackend())] == years


def test_order_by_value_and_year() -> None:
    assert [entry.target.value for entry in ordered(TARGETS, Browsing("value"))] == [7, 85, 92, 96]
    by_year = ordered(TARGETS, Browsing("year", descending=True))
    assert [entry.target.year for entry in by_year] == [2027, 2026, 2025, 2025]


def test_each_row_leads_to_its_clause_and_all_is_text() -> None:
    asked = AskedTargets(indicator="甲&乙")
    html = targets_view(TARGETS, asked, Browsing(), Language.CHINESE)
    assert "共 4 个量化目标" in html
    assert '<a href="#c=n1/c2&#38;m=0-12">《岚州市清水行动实施方案（2024—2027年）》一（一）</a>' in html
    assert "<strong>达到92%以上</strong>" in html
    assert 'href="targets.xlsx?indicator=%E7%94%B2%26%E4%B9%99"' in html
    assert "部门&#60;img" in html
    assert "<img" not in html
    assert "${" not in html
    none = targets_view([], AskedTargets(year="2030"), Browsing(), Language.CHINESE)
    assert "没有符合条件的量化目标，请放宽条件。" in none
    assert "targets.xlsx" not in none


def test_targets_of_several_indicators_are_counted_by_region_and_year() -> None:
    html = chart_view(TARGETS, Language.CHINESE)
    assert "各地区各年份的目标个数" in html
    assert "<tr><td></td><th" in html
    assert html.count('scope="row"') == 2
    assert html.count('class="tw-heat-4">1</td>') == 4
    assert "<img" not in html
    assert chart_view([], Language.CHINESE) == ""


def test_targets_of_one_indicator_stand_on_one_axis() -> None:
    html = chart_view(TARGETS[:2], Language.CHINESE)
    assert "地表水优良比例达到（%）：2 个目标中的 2 个" in html
    assert html.count("<circle") == 2
    assert 'href="#c=n1/c2&#38;m=0-12"' in html
    assert "岚州市 2027 达到96%以上 《岚州市清水行动实施方案（2024—2027年）》" in html
    assert ">92</text>" in html
    assert ">2025年</text>" in html


def _with(entry: LedgerEntry, value: float | tuple[float, float] | None, unit: str = "%") -> LedgerEntry:
    return replace(entry, target=replace(entry.target, value=value, unit=unit))


def test_a_range_is_a_line_and_equal_values_still_have_an_axis() -> None:
    ranged = chart_view([_with(TARGETS[0], (4.5, 5.5)), _with(TARGETS[1], 5)], Language.CHINESE)
    assert ranged.count("<circle") == 3
    equal = chart_view([_with(TARGETS[0], 0.0), _with(TARGETS[1], 0.0)], Language.CHINESE)
    assert equal.count("<circle") == 2
    assert "nan" not in equal


def test_what_cannot_stand_on_the_axis_is_left_out_and_said() -> None:
    entries = [*TARGETS[:2], _with(TARGETS[0], 3, "万吨"), _with(TARGETS[1], None)]
    html = chart_view(entries, Language.CHINESE)
    assert "4 个目标中的 2 个" in html


def test_the_workbook_holds_what_is_asked_for_and_nothing_runs_in_it() -> None:
    with TestClient(create_app(FakeBackend())) as client:
        answer = client.get("/targets.xlsx?region=岚州市&year=2025")
        everything = client.get("/targets.xlsx?year=abc")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:2] == ("地区", "指标")
    assert [row[1] for row in rows[1:]] == ["地表水优良比例"]
    book = openpyxl.load_workbook(io.BytesIO(everything.content)).active
    assert [row[1] for row in book.iter_rows(min_row=2, values_only=True)][-1] == f"指标{HOSTILE}"
