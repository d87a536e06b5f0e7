"""The words that a query and a clause share."""

from __future__ import annotations

from index.matching import MatchedWord, matched_words
from ingest.notice import Card, Clause, ClauseKind

_CARD = Card(title="青岚市人民政府关于印发《青岚市臭氧治理方案》的通知")


def _clause(text: str, fields: dict[str, str] | None = None) -> Clause:
    kind = ClauseKind.ROW if fields else ClauseKind.ITEM
    return Clause("c", ("一", "1"), "1", "一1", kind, None, text, ("工作目标",), fields, 0, len(text))


def test_each_word_is_told_once_with_the_parts_that_have_it() -> None:
    clause = _clause("到二〇二七年,臭氧浓度达到一百六十微克每立方米。")
    assert matched_words("2027年臭氧目标是160μg/m3吗，臭氧", clause, _CARD) == (
        MatchedWord("2027", ("正文",)),
        MatchedWord("2027年", ("正文",)),
        MatchedWord("年", ("正文",)),
        MatchedWord("臭氧", ("文件标题", "正文")),
        MatchedWord("目标", ("上级标题",)),
        MatchedWord("160", ("正文",)),
        MatchedWord("微克", ("正文",)),
        MatchedWord("立方", ("正文",)),
        MatchedWord("立方米", ("正文",)),
    )


def test_a_row_has_its_words_in_its_cells() -> None:
    clause = _clause("臭氧\n160", {"指标": "臭氧", "目标值": "160"})
    assert matched_words("臭氧160", clause, _CARD) == (
        MatchedWord("臭氧", ("文件标题", "表格")),
        MatchedWord("160", ("表格",)),
    )


def test_nothing_shared_is_nothing_told() -> None:
    assert matched_words("噪声的", _clause("臭氧"), _CARD) == ()
    assert matched_words("", _clause("臭氧"), _CARD) == ()
