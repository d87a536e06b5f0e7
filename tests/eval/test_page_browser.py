"""The evaluation tab in a real browser, over results made up for the test. Every wait is an assertion."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.page.rights import Rights
from assistant.page.server import Hosting
from eval.configuration import Configuration, Target
from eval.page.result_files import ResultFiles
from eval.page.running import Runner, Startable
from eval.page.tab import EvaluateTab
from eval.results import write_result
from tests.assistant.page.conftest import Visit, browser, visit  # noqa: F401 - fixtures
from tests.assistant.page.fake import FakeBackend
from tests.assistant.page.test_browser import choose, turn_to

from .made import result
from .test_page_views import CLAUSES, HOSTILE, rows

#: What a run writes before it ends: a result that the test prepared.
_RUN = """
import shutil, sys
print("已提问 1/2", file=sys.stderr, flush=True)
shutil.copy(sys.argv[1], sys.argv[-1])
"""


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder with two results, of which the second answers one question more."""
    folder = tmp_path / "results"
    write_result(folder, result("a", rows(0.0, 1.0), clauses=CLAUSES))
    write_result(folder, result("b", rows(1.0, 1.0), clauses=CLAUSES))
    return folder


def evaluate(results: Path, made: Path | None = None, rights: Rights = Rights()) -> EvaluateTab:  # noqa: B008
    """The tab over the folder; a run of it copies `made` there."""
    runner = Runner((sys.executable, "-c", _RUN, str(made)))
    start = Startable(Path("a.toml"), Configuration("c"), Target(bench=Path("云湖")))
    return EvaluateTab(ResultFiles(results), runner, {start.name: start}, rights)


def test_a_run_is_shown_and_two_are_compared(visit: Visit, results: Path) -> None:  # noqa: F811
    page = visit(FakeBackend(), more=[evaluate(results)])
    turn_to(page, "评测")
    view = page.locator("#tw-evaluate-view")
    choose(page, "tw-evaluate-a", "云湖-a-abc123")
    expect(view).to_contain_text("答错的问题：1 个，共 2 个")
    expect(view).to_contain_text(f"缺少{HOSTILE}")
    choose(page, "tw-evaluate-b", "云湖-b-abc123")
    expect(view).to_contain_text("变化的问题：1 个")
    expect(view.locator(".tw-better").first).to_have_text("hit@1 0 → 1")
    clause = view.locator("td[data-label=标准条款] details")
    clause.locator("summary").press("Enter")
    expect(clause.locator("p")).to_have_text(f"条文{HOSTILE}")
    choose(page, "tw-evaluate-type", "who")
    expect(view).to_contain_text("变化的问题：0 个")
    expect(page.locator("#tw-main img, #tw-main script, [onerror]")).to_have_count(0)


def test_a_run_is_started_and_its_result_shown(visit: Visit, results: Path, tmp_path: Path) -> None:  # noqa: F811
    made = write_result(tmp_path / "made", result("c", rows(1.0, 0.0), clauses=CLAUSES))
    page = visit(FakeBackend(), "/?lang=en", more=[evaluate(results, made)])
    turn_to(page, "Evaluate")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("#tw-evaluate-report")).to_contain_text("is done; the result is")
    expect(page.locator("#tw-evaluate-view h2")).to_have_text("云湖-c")


def test_a_page_that_only_reads_starts_nothing(visit: Visit, results: Path) -> None:  # noqa: F811
    tab = evaluate(results, rights=Rights(read_only=True))
    page = visit(FakeBackend(), hosting=Hosting(read_only=True), more=[tab])
    turn_to(page, "评测")
    expect(page.locator("#tw-evaluate-view h2")).to_be_visible()
    expect(page.get_by_role("button", name="开始运行")).to_have_count(0)


def test_no_result_is_said_in_one_sentence(visit: Visit, tmp_path: Path) -> None:  # noqa: F811
    page = visit(FakeBackend(), more=[evaluate(tmp_path / "none")])
    turn_to(page, "评测")
    expect(page.locator("#tw-evaluate-view .tw-empty")).to_contain_text("还没有评测结果")
