"""Texts and addresses in comparable form: white space, width and closing punctuation never count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SPACE = re.compile(r"\s+")

#: Some published notices print a decimal point as this private-use character.
_PRIVATE_POINT = "\ue010"

#: What may close a label in print: 一、 and 1. and 1． are the labels 一 and 1.
_LABEL_ENDS = "、.。:;,"


def squash(text: str) -> str:
    """`text` without white space, full-width and half-width forms unified (NFKC)."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text.replace(_PRIVATE_POINT, ".")))


def label_key(label: str) -> str:
    """A label or cite such that 「（一）、」 and 「(一)」 are the same."""
    return squash(label).strip(_LABEL_ENDS)


def path_key(path: Iterable[object]) -> tuple[str, ...]:
    """An address, label by label in comparable form."""
    return tuple(label_key(str(label)) for label in path)


def spaced_pattern(quote: str) -> re.Pattern[str]:
    """A pattern that finds `quote` in a source however it is broken by white space there."""
    return re.compile(r"\s*".join(re.escape(character) for character in _SPACE.sub("", quote)))


def ink(source: str, start: int | None, end: int | None) -> set[int]:
    """The offsets of `source[start:end]` that are no white space; empty without a span."""
    if start is None or end is None:
        return set()
    return {i for i in range(max(0, start), min(end, len(source))) if not source[i].isspace()}
