"""The page over real files: the project's sample notices, and one that tries to break out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.service import Service
from index.settings import Settings
from index.sync import sync
from tests.assistant.page.conftest import Visit
from tests.assistant.page.test_browser import ask, turn_to

CORPUS = Path(__file__).parents[3] / "corpus"
_NAME = "<img src=x onerror=alert(1)>${1+1}.txt"
_NOTICE = """\
黑石县关于<script>alert(2)</script>清理河道漂浮物的通知

各乡镇人民政府：

一、工作目标
到2026年，黑石县河道漂浮物日清率达到97%，<img src=x onerror=alert(3)>${alert(4)}{{x}}由县水利局负责。

二、工作要求
各乡镇要在2025年6月底前建立打捞队伍。

黑石县人民政府
2025年3月3日
"""


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """The real service over three sample notices and the hostile one."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for source in sorted(CORPUS.glob("chengpu_*.txt"))[:3]:
        shutil.copy(source, folder)
    (folder / _NAME).write_text(_NOTICE, encoding="utf-8")
    settings = Settings(home=tmp_path / "home")
    sync([folder], settings)
    return Service(settings, folders=[folder])


def test_every_example_has_an_answer_whose_source_opens(visit: Visit, service: Service) -> None:
    page = visit(service)
    examples = page.locator("#tw-chat .example")
    expect(examples).to_have_count(6)
    questions = examples.all_inner_texts()
    for number, question in enumerate(questions, 1):
        answer = ask(page, question)
        expect(page.locator("#tw-chat .tw-abstained, #tw-chat .tw-fault")).to_have_count(0)
        answer.locator("a.tw-marker, .tw-source").filter(visible=True).first.click()  # many are folded
        expect(page.locator("#tw-pane .tw-hit")).to_have_count(1)
        expect(page.locator("#tw-pane .tw-hit")).to_be_in_viewport()
        expect(page.locator("#tw-chat .tw-question")).to_have_count(number)


def test_a_hostile_file_is_read_asked_and_shown_as_text(visit: Visit, service: Service) -> None:
    page = visit(service)
    answer = ask(page, "黑石县2026年河道漂浮物日清率要达到多少？")
    expect(answer).to_contain_text("97%")
    answer.locator(".tw-source").first.click()
    hit = page.locator("#tw-pane .tw-hit")
    expect(hit).to_contain_text("<img src=x onerror=alert(3)>${alert(4)}{{x}}由县水利局负责。")
    expect(page.locator("#tw-pane .tw-card")).to_contain_text(_NAME)
    expect(page.locator("#tw-pane .tw-card")).to_contain_text("<script>alert(2)</script>")
    expect(page.locator("#tw-main img, #tw-main script, [onerror]")).to_have_count(0)


def test_a_file_dropped_in_can_be_asked_after_the_button(
    visit: Visit, service: Service, tmp_path: Path
) -> None:
    page = visit(service)
    expect(page.locator("#tw-brand .tw-counts")).to_contain_text("4 份文件")
    articles = ("第一条 渔船每年检验1次，检验费每艘380元。", "第二条 本办法自2025年1月1日起施行。")
    text = "\n\n".join(["黑石县渔船管理办法", *articles])
    (tmp_path / "corpus" / "黑石县渔船.txt").write_text(text, encoding="utf-8")
    turn_to(page, "文件")
    page.get_by_role("button", name="更新语料").click()
    expect(page.locator("#tw-report .tw-report-summary")).to_contain_text("新增 1，改动 0，移除 0，未变 4")
    expect(page.locator("#tw-brand .tw-counts")).to_contain_text("5 份文件")
    turn_to(page, "问答")
    expect(ask(page, "黑石县渔船检验费每艘多少元？")).to_contain_text("380元")
