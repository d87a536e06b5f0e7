"""What a reader must know of how a question was read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.assistant import Assistant
from index.reading import Reading, Replaced
from tests.assistant.sample import MemorySource


class _Mending(MemorySource):
    """Reads 河道饱洁 as 河道保洁 unless it is a name, and notes what it was told of names."""

    def read(self, question: str, *, is_name: Callable[[str], bool]) -> Reading:
        self.names = {word: is_name(word) for word in ("青岚", "杭州", "饱洁")}
        if "饱洁" in question:
            return Reading(question.replace("饱洁", "保洁"), (Replaced("饱洁", "保洁"),))
        return Reading(question)


@pytest.mark.parametrize(
    ("question", "notes"),
    [
        ("青岚市河道保洁外包率不高于多少", ()),
        ("河道保洁外包率不高于多少", ("问题没有写明地区或文件，已在全部3份文件（3个地区）中查找。",)),
        ("青岚市河道饱洁外包率不高于多少", ("问题里的“饱洁”按“保洁”查找。",)),
        ("杭州市河道保洁外包率不高于多少", ()),
    ],
)
def test_a_reader_is_told_what_was_mended_and_where_was_searched(
    question: str, notes: tuple[str, ...]
) -> None:
    assert Assistant(_Mending()).ask([question]).understood.notes == notes


def test_a_mended_question_is_the_one_that_is_answered() -> None:
    answer = Assistant(_Mending()).ask(["青岚市河道饱洁外包率不高于多少"])
    assert answer.citations[0].clause.cite == "一（一）"
    assert answer.understood.question == "青岚市河道保洁外包率不高于多少"


def test_places_are_names() -> None:
    source = _Mending()
    Assistant(source).ask(["青岚市河道保洁"])
    assert source.names == {"青岚": True, "杭州": True, "饱洁": False}


def test_in_one_notice_there_is_nothing_to_say_of_places() -> None:
    assistant = Assistant(MemorySource()).restricted(frozenset({"qinglan"}))
    assert assistant.ask(["河道保洁外包率不高于多少"]).understood.notes == ()
