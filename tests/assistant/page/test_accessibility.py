"""axe-core finds nothing serious on any tab, light or dark, wide or narrow, Chinese or English."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.assistant.page.conftest import DESKTOP, Visit
from tests.assistant.page.fake import FakeBackend
from tests.assistant.page.fake_forms import FormsBackend
from tests.assistant.page.test_browser import PHONE, ask

_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
_SERIOUS = ("serious", "critical")


def _violations(page: Page) -> list[str]:
    """Rule and element of everything serious."""
    found = Axe().run(page, options=_RULES).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in _SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    ("path", "size", "dark"),
    [("/", DESKTOP, False), ("/", DESKTOP, True), ("/", PHONE, False), ("/?lang=en", DESKTOP, False)],
)
def test_no_serious_violation(visit: Visit, path: str, size: tuple[int, int], dark: bool) -> None:
    page = visit(FakeBackend(), path, size=size, dark=dark)
    expect(page.locator("#tw-chat .example")).to_have_count(4)
    found = {"first visit": _violations(page)}
    for question in ("月球基地什么时候建成？", "水务局管什么？", "优良比例？"):
        answer = ask(page, question)
    found["answers"] = _violations(page)
    answer.locator(".tw-source").first.click()
    expect(page.locator("#tw-target")).to_be_visible()
    found["reading"] = _violations(page)
    page.keyboard.press("Escape")
    tabs = page.get_by_role("tab")
    for number in range(1, tabs.count()):
        tabs.nth(number).click()
        expect(tabs.nth(number)).to_have_attribute("aria-selected", "true")
        found[f"tab {number}"] = _violations(page)
    assert found == {place: [] for place in found}


@pytest.mark.parametrize(
    ("path", "size", "dark"),
    [("/", DESKTOP, False), ("/", DESKTOP, True), ("/", PHONE, False), ("/?lang=en", DESKTOP, False)],
)
def test_no_serious_violation_in_any_form(visit: Visit, path: str, size: tuple[int, int], dark: bool) -> None:
    page = visit(FormsBackend(), path, size=size, dark=dark)
    for question in ("两处怎么说？", "牵头的是谁？", "市水务局有哪些任务？", "比较各市优良比例", "扫描件？"):
        answer = ask(page, question)
    assert _violations(page) == []
    answer.locator('a[href^="#act=down/"]').click()
    expect(page.locator("#tw-rating")).to_be_visible()
    assert _violations(page) == []
