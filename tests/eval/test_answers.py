"""Asking a benchmark's questions, and what the report says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.errors import UnusableQuestion
from assistant.types import Answer, Citation, QuestionKind, Understood
from eval.answer_scoring import score_answers
from eval.answers import AnswersReport, ask_all
from eval.gold import Gold, Question, questions_file, read_gold, read_questions
from index.types import Hit, NoticeRecord
from ingest.notice import Card, Clause, ClauseKind

CLAUSE = Clause(
    id="c1",
    path=("一", "（一）"),
    label="一、(一)",
    cite="一（一）",
    kind=ClauseKind.ITEM,
    heading=None,
    text="到2030年,用水量\n控制在3亿立方米以内。",
)
NOTICE = NoticeRecord("n1", "plan.txt", "corpus", "txt", Card("云湖市节水计划"), 4)


def asked_well(turns: Sequence[str]) -> Answer:
    """A fake assistant: the same clause for all questions, except that it abstains on dogs."""
    abstained = "狗" in turns[-1]
    citation = Citation(
        1, "用水量\n控制在3亿立方米以内", CLAUSE, "plan.txt", "云湖市节水计划", None, None, "n1"
    )
    return Answer(
        text="没有条款回答。" if abstained else "控制在**3亿立方米**以内[1]",
        abstained=abstained,
        citations=() if abstained else (citation,),
        retrieved=(Hit(CLAUSE, NOTICE, 1.0),),
        understood=Understood(turns[-1], turns[-1], QuestionKind.FACT),
        plain="没有条款回答。" if abstained else "控制在3亿立方米以内[1]",
    )


@pytest.fixture
def gold(bench: Path) -> Gold:
    return read_gold(bench)


@pytest.fixture
def questions(bench: Path, gold: Gold) -> tuple[Question, ...]:
    return read_questions(questions_file(bench), gold)


def test_every_question_is_asked_with_its_dialogue(questions: tuple[Question, ...]) -> None:
    heard: list[Sequence[str]] = []

    def ask(turns: Sequence[str]) -> Answer:
        heard.append(turns)
        return asked_well(turns)

    asked = ask_all(questions, ask)
    assert heard == [("2030年用水量多少？",), ("节水有哪些指标？", "分别多少？"), ("云湖市养狗要登记吗？",)]
    assert [line["id"] for line in asked.lines] == ["w1", "w2", "w3"]
    assert asked.answers["w1"].citations[0].path == ("一", "(一)")
    assert 0 <= asked.latency.p50 <= asked.latency.p90 <= asked.latency.p99


def test_a_question_that_is_refused_is_an_abstention(questions: tuple[Question, ...]) -> None:
    def ask(turns: Sequence[str]) -> Answer:
        raise UnusableQuestion("问题是空的，请写下要问的内容。")

    asked = ask_all(questions[:1], ask)
    assert (asked.answers["w1"].abstained, asked.answers["w1"].retrieved) == (True, ())


def test_the_report_shows_figures_with_their_n(gold: Gold, questions: tuple[Question, ...]) -> None:
    asked = ask_all(questions, asked_well)
    report = AnswersReport("bench", tuple(score_answers(gold, questions, asked.answers)), asked)
    line = report.as_json()
    assert (line["bench"], line["n"], line["model"]) == ("bench", 3, "")
    assert line["figures"]["fact"]["cite_f1"] == 1.0
    assert line["figures"]["list"]["recall@5"] == 0.5
    assert line["figures"]["none"] == {"abstain_right": 1.0}
    assert line["figures"]["ALL"]["must"] == 0.5
    assert line["counts"]["ALL"]["must"] == 2
    assert line["counts"]["ALL"]["abstain_right"] == 1
    assert report.misses == ["w2\t答案缺少：8%\t分别多少？"]
    header, fact, *_ = report.as_text().splitlines()
    assert header.split()[:3] == ["n", "hit@1", "recall@5"]
    assert header.split()[-2:] == ["n", "abstain_right"]
    assert fact.split() == ["fact", "1", *["1.000"] * 10, "0.000"]


def test_scored_predictions_have_no_times(gold: Gold, questions: tuple[Question, ...]) -> None:
    report = AnswersReport("bench", tuple(score_answers(gold, questions, {})))
    line = report.as_json()
    assert (line["model"], line["sync_seconds"], line["question_ms"]) == (None, None, None)
    assert "ms" not in report.as_text()
