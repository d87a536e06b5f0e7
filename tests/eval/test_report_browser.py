"""The report page in a real browser. Every wait is an assertion that retries."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from eval.report_page import report_page
from eval.results import ClauseText, Row, RunResult

from .made import hits, result

CHROMIUM = shutil.which("chromium")
HOSTILE = "<img src=x onerror=\"document.title='hit'\"></script><script>document.title='hit'</script>${1+1}"
CLAUSES = {
    "plan#一": ClauseText("云湖市节水计划", "一", HOSTILE),
    "plan#二": ClauseText("云湖市节水计划", "二", "漏损率8%"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed here; scripts/install-browser puts it in place")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


def opened(browser: Browser, tmp_path: Path, *results: RunResult) -> tuple[Page, list[str]]:
    """The page, and every request beside its own file, dialog and error in its console."""
    file = tmp_path / "report.html"
    file.write_text(report_page(results), encoding="utf-8")
    page, seen = browser.new_page(), list[str]()
    page.on("request", lambda request: request.url == file.as_uri() or seen.append(request.url))
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.goto(file.as_uri())
    return page, seen


def test_a_column_sorts_by_value_and_empty_cells_stay_last(browser: Browser, tmp_path: Path) -> None:
    made = [
        result("none", [Row("q1", {"must": 1.0})]),
        result("low", hits({"q1": 0.0})),
        result("high", hits({"q1": 1.0})),
    ]
    page, seen = opened(browser, tmp_path, *made)
    names = page.locator("table.sortable").first.locator("tbody td:first-child")
    head = page.locator("table.sortable").first.get_by_role("button", name="hit@1")
    expect(names).to_have_text(["none", "low", "high"])
    head.click()
    expect(names).to_have_text(["high", "low", "none"])
    head.click()
    expect(names).to_have_text(["low", "high", "none"])
    assert seen == []


def test_the_difference_of_two_runs_shows_the_clauses_as_text(browser: Browser, tmp_path: Path) -> None:
    def row(id_: str, value: float, *found: str) -> Row:
        return Row(id_, {"hit@1": value}, "fact", f"问{HOSTILE}", ("plan#一",), found, answer=HOSTILE)

    a = result("a", [row("q1", 0.0, "plan#二", "plan#一"), row("q2", 1.0)], clauses=CLAUSES)
    b = result("b", [row("q1", 1.0, "plan#一", "plan#二"), row("q2", 1.0)], clauses=CLAUSES)
    page, seen = opened(browser, tmp_path, a, b)
    diff = page.locator("#diff")
    expect(diff.locator("> p")).to_have_text("hit@1 有变化的问题 1 个：B 高 1 个，B 低 0 个")
    expect(diff.locator("details.better summary")).to_have_text(f"q1　fact　0.000 → 1.000　问{HOSTILE}")
    diff.locator("summary").click()
    expect(diff.locator(".clause.right div").first).to_have_text(HOSTILE)
    expect(diff.locator(".sides .clause cite")).to_have_text(
        [
            "1. 云湖市节水计划 · 二",
            "2. 云湖市节水计划 · 一 ✓",
            "1. 云湖市节水计划 · 一 ✓",
            "2. 云湖市节水计划 · 二",
        ]
    )
    page.locator("#a").select_option("1")
    expect(diff.locator("> p")).to_have_text("hit@1 有变化的问题 0 个：B 高 0 个，B 低 0 个")
    expect(page).to_have_title("条问评测报告")
    assert seen == []
