"""Statute articles as notices: one a statute, spans that hold, faults by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.articles import Article, notices_of_articles, read_articles
from eval.errors import EvalError

from .conftest import write_jsonl

ROWS = [
    {
        "id": "0",
        "title": "云湖市供水办法 第一条",
        "text": "为了节水。",
        "heads": ["第一章 总则"],
        "date": "2020-01-02",
    },
    {"id": "1", "title": "云湖市养犬规定 第一条", "text": "养犬应当登记。"},
    {"id": "2", "title": "云湖市供水办法 第二条", "text": "停水应当告知。", "heads": []},
    {"id": "3", "title": "决定", "text": "自公布之日起施行。"},
]


@pytest.mark.parametrize("name", ["articles.jsonl", "articles.jsonl.gz"])
def test_articles_of_one_statute_are_one_notice(tmp_path: Path, name: str) -> None:
    write_jsonl(tmp_path / name, ROWS)
    notices = notices_of_articles(read_articles(tmp_path / name))
    assert [notice.card.title for notice in notices] == ["云湖市供水办法", "云湖市养犬规定", "决定"]
    water = notices[0]
    assert [(c.cite, c.headings) for c in water.clauses] == [("第一条", ("第一章 总则",)), ("第二条", ())]
    assert [water.source[c.start : c.end] for c in water.clauses] == ["为了节水。", "停水应当告知。"]
    assert water.card.issued == "2020-01-02"
    assert len({c.id for notice in notices for c in notice.clauses}) == 4


def test_an_article_without_a_number_stands_under_its_title(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", ROWS[3:])
    assert read_articles(tmp_path / "a.jsonl") == [Article("3", "决定", "决定", "自公布之日起施行。")]


def test_every_broken_line_is_named(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [{"id": "0", "text": "甲"}, ROWS[1], ROWS[1]])
    with pytest.raises(EvalError) as caught:
        read_articles(tmp_path / "a.jsonl")
    assert str(caught.value) == ("a.jsonl 第 1 行：应有 id、title 和 text。\na.jsonl 第 3 行：id 1 重复。")


def test_no_articles_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(EvalError, match="没有任何条文"):
        read_articles(tmp_path / "a.jsonl")
