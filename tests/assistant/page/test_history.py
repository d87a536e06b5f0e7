"""History in its two forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.page.answer_view import fault_view
from assistant.page.history import question_bubble, read_questions, read_text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("你好", "你好"),
        ([{"type": "text", "text": "你"}, {"type": "text", "text": "好"}], "你好"),
        ({"type": "text", "text": "你好"}, "你好"),
        ([{"type": "file", "file": {"path": "x"}}], ""),
        (None, ""),
    ],
)
def test_text_of_a_message(content: object, text: str) -> None:
    assert read_text(content) == text


def test_questions_are_the_persons_messages_as_typed() -> None:
    history = [
        {"role": "user", "content": [{"type": "text", "text": question_bubble("<b>多少？\n\n几个")}]},
        {"role": "assistant", "content": "答"},
        {"role": "user", "content": "谁牵头"},
    ]
    assert read_questions(history) == ["<b>多少？\n\n几个", "谁牵头"]


@given(st.text().filter(lambda text: "\0" not in text))
def test_a_bubble_is_read_back_unchanged(text: str) -> None:
    assert read_questions([{"role": "user", "content": question_bubble(text)}]) == [text]


def test_a_question_that_failed_is_no_part_of_the_dialogue() -> None:
    history = [
        {"role": "user", "content": question_bubble("？？？")},
        {"role": "assistant", "content": [{"type": "text", "text": fault_view("问题里只有标点符号。")}]},
        {"role": "user", "content": question_bubble("多少？")},
        {"role": "assistant", "content": "<div>答</div>"},
        {"role": "assistant", "content": fault_view("问题是空的。")},
        {"role": "user", "content": question_bubble("谁？")},
    ]
    assert read_questions(history) == ["多少？", "谁？"]
