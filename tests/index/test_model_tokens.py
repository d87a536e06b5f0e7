"""Tokens of the embedded model: characters and the n-grams it knows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model_tokens import LONGEST, NgramVocabulary, normalise

VOCABULARY = NgramVocabulary.of(["生态", "态环", "环境", "生态环境", "环境局", "pm2.", "m2.5", "5"])


def tokens(text: str) -> list[str]:
    ngrams = VOCABULARY.ngrams()
    return [ngrams[token] for token in VOCABULARY.bags([text]).ids]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＰＭ２．５", "pm2.5"),
        ("４\ue01078\u3000万 公\n顷", "4.78万公顷"),
        ("㈠ ①", "(一)1"),
        ("", ""),
        (" \u00a0\t", ""),
    ],
)
def test_normalised_text(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_ids_are_places_in_the_sorted_keys_with_single_characters_first() -> None:
    assert VOCABULARY.ngrams() == [
        *[".", "2", "5", "m", "p", "境", "局", "态", "环", "生"],
        *["态环", "环境", "生态"],
        "环境局",
        *["m2.5", "pm2.", "生态环境"],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("生态环境", ["生", "生态", "生态环境", "态", "态环", "环", "环境", "境"]),
        ("生态，环境局", ["生", "生态", "态", "环", "环境", "环境局", "境", "局"]),
        ("PM2.5", ["p", "pm2.", "m", "m2.5", "2", ".", "5"]),
        ("生龙态", ["生", "态"]),
        ("！？", []),
        ("", []),
    ],
)
def test_tokens_in_reading_order(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_bags_of_several_texts() -> None:
    bags = VOCABULARY.bags(["环境", "", "5"])
    assert [VOCABULARY.ngrams()[token] for token in bags.ids] == ["环", "环境", "境", "5"]
    assert bags.starts.tolist() == [0, 3, 3, 4]
    assert VOCABULARY.bags([]).starts.tolist() == [0]


@given(st.lists(st.text(alphabet="生态环境局pm2.5，x\n\ud800")))
def test_each_text_has_exactly_its_known_substrings(texts: list[str]) -> None:
    """The slow twin: every substring of up to four characters, looked up in a set."""
    known = set(VOCABULARY.ngrams())
    bags = VOCABULARY.bags(texts)
    assert len(bags.starts) == len(texts) + 1
    for at, text in enumerate(texts):
        found = [VOCABULARY.ngrams()[token] for token in bags.ids[bags.starts[at] : bags.starts[at + 1]]]
        normal = normalise(text)
        spans = [
            (i, i + n) for i in range(len(normal)) for n in range(1, LONGEST + 1) if i + n <= len(normal)
        ]
        assert found == [normal[i:j] for i, j in spans if normal[i:j] in known]


def test_windows_count_every_ngram_known_or_not() -> None:
    keys = VOCABULARY.windows(["生态环", "生！态"], 2)
    assert len(keys) == 2
    assert np.isin(keys, VOCABULARY.keys).tolist() == [True, True]
    assert VOCABULARY.windows(["生"], 3).tolist() == []
