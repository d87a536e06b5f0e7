"""The tab of the targets in a real browser. Every wait is an assertion."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.assistant.page.conftest import Visit
from tests.assistant.page.fake import HOSTILE, FakeBackend
from tests.assistant.page.test_browser import PHONE, choose, turn_to


def opened(page: Page) -> Locator:
    """The rows of the table, once all are there."""
    turn_to(page, "目标")
    rows = page.locator("#tw-targets tbody tr")
    expect(rows).to_have_count(4)
    return rows


def test_targets_are_filtered_and_sorted_and_a_row_opens_its_clause(visit: Visit) -> None:
    page = visit(FakeBackend())
    rows = opened(page)
    expect(page.locator("#tw-targets .tw-count")).to_contain_text("共 4 个量化目标")
    expect(rows.last).to_contain_text(f"指标{HOSTILE}")
    expect(page.locator("#tw-targets-chart .tw-heat")).to_contain_text("各地区各年份的目标个数")
    page.get_by_role("columnheader", name="目标年份").get_by_role("button").click()
    page.get_by_role("columnheader", name="目标年份").get_by_role("button").click()
    expect(rows.first).to_contain_text("96%以上")
    choose(page, "tw-target-due-by", "2026年")
    expect(rows).to_have_count(3)
    rows.filter(has_text="污水集中收集率").get_by_role("link").click()
    expect(page.locator("#tw-pane #tw-target")).to_contain_text("污水集中收集率达到85%以上")
    expect(page.locator("#tw-pane #tw-target mark").last).to_be_in_viewport()
    expect(page.locator("#tw-main img, #tw-main script, [onerror]")).to_have_count(0)


def test_one_indicator_is_drawn_and_a_dot_opens_its_clause(visit: Visit) -> None:
    page = visit(FakeBackend())
    opened(page)
    page.locator("#tw-indicator textarea").fill("优良比例")
    dots = page.locator("#tw-targets-chart .tw-plot a")
    expect(dots).to_have_count(2)
    dots.last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tw-pane #tw-target")).to_contain_text("水质目标")


def test_the_workbook_holds_what_is_shown(visit: Visit, tmp_path: Path) -> None:
    page = visit(FakeBackend())
    opened(page)
    choose(page, "tw-target-region", "岚州市")
    expect(page.locator("#tw-targets tbody tr")).to_have_count(3)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="导出 Excel").click()
    assert downloading.value.suggested_filename == "量化目标.xlsx"
    downloading.value.save_as(tmp_path / "targets.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "targets.xlsx").active
    indicators = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert indicators == ["地表水优良比例", "地表水优良比例", "污水集中收集率"]


def test_targets_in_english_on_a_phone_in_the_dark(visit: Visit) -> None:
    page = visit(FakeBackend(), "/?lang=en", size=PHONE, dark=True)
    turn_to(page, "Targets")
    expect(page.locator("#tw-targets .tw-count")).to_contain_text("4 quantified targets")
    expect(page.get_by_role("link", name="Export to Excel (.xlsx)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
