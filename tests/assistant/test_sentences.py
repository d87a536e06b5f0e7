"""Sentences are exact runs of a clause, and the chosen ones answer."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sentences import best_sentences, coverage, presence, sentences
from assistant.types import QuestionKind, Term, Understood
from assistant.wording import comparable

_TEXT = st.text(alphabet="水质达标。；！？\n 甲乙丙,、：“”()1", max_size=80)


def _asked(*words: str, kind: QuestionKind = QuestionKind.FACT) -> Understood:
    return Understood("", "", kind, terms=tuple(Term(word) for word in words))


def test_sentences() -> None:
    assert [s.text for s in sentences("水清。“岸绿。”景美；\n 完")] == ["水清。", "“岸绿。”", "景美；", "完"]
    assert sentences("") == ()
    assert sentences(" \n ") == ()


@given(_TEXT)
def test_sentences_are_runs_in_order_and_lose_no_ink(text: str) -> None:
    found = sentences(text)
    assert all(text[s.start : s.end] == s.text for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert comparable("".join(s.text for s in found)) == comparable(text)


@given(_TEXT, st.integers(min_value=0, max_value=60))
def test_chosen_sentences_keep_order_and_budget(text: str, budget: int) -> None:
    chosen = best_sentences(_asked("水质", kind=QuestionKind.LIST), text, budget)
    assert list(chosen) == sorted(chosen, key=lambda s: s.start)
    assert all(s in sentences(text) for s in chosen)
    assert len(chosen) <= 1 or sum(len(s.text) for s in chosen) <= budget
    assert bool(chosen) == bool(text.strip())


@pytest.mark.parametrize(
    ("word", "text", "share"),
    [
        ("水质", "河湖水质优良", 1.0),
        ("污染耕地", "受污染的耕地", 0.6 * 2 / 3),
        ("水质", "空气", 0.0),
        ("水", "河水", 0.4),
        ("水", "空气", 0.0),
    ],
)
def test_presence(word: str, text: str, share: float) -> None:
    assert presence(word, text) == pytest.approx(share)


def test_coverage_weighs_terms_and_their_official_forms() -> None:
    assert coverage((Term("水质", 3.0), Term("空气", 1.0)), "水质") == pytest.approx(0.75)
    assert coverage((Term("鞭炮", 1.0, ("烟花爆竹",)),), "禁放烟花爆竹") == pytest.approx(0.9)
    assert coverage((), "水质") == 0.0


def test_a_question_in_two_parts_gets_both_sentences() -> None:
    filler = "其余事项由各县区按照年度工作计划自行安排并按季度报告进展情况。" * 6
    text = f"断流河段全部恢复流水。{filler}河湖巡护员每千人不少于2名。"
    chosen = best_sentences(_asked("断流", "巡护员"), text, 60)
    assert [s.text for s in chosen] == ["断流河段全部恢复流水。", "河湖巡护员每千人不少于2名。"]


def test_a_notice_in_traditional_characters_is_matched_by_simplified_words() -> None:
    assert coverage((Term("湿地保护率"), Term("城镇")), "城鎮濕地保護率達到58%") == 1.0
