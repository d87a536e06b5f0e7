"""Text → token ids of the embedded model: every character, and every character n-gram that the model knows.

Frozen with the model: a change here that changes ids needs a new `TOKENS_VERSION` and a newly trained model.
Overlapping n-grams instead of a word segmenter: no dictionary to load (0.6 s for jieba), no segmentation that
differs between question and clause, and one vectorised pass over all texts of a batch.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

#: Rules by which text becomes ids; stored in the model's config and checked when it is loaded.
TOKENS_VERSION = 1
#: The longest n-gram. Four characters hold nearly every Chinese word; longer ones are covered by their parts.
LONGEST = 4
#: Bits per character in a packed n-gram: 16,383 characters are enough, and four of them fit into 56 bits.
CHARACTER_BITS = 14

_UNICODE_SIZE = 0x110000
# A vendor's private-use decimal point that some city websites publish (4<U+E010>78 is 4.78).
_DECIMAL_POINT = "\ue010"

# Characters that mean the same whatever stands beside them: Latin, punctuation, full-width forms, ideographs.
# Nearly every text holds nothing else, and is then normalised by one table for all its characters.
_PLAIN = (*range(0x100), *range(0x2000, 0x2070), *range(0x3000, 0x3040), *range(0xFF01, 0xFF5F), 0xE010)
_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
# Odd numbers near 2^64 divided by the golden ratio, and by its square.
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0x61C8864680B583EB)
# Codes are below 1 << CHARACTER_BITS; these two say that the character is dropped, or needs `normalise`.
_DROPPED, _WHOLE_TEXT = 0xFFFF, 0xFFFE


def normalise(text: str) -> str:
    """The text as the model sees it: NFKC, lower case, private-use decimal points mended, no white space
    (it falls into words when a page is saved, and separates nothing in Chinese)."""
    return "".join(unicodedata.normalize("NFKC", text.replace(_DECIMAL_POINT, ".")).lower().split())


@dataclass(frozen=True, slots=True)
class Bags:
    """The tokens of some texts: text `i` has `ids[starts[i]:starts[i + 1]]`, in reading order, with repeats.

    `ids` is int64 of shape (tokens,), `starts` int64 of shape (texts + 1,).
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]


