"""The small parts of the ask tab: acts in links, files, follow-ups, charts, chips."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.export.turns import Turn
from assistant.page.ask.acts import Act, Verb
from assistant.page.ask.chart_view import chart_view, number_text
from assistant.page.ask.chips_view import chips_view, struck_name
from assistant.page.ask.exporting import download_view, file_name
from assistant.page.ask.follow_ups import FollowUps
from assistant.page.ask.shown import Shown
from assistant.page.history import Asked
from assistant.page.i18n import Language
from assistant.types import Chart, Chip, ChipKind
from tests.assistant.page.fake import HOSTILE
from tests.assistant.page.fake_forms import FormsBackend

_NONE: frozenset[str] = frozenset()


@given(
    st.sampled_from(Verb),
    st.integers(0, 9999),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
)
def test_an_act_is_read_back_from_its_link(verb: Verb, turn: int, value: str) -> None:
    href = Act(verb, turn, value).href
    assert href.isascii()
    assert Act.parse(href) == Act(verb, turn, value)


@pytest.mark.parametrize(
    "forged",
    ["", "#act=", "#act=delete/0", "#act=ask/-1/x", "#act=ask/99999/x", "javascript:alert(1)", "#c=n1/c2"],
)
def test_anything_else_is_no_act(forged: str) -> None:
    assert Act.parse(forged) is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("优良比例？", "优良比例？"),
        ("../../etc/passwd", "etc passwd"),
        ("a\u202egnp.exe", "a gnp.exe"),
        ("长" * 99, "长" * 40),
        ("...", "条问"),
    ],
)
def test_a_question_becomes_the_name_of_a_file(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_file_comes_whole_in_its_link_and_only_in_known_formats() -> None:
    answer = FormsBackend().answer(["两处怎么说？"], _NONE)
    link = download_view([Turn(HOSTILE, answer)], ".md", HOSTILE)
    data = link.split("base64,")[1].split("&")[0].split('"')[0]
    assert base64.b64decode(data).decode("utf-8").startswith("## 问：")
    assert "<img" not in link
    assert download_view([Turn("问", answer)], ".exe", "问") == ""


def test_follow_ups_are_those_that_have_an_answer() -> None:
    backend = FormsBackend()
    answer = backend.answer(["两处怎么说？"], _NONE)
    follow_ups = FollowUps(backend)
    asked = [Asked("两处怎么说？")]
    assert follow_ups.after(asked, answer, notices=_NONE) == ["由哪个单位牵头？"]
    assert follow_ups.after([*asked, Asked("由哪个单位牵头？")], answer, notices=_NONE) == []
    assert follow_ups.after(asked, replace(answer, abstained=True), notices=_NONE) == []


def test_what_was_shown_is_what_is_put_on_file_and_what_is_lost_is_asked_again() -> None:
    backend = FormsBackend()
    asked = (Asked("两处怎么说？", frozenset({"year:2027"})),)
    other = replace(backend.answer(["两处怎么说？"], _NONE), plain="模型的话")
    assert Shown().with_answer(asked, other).answer(asked, backend, _NONE).plain == "模型的话"
    assert backend.asked == []
    assert Shown().answer(asked, backend, _NONE).plain == "92%\n到2027年，全市地表水优良比例达到96%。"
    assert backend.struck == [(frozenset({"year:2027"}), ())]


@pytest.mark.parametrize(
    ("number", "text"), [(1_200_000, "1,200,000"), (5.5, "5.5"), (100.0, "100"), (-0.25, "-0.25")]
)
def test_numbers_of_a_chart(number: float, text: str) -> None:
    assert number_text(number) == text


def test_a_line_is_drawn_where_the_labels_are_years_and_nothing_for_one_number() -> None:
    line = chart_view(Chart("比例", ("2024", "2025", "2027"), (90, 92, 96), "%", line=True), Language.CHINESE)
    assert (line.count("<line"), line.count("<circle"), line.count("<rect")) == (2, 3, 0)
    assert chart_view(Chart("比例", ("2024",), (90,), "%"), Language.CHINESE) == ""
    below = chart_view(Chart("比例", ("甲", "乙"), (-2, 4), "%"), Language.CHINESE)
    assert 'x="24.00%" y="9" width="20.00%"' in below
    assert 'x="44.00%" y="35" width="40.00%"' in below


@pytest.mark.parametrize(
    ("id_", "chinese", "english"),
    [
        ("year:2022", "年份：2022", "Year: 2022"),
        ("attachment:n1/附件1", "附件：附件1", "Attachment: 附件1"),
        ("topic:carried", "沿用的话题", "Topic of before"),
        ("kind:list", "回答形式", "Form of answer"),
        ("forged:x", "forged:x", "forged:x"),
    ],
)
def test_a_struck_chip_has_a_name(id_: str, chinese: str, english: str) -> None:
    assert struck_name(id_, Language.CHINESE) == chinese
    assert struck_name(id_, Language.ENGLISH) == english


@pytest.mark.parametrize("kind", list(ChipKind))
def test_every_chip_has_a_name_in_english(kind: ChipKind) -> None:
    shown = chips_view((Chip(kind, "x", "名称：北山县：甲"),), _NONE, 0, Language.ENGLISH)
    assert ": 北山县：甲" in shown
    assert "名称" not in shown


def test_without_the_form_that_was_read_there_is_no_chip_of_another() -> None:
    chips = (Chip(ChipKind.KIND, "task", "要的是：任务和要求"),)
    assert "任务和要求" in chips_view(chips, _NONE, 0, Language.CHINESE)
    assert "任务和要求" not in chips_view(chips, frozenset({"kind:list"}), 0, Language.CHINESE)
    assert chips_view((), _NONE, 0, Language.CHINESE) == ""
