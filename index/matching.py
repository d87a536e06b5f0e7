"""The words that a query and a clause share, and where in the clause's passage they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.notice import Card, Clause

from .passage import Passage, passage_of
from .tokens import tokens

#: The parts of a passage in the words that readers know, in the order of `Passage`.
_PARTS: Mapping[str, str] = {"title": "文件标题", "headings": "上级标题", "text": "正文", "cells": "表格"}


@dataclass(frozen=True, slots=True)
class MatchedWord:
    """A word of the query in the form that is searched, and the parts of the passage that have it."""

    word: str
    parts: tuple[str, ...]


def matched_words(query: str, clause: Clause, card: Card) -> tuple[MatchedWord, ...]:
    """The words of `query` that the passage of `clause` has, each once, in the order of the query."""
    held = _words_by_part(passage_of(clause, card))
    found = (
        MatchedWord(word, tuple(part for part, words in held.items() if word in words))
        for word in dict.fromkeys(tokens(query))
    )
    return tuple(match for match in found if match.parts)


def _words_by_part(passage: Passage) -> dict[str, frozenset[str]]:
    return {name: frozenset(tokens(getattr(passage, part))) for part, name in _PARTS.items()}
