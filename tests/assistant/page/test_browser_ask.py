"""Answers and what can be done with them, in a real browser. Every wait is an assertion that retries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from assistant.feedback import append_feedback
from assistant.types import Answer
from eval.feedback import Cited, read_feedback
from tests.assistant.page.conftest import Visit
from tests.assistant.page.fake import HOSTILE, LANZHOU
from tests.assistant.page.fake_forms import FormsBackend
from tests.assistant.page.test_browser import PHONE, ask


def saved(page: Page, link: Locator, folder: Path) -> Path:
    """The file that pressing `link` saves."""
    with page.expect_download() as download:
        link.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_chip_is_struck_out_and_put_back(visit: Visit) -> None:
    backend = FormsBackend()
    page = visit(backend)
    ask(page, "优良比例？")
    chips = ask(page, "牵头的是谁？").locator(".tw-chip")
    expect(chips).to_have_count(2)
    expect(chips.first).to_have_class("tw-chip tw-carried")
    expect(page.locator("#tw-chat .tw-answer").first.locator(".tw-strike").first).to_be_hidden()
    chips.first.get_by_role("button", name="去掉“地区：岚州市”再问").press("Enter")
    answers = page.locator("#tw-chat .tw-answer")
    last = answers.last
    expect(last.locator(".tw-struck")).to_contain_text("地区：岚州市")
    expect(last.locator(".tw-carried")).to_have_count(0)
    expect(answers).to_have_count(2)
    place = frozenset({"place:岚州市"})
    assert backend.asked[-1][0] == ["优良比例？", "牵头的是谁？"]
    assert backend.struck[-1] == (place, (frozenset(),))
    expect(page.locator("#tw-question .stop-button")).to_be_hidden()
    ask(page, "两处怎么说？")
    assert backend.struck[-1] == (frozenset(), (frozenset(), place))
    page.locator("#tw-chat .tw-question-tools a").nth(1).click()
    expect(page.locator("#tw-question textarea")).to_have_value("牵头的是谁？")
    expect(page.locator("#tw-chat .tw-question")).to_have_count(1)


def test_passages_have_labels_folds_and_a_flagged_contradiction(visit: Visit) -> None:
    answer = ask(visit(FormsBackend()), "两处怎么说？")
    expect(answer.locator(".tw-cells dt")).to_have_text("到2025年")
    expect(answer.locator(".tw-cells dd")).to_have_text("92%[1]")
    rest = answer.locator(".tw-rest p")
    expect(rest).to_be_hidden()
    answer.get_by_text("展开全文").click()
    expect(rest).to_have_text("劣V类水体全面消除。[2]")
    expect(answer.locator(".tw-flag")).to_have_text("两处说法不一致：92%[1]，96%[2]。")
    expect(answer.locator(".tw-flag a")).to_have_count(2)


def test_a_list_has_its_count_by_role_and_is_saved_as_a_workbook(visit: Visit, tmp_path: Path) -> None:
    page = visit(FormsBackend())
    answer = ask(page, "市水务局有哪些任务？")
    expect(answer.locator(".tw-lead")).to_have_text("市水务局共16项：")
    expect(answer.locator(".tw-group-head")).to_have_text(["牵头 1 项", "配合 15 项"])
    expect(answer.locator(".tw-items li:visible")).to_have_count(13)
    answer.get_by_text("其余 3 项").click()
    expect(answer.locator(".tw-items li:visible")).to_have_count(16)
    expect(answer.locator(".tw-items li").nth(3)).to_contain_text(HOSTILE)
    book = load_workbook(saved(page, answer.get_by_role("button", name="Excel"), tmp_path))
    sheet = book.worksheets[1]
    assert sheet.max_row == 17
    assert [cell.value for cell in sheet[3]][1:3] == ["配合", "=1+1"]
    assert sheet.cell(3, 3).data_type == "s"
    assert (sheet.cell(2, 4).value, sheet.cell(2, 5).value) == (LANZHOU.card.title, LANZHOU.card.doc_number)


def test_a_comparison_is_a_table_with_honest_blanks_and_a_chart(visit: Visit, tmp_path: Path) -> None:
    page = visit(FormsBackend())
    answer = ask(page, "比较各市优良比例")
    expect(answer.locator("thead th")).to_have_text(["地区", "优良比例"])
    expect(answer.locator("tbody th")).to_have_text(["岚州市", f"北泽市{HOSTILE}", "澄浦市"])
    expect(answer.locator("td")).to_have_text(["达到96%[1]", "达到90.5%[2]", "账本里没有这项目标"])
    expect(answer.locator("td.tw-blank")).to_have_count(1)
    chart = answer.get_by_role("img", name="2027年优良比例（单位：%）")
    expect(chart).to_be_visible()
    bars = chart.locator("rect")
    expect(bars).to_have_count(2)
    widths = [bar.bounding_box() for bar in bars.all()]
    assert widths[0] is not None
    assert widths[1] is not None
    assert widths[0]["width"] / widths[1]["width"] == pytest.approx(96 / 90.5, rel=0.01)
    expect(answer.locator(".tw-source").first).to_be_hidden()
    answer.get_by_text("出处（2 条）").click()
    expect(answer.locator(".tw-source").first).to_be_visible()
    answer.locator("td a.tw-marker").first.click()
    expect(page.locator("#tw-target mark")).to_have_text("达到96%")
    sheet = load_workbook(saved(page, answer.get_by_role("button", name="Excel"), tmp_path)).worksheets[1]
    assert [cell.value for cell in sheet[2]][:3] == ["岚州市", "达到96%", 96]


def test_a_dialogue_is_saved_as_a_document(visit: Visit, tmp_path: Path) -> None:
    page = visit(FormsBackend())
    expect(page.get_by_text("导出对话")).to_be_hidden()
    ask(page, "两处怎么说？")
    ask(page, "牵头的是谁？")
    page.get_by_text("导出对话").click()
    path = saved(page, page.locator("#tw-acts").get_by_role("button", name="Word"), tmp_path)
    assert path.name == "政策问答记录.docx"
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert text.index("问：两处怎么说？") < text.index("92%") < text.index("问：牵头的是谁？")
    one = saved(
        page, page.locator("#tw-chat .tw-answer").last.get_by_role("button", name="Markdown"), tmp_path
    )
    assert one.name == "牵头的是谁？.md".replace("?", "")
    markdown = one.read_text(encoding="utf-8")
    assert "两处" not in markdown
    assert f"《{LANZHOU.card.title}》{LANZHOU.card.doc_number}" in markdown


def test_an_answer_is_copied_with_its_citations(visit: Visit) -> None:
    page = visit(FormsBackend())
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answer = ask(page, "两处怎么说？")
    answer.get_by_role("button", name="复制").click()
    expect(answer.locator(".tw-copied")).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert lines[:3] == ["问：两处怎么说？", "到2025年：92%。[1]", "到2027年，全市地表水优良比例达到96%。[2]"]
    assert lines[-1] == (
        f"[2] 《{LANZHOU.card.title}》岚政办发〔2024〕18号，岚州市人民政府办公室，2024-05-20，一（一）："
        "“到2027年，全市地表水优良比例达到96%”"
    )


class Mending(FormsBackend):
    """Fails at the first question, and then no more."""

    def answer(self, turns: Sequence[str], struck: frozenset[str]) -> Answer:
        return super().answer(["故障"] if len(self.asked) == 1 else turns, struck)


def test_an_answer_is_asked_again_in_its_place(visit: Visit) -> None:
    backend = Mending()
    page = visit(backend)
    answer = ask(page, "两处怎么说？")
    expect(answer).to_have_class("tw-answer tw-fault")
    answer.get_by_role("button", name="重新回答").click()
    expect(page.locator("#tw-chat .tw-answer .tw-flag")).to_have_count(1)
    expect(page.locator("#tw-chat .tw-question")).to_have_count(1)
    expect(page.locator("#tw-chat .tw-answer")).to_have_count(1)
    assert [turns for turns, _ in backend.asked] == [["两处怎么说？"]] * 2


def test_follow_ups_are_offered_when_they_have_an_answer(visit: Visit) -> None:
    backend = FormsBackend()
    page = visit(backend)
    ask(page, "两处怎么说？")
    offered = page.locator("#tw-next .tw-follow-ups a")
    expect(offered).to_have_text(["由哪个单位牵头？"])
    offered.first.click()
    expect(page.locator("#tw-chat .tw-answer").last.locator(".tw-cells dt")).to_have_text("牵头单位")
    assert backend.asked[-1][0] == ["两处怎么说？", "由哪个单位牵头？"]


def test_what_staff_think_is_kept_as_the_evaluation_reads_it(visit: Visit, tmp_path: Path) -> None:
    backend = FormsBackend()
    page = visit(backend)
    ask(page, "优良比例？")
    answer = ask(page, "两处怎么说？")
    answer.get_by_role("button", name="不对").click()
    form = page.locator("#tw-rating")
    expect(form).to_contain_text("这个回答哪里不对？")
    expect(answer.get_by_role("button", name="不对")).to_be_in_viewport(ratio=1)
    form.get_by_label("数字或年份不对").check()
    form.get_by_label("说明").fill(f"应为95% {HOSTILE}")
    form.get_by_label("正确的条款").fill(f"{LANZHOU.card.title} 一（二）")
    form.get_by_role("button", name="提交").click()
    expect(page.locator("#tw-acts .tw-remark")).to_have_text("已记下，谢谢。")
    expect(form).to_be_hidden()
    answer.get_by_role("button", name="有用").click()
    expect(form).to_contain_text("这个回答有用在哪里？")
    expect(form.get_by_label("正确的条款")).to_be_hidden()
    expect(form.get_by_label("说明")).to_have_value("")
    form.get_by_role("button", name="取消").click()
    expect(form).to_be_hidden()
    assert len(backend.feedback) == 1
    append_feedback(tmp_path / "feedback.jsonl", backend.feedback[0])
    (kept,) = read_feedback(tmp_path / "feedback.jsonl")
    assert kept.turns == ("优良比例？", "两处怎么说？")
    assert (kept.thumb, kept.reason) == ("down", f"数字或年份不对；应为95% {HOSTILE}")
    assert kept.correct == Cited(LANZHOU.name, "一（二）")
    assert kept.citations[0] == Cited(LANZHOU.name, "一（一）", "到2025年，全市地表水优良比例达到92%")


def test_words_read_from_an_image_are_marked(visit: Visit) -> None:
    answer = ask(visit(FormsBackend()), "扫描件怎么写？")
    expect(answer.locator(".tw-source .tw-recognised")).to_have_text("图片识别，把握 91%")


def test_hostile_text_in_chips_and_reasons_stays_text(visit: Visit) -> None:
    page = visit(FormsBackend())
    answer = ask(page, f"恶意{HOSTILE}")
    expect(answer.locator(".tw-chip").last).to_contain_text(f"年份：2027年{HOSTILE}")
    answer.get_by_role("button", name="去掉“年份").click()
    expect(page.locator("#tw-chat .tw-answer").last.locator(".tw-struck")).to_contain_text("年份：2027")
    expect(page.locator("#tw-chat .tw-question").last).to_have_text(f"恶意{HOSTILE}")
    expect(page.locator("#tw-main img, #tw-main script, [onerror], [onload]")).to_have_count(0)


def test_a_hostile_department_stays_text(visit: Visit) -> None:
    page = visit(FormsBackend())
    answer = ask(page, "谁负责恶意的事？")
    expect(answer).to_contain_text(f"水务局{HOSTILE}")
    expect(answer).to_contain_text(f"牵头单位{HOSTILE}")
    expect(page.locator("#tw-main img, #tw-main script, [onerror], [onload]")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_every_form_fits_a_phone(visit: Visit, dark: bool) -> None:
    page = visit(FormsBackend(), size=PHONE, dark=dark)
    for question in ("两处怎么说？", "市水务局有哪些任务？", "比较各市优良比例", "月球基地？"):
        ask(page, question)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    wide = page.evaluate(
        "[...document.querySelectorAll('#tw-chat .tw-answer > *')]"
        ".filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.className)"
    )
    assert wide == []
    expect(page.locator("#tw-question textarea")).to_be_in_viewport(ratio=1)


def test_english_has_every_tool(visit: Visit) -> None:
    page = visit(FormsBackend(), "/?lang=en")
    answer = ask(page, "比较各市优良比例")
    for name in ("Copy", "Excel", "Word", "Markdown", "Ask again", "Useful", "Wrong"):
        expect(answer.get_by_role("button", name=name, exact=True)).to_be_visible()
    answer.get_by_role("button", name="Wrong", exact=True).click()
    expect(page.locator("#tw-rating").get_by_label("Wrong figure or year")).to_be_visible()
    expect(page.locator("#tw-rating").get_by_label("The right clause")).to_be_visible()
