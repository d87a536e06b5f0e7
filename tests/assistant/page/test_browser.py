"""The page in a real browser, over an invented corpus. Every wait is an assertion that retries."""

from __future__ import annotations

import re
import threading
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.page.conftest import DESKTOP, Visit
from tests.assistant.page.fake import HOSTILE, HOSTILE_NOTICE, LANZHOU, FakeBackend

PHONE = (390, 844)


def ask(page: Page, question: str) -> Locator:
    """Types a question, presses Enter, and returns its answer once it is whole."""
    answers = page.locator("#tw-chat .tw-answer")
    number = answers.count()
    box = page.locator("#tw-question textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator("#tw-chat .tw-question").last).to_have_text(question)
    expect(answers).to_have_count(number + 1)
    expect(answers.last).not_to_have_class(re.compile("tw-writing"))
    expect(page.locator("#tw-question .stop-button")).to_be_hidden()
    return answers.nth(number)


def turn_to(page: Page, tab: str) -> None:
    """Opens another tab of the page."""
    page.get_by_role("tab", name=tab).click()


def choose(page: Page, field: str, option: str) -> None:
    """Picks an option of the dropdown whose element has that id."""
    box = page.locator(f"#{field} input")
    box.click()
    offered = page.locator(f"#{box.get_attribute('aria-controls')}")
    offered.get_by_role("option", name=option, exact=True).click()
    expect(offered).to_have_count(0)


def test_a_first_visit_shows_questions_and_one_click_asks(visit: Visit) -> None:
    backend = FakeBackend()
    page = visit(backend)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("#tw-brand h1")).to_have_text("条问")
    expect(page.get_by_role("heading", name="想查哪一条？")).to_be_visible()
    examples = page.locator("#tw-chat .example")
    expect(examples).to_have_count(4)
    expect(examples.first).to_have_text("岚州市2025年地表水优良比例要达到多少？")
    examples.first.click()
    expect(page.locator("#tw-chat .tw-source")).to_have_count(1)
    assert backend.asked[-1] == (["岚州市2025年地表水优良比例要达到多少？"], frozenset())


def test_ask_read_the_source_and_see_the_clause(visit: Visit) -> None:
    page = visit(FakeBackend())
    answer = ask(page, "第20片区发现问题怎么办？")
    expect(answer.locator("a.tw-marker")).to_have_text("[1]")
    source = answer.locator(".tw-source")
    expect(source).to_have_text(
        "[1]《岚州市清水行动实施方案（2024—2027年）》岚州市人民政府办公室2024年5月20日二（一）20"
    )
    expect(page.locator("#tw-pane")).to_be_hidden()
    source.click()
    target = page.locator("#tw-pane #tw-target")
    expect(target).to_have_class(re.compile("tw-hit"))
    expect(target).to_contain_text("整治第20片区河道")
    expect(target.locator("mark")).to_have_text("发现问题当日上报")
    # Intersection counts the clipping by the scrolled pane: the words are really inside its visible area.
    expect(target).to_be_in_viewport(ratio=1)
    expect(target.locator("mark")).to_be_in_viewport(ratio=1)
    expect(page.locator("#tw-pane .tw-crumbs li")).to_have_text(
        ["重点任务", "推进河道综合整治", "二（一）20"]
    )
    expect(page.locator("#tw-pane .tw-parent")).to_have_text(["二、重点任务", "（一）推进河道综合整治"])
    expect(page.locator("#tw-pane .tw-card h2")).to_have_text(LANZHOU.card.notice_title or "")


def test_a_marker_opens_a_table_with_its_row_marked(visit: Visit) -> None:
    page = visit(FakeBackend())
    ask(page, "谁牵头改造管网？").locator("a.tw-marker").click()
    row = page.locator("#tw-pane tr.tw-hit")
    expect(row).to_be_in_viewport(ratio=1)
    expect(row.locator("td")).to_have_text(
        ["3", "改造雨污分流管网46公里", "市住房和城乡建设局", "2027年6月底前"]
    )
    expect(row.locator("mark")).to_have_text("市住房和城乡建设局")
    expect(page.locator("#tw-pane thead th")).to_have_text(["序号", "工作任务", "牵头单位", "完成时限"])


