"""The paired randomisation test: p by counting all assignments of signs, worked out by hand."""

from __future__ import annotations

from itertools import product

import pytest

from eval import significance
from eval.significance import PairedTest, p_text, paired_test


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # nothing moved: every assignment is as extreme
        ([1.0, 0.0], [1.0, 0.0], PairedTest(0.0, 1.0, 0, 0, 2)),
        ([], [], PairedTest(0.0, 1.0, 0, 0, 0)),
        # one difference: +1 and -1 are both as extreme
        ([0.0, 1.0], [1.0, 1.0], PairedTest(0.5, 1.0, 1, 0, 2)),
        # three of one sign and size: +++ and --- of eight
        ([0.0, 0.0, 0.0], [1.0, 1.0, 1.0], PairedTest(1.0, 2 / 8, 3, 0, 3)),
        # sums of ±1 ±1 ±1: the one seen is 1, and no sum is smaller
        ([0.0, 0.0, 1.0], [1.0, 1.0, 0.0], PairedTest(1 / 3, 1.0, 2, 1, 3)),
        # five of one sign: 2 of 32
        ([0.0] * 5 + [1.0], [0.5] * 5 + [1.0], PairedTest(2.5 / 6, 2 / 32, 5, 0, 6)),
        # 3 + 1 - 2 = 2: of ±3 ±1 ±2 are |0|, |2|, |4|, |6| twice each, and 6 of 8 are at least 2
        ([0.0, 0.0, 2.0], [3.0, 1.0, 0.0], PairedTest(2 / 3, 6 / 8, 2, 1, 3)),
    ],
)
def test_p_of_few_questions_is_exact(a: list[float], b: list[float], expected: PairedTest) -> None:
    assert paired_test(a, b) == expected


def test_the_counted_p_is_that_of_plain_enumeration() -> None:
    """An obvious twin over uneven differences."""
    a, b = [0.1, 0.9, 0.3, 0.5, 0.2, 0.7, 0.0], [0.4, 0.8, 0.9, 0.5, 0.1, 1.0, 0.6]
    differences = [y - x for x, y in zip(a, b, strict=True) if x != y]
    seen = abs(sum(differences))
    sums = [
        abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    expected = sum(total >= seen - 1e-12 for total in sums) / len(sums)
    assert paired_test(a, b).p == expected
    assert 0 < expected < 1


def test_drawn_and_counted_p_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    a = [0.0, 0.2, 0.5, 0.1, 0.9, 0.3, 0.4, 0.6]
    b = [0.5, 0.3, 0.9, 0.1, 0.8, 0.7, 0.3, 1.0]
    counted = paired_test(a, b).p
    monkeypatch.setattr(significance, "EXACT", 0)
    drawn = paired_test(a, b).p
    assert drawn == paired_test(a, b).p  # seeded
    assert drawn == pytest.approx(counted, abs=0.01)
    assert drawn != counted


def test_many_questions_that_all_improve_are_significant_and_p_is_never_zero() -> None:
    found = paired_test([0.0] * 40, [1.0] * 40, permutations=999)
    assert (found.p, found.wins, found.losses) == (1 / 1000, 40, 0)


def test_both_directions_have_the_same_p() -> None:
    a, b = [0.0, 0.2, 0.5], [0.4, 0.1, 0.9]
    assert paired_test(a, b).p == paired_test(b, a).p


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="1 values against 2"):
        paired_test([1.0], [1.0, 0.0])


@pytest.mark.parametrize(
    ("p", "text"),
    [(1.0, "1.000"), (0.03125, "0.031"), (0.001, "0.001"), (0.00099, "<0.001"), (5e-5, "<0.001")],
)
def test_a_small_p_is_no_zero(p: float, text: str) -> None:
    assert p_text(p, 3) == text
