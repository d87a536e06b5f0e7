"""Words and characters of notice text."""

from __future__ import annotations

import pytest

from index.normalisation import normalise
from index.tokens import characters, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("，。《》 \n\t", []),
        ("的了吗？", []),
        ("PM2.5", ["pm2.5"]),
        ("ＰＭ２．５", ["pm2.5"]),
        ("4\ue01078公顷", ["4.78", "公顷"]),
        ("3.5%以内", ["3.5%", "3.5", "以内"]),
        ("2020年", ["2020", "2020年", "年"]),
        ("1,234户", ["1234", "1234户", "户"]),
        ("BOD5和GDP", ["bod5", "gdp"]),
        ("市委\n宣传部", ["市委", "宣传", "宣传部"]),
        ("污水 处理厂", ["污水", "处理", "处理厂"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    """Words as jieba cuts them for searching; numbers and Latin words whole; no stop words, no marks."""
    assert sorted(tokens(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("——", []),
        ("治水", ["治", "水"]),
        ("降到35%", ["降", "到", "35%"]),
        ("㈠ PM2.5", ["一", "pm2.5"]),
    ],
)
def test_characters(text: str, expected: list[str]) -> None:
    """Chinese characters one by one, other signs whole; compatibility forms as what they mean."""
    assert characters(text) == expected


def test_a_question_and_a_clause_that_differ_in_width_give_the_same_words() -> None:
    assert tokens("到２０２０年，达标率为１００％") == tokens("到2020年,达标率为100%")


def test_white_space_between_words_of_other_scripts_stays() -> None:
    assert normalise("GB 3838 标准") == "gb 3838 标准"
