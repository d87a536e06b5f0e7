"""Clauses beside the best one: open sentences, contradictions, the other half; halves and lists in text."""

import pytest

from assistant.assistant import Assistant
from assistant.types import Answer
from index.types import LedgerEntry
from ingest.targets import Comparator, Target
from tests.assistant.sample import MemorySource, clause, record


class Rules(MemorySource):
    """One notice with an open sentence, two values for one indicator, and two dates in one clause."""

    def __init__(self) -> None:
        lead = clause(("三",), "有下列情形之一的,停止发放补助:", notice="rules")
        items = [
            clause(("三", f"（{label}）"), text, notice="rules")
            for label, text in (("一", "将住房转借他人的;"), ("二", "连续空置三个月的。"))
        ]
        body = clause(("一",), "到2025年,芦苇荡保护率达到50%。", notice="rules")
        table = clause(("附件1", "2"), "到2025年,芦苇荡保护率达到45%。", notice="rules")
        survey = clause(
            ("四",),
            "开展地籍调查。2023年6月底前查清农用地界线。建立档案,专人保管,定期核对,及时更新,分级使用,逐年"
            "移交,发现错漏立即更正并通报有关单位,每次更正都要留下记录和经手人姓名,不得涂改;归档目录一式三份,"
            "分别存放,借阅须登记姓名、事由和归还日期,逾期不还的停止借阅一年,损坏的照价赔偿。"
            "2024年底前查清厂区用地界线。加强宣传,做好解释,防止误传,对来访群众逐一登记并在三日内答复清楚。",
            notice="rules",
        )
        held = (lead, *items, body, table, survey)
        notice = record("rules", "苇塘市住房和土地管理方案", "苇塘市", held, period=(2022, 2025))
        self._clauses = {"rules": held}
        self._records = (notice,)
        self._entries = tuple(
            LedgerEntry(
                Target("芦苇荡保护率", Comparator.EQUAL, v, "%", f"{v:g}%", c.text, year=2025), c, notice
            )
            for c, v in ((body, 50.0), (table, 45.0))
        )


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(Rules())


def _cites(answer: Answer) -> list[str]:
    return [citation.clause.cite for citation in answer.citations]


def test_an_item_is_shown_with_the_sentence_it_ends(assistant: Assistant) -> None:
    answer = assistant.ask(["苇塘把住房转借他人会怎样"])
    assert _cites(answer) == ["三", "三（一）"]
    assert answer.plain.startswith("有下列情形之一的,停止发放补助:[1]\n将住房转借他人的;[2]\n")


def test_two_values_for_one_thing_are_both_shown_and_flagged(assistant: Assistant) -> None:
    answer = assistant.ask(["苇塘到2025年芦苇荡保护率达到多少"])
    assert sorted(_cites(answer)) == ["一", "附件12"]
    assert "50%" in answer.plain
    assert "45%" in answer.plain
    assert "注意：同一文件里有不同说法，以上各处都列出，请核对后使用。" in answer.plain


def test_both_dates_where_two_are_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask(["苇塘农用地界线什么时候查清，厂区的又到什么时候"])
    assert "2023年6月底前查清农用地界线。" in answer.plain
    assert "2024年底前查清厂区用地界线。" in answer.plain
    assert "留下记录" not in answer.plain
    assert answer.form is not None
    assert answer.form.folded[0].text.startswith("开展地籍调查。")
