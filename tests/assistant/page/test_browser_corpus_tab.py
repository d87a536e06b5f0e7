"""The tab of the corpus in a real browser: table, upload, update, removal. Every wait is an assertion."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from assistant.api.accounts import Accounts, account_line
from assistant.page.server import Hosting
from assistant.service import Service
from index.settings import Settings
from index.sync import sync
from tests.assistant.page.conftest import DESKTOP, Visit
from tests.assistant.page.fake import HOSTILE, FakeBackend
from tests.assistant.page.test_browser import PHONE, ask, choose, turn_to

_PARAGRAPHS = (
    "黑石县渔船管理办法",
    "第一条 渔船每年检验1次，检验费每艘380元。",
    "第二条 本办法自2025年1月1日起施行。",
)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """The real service over one notice."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    text = "白沙县湖泊巡查办法\n\n第一条 湖泊每周巡查2次。\n\n第二条 本办法自2024年3月1日起施行。\n"
    (folder / "巡查.txt").write_text(text, encoding="utf-8")
    settings = Settings(home=tmp_path / "home")
    sync([folder], settings)
    return Service(settings, folders=[folder])


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    """A Word document that is not in the corpus."""
    document = Document()
    for paragraph in _PARAGRAPHS:
        document.add_paragraph(paragraph)
    path = tmp_path / "黑石县渔船.docx"
    document.save(str(path))
    return path


def upload(page: Page, *files: Path) -> Locator:
    """Sends files in and returns their cards once all were looked at."""
    page.locator("#tw-upload input[type=file]").set_input_files([str(file) for file in files])
    cards = page.locator("#tw-uploads .tw-upload")
    expect(cards).to_have_count(len(files))
    expect(page.locator("#tw-uploads .tw-running")).to_have_count(0)
    return cards


def titles(page: Page) -> list[str]:
    return page.locator("#tw-notices tbody tr td:first-child").all_inner_texts()


def test_a_word_document_is_sent_in_confirmed_asked_about_and_taken_out(
    visit: Visit, service: Service, notice: Path, tmp_path: Path
) -> None:
    page = visit(service)
    turn_to(page, "文件")
    expect(page.locator("#tw-notices tbody tr")).to_have_count(1)
    card = upload(page, notice)
    expect(card).to_contain_text("黑石县渔船管理办法")
    expect(card).to_contain_text("文字核对100%")
    assert not (tmp_path / "corpus" / notice.name).exists()
    card.get_by_role("button", name="收入").click()
    expect(page.locator("#tw-report .tw-report-summary")).to_contain_text("新增 1，改动 0，移除 0，未变 1")
    expect(page.locator("#tw-uploads .tw-upload")).to_have_count(0)
    expect(page.locator("#tw-brand .tw-counts")).to_contain_text("2 份文件")
    expect(page.locator("#tw-notices tbody tr")).to_have_count(2)
    assert (tmp_path / "corpus" / notice.name).read_bytes() == notice.read_bytes()
    turn_to(page, "问答")
    expect(ask(page, "黑石县渔船检验费每艘多少元？")).to_contain_text("380元")
    turn_to(page, "文件")
    page.get_by_role("button", name="移除 黑石县渔船管理办法").click()
    expect(page.locator(".tw-confirm")).to_contain_text("不会丢失")
    page.locator(".tw-confirm").get_by_role("button", name="移除").click()
    expect(page.locator("#tw-report .tw-report-summary")).to_contain_text("移除 1")
    expect(page.locator("#tw-notices tbody tr")).to_have_count(1)
    trash = list((tmp_path / "home" / "trash").glob(f"*/{notice.name}"))
    assert [path.read_bytes() for path in trash] == [notice.read_bytes()]


def test_what_cannot_be_read_is_refused_with_one_sentence(
    visit: Visit, service: Service, notice: Path, tmp_path: Path
) -> None:
    empty, archive = tmp_path / "空.docx", tmp_path / "打包.rar"
    empty.write_bytes(b"")
    archive.write_bytes(b"Rar!\x1a\x07\x00 nothing")
    page = visit(service)
    turn_to(page, "文件")
    cards = upload(page, archive, empty, notice)
    expect(cards.filter(has_text="打包.rar").locator(".tw-refusal")).to_have_text(
        re.compile(r"^打包\.rar：内容是 RAR 压缩包，目前只能读取 .*。请另存为其中一种格式后再放入。$")
    )
    expect(cards.filter(has_text="空.docx").locator(".tw-refusal")).to_have_text(
        "空.docx：文件是空的，没有内容可读。请检查后重新放入。"
    )
    page.get_by_role("button", name="全部收入语料").click()
    expect(page.locator("#tw-report .tw-report-summary")).to_contain_text("新增 1")
    expect(cards).to_have_count(2)
    cards.first.get_by_role("button", name="不要").click()
    expect(cards).to_have_count(1)
    assert sorted(path.name for path in (tmp_path / "corpus").iterdir()) == ["巡查.txt", "黑石县渔船.docx"]


