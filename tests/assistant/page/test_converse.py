"""The answer function of the chat, without a server."""

from __future__ import annotations

from dataclasses import replace

from assistant.page.answer_view import answer_view, fault_view, partial_view
from assistant.page.converse import converse, stopped
from assistant.page.history import question_bubble
from assistant.page.i18n import Language
from assistant.types import Answer
from tests.assistant.page.fake import FakeBackend, answer_to


def _half(answer: Answer) -> Answer:
    return replace(answer, text=answer.text[: len(answer.text) // 2])


def test_an_answer_grows_and_ends_with_its_sources() -> None:
    whole = answer_to("优良比例？")
    user = {"role": "user", "content": question_bubble("优良比例？")}
    assert list(converse(FakeBackend(), "优良比例？", [])) == [
        [user],
        [user, {"role": "assistant", "content": partial_view(_half(whole))}],
        [user, {"role": "assistant", "content": partial_view(whole)}],
        [user, {"role": "assistant", "content": answer_view(whole, Language.CHINESE)}],
    ]


def test_earlier_questions_and_the_chosen_notices_reach_the_backend() -> None:
    backend = FakeBackend()
    history = list(converse(backend, "优良比例？", []))[-1]
    list(converse(backend, "那管网呢", history, notices=["n1"]))
    assert backend.asked == [
        (["优良比例？"], frozenset()),
        (["优良比例？", "那管网呢"], frozenset({"n1"})),
    ]


def test_a_spoken_error_is_shown_in_its_own_words() -> None:
    assert list(converse(FakeBackend(), "太长", []))[-1][-1]["content"] == fault_view(
        "问题太长，请控制在2000字以内。"
    )


def test_a_fault_is_shown_as_a_fault() -> None:
    assert list(converse(FakeBackend(), "故障", []))[-1][-1]["content"] == fault_view(
        "出了故障，没能完成：RuntimeError。请再试一次；仍不行，请把这句话告诉管理员。"
    )


def test_the_history_handed_in_is_not_changed() -> None:
    history: list[dict[str, object]] = []
    list(converse(FakeBackend(), "优良比例？", history))
    assert history == []


def test_a_stopped_answer_is_closed_as_stopped_and_a_whole_one_is_kept() -> None:
    steps = list(converse(FakeBackend(), "优良比例？", []))
    question, whole = steps[0], steps[-1]
    note = {"role": "assistant", "content": fault_view("已停止。")}
    for unfinished in steps[:-1]:
        assert stopped(unfinished, Language.CHINESE) == [*question, note]
    assert stopped(whole, Language.CHINESE) == whole
    assert stopped([], Language.CHINESE) == []


def test_an_empty_question_has_no_bubble_but_an_answer() -> None:
    assert list(converse(FakeBackend(), "  ", []))[-1] == [
        {"role": "assistant", "content": fault_view("问题是空的，请写下要问的内容。")}
    ]
