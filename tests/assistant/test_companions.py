"""Rows that answer together: one for each place that a question names."""

import pytest

from assistant.assistant import Assistant
from ingest.notice import Attachment, Clause, ClauseKind
from tests.assistant.sample import MemorySource, clause, record


def _row(number: str, city: str, posts: str) -> Clause:
    fields = {"序号": number, "地区": city, "新增充电桩（个）": posts}
    return clause(("附件1", number), f"{city}\n{posts}", kind=ClauseKind.ROW, fields=fields, notice="liu")


ROWS = (_row("1", "青岚市", "500"), _row("2", "白砂市", "300"), _row("3", "云屏县", "200"))


class Shares(MemorySource):
    """What one notice gives each of three places."""

    def __init__(self) -> None:
        note = clause(("附件1", "备注"), "新增充电桩含更新改造。", notice="liu")
        self._clauses = {"liu": (*ROWS, note)}
        attachments = (Attachment("附件1", "新增充电桩任务分解表"),)
        self._records = (record("liu", "柳州省充电设施措施", "柳州省", ROWS, attachments=attachments),)


@pytest.mark.parametrize(
    ("question", "cites"),
    [
        ("青岚市和白砂的新增充电桩各是多少", ["附件1#1", "附件1#2"]),
        ("青岚市、云屏县新增充电桩分别多少", ["附件1#1", "附件1#3"]),
    ],
)
def test_a_row_for_each_place_named(question: str, cites: list[str]) -> None:
    answer = Assistant(Shares()).ask([f"柳州省给{question}"])
    assert [citation.clause.cite for citation in answer.citations] == cites
