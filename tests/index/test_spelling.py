"""Words typed by their sound."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import Misspelt, Words, misspelt

_HELD = {"臭氧": 3, "浓度": 9, "湿地": 2, "细颗粒": 4, "优良": 5, "天数": 6, "废水": 4, "减排": 2}
_TOGETHER = {("臭氧", "浓度"), ("优良", "天数")}


def _words(held: Mapping[str, int] = _HELD, *, names: frozenset[str] = frozenset()) -> Words:
    return Words(
        lambda word: held.get(word, 0),
        lambda one, other: (one, other) in _TOGETHER,
        names.__contains__,
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2026年抽氧浓度要控制在多少", "臭氧"),
        ("优量天数有几天", "优良"),
        ("细科粒物", "细颗粒"),
        ("抽氧呢", "臭氧"),  # nothing beside it speaks against it
    ],
)
def test_a_run_that_nobody_knows_is_read_as_the_word_that_sounds_the_same(text: str, word: str) -> None:
    (found,) = misspelt(text, _words())
    assert found.word == word
    assert len(text[found.start : found.end]) == len(word)


def test_its_place_is_told() -> None:
    assert misspelt("岚汀抽氧浓度", _words()) == (Misspelt(2, 4, "臭氧"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "臭氧浓度",
        "事实上怎么办",  # words of the dictionary, though 实施 may sound near
        "山东费水的庄稼",  # 废水 never stands near 山东 or 庄稼
        "抽2氧浓度",
        "PM2.5",
        "强排能力",  # 强 is not read like 减 where it is read like 枪
    ],
)
def test_what_may_be_right_stays(text: str) -> None:
    assert misspelt(text, _words()) == ()


def test_a_name_stays() -> None:
    assert misspelt("抽氧浓度", _words(names=frozenset({"抽氧"}))) == ()


def test_of_several_words_the_commonest_that_stands_near_is_taken() -> None:
    held = {**_HELD, "抽样": 8}
    assert [m.word for m in misspelt("抽氧浓度", _words(held))] == ["臭氧"]


@given(st.text(alphabet="抽臭氧浓度湿帝地优量良天数费废水的年1a，"))
def test_places_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for found in misspelt(text, _words()):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] != found.word
        end = found.end
