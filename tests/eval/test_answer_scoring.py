"""Answers against gold: truth tables with exact numbers."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from eval.answer_scoring import MEASURES, QuestionScore, rank_scores, score_answers
from eval.gold import Gold, Question, questions_file, read_gold, read_questions
from eval.means import Mean, grouped_means
from eval.predictions import AnswerLine, Passage

from .conftest import PLAN

GOAL = ("一", "(一)")
LOSS = ("一", "(二)")
PARENT = ("一",)


def clause(*path: str, quote: str = "", file: str = "plan.txt") -> Passage:
    """A clause as printed, without its place."""
    return Passage(file=file, path=path, quote=quote)


@pytest.fixture
def gold(bench: Path) -> Gold:
    return read_gold(bench)


@pytest.fixture
def questions(bench: Path, gold: Gold) -> dict[str, Question]:
    return {question.id: question for question in read_questions(questions_file(bench), gold)}


def score_one(gold: Gold, question: Question, **answer: object) -> QuestionScore:
    line = AnswerLine(id=question.id, **answer)  # type: ignore[arg-type]
    (scored,) = score_answers(gold, [question], {question.id: line})
    return scored


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ([0], {"hit@1": 1, "recall@5": 1, "recall@10": 1, "mrr@10": 1, "ndcg@10": 1}),
        ([None], {"hit@1": 0, "recall@5": 0, "recall@10": 0, "mrr@10": 0, "ndcg@10": 0}),
        ([4], {"hit@1": 0, "recall@5": 1, "recall@10": 1, "mrr@10": 1 / 5, "ndcg@10": 1 / log2(6)}),
        ([5], {"hit@1": 0, "recall@5": 0, "recall@10": 1, "mrr@10": 1 / 6, "ndcg@10": 1 / log2(7)}),
        ([10], {"hit@1": 0, "recall@5": 0, "recall@10": 0, "mrr@10": 0, "ndcg@10": 0}),
        (
            [2, 0, None, 6],
            {
                "hit@1": 1,
                "recall@5": 2 / 4,
                "recall@10": 3 / 4,
                "mrr@10": 1,
                "ndcg@10": (1 + 1 / 2 + 1 / 3) / (1 + 1 / log2(3) + 1 / 2 + 1 / log2(5)),
            },
        ),
        # one clause holds both pieces: full recall, one gain
        (
            [1, 1],
            {
                "hit@1": 0,
                "recall@5": 1,
                "recall@10": 1,
                "mrr@10": 1 / 2,
                "ndcg@10": (1 / log2(3)) / (1 + 1 / log2(3)),
            },
        ),
    ],
)
def test_ranks_of_the_evidence(ranks: list[int | None], expected: dict[str, float]) -> None:
    assert rank_scores(ranks) == pytest.approx(expected)


HOLDS = PLAN.index("用水量"), PLAN.index("以内") + 2


@pytest.mark.parametrize(
    ("passage", "found"),
    [
        (clause("一", "(一)"), True),
        (clause("一", "(二)"), False),
        (clause("一"), True),  # also_ok says the same
        (clause("一", "(一)", file="corpus/plan.txt"), True),
        (clause("一", "(一)", file="other.txt"), False),
        (Passage("plan.txt", ("x",), start=HOLDS[0], end=HOLDS[1]), True),
        (Passage("plan.txt", (), start=0, end=len(PLAN)), True),
        (Passage("plan.txt", ("x",), start=HOLDS[0] + 1, end=HOLDS[1]), False),
        (Passage("plan.txt", ("x",), start=HOLDS[0], end=HOLDS[1] - 1), False),
        (Passage("other.txt", ("x",), start=HOLDS[0], end=HOLDS[1]), False),
    ],
)
def test_a_retrieved_clause_counts_by_address_or_by_covering_the_quote(
    gold: Gold, questions: dict[str, Question], passage: Passage, found: bool
) -> None:
    scored = score_one(gold, questions["w1"], retrieved=(clause("附件1", "1"), passage))
    assert scored.values["mrr@10"] == (0.5 if found else 0.0)


def test_a_clause_that_says_the_same_does_not_stand_in_where_several_answer(
    gold: Gold, questions: dict[str, Question]
) -> None:
    w2 = questions["w2"]
    both = Question(w2.id, w2.type, w2.turns, w2.evidence, also_ok=questions["w1"].also_ok)
    assert score_one(gold, both, retrieved=(clause("一"),)).values["recall@5"] == 0.0


@pytest.mark.parametrize(
    ("id_", "answer", "right"),
    [
        ("w1", "用水量控制在3亿立方米以内", True),
        ("w1", "用水量控制在 3 亿\n立方米", True),
        ("w1", "用水量控制在３亿立方米", True),
        ("w1", "", False),
        ("w1", "3亿", False),
        ("w1", "3亿立方米，不是30亿", False),
        ("w1", "啊" * 295 + "3亿立方米", True),
        ("w1", "啊" * 296 + "3亿立方米", False),  # a brief answer's first 300 characters count
        ("w2", "啊" * 500 + "3亿和8%", True),
        ("w2", "3亿", False),
    ],
)
def test_required_and_forbidden_strings(
    gold: Gold, questions: dict[str, Question], id_: str, answer: str, right: bool
) -> None:
    assert score_one(gold, questions[id_], answer=answer).values["must"] == float(right)


@pytest.mark.parametrize(
    ("id_", "cited", "expected"),
    [
        ("w1", [], (0, 0, 0)),
        ("w1", [GOAL], (1, 1, 1)),
        ("w1", [LOSS], (0, 0, 0)),
        ("w1", [GOAL, LOSS], (1 / 2, 1, 2 / 3)),
        ("w1", [GOAL, GOAL], (1, 1, 1)),
        ("w1", [PARENT], (1, 1, 1)),  # says the same instead
        ("w1", [PARENT, GOAL], (1, 1, 1)),  # says the same beside it
        ("w1", [PARENT, LOSS], (1 / 2, 1, 2 / 3)),
        ("w2", [GOAL], (1, 1 / 2, 2 / 3)),
        ("w2", [GOAL, LOSS, PARENT], (2 / 3, 1, 4 / 5)),
    ],
)
def test_citations(
    gold: Gold,
    questions: dict[str, Question],
    id_: str,
    cited: list[tuple[str, ...]],
    expected: tuple[float, float, float],
) -> None:
    values = score_one(gold, questions[id_], citations=tuple(clause(*path) for path in cited)).values
    assert (values["cite_p"], values["cite_r"], values["cite_f1"]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("citation", "true"),
    [
        (clause("一", "(一)", quote="用水量控制在3亿立方米"), True),
        (clause("一", "(一)", quote="用水量控制在4亿立方米"), False),
        (clause("一", "(二)", quote="用水量控制在3亿立方米"), False),
        (clause("一", "(一)", quote=""), False),
        (clause("一", "(一)", quote="3亿", file="other.txt"), False),
        (clause("附件1", "1", quote="市水务局"), True),
        (Passage("plan.txt", ("x",), quote="漏损率", start=0, end=len(PLAN)), True),
        (Passage("plan.txt", ("x",), quote="漏损率", start=0, end=10), False),
    ],
)
def test_a_quote_has_to_stand_in_its_clause(
    gold: Gold, questions: dict[str, Question], citation: Passage, true: bool
) -> None:
    assert score_one(gold, questions["w1"], citations=(citation,)).values["quotes_true"] == float(true)


def test_one_false_quote_spoils_the_answer_and_no_quote_is_no_lie(
    gold: Gold, questions: dict[str, Question]
) -> None:
    true, false = clause("一", "(一)", quote="3亿"), clause("一", "(一)", quote="9亿")
    assert score_one(gold, questions["w1"], citations=(true, false)).values["quotes_true"] == 0.0
    assert score_one(gold, questions["w1"], citations=()).values["quotes_true"] == 1.0


@pytest.mark.parametrize("abstained", [True, False])
def test_abstaining_is_right_or_wrong_by_the_type_of_question(
    gold: Gold, questions: dict[str, Question], abstained: bool
) -> None:
    assert score_one(gold, questions["w3"], abstained=abstained).values == {"abstain_right": float(abstained)}
    answerable = score_one(gold, questions["w1"], abstained=abstained).values
    assert answerable["abstain_wrong"] == float(abstained)
    assert "abstain_right" not in answerable


def test_questions_without_an_answer_count_zero_and_means_carry_their_n(
    gold: Gold, questions: dict[str, Question]
) -> None:
    perfect = AnswerLine(
        "w1", "3亿立方米", citations=(clause(*GOAL, quote="3亿"),), retrieved=(clause(*GOAL),)
    )
    scores = score_answers(gold, questions.values(), {"w1": perfect})
    assert [score.misses for score in scores] == [
        (),
        ("没有答案", "前五条里没有证据", "答案缺少：3亿、8%", "没有引用正确的条款"),
        ("没有答案", "应当拒答"),
    ]
    means = grouped_means((score.question.type, score.values) for score in scores)
    assert list(means) == ["fact", "list", "none", "ALL"]
    assert means["fact"]["hit@1"] == Mean(1.0, 1)
    assert means["none"] == {"abstain_right": Mean(0.0, 1)}
    half, zero = Mean(0.5, 2), Mean(0.0, 2)
    assert means["ALL"] == {
        **dict.fromkeys(MEASURES, half),
        "quotes_true": Mean(1.0, 2),
        "abstain_wrong": zero,
        "abstain_right": Mean(0.0, 1),
    }


def test_what_was_forbidden_is_named_as_such(gold: Gold, questions: dict[str, Question]) -> None:
    assert "答案缺少：不应有30亿" in score_one(gold, questions["w1"], answer="3亿立方米或30亿").misses
