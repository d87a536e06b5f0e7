"""Example questions from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.page.examples import example_questions
from index.types import NoticeRecord
from tests.assistant.page.fake import FakeBackend


def test_six_forms_from_two_notices() -> None:
    assert example_questions(FakeBackend()) == [
        "岚州市2025年地表水优良比例要达到多少？",
        "北泽市<img src=x onerror=alert(6)>“任务清单”由哪个单位牵头？",
        "岚州市怎样整治第1片区河道？",
        "岚州市的主要目标有哪些？",
        "岚州市水务局要负责哪些任务？",
        "岚州市管网目标，什么时候完成？",
    ]


def test_an_empty_corpus_has_no_examples() -> None:
    class Empty(FakeBackend):
        def notices(self) -> Sequence[NoticeRecord]:
            return ()

    assert example_questions(Empty()) == []
