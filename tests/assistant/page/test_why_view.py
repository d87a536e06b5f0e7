"""Why a source was found, folded below it."""

from __future__ import annotations

from dataclasses import replace

from assistant.explanation import EntryMatch, Explanation
from assistant.page.answer_view import answer_view
from assistant.page.i18n import Language
from assistant.page.why_view import notes_view, why_view
from assistant.types import Sign
from index.matching import MatchedWord
from index.types import Hit
from tests.assistant.page.fake import HOSTILE, LANZHOU, LANZHOU_CLAUSES, answer_to

_HIT = Hit(LANZHOU_CLAUSES[0], LANZHOU, 0.75, lexical=12.5, dense=0.5)
_WHY = Explanation(
    1,
    1,
    _HIT,
    2,
    3,
    (MatchedWord("水质", ("正文",)),),
    (EntryMatch("脏水", "污水"),),
    (Sign("检索得分", 0.5), Sign("只有标题或半句话", -0.25)),
)


def test_an_explanation_is_folded() -> None:
    assert why_view(_WHY, Language.CHINESE) == (
        '<details class="tw-why"><summary>为什么找到这条</summary><dl>'
        "<dt>相同的词</dt><dd>水质（正文）</dd>"
        "<dt>词表</dt><dd>脏水 → 污水</dd>"
        "<dt>检索</dt><dd>词面 12.50（第2），语义 0.50（第3），合并 0.75</dd>"
        "<dt>排序</dt><dd>0.25 = 检索得分 +0.50 只有标题或半句话 -0.25</dd>"
        "</dl></details>"
    )
    assert why_view(_WHY, Language.ENGLISH).startswith(
        '<details class="tw-why"><summary>Why this was found</summary><dl><dt>Shared words</dt>'
    )


def test_without_an_explanation_there_is_nothing() -> None:
    assert why_view(None, Language.CHINESE) == ""


def test_a_cited_clause_that_was_retrieved_has_its_fold() -> None:
    answer = answer_to("优良比例？")
    hits = tuple(Hit(c.clause, LANZHOU, 1.0) for c in answer.citations)
    html = answer_view(replace(answer, retrieved=hits), Language.CHINESE)
    assert html.count('<details class="tw-why">') == 1
    assert "按位置或责任单位直接取得，没有经过检索" in html


def test_notes_stand_below_the_answer_as_text() -> None:
    answer = answer_to("优良比例？")
    noted = replace(answer, understood=replace(answer.understood, notes=("已在全部文件中查找。", HOSTILE)))
    html = answer_view(noted, Language.CHINESE)
    assert '<p class="tw-note">已在全部文件中查找。</p><p class="tw-note">' in html
    assert HOSTILE not in html
    assert notes_view(()) == ""