def test_another_source_moves_the_highlight(visit: Visit) -> None:
    page = visit(FakeBackend())
    ask(page, "谁牵头改造管网？").locator(".tw-source").click()
    expect(page.locator("#tw-pane tr.tw-hit")).to_be_in_viewport()
    ask(page, "优良比例？").locator(".tw-source").click()
    expect(page.locator("#tw-pane .tw-hit")).to_have_count(1)
    expect(page.locator("#tw-pane .tw-hit mark")).to_have_text("到2027年，全市地表水优良比例达到96%")
    expect(page.locator("#tw-pane .tw-hit")).to_be_in_viewport(ratio=1)


def test_a_pasted_address_opens_the_notice_at_the_clause(visit: Visit) -> None:
    page = visit(FakeBackend(), f"/?c={quote(LANZHOU.name)}%20{quote('二（一）20')}")
    expect(page.locator("#tw-target")).to_contain_text("整治第20片区河道")
    expect(page.locator("#tw-target")).to_be_in_viewport(ratio=1)
    page.goto(re.sub(r"\?.*", f"?c={quote(LANZHOU.name)}", page.url))
    expect(page.locator("#tw-pane .tw-card h2")).to_be_in_viewport(ratio=1)
    page.goto(re.sub(r"\?.*", "?c=%3Cimg%20src=x%20onerror=alert(1)%3E", page.url))
    expect(page.locator("#tw-pane .tw-missing")).to_contain_text("这一条已不在语料中")


def test_outline_hits_and_link_lead_through_the_notice(visit: Visit) -> None:
    page = visit(FakeBackend())
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "水务局管什么？").locator(".tw-source").first.click()
    tools = page.locator("#tw-pane .tw-tools")
    expect(tools.locator(".tw-position")).to_have_text("1 / 2")
    tools.get_by_role("button", name="下一处").click()
    expect(page.locator("#tw-pane tr.tw-hit")).to_contain_text("建设生态护岸8公里")
    expect(tools.locator(".tw-position")).to_have_text("2 / 2")
    page.locator("#tw-pane .tw-outline").get_by_text("主要目标").click()
    page.locator("#tw-pane .tw-outline").get_by_text("水质目标").click()
    expect(page.locator("#tw-pane .tw-clause", has_text="水质目标")).to_be_in_viewport(ratio=1)
    tools.get_by_role("button", name="复制链接").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert unquote(copied).endswith(f"?c={LANZHOU.name}+附件1#2")
    with page.expect_download() as download:
        tools.get_by_role("link", name="原文件").click()
    assert download.value.suggested_filename == "fake.py"


def test_an_answer_streams_and_can_be_stopped(visit: Visit) -> None:
    gate = threading.Event()
    page = visit(FakeBackend(gate))
    box = page.locator("#tw-question textarea")
    try:
        box.fill("优良比例？")
        box.press("Enter")
        expect(page.locator("#tw-chat .tw-writing")).to_contain_text("到2027年")
        expect(box).to_have_value("")
        # gradio ends the old answer when the backend lets go of it, and with it a question asked earlier.
        with page.expect_response(re.compile(r"/cancel$")):
            page.get_by_role("button", name="停止").click()
            expect(page.locator("#tw-chat .tw-answer")).to_have_text(["已停止。重新回答"])
            gate.set()
        expect(page.get_by_role("button", name="提问")).to_be_visible()
    finally:
        gate.set()
    expect(ask(page, "优良比例？").locator(".tw-source")).to_have_count(1)


def test_only_the_chosen_notice_is_searched(visit: Visit) -> None:
    backend = FakeBackend()
    page = visit(backend)
    page.get_by_label("只查这些文件").click()
    page.get_by_role("option", name=LANZHOU.card.title).click()
    ask(page, "优良比例？")
    assert backend.asked[-1] == (["优良比例？"], frozenset({"n1"}))


