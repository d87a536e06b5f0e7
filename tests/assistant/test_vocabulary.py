"""Titles, weights and regions of the catalogue."""

import pytest

from assistant.vocabulary import Vocabulary, longest_common_run, title_overlap
from tests.assistant.sample import MemorySource


@pytest.mark.parametrize(
    ("question", "title", "length"),
    [
        ("责任分解表里写的", "工作任务责任分解表", 5),
        ("首批示范点有哪些", "首批示范点名单", 5),
        ("任务怎么做", "任务分解表", 0),
        ("别的事", "任务分解表", 0),
        ("", "任务分解表", 0),
        ("任务", "", 0),
    ],
)
def test_title_overlap(question: str, title: str, length: int) -> None:
    assert title_overlap(question, title) == length


def test_longest_common_run() -> None:
    assert longest_common_run("碧水行动方案", "本碧水行动计划") == "碧水行动"
    assert longest_common_run("", "甲") == ""


def test_regions_and_their_forms() -> None:
    vocabulary = Vocabulary(MemorySource())
    assert vocabulary.regions == {
        "云屏县": frozenset({"hostile"}),
        "白砂市": frozenset({"baisha"}),
        "青岚市": frozenset({"qinglan"}),
    }
    assert vocabulary.region_names["青岚"] == "青岚市"


def test_rare_words_weigh_more() -> None:
    vocabulary = Vocabulary(MemorySource())
    assert vocabulary.weight("网箱") > vocabulary.weight("河") > 0
    assert vocabulary.known("网箱")
    assert not vocabulary.known("烟花")


def test_text_of_notices() -> None:
    vocabulary = Vocabulary(MemorySource())
    text = vocabulary.text_of(frozenset({"baisha"}))
    assert "白砂市清河计划" in text
    assert "网箱" not in text