@dataclass(frozen=True)
class NgramVocabulary:
    """The characters and n-grams of a model; a token's id is its place in `keys`.

    `characters` are sorted code points (uint32); a character's code is its place plus one. `keys` are packed
    n-grams (int64, sorted): the codes of one to `LONGEST` characters, the first in the highest bits, so that
    the single characters come first and each n-gram has one key.
    """

    characters: NDArray[np.uint32]
    keys: NDArray[np.int64]

    @classmethod
    def of(cls, ngrams: Sequence[str]) -> NgramVocabulary:
        """The vocabulary of these n-grams (normalised, 1 to `LONGEST` characters) and their characters."""
        characters = np.array(sorted({ord(c) for ngram in ngrams for c in ngram}), dtype=np.uint32)
        code = {chr(point): place + 1 for place, point in enumerate(characters.tolist())}
        keys = {*code.values(), *(pack([code[c] for c in ngram]) for ngram in ngrams)}
        return cls(characters, np.array(sorted(keys), dtype=np.int64))

    def __len__(self) -> int:
        return len(self.keys)

    def ngrams(self) -> list[str]:
        """The n-grams in id order."""
        mask = (1 << CHARACTER_BITS) - 1
        characters = [""] + [chr(point) for point in self.characters.tolist()]
        shifts = [CHARACTER_BITS * place for place in reversed(range(LONGEST))]
        return ["".join(characters[key >> shift & mask] for shift in shifts) for key in self.keys.tolist()]

    def bags(self, texts: Sequence[str]) -> Bags:
        """The tokens of each text; an empty text, or one of unknown characters only, has none."""
        codes, starts = self._codes(texts)
        grid = np.full((len(codes), LONGEST), -1, dtype=np.int64)
        grid[:, 0] = codes - 1
        packed = codes
        for length in range(2, LONGEST + 1):
            ends = len(codes) - length + 1
            if ends <= 0:
                break
            packed = packed[:ends] << CHARACTER_BITS | codes[length - 1 :]
            whole = np.flatnonzero(_windows_without_break(codes, length))
            grid[whole, length - 1] = self._ids(packed[whole])
        known = grid >= 0
        before = np.concatenate([[0], np.cumsum(np.count_nonzero(known, axis=1))])
        return Bags(grid[known], before[starts])

    def windows(self, texts: Sequence[str], length: int) -> NDArray[np.int64]:
        """The key of every n-gram of this length in the texts, known or not (for counting)."""
        codes, _ = self._codes(texts)
        if len(codes) < length:
            return np.zeros(0, dtype=np.int64)
        ends = len(codes) - length + 1
        packed = codes[:ends]
        for offset in range(1, length):
            packed = packed << CHARACTER_BITS | codes[offset : ends + offset]
        return packed[_windows_without_break(codes, length)]

    def _codes(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Character codes of all texts, one zero after each text, and the place where each text starts."""
        points, ends = _points(texts)
        codes = self._code_of_raw_point[points]
        irregular = np.flatnonzero(codes == _WHOLE_TEXT)
        if len(irregular):
            normal = list(texts)
            for at in np.unique(np.searchsorted(ends, irregular)).tolist():
                normal[at] = normalise(normal[at])
            points, ends = _points(normal)
            codes = self._code_of_raw_point[points]
            codes = np.where(codes == _WHOLE_TEXT, self._code_of_point[points], codes)
        codes[ends] = 0
        kept = codes != _DROPPED
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(kept)[ends]])
        return codes[kept].astype(np.int64), starts

    def _ids(self, packed: NDArray[np.int64]) -> NDArray[np.int64]:
        return self._places.of(packed)

    @cached_property
    def _places(self) -> _Places:
        return _Places(self.keys)

    @cached_property
    def _code_of_raw_point(self) -> NDArray[np.uint16]:
        """As `_code_of_point`, for characters before they are normalised."""
        table = np.full(_UNICODE_SIZE, _WHOLE_TEXT, dtype=np.uint16)
        for points in _IDEOGRAPHS:
            table[points.start : points.stop] = self._code_of_point[points.start : points.stop]
        for point in _PLAIN:
            normal = normalise(chr(point))
            if not normal:
                table[point] = _DROPPED
            elif len(normal) == 1 and not unicodedata.combining(normal):
                table[point] = self._code_of_point[ord(normal)]
        return table

    @cached_property
    def _code_of_point(self) -> NDArray[np.uint16]:
        table = np.zeros(_UNICODE_SIZE, dtype=np.uint16)
        table[self.characters] = np.arange(1, len(self.characters) + 1, dtype=np.uint16)
        return table


class _Places:
    """Where a key stands among the keys, by hashing: to search by halving for each n-gram of a hundred
    passages takes as long as all else that a question needs.

    Keys that share a slot of the first, large table go into a second one, and so on; a key that is held has
    a slot that is not empty in each table up to its own. Fibonacci hashing: Knuth, The Art of Computer
    Programming, volume 3, section 6.4.
    """

    def __init__(self, keys: NDArray[np.int64]) -> None:
        self._keys = keys
        self._tables: list[tuple[int, NDArray[np.int32]]] = []
        left = np.arange(len(keys), dtype=np.int32)
        while len(left):
            bits = max(4, int(np.ceil(np.log2(len(left)))) + 3)
            table = np.full(1 << bits, -1, dtype=np.int32)
            self._tables.append((bits, table))
            slots = self._slots(keys[left], len(self._tables) - 1)
            table[slots] = left
            left = left[table[slots] != left]

    def of(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The place of each key, -1 where it is not held."""
        found = np.full(len(keys), -1, dtype=np.int64)
        open_ = np.arange(len(keys))
        for level, (_, table) in enumerate(self._tables):
            places = table[self._slots(keys[open_], level)]
            taken = places >= 0
            open_, places = open_[taken], places[taken]
            right = self._keys[places] == keys[open_]
            found[open_[right]] = places[right]
            open_ = open_[~right]
        return found

    def _slots(self, keys: NDArray[np.int64], level: int) -> NDArray[np.uint64]:
        bits, _ = self._tables[level]
        mixed = (keys.astype(np.uint64) + np.uint64(level)) * np.uint64(_MULTIPLIERS[level % 2])
        return mixed >> np.uint64(64 - bits)


def _points(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The characters of all texts as code points, one more after each text, and the places of those."""
    joined = "\n".join([*texts, ""])
    points = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    return points, np.cumsum(lengths) - 1


def pack(codes: Sequence[int]) -> int:
    """The key of an n-gram, given the codes of its characters."""
    key = 0
    for code in codes:
        key = key << CHARACTER_BITS | code
    return key


def _windows_without_break(codes: NDArray[np.int64], length: int) -> NDArray[np.bool_]:
    """For each window of `length` characters, whether it lies in one text and holds known characters only."""
    known = codes > 0
    whole = known[: len(codes) - length + 1].copy()
    for offset in range(1, length):
        whole &= known[offset : len(codes) - length + 1 + offset]
    return whole
