"""The ways of cutting text that lexical search can be compared with, in the product's own lexical index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise

from index.lexical import FIELDS
from index.tokens import all_words, characters, tokens


def bigrams(text: str) -> list[str]:
    """Neighbouring signs of `text` two by two, in order, and a sign alone where it is the only one.

    A sign is a Chinese character, or a number or Latin word whole. Nie, Gao, Zhang and Zhou 2000, "On the use
    of words and n-grams for Chinese information retrieval", https://doi.org/10.1145/355214.355235.
    """
    signs = characters(text)
    return [left + right for left, right in pairwise(signs)] if len(signs) > 1 else signs


#: By the name that configurations use; the first two are the product's.
CUTS: Mapping[str, Callable[[str], list[str]]] = {
    "words": tokens,
    "characters": characters,
    "bigrams": bigrams,
    "all-words": all_words,
}


@contextmanager
def lexical_fields(names: Sequence[str]) -> Iterator[None]:
    """Within it, lexical indexes are made and searched with the fields `names` of `CUTS` and no others.

    It holds for the whole process: one configuration is measured at a time.
    """
    before = dict(FIELDS)
    FIELDS.clear()
    FIELDS.update({name: CUTS[name] for name in names})
    try:
        yield
    finally:
        FIELDS.clear()
        FIELDS.update(before)
