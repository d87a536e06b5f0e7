"""A small corpus in a folder of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from .fake import AIR, SCHOOL, WATER, Corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Three notices in a folder, not synced yet."""
    corpus = Corpus(tmp_path)
    corpus.write("water.txt", WATER)
    corpus.write("air.txt", AIR)
    corpus.write("sub/school.txt", SCHOOL)
    return corpus


@pytest.fixture
def synced(corpus: Corpus) -> Corpus:
    """The same, synced."""
    corpus.sync()
    corpus.reader.read.clear()
    corpus.model.embedded.clear()
    return corpus
