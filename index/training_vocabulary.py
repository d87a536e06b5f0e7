"""Which n-grams the embedded model gets: the commonest in the training texts, questions counted more."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import jieba
import numpy as np
from numpy.typing import NDArray

from index.model_tokens import CHARACTER_BITS, LONGEST, NgramVocabulary, normalise, pack

# What occurs less often in all training texts together is a name or a slip, and would not be learned.
_RAREST = 3
_BLOCK = 20_000
_Counts = tuple[NDArray[np.int64], NDArray[np.int64]]


def choose_vocabulary(texts: Mapping[int, Sequence[str]], *, size: int) -> NgramVocabulary:
    """The `size` n-grams with the highest weighted count in these texts, given by the weight of their source.

    All characters but punctuation; then pairs of characters, and longer n-grams that jieba's dictionary knows
    as words or that hold a digit or a letter (pm2.5, 2035), commonest first, ties to the smaller key.
    """
    alphabet = NgramVocabulary.of(_alphabet(texts))
    candidates = _Candidates(alphabet)
    keys, counts = _merge(
        (found, numbers * weight)
        for weight, group in texts.items()
        for at in range(0, len(group), _BLOCK)
        for found, numbers in candidates.counts(group[at : at + _BLOCK])
    )
    common = counts >= _RAREST
    keys, counts = keys[common], counts[common]
    commonest = np.lexsort((keys, -counts))[: max(0, size - len(alphabet))]
    return NgramVocabulary(alphabet.characters, np.union1d(alphabet.keys, keys[commonest]))


class _Candidates:
    """Finds the n-grams of two and more characters that may enter the vocabulary."""

    def __init__(self, alphabet: NgramVocabulary) -> None:
        self._alphabet = alphabet
        code = {chr(point): place + 1 for place, point in enumerate(alphabet.characters.tolist())}
        known = [word for word in _long_words() if all(c in code for c in word)]
        self._words = np.array(sorted(pack([code[c] for c in word]) for word in known), dtype=np.int64)
        # Code points are sorted, so the codes of ASCII come first.
        self._last_ascii = int(np.searchsorted(alphabet.characters, 128))

    def counts(self, texts: Sequence[str]) -> Iterator[_Counts]:
        """Keys and their number of occurrences, for each length."""
        yield np.unique(self._alphabet.windows(texts, 2), return_counts=True)
        for length in range(3, LONGEST + 1):
            keys, numbers = np.unique(self._alphabet.windows(texts, length), return_counts=True)
            kept = np.isin(keys, self._words) | self._has_ascii(keys, length)
            yield keys[kept], numbers[kept]

    def _has_ascii(self, keys: NDArray[np.int64], length: int) -> NDArray[np.bool_]:
        mask = (1 << CHARACTER_BITS) - 1
        found = np.zeros(len(keys), dtype=bool)
        for place in range(length):
            found |= (keys >> (CHARACTER_BITS * place) & mask) <= self._last_ascii
        return found


@cache
def _long_words() -> frozenset[str]:
    """The words of jieba's dictionary of three to `LONGEST` characters."""
    jieba.initialize()
    words = (normalise(word) for word, frequency in jieba.dt.FREQ.items() if frequency and len(word) > 2)
    return frozenset(word for word in words if 2 < len(word) <= LONGEST)


def _merge(parts: Iterator[_Counts]) -> _Counts:
    """Sorted keys with the sums of their counts."""
    found = list(parts)
    keys = np.concatenate([part[0] for part in found])
    counts = np.concatenate([part[1] for part in found])
    distinct, place = np.unique(keys, return_inverse=True)
    return distinct, np.bincount(place, weights=counts, minlength=len(distinct)).astype(np.int64)


def _alphabet(texts: Mapping[int, Sequence[str]]) -> list[str]:
    counts: Counter[str] = Counter()
    for weight, group in texts.items():
        seen = Counter(normalise("".join(group)))
        counts.update({character: number * weight for character, number in seen.items()})
    kept = [c for c, number in counts.items() if number >= _RAREST and _carries_meaning(c)]
    kept.sort(key=lambda c: (-counts[c], c))
    return kept[: (1 << CHARACTER_BITS) - 1]


def _carries_meaning(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" or character in ".%"
