"""BM25 in tantivy: what is found, what filters, what an update changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.lexical import LexicalEntry, LexicalIndex, update_lexical
from index.passage import Passage


def _entry(rowid: int, text: str, notice: int = 1, attachment: str = "") -> LexicalEntry:
    return LexicalEntry(rowid, notice, attachment, Passage("治水方案", "", text, ""))


ENTRIES = [
    _entry(1, "新建污水管网35公里"),
    _entry(2, "修复林地", notice=2),
    _entry(3, "污水处理厂提标改造", notice=2, attachment="附件1"),
    _entry(4, "新建公园", notice=3, attachment="附件2"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    update_lexical(tmp_path / "lexical", add=ENTRIES, remove=[])
    return tmp_path / "lexical"


def test_the_clause_with_more_of_the_words_comes_first(folder: Path) -> None:
    found = LexicalIndex(folder).search("污水管网", 10)
    assert list(found)[:2] == [1, 3]
    assert found[1] > found[3] > 0


def test_equal_scores_are_ordered_by_number(folder: Path) -> None:
    update_lexical(folder, add=[_entry(number, "清淤疏浚") for number in (9, 7, 8)], remove=[])
    assert list(LexicalIndex(folder).search("清淤疏浚", 10)) == [7, 8, 9]


@pytest.mark.parametrize(
    ("notices", "attachments", "found"),
    [
        (None, [], {1, 2, 3, 4}),
        ([2], [], {2, 3}),
        ([1, 3], [], {1, 4}),
        ([], [], set()),
        ([99], [], set()),
        (None, ["附件1"], {3}),
        (None, ["附件1", "附件2"], {3, 4}),
        ([2, 3], ["附件2"], {4}),
    ],
)
def test_filters(folder: Path, notices: list[int] | None, attachments: list[str], found: set[int]) -> None:
    """Every clause has a word of the title; the filters choose and do not change a score."""
    index = LexicalIndex(folder)
    scores = index.search("治水方案", 10, notices=notices, attachments=attachments)
    assert set(scores) == found
    assert scores.items() <= index.search("治水方案", 10).items()


@pytest.mark.parametrize(("query", "limit"), [("", 5), ("？！", 5), ("污水", 0), ("望津", 5)])
def test_nothing_is_found(folder: Path, query: str, limit: int) -> None:
    assert LexicalIndex(folder).search(query, limit) == {}


def test_an_update_removes_and_adds(folder: Path) -> None:
    update_lexical(folder, add=[_entry(5, "新建污水泵站")], remove=[1, 4])
    index = LexicalIndex(folder)
    assert len(index) == 3
    assert set(index.search("方案", 10)) == {2, 3, 5}
    assert set(index.search("污泵", 10)) == {3, 5}
    assert index.search("管网公园", 10) == {}


def test_words_that_look_like_query_syntax_are_words(folder: Path) -> None:
    assert list(LexicalIndex(folder).search('text:"污水" AND (管网 OR *) ~2 -公里 [1 TO', 1)) == [1]
