"""History in its two forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.page.answer_view import fault_view
from assistant.page.converse import question_message
from assistant.page.history import Asked, dialogue, question_bubble, read_text, read_turns
from assistant.page.html import element
from assistant.page.i18n import Language


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


def _user(content: object) -> dict[str, object]:
    return {"role": "user", "content": content}


def test_questions_are_the_persons_messages_as_typed() -> None:
    asked = Asked("<b>多少？\n\n几个", frozenset({"year:2027", 'place:<b>"'}))
    history = [
        _user([{"type": "text", "text": question_message(asked, 0, Language.CHINESE)}]),
        {"role": "assistant", "content": "答"},
        _user("谁牵头"),
    ]
    assert dialogue(read_turns(history)) == (asked, Asked("谁牵头"))
    assert [turn.place for turn in read_turns(history)] == [0, 2]


@given(
    st.text().filter(lambda text: "\0" not in text), st.sets(st.text().filter(lambda text: "\0" not in text))
)
def test_a_bubble_is_read_back_unchanged(text: str, struck: set[str]) -> None:
    few = sorted(id_ for id_ in struck if len(id_) <= 2500)[:30]
    assert dialogue(read_turns([_user(question_bubble(text, few))])) == (Asked(text, frozenset(few)),)


@pytest.mark.parametrize("forged", ["{", "[1,2]", '"a"', "{}", '["' + "x" * 2501 + '"]', "[" * 100_000])
def test_what_a_browser_forges_strikes_nothing(forged: str) -> None:
    bubble = element("div", "多少？", class_="tw-question", data_struck=forged)
    assert dialogue(read_turns([_user(bubble)])) == (Asked("多少？"),)


def test_a_question_that_failed_is_no_part_of_the_dialogue() -> None:
    history = [
        _user(question_bubble("？？？")),
        {"role": "assistant", "content": [{"type": "text", "text": fault_view("问题里只有标点符号。")}]},
        _user(question_bubble("多少？")),
        {"role": "assistant", "content": "<div>tw-fault</div>"},
        {"role": "assistant", "content": fault_view("问题是空的。")},
        _user(question_bubble("谁？")),
    ]
    assert dialogue(read_turns(history)) == (Asked("多少？"), Asked("谁？"))
    assert [turn.failed for turn in read_turns(history)] == [True, False, False]