def test_a_hostile_file_is_shown_as_text_from_its_card_to_its_row(visit: Visit, service: Service) -> None:
    title = "黑石县关于<script>alert(2)</script>${1+1}{{x}}清理河道漂浮物的通知"
    goal = "一、工作目标\n到2026年，漂浮物日清率达到97%，<img src=x onerror=alert(1)>由县水利局负责。"
    text = f"{title}\n\n各乡镇人民政府：\n\n{goal}\n\n黑石县人民政府\n2025年3月3日\n"
    name = "<img src=x onerror=alert(3)>`${1}`.txt"
    page = visit(service)
    turn_to(page, "文件")
    expect(page.locator("#tw-notices tbody tr")).to_have_count(1)
    page.locator("#tw-upload input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()}]
    )
    card = page.locator("#tw-uploads .tw-upload")
    expect(card).to_contain_text("<script>alert(2)</script>${1+1}{{x}}")
    card.get_by_role("button", name="收入").click()
    expect(page.locator("#tw-report .tw-report-summary")).to_contain_text("新增 1")
    expect(page.locator("#tw-notices")).to_contain_text("<script>alert(2)</script>${1+1}{{x}}")
    expect(page.locator("#tw-main img, #tw-main script, [onerror]")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == DESKTOP[0]


def test_a_file_of_the_same_name_is_replaced_only_when_asked_for(
    visit: Visit, service: Service, tmp_path: Path
) -> None:
    newer = tmp_path / "new" / "巡查.txt"
    newer.parent.mkdir()
    newer.write_text("白沙县湖泊巡查办法\n\n第一条 湖泊每周巡查5次。\n", encoding="utf-8")
    page = visit(service)
    turn_to(page, "文件")
    card = upload(page, newer)
    expect(card).to_contain_text("语料中已有同名文件")
    expect(card.get_by_role("button", name="收入")).to_have_count(0)
    expect(page.get_by_role("button", name="全部收入语料")).to_be_hidden()
    card.get_by_role("button", name="替换").click()
    expect(page.locator("#tw-report .tw-report-summary")).to_contain_text("改动 1")
    assert "5次" in (tmp_path / "corpus" / "巡查.txt").read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "home" / "trash").glob("*/*")] == ["巡查.txt"]


def test_the_table_is_filtered_sorted_and_opens_notices(visit: Visit) -> None:
    page = visit(FakeBackend())
    turn_to(page, "文件")
    rows = page.locator("#tw-notices tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text(f"机关{HOSTILE}")
    issued = page.get_by_role("columnheader", name="成文日期")
    issued.get_by_role("button").click()
    expect(issued).to_have_attribute("aria-sort", "ascending")
    expect(rows.first).to_contain_text("恶意标题")
    issued.get_by_role("button").press("Enter")
    expect(issued).to_have_attribute("aria-sort", "descending")
    expect(issued.get_by_role("button")).to_be_focused()
    expect(rows.first).to_contain_text("岚州市清水行动实施方案")
    page.locator("#tw-words textarea").fill("清水")
    expect(rows).to_have_count(1)
    expect(page.locator("#tw-notices .tw-count")).to_have_text("1 份文件符合条件，共 2 份")
    page.locator("#tw-words textarea").fill("")
    choose(page, "tw-year", "2023")
    expect(rows).to_have_count(1)
    rows.get_by_role("link").first.click()
    expect(page.locator("#tw-pane .tw-card h2")).to_contain_text("恶意标题<img src=x")
    expect(page.locator("#tw-main img, #tw-main script, [onerror]")).to_have_count(0)


def test_a_removal_that_fails_says_why(visit: Visit) -> None:
    backend = FakeBackend()
    page = visit(backend)
    turn_to(page, "文件")
    hostile = page.locator("#tw-notices tbody tr").last
    hostile.get_by_role("button").click()
    expect(page.locator(".tw-confirm a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#tw-report .tw-fault")).to_contain_text(f"移不走 {HOSTILE}：只读文件系统。")
    assert backend.removed == []


def test_a_page_that_only_reads_shows_the_table_and_no_doors(visit: Visit) -> None:
    page = visit(FakeBackend(), hosting=Hosting(read_only=True))
    turn_to(page, "文件")
    expect(page.locator("#tw-notices tbody tr")).to_have_count(2)
    expect(page.locator("#tw-upload")).to_have_count(0)
    expect(page.get_by_role("button", name="更新语料")).to_have_count(0)
    expect(page.get_by_role("button", name="移除")).to_have_count(0)


@pytest.mark.parametrize(("name", "doors"), [("张三", 1), ("李四", 0)])
def test_only_named_people_may_change_the_corpus(visit: Visit, tmp_path: Path, name: str, doors: int) -> None:
    path = tmp_path / "users.txt"
    path.write_text("".join(f"{account_line(one, '口令')}\n" for one in ("张三", "李四")), encoding="utf-8")
    hosting = Hosting(accounts=Accounts.from_file(path), uploaders=frozenset({"张三"}))
    page = visit(FakeBackend(), hosting=hosting)
    page.locator("input").first.fill(name)
    page.locator("input[type=password]").fill("口令")
    page.keyboard.press("Enter")
    turn_to(page, "文件")
    expect(page.locator("#tw-notices tbody tr")).to_have_count(2)
    expect(page.locator("#tw-upload")).to_have_count(doors)
    expect(page.locator("#tw-notices").get_by_role("button", name="移除")).to_have_count(2 * doors)


def test_a_phone_shows_each_notice_as_a_card(visit: Visit) -> None:
    page = visit(FakeBackend(), size=PHONE, dark=True)
    turn_to(page, "文件")
    cell = page.locator("#tw-notices tbody tr").first.locator("td").nth(1)
    expect(cell).to_be_visible()
    assert page.evaluate("e => getComputedStyle(e, '::before').content", cell.element_handle()) == '"文号"'
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
