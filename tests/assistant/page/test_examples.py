"""Example questions from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.page.examples import Examples, example_questions
from index.types import NoticeRecord
from tests.assistant.page.fake import FakeBackend


def test_questions_of_several_forms_whose_answers_cite_what_they_came_from() -> None:
    """The fake knows no answer to 怎样… and 主要目标…: these are not shown."""
    assert example_questions(FakeBackend()) == [
        "岚州市2025年地表水优良比例要达到多少？",
        "北泽市<img src=x onerror=alert(6)>“任务清单”由哪个单位牵头？",
        "岚州市管网目标要在什么时候前完成？",
        "岚州市水务局要负责哪些任务？",
    ]


def test_they_are_drawn_once_for_each_state_of_the_corpus() -> None:
    backend = FakeBackend()
    examples = Examples(backend)
    first = examples.current()
    asked = len(backend.asked)
    assert examples.current() == first
    assert len(backend.asked) == asked


def test_an_empty_corpus_has_no_examples() -> None:
    class Empty(FakeBackend):
        def notices(self) -> Sequence[NoticeRecord]:
            return ()

    assert example_questions(Empty()) == []
