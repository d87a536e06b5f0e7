"""One form for what is written in many ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.characters import homophones, simplified
from index.normalisation import normalise, plain_question
from index.tokens import tokens

_TEXT = st.text(
    alphabet="一二三十百千万亿〇年月日元个点微克立方米百分之成第的μg/m3%25.,、。 Ａ％濃後濕淨乾著"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("到２０２７年降至２５％", "到二〇二七年降至百分之二十五"),
        ("35μg/m³", "35微克/立方米"),
        ("2.4億元", "24,000万元"),
        ("城鎮住房困難家庭", "城镇住房困难家庭"),
        ("臭 氧", "臭氧"),
        ("4\ue01078", "4.78"),
        ("ＡＱＩ", "aqi"),
    ],
)
def test_what_means_the_same_is_looked_for_in_one_form(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("濕地保護率到二〇二七年要達到多少？", "湿地保护率到2027年要达到多少？"),
        ("ＰＭ２．５年均濃度降到35μg/m³，行嗎？", "PM2.5年均浓度降到35微克/立方米，行吗？"),
        ("2.4亿元怎么用（市财政）", "2.4亿元怎么用（市财政）"),
        ("二（一）1写了什么", "二（一）1写了什么"),
        ("哪两家在五年内办完十五件事", "哪两家在五年内办完十五件事"),
        ("十五个工作日内", "15个工作日内"),
        ("", ""),
    ],
)
def test_a_question_is_read_in_plain_form(asked: str, read: str) -> None:
    assert plain_question(asked) == read


@pytest.mark.parametrize("text", ["乾隆年间", "显著提高", "瞭望塔", "覆盖率", "人口"])
def test_characters_of_simplified_text_stay(text: str) -> None:
    assert simplified(text) == text


@given(_TEXT)
def test_simplifying_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(simplified(text)) == len(text)
    assert simplified(simplified(text)) == simplified(text)


@given(_TEXT.map(lambda text: text.replace(" ", "")))
def test_reading_a_question_first_changes_nothing_for_words(text: str) -> None:
    assert normalise(plain_question(text)) == normalise(text)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("臭", "抽", True),
        ("绩", "级", True),
        ("森", "生", True),  # en and eng
        ("资", "支", True),  # z and zh
        ("臭", "氧", False),
        ("臭", "x", False),
    ],
)
def test_characters_sound_alike_without_tones(one: str, other: str, alike: bool) -> None:
    assert (other in homophones(one)) is alike