def test_a_second_question_carries_the_first(visit: Visit) -> None:
    backend = FakeBackend()
    page = visit(backend)
    ask(page, "优良比例？")
    ask(page, "那管网呢？")
    assert [turns for turns, _ in backend.asked[-2:]] == [["优良比例？"], ["优良比例？", "那管网呢？"]]
    page.get_by_role("button", name="新对话").click()
    expect(page.locator("#tw-chat .tw-question")).to_have_count(0)
    ask(page, "谁牵头管网？")
    assert backend.asked[-1][0] == ["谁牵头管网？"]


def test_no_answer_is_said_calmly_with_the_nearest_clauses(visit: Visit) -> None:
    page = visit(FakeBackend())
    answer = ask(page, "月球基地什么时候建成？")
    expect(answer).to_have_class(re.compile("tw-abstained"))
    expect(answer.locator(".tw-abstained-head")).to_have_text("语料中没有条款说到这件事。")
    expect(answer).to_contain_text("最接近的条款（不是答案）：")
    expect(answer.locator(".tw-source")).to_have_count(2)
    answer.locator(".tw-source").last.click()
    expect(page.locator("#tw-pane .tw-hit")).to_contain_text("管网目标")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("太长", "问题太长，请控制在2000字以内。"),
        ("故障", "出了故障，没能完成：RuntimeError。请再试一次；仍不行，请把这句话告诉管理员。"),
    ],
)
def test_errors_are_one_chinese_sentence(visit: Visit, question: str, sentence: str) -> None:
    answer = ask(visit(FakeBackend()), question)
    expect(answer).to_have_text(f"{sentence}重新回答")
    expect(answer).to_have_attribute("role", "alert")


def test_hostile_text_is_shown_as_text_and_nothing_runs(visit: Visit) -> None:
    """In question, answer, title, issuer, file name, heading, clause, cell, column, department and choice."""
    page = visit(FakeBackend())
    expect(page.locator("#tw-chat .example").filter(has_text="<img src=x onerror=alert(6)>")).to_be_visible()
    answer = ask(page, f"恶意{HOSTILE}")
    expect(answer.locator("p").first).to_have_text(f"条文{HOSTILE}[1][2]")
    expect(answer.locator(".tw-source-title").first).to_have_text(f"《{HOSTILE_NOTICE.card.title}》")
    answer.locator(".tw-source").first.click()
    pane = page.locator("#tw-pane")
    expect(pane.locator(".tw-hit")).to_have_text(f"（一）条文{HOSTILE}")
    expect(pane.locator(".tw-parent")).to_have_text(f"一、标题{HOSTILE}")
    expect(pane.locator(".tw-card")).to_contain_text(f"文件{HOSTILE}.html")
    expect(pane.locator(".tw-card")).to_contain_text(f"备注{HOSTILE}")
    answer.locator("a.tw-marker").last.click()
    expect(pane.locator("tr.tw-hit td")).to_have_text([f"任务清单，{HOSTILE}", f"部门{HOSTILE}", HOSTILE])
    expect(pane.locator("thead th").last).to_have_text(f"列{HOSTILE}")
    page.get_by_label("只查这些文件").click()
    page.get_by_role("option", name="恶意标题").click()
    expect(page.locator("#tw-filter")).to_contain_text(HOSTILE)
    assert page.evaluate("document.documentElement.scrollWidth") == DESKTOP[0]
    turn_to(page, "文件")
    assert page.evaluate("document.documentElement.scrollWidth") == DESKTOP[0]
    page.get_by_role("button", name="更新语料").click()
    expect(page.locator("#tw-report")).to_contain_text(f"{HOSTILE}.md")
    expect(page.locator("#tw-main img, #tw-main script, #tw-report img, [onerror], [onload]")).to_have_count(
        0
    )


def test_the_corpus_is_updated_and_the_report_is_plain(visit: Visit) -> None:
    backend = FakeBackend()
    page = visit(backend)
    turn_to(page, "文件")
    button = page.get_by_role("button", name="更新语料")
    button.click()
    report = page.locator("#tw-report .tw-report")
    expect(report.locator(".tw-report-summary")).to_have_text(
        "语料已更新：新增 1，改动 0，移除 1，未变 2；共 33 条条款，用时 0.4 秒。"
    )
    expect(report).to_contain_text("坏文件.txt不是文字文件（第 12 个字节为 0x00），请另存为 UTF-8 文本。")
    expect(report).to_contain_text("表格.xlsx暂不支持 .xlsx。")
    report.get_by_role("button", name="关闭").click()
    expect(report).to_have_count(0)
    expect(button).to_be_enabled()
    button.click()
    expect(report).to_contain_text("另一个同步正在更新")
    assert backend.syncs == 2


