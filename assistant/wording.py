"""Words, figures and comparable forms of Chinese text: what two texts must share to speak of one thing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from index.characters import simplified
from index.segmentation import segmenter

#: How some official sites print a decimal point (a private-use character of their font).
PRIVATE_POINT = "\ue010"

#: Function words and the vocabulary of asking: they say what form of answer is wanted, not what it is about.
STOP_WORDS = frozenset(
    word
    for line in (Path(__file__).parent / "stopwords.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
#: What jieba takes for a stretch of words (its `re_han_default`).
_RUN = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+")
_REACH = 40
_INK = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")


@lru_cache(maxsize=10_000)
def comparable(text: str) -> str:
    """`text` in one width and script, lower case, private-use decimal points as '.', no white space."""
    plain = unicodedata.normalize("NFKC", text.replace(PRIVATE_POINT, "."))
    return re.sub(r"\s+", "", simplified(plain)).lower()


def readable(text: str) -> str:
    """`text` as a person should see it: the private-use decimal point as '.', one line."""
    return re.sub(r"\s*\n\s*", " ", text.replace(PRIVATE_POINT, ".")).strip()


@lru_cache(maxsize=4_000)
def words(text: str) -> tuple[str, ...]:
    """All words of `text` in order, in comparable form, punctuation dropped."""
    return tuple(w for w in segmenter().cut(comparable(text)) if _INK.search(w))


def run_around(text: str, at: int) -> tuple[int, str]:
    """The stretch around offset `at` that words stand in, and where it starts.

    The segmenter cuts at every other sign by itself; of a longer stretch what is near tells the words.
    """
    start = end = at
    while start > max(0, at - _REACH) and _RUN.match(text, start - 1):
        start -= 1
    if found := _RUN.match(text, at, at + _REACH):
        end = found.end()
    return start, text[start:end]


@lru_cache(maxsize=20_000)
def boundaries(text: str) -> frozenset[int]:
    """Where words begin and end in `text` (comparable), as offsets."""
    ends = [0]
    for word in segmenter().cut(text):
        ends.append(ends[-1] + len(word))
    return frozenset(ends)


def figures(text: str) -> frozenset[str]:
    """The Arabic numbers in `text`, years among them."""
    return frozenset(_FIGURE.findall(comparable(text)))


def years(text: str) -> tuple[int, ...]:
    """The years (19xx, 20xx) that `text` names, in order."""
    return tuple(
        dict.fromkeys(int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d{2})(?=\D|$)", comparable(text)))
    )


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of one word: a measure that no segmentation can break."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
