"""Small benchmarks, written anew for each test, with texts of an invented city."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.index.fake import SignCounts

CORPUS = [
    {"_id": "d1", "title": "云湖市供水办法 第一条", "text": "自来水每立方米收费三元。"},
    {"_id": "d2", "title": "云湖市供水办法 第二条", "text": "停水应当提前二十四小时告知用户。"},
    {"_id": "d3", "title": "云湖市养犬规定 第一条", "text": "养犬应当办理登记并每年接种疫苗。"},
    {"_id": "d4", "title": "云湖市养犬规定 第二条", "text": "携犬出门应当由成年人用犬绳牵领。"},
]
QUERIES = [
    {"_id": "q1", "text": "水费怎么收"},
    {"_id": "q2", "text": "养狗要办什么手续"},
    {"_id": "q3", "text": "没有人标注的问题"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td3\t1\nq2\td4\t1\n"


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as JSON lines; packed if the name ends in .gz."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")


class WaterAndDogs(SignCounts):
    """Counts what the texts here are about."""

    def __init__(self) -> None:
        super().__init__("水费停犬登绳")


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """A BEIR folder of four documents and three queries, two of them judged in the split `dev`."""
    folder = tmp_path / "beir"
    write_jsonl(folder / "corpus.jsonl", CORPUS)
    write_jsonl(folder / "queries.jsonl", QUERIES)
    (folder / "qrels").mkdir()
    (folder / "qrels" / "dev.tsv").write_text(QRELS, encoding="utf-8")
    return folder


PLAN = """\
云湖市节水计划

一、目标
(一)到2030年,用水量
控制在3亿立方米以内。
(二)漏损率降到8%。
附件1
1
管网改造
市水务局
"""


def _plan_clause(path: list[str], cite: str, text: str, **more: Any) -> dict[str, Any]:
    start = PLAN.index(text)
    return {
        "path": path,
        "cite": cite,
        "text": text,
        "start": start,
        "end": start + len(text),
        "fields": None,
    } | more


ROW_FIELDS = {"任务": "管网改造", "牵头单位": "市水务局"}
PLAN_CLAUSES = [
    _plan_clause(["一"], "一", "目标"),
    _plan_clause(["一", "（一）"], "一（一）", "到2030年,用水量\n控制在3亿立方米以内。"),
    _plan_clause(["一", "（二）"], "一（二）", "漏损率降到8%。"),
    _plan_clause(["附件1", "1"], "附件1#1", "管网改造\n市水务局", fields=ROW_FIELDS),
]
QUESTIONS = [
    {
        "id": "w1",
        "type": "fact",
        "question": "2030年用水量多少？",
        "evidence": [{"doc": "plan", "cite": "一（一）", "quote": "用水量控制在3亿立方米以内"}],
        "must": ["3亿立方米"],
        "must_not": ["30亿"],
        "also_ok": [{"doc": "plan", "cite": "一"}],
    },
    {
        "id": "w2",
        "type": "list",
        "question": ["节水有哪些指标？", "分别多少？"],
        "evidence": [
            {"doc": "plan", "cite": "一（一）", "quote": "3亿立方米"},
            {"doc": "plan", "cite": "一（二）", "quote": "8%"},
        ],
        "must": ["3亿", "8%"],
    },
    {"id": "w3", "type": "none", "question": "云湖市养狗要登记吗？", "evidence": [], "must": []},
]


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """A clause-level benchmark: one notice of four clauses; a brief question, a list, an unanswerable one."""
    folder = tmp_path / "bench"
    (folder / "notices").mkdir(parents=True)
    (folder / "notices" / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "docs.json").write_text(json.dumps({"plan": "plan.txt"}), encoding="utf-8")
    write_jsonl(folder / "gold" / "plan.clauses.jsonl", PLAN_CLAUSES)
    write_jsonl(folder / "questions.jsonl", QUESTIONS)
    return folder