def test_a_phone_has_room_for_everything(visit: Visit) -> None:
    page = visit(FakeBackend(), size=PHONE)
    expect(page.get_by_role("tab", name="文件")).to_be_in_viewport(ratio=1)
    expect(page.locator("#tw-question textarea")).to_be_in_viewport(ratio=1)
    answer = ask(page, "第20片区发现问题怎么办？")
    expect(answer.locator(".tw-source")).to_be_in_viewport(ratio=1)
    answer.locator(".tw-source").click()
    expect(page.locator("#tw-target mark")).to_be_in_viewport(ratio=1)
    assert page.locator("#tw-pane").bounding_box() == {"x": 0, "y": 0, "width": PHONE[0], "height": PHONE[1]}
    page.locator("#tw-pane").get_by_role("button", name="关闭").click()
    expect(page.locator("#tw-pane")).to_be_hidden()
    expect(page.locator("#tw-question textarea")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit(FakeBackend())
    source = ask(page, "优良比例？").locator(".tw-source")
    source.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tw-pane .tw-notice-scroll")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#tw-pane")).to_be_hidden()
    expect(source).to_be_focused()


def test_without_a_mouse_from_the_first_visit_to_another_tab(visit: Visit) -> None:
    page = visit(FakeBackend())
    expect(page.locator("#tw-question textarea")).to_be_focused()
    page.keyboard.type("优良比例？")
    page.keyboard.press("Enter")
    expect(page.locator("#tw-chat .tw-source")).to_be_visible()
    _walk(page, "Shift+Tab", ".tw-source")
    page.keyboard.press("Enter")
    expect(page.locator("#tw-target")).to_be_in_viewport()
    page.keyboard.press("Escape")
    _walk(page, "Shift+Tab", "[role=tab][aria-selected=true]")
    _walk(page, "Tab", "[role=tab]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="文件")).to_have_attribute("aria-selected", "true")
    _walk(page, "Tab", "#tw-tab-corpus button, #tw-tab-corpus input")


def _walk(page: Page, key: str, wanted: str) -> None:
    """Presses `key` until the focus is on what is wanted; fails when it has gone past everything."""
    for _ in range(40):
        page.keyboard.press(key)
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{key} does not lead to {wanted}")


def test_english_is_one_click_away_and_stays(visit: Visit) -> None:
    page = visit(FakeBackend())
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("tab", name="Notices")).to_be_visible()
    expect(page.get_by_role("heading", name="Which clause are you looking for?")).to_be_visible()
    page.goto(re.sub(r"\?.*", "", page.url))
    expect(page.get_by_role("tab", name="Notices")).to_be_visible()
    expect(ask(page, "优良比例？").locator(".tw-sources-head")).to_have_text("Sources")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("tab", name="文件")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_its_ground_in_light_and_dark(visit: Visit, dark: bool) -> None:
    """WCAG 2.2, 1.4.3: a contrast of at least 4.5 to 1 for every kind of text on the page."""
    page = visit(FakeBackend(), dark=dark)
    ask(page, "月球基地什么时候建成？")
    ask(page, "优良比例？").locator(".tw-source").click()
    expect(page.locator("#tw-target mark")).to_be_visible()
    poor = page.evaluate(_CONTRAST)
    assert poor == []


#: Texts whose colour is too near to the ground they stand on, each with its contrast.
_CONTRAST = """() => {
  const parse = (css) => css.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e !== null; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll("#tw-masthead *, #tw-main *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== "");
    if (!own || element.getClientRects().length === 0) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) poor.push(`${contrast.toFixed(2)} ${element.className} ${element.textContent}`);
  }
  return poor;
}"""
