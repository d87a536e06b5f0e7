"""The JSON lines have exactly the keys that other programs read."""

from assistant.assistant import Assistant
from assistant.contract import answer_line, clause_line, refused_line, report_line
from index.types import FileFault, SyncReport
from tests.assistant.sample import QINGLAN, MemorySource

CITATION = ["file", "notice", "path", "label", "cite", "quote", "text", "start", "end"]


def test_a_clause_line() -> None:
    row = next(c for c in QINGLAN if c.cite == "附件1#3")
    assert clause_line("a.txt", row) == {
        "file": "a.txt",
        "path": ["附件1", "3"],
        "label": "附件1#3",
        "cite": "附件1#3",
        "kind": "row",
        "heading": None,
        "text": "开展护河宣传。\n市政府办公室\n2024年",
        "start": 0,
        "end": 20,
        "fields": {
            "序号": "3",
            "工作任务": "开展护河宣传。",
            "牵头单位": "市政府办公室",
            "配合单位": "",
            "完成时间": "2024年",
        },
    }


def test_an_answer_line() -> None:
    line = answer_line("q1", Assistant(MemorySource()).ask(["青岚清理违规网箱由谁牵头？"]))
    assert list(line) == ["id", "answer", "abstained", "confidence", "citations", "retrieved", "understood"]
    assert line["id"] == "q1"
    assert line["abstained"] is False
    assert [list(c) for c in line["citations"]] == [CITATION]
    assert line["citations"][0]["file"] == "qinglan.txt"
    assert line["citations"][0]["notice"] == "青岚市碧水行动方案(2021-2025)"
    assert line["citations"][0]["quote"] == "市农业农村局"
    assert list(line["retrieved"][0]) == [key for key in CITATION if key != "quote"]
    assert line["retrieved"][0]["cite"] == "附件1#2"
    assert "**" not in line["answer"]


def test_an_abstention_has_no_citation_and_shows_the_nearest() -> None:
    line = answer_line(7, Assistant(MemorySource()).ask(["苏州的河湖水质优良比例是多少"]))
    assert line["abstained"] is True
    assert line["citations"] == []
    assert [hit["cite"] for hit in line["retrieved"]][:2] == ["一1", "一（一）"]


def test_an_entry_that_is_no_question_keeps_its_line() -> None:
    assert refused_line("q2", ["？"], "问题里只有标点符号。") == {
        "id": "q2",
        "answer": "问题里只有标点符号。",
        "abstained": True,
        "confidence": 0.0,
        "citations": [],
        "retrieved": [],
        "understood": {"question": "？", "refused": "问题里只有标点符号。"},
    }


def test_a_sync_report_line() -> None:
    report = SyncReport(
        added=("a.txt",),
        read=2,
        failed=(FileFault("b.txt", "空文件"),),
        doubtful=(FileFault("a.txt", "有字未归入条款"),),
        clauses=9,
        seconds=1.234,
    )
    assert report_line(report) == {
        "added": ["a.txt"],
        "changed": [],
        "removed": [],
        "unchanged": 0,
        "read": 2,
        "failed": [{"file": "b.txt", "reason": "空文件"}],
        "unsupported": [],
        "doubtful": [{"file": "a.txt", "reason": "有字未归入条款"}],
        "clauses": 9,
        "seconds": 1.23,
    }
