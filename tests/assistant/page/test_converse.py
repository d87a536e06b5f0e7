"""The answer function of the chat, without a server."""

from __future__ import annotations

from dataclasses import replace

from assistant.page.answer_view import answer_view, fault_view, partial_view
from assistant.page.converse import Message, converse, question_message, stopped
from assistant.page.history import Asked
from assistant.page.i18n import Language
from assistant.types import Answer
from tests.assistant.page.fake import FakeBackend, answer_to


def _chats(question: str, *, struck: frozenset[str] = frozenset()) -> list[list[Message]]:
    return [step.chat for step in converse(FakeBackend(), Asked(question, struck), [])]


def _user(question: str, number: int = 0) -> Message:
    return {"role": "user", "content": question_message(Asked(question), number, Language.CHINESE)}


def _half(answer: Answer) -> Answer:
    return replace(answer, text=answer.text[: len(answer.text) // 2])


def test_an_answer_grows_and_ends_with_its_sources() -> None:
    whole = answer_to("优良比例？")
    user = _user("优良比例？")
    steps = list(converse(FakeBackend(), Asked("优良比例？"), []))
    assert [step.chat for step in steps] == [
        [user],
        [user, {"role": "assistant", "content": partial_view(_half(whole))}],
        [user, {"role": "assistant", "content": answer_view(whole, Language.CHINESE)}],
    ]
    assert [step.answer for step in steps] == [None, None, whole]  # what comes at once is shown once
    assert steps[-1].asked == (Asked("优良比例？"),)


def test_earlier_questions_what_was_struck_and_the_chosen_notices_reach_the_backend() -> None:
    backend = FakeBackend()
    year = frozenset({"year:2027"})
    history = list(converse(backend, Asked("优良比例？", year), []))[-1].chat
    place = frozenset({"place:岚州市"})
    list(converse(backend, Asked("那管网呢", place), history, notices=["n1"]))
    assert backend.asked == [
        (["优良比例？"], frozenset()),
        (["优良比例？", "那管网呢"], frozenset({"n1"})),
    ]
    assert backend.struck == [(year, ()), (place, (year,))]


def test_a_spoken_error_is_shown_in_its_own_words() -> None:
    assert _chats("太长")[-1][-1]["content"] == fault_view("问题太长，请控制在2000字以内。", turn=0)


def test_a_fault_is_shown_as_a_fault() -> None:
    sentence = "出了故障，没能完成：RuntimeError。请再试一次；仍不行，请把这句话告诉管理员。"
    assert _chats("故障")[-1][-1]["content"] == fault_view(sentence, turn=0)


def test_the_history_handed_in_is_not_changed() -> None:
    history: list[dict[str, object]] = []
    list(converse(FakeBackend(), Asked("优良比例？"), history))
    assert history == []


def test_a_stopped_answer_is_closed_as_stopped_and_a_whole_one_is_kept() -> None:
    steps = _chats("优良比例？")
    question, whole = steps[0], steps[-1]
    note = {"role": "assistant", "content": fault_view("已停止。", turn=0)}
    for unfinished in steps[:-1]:
        assert stopped(unfinished, Language.CHINESE) == [*question, note]
    assert stopped(whole, Language.CHINESE) == whole
    assert stopped([], Language.CHINESE) == []


def test_an_empty_question_has_no_bubble_but_an_answer() -> None:
    fault = {"role": "assistant", "content": fault_view("问题是空的，请写下要问的内容。")}
    assert _chats("  ")[-1] == [fault]
