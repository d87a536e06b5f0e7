"""Whole answers: what fails is marked, what is false is never shown as true."""

from dataclasses import replace

import pytest

from assistant.answering import worded_answer
from assistant.assistant import Assistant
from assistant.checking import UNSUPPORTED, FaultKind, check_answer
from assistant.types import Answer, AnswerForm, Cell, FormKind, Statement, Table
from tests.assistant.sample import MemorySource

QUESTION = "青岚到2025年河湖水质优良比例要达到多少？"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(MemorySource())


@pytest.fixture
def answer(assistant: Assistant) -> Answer:
    return assistant.ask([QUESTION])


def _with(answer: Answer, *statements: Statement) -> Answer:
    return worded_answer(answer, AnswerForm(FormKind.PASSAGES, statements=statements))


def test_a_true_answer_stays_as_it_is(assistant: Assistant, answer: Answer) -> None:
    checked = check_answer(answer, assistant.vocabulary)
    assert checked.answer is answer
    assert checked.faults == ()
    assert len(checked.verdicts) >= 1


def test_a_false_statement_is_marked_and_the_true_one_is_not(assistant: Assistant, answer: Answer) -> None:
    said = _with(answer, Statement("沿河步道建成40公里。", 1), Statement("沿河步道建成400公里。", 1))
    checked = check_answer(said, assistant.vocabulary)
    assert [fault.kind for fault in checked.faults] == [FaultKind.NUMBER]
    assert f"沿河步道建成400公里。{UNSUPPORTED}[1]" in checked.answer.plain
    assert f"40公里。{UNSUPPORTED}" not in checked.answer.plain


def test_a_marker_without_a_citation(assistant: Assistant, answer: Answer) -> None:
    checked = check_answer(_with(answer, Statement("沿河步道建成40公里。", 7)), assistant.vocabulary)
    assert [fault.kind for fault in checked.faults] == [FaultKind.ADDRESS]


def test_a_false_quote_and_a_clause_that_is_nowhere(assistant: Assistant, answer: Answer) -> None:
    (citation, *_) = answer.citations
    false_quote = replace(answer, citations=(replace(citation, quote="河湖水质优良比例达到98%"),))
    assert FaultKind.QUOTE in [f.kind for f in check_answer(false_quote, assistant.vocabulary).faults]
    elsewhere = replace(citation.clause, path=("九",), cite="九", text=citation.clause.text + "。")
    nowhere = replace(answer, citations=(replace(citation, clause=elsewhere),))
    assert FaultKind.ADDRESS in [f.kind for f in check_answer(nowhere, assistant.vocabulary).faults]
    foreign = replace(answer, citations=(replace(citation, notice_id="nobody"),))
    with pytest.raises(KeyError):
        assistant.vocabulary.view("nobody")
    assert FaultKind.ADDRESS in [f.kind for f in check_answer(foreign, assistant.vocabulary).faults]


def test_cells_of_a_comparison(assistant: Assistant, answer: Answer) -> None:
    rows = (
        (Cell("青岚市"), Cell("达到88%以上", (1,), 88.0)),
        (Cell("青岚市"), Cell("达到88%以上", (1,), 8.0)),
        (Cell("白砂市"), Cell("达到88%以上", (1,), 88.0)),
        (Cell("云屏县"), Cell("语料中没有条款回答。")),
    )
    form = AnswerForm(FormKind.COMPARISON, table=Table(("地区", "水质优良比例"), rows))
    checked = check_answer(worded_answer(answer, form), assistant.vocabulary).answer
    assert checked.form is not None
    assert checked.form.table is not None
    shown = [(row[1].text, row[1].number) for row in checked.form.table.rows]
    assert shown == [
        ("达到88%以上", 88.0),
        (f"达到88%以上{UNSUPPORTED}", None),
        (f"达到88%以上{UNSUPPORTED}", None),
        ("语料中没有条款回答。", None),
    ]


def test_the_cited_parts_of_a_note(assistant: Assistant, answer: Answer) -> None:
    assert answer.form is not None
    notes = ("另有：沿河步道建成40公里[1]；其余从略。", "另有：沿河步道建成40亩[1]。", "两处说法不一致。")
    checked = check_answer(worded_answer(answer, replace(answer.form, notes=notes)), assistant.vocabulary)
    assert checked.answer.form is not None
    assert checked.answer.form.notes == (notes[0], notes[1] + UNSUPPORTED, notes[2])


def test_a_count_that_is_not_that_of_the_items(assistant: Assistant) -> None:
    answer = assistant.ask(["青岚市水务局在任务分解表里有哪些任务？"])
    assert answer.form is not None
    wrong = worded_answer(answer, replace(answer.form, lead="市水务局共9项："))
    checked = check_answer(wrong, assistant.vocabulary)
    assert checked.answer.plain.startswith(f"市水务局共9项：{UNSUPPORTED}")


def test_an_abstention_is_not_read(assistant: Assistant) -> None:
    answer = assistant.ask(["青岚幼儿园学费几块"])
    assert check_answer(answer, assistant.vocabulary).verdicts == ()
