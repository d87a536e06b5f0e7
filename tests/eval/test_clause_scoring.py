"""Split clauses against gold: truth tables with exact numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.clause_scoring import ClauseFigures, score_clauses
from eval.gold import Gold, read_gold
from eval.predictions import Passage


@pytest.fixture
def gold(bench: Path) -> Gold:
    return read_gold(bench)


@pytest.fixture
def perfect(gold: Gold) -> list[Passage]:
    """The gold clauses as a program would print them."""
    return [
        Passage("any/plan.txt", c.path, c.text, c.start, c.end, fields=c.fields) for c in gold.clauses["plan"]
    ]


def figures_of(gold: Gold, predictions: list[Passage]) -> ClauseFigures:
    return score_clauses(gold, predictions).figures["plan"]


def test_the_gold_itself_is_perfect_and_other_files_do_not_count(gold: Gold, perfect: list[Passage]) -> None:
    report = score_clauses(gold, [*perfect, Passage("other.txt", ("一",))])
    assert report.figures == {"plan": ClauseFigures(4, 4, 1.0, 1.0, 1.0, 1.0)}
    assert report.misses == ()


def test_nothing_predicted_is_zero(gold: Gold) -> None:
    assert figures_of(gold, []) == ClauseFigures(4, 0, 0.0, 0.0, 0.0, 0.0)


def test_a_missing_and_an_extra_clause(gold: Gold, perfect: list[Passage]) -> None:
    """3 of 4 found among 5 printed: P 3/5, R 3/4, F1 2/3; the row is gone with its 2 cells."""
    printed = [*perfect[:3], Passage("plan.txt", ("二",)), Passage("plan.txt", ("三",))]
    report = score_clauses(gold, printed)
    assert report.figures["plan"] == ClauseFigures(4, 5, *[pytest.approx(2 / 3)] * 3, 0.0)
    assert report.misses == ("plan\t附件1#1：缺少此条", "plan\t二：多出此条", "plan\t三：多出此条")


@pytest.mark.parametrize(("cut", "right"), [(0, True), (1, True), (2, False)])
def test_a_span_is_right_from_nine_tenths_of_overlap(
    gold: Gold, perfect: list[Passage], cut: int, right: bool
) -> None:
    """The clause has 21 characters of ink: one less is 0.952, two less (with 。) 0.905, three less 0.857."""
    target = perfect[1]
    assert target.end is not None
    perfect[1] = replace(target, end=target.end - (cut if cut < 2 else 3))
    assert figures_of(gold, perfect).span_f1 == (1.0 if right else 0.75)


def test_white_space_and_width_never_count_in_texts_and_cells(gold: Gold, perfect: list[Passage]) -> None:
    perfect[2] = replace(perfect[2], text="漏损率 降到\n8％。")
    perfect[3] = replace(perfect[3], fields={"任 务": "管网 改造", "牵头单位": "市交通局"})
    report = score_clauses(gold, perfect)
    assert report.figures["plan"] == ClauseFigures(4, 4, 1.0, 1.0, 1.0, 0.5)
    assert report.misses == ("plan\t附件1#1：单元格“牵头单位”应为“市水务局”",)


def test_of_two_clauses_with_one_address_the_better_counts(gold: Gold, perfect: list[Passage]) -> None:
    figures = figures_of(gold, [replace(perfect[0], start=0, end=2, text="x"), *perfect])
    assert figures == ClauseFigures(4, 5, *[pytest.approx(8 / 9)] * 3, 1.0)


def test_without_offsets_the_text_decides_the_span(bench: Path, perfect: list[Passage]) -> None:
    (bench / "notices" / "plan.txt").rename(bench / "notices" / "plan.html")
    (bench / "docs.json").write_text('{"plan": "plan.html"}', "utf-8")
    printed = [replace(passage, file="plan.html", start=None, end=None) for passage in perfect]
    printed[0] = replace(printed[0], text="别的")
    assert figures_of(read_gold(bench), printed) == ClauseFigures(4, 4, 1.0, 0.75, 0.75, 1.0)
