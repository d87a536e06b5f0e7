"""The sample set agrees with itself: notices in `corpus/`, gold clauses and questions in `eval/samples/`."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from eval.gold import read_gold, read_questions

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
SAMPLES = ROOT / "eval" / "samples"
DOCS: dict[str, str] = json.loads((SAMPLES / "docs.json").read_text(encoding="utf-8"))
OFFSET_DOCS = [doc for doc, name in DOCS.items() if not name.endswith(".html")]
TYPES = {"fact", "when", "who", "task", "paraphrase", "list", "unit-tasks", "compare", "followup", "none"}

#: Clauses that may stand more than once under one path: each paragraph of a news wrapper is one.
REPEATED_PATHS = frozenset({("新闻摘要",)})

#: The real cities of the public benchmark; a sample that names one is no sample.
REAL_CITIES = ("湖州", "嘉兴", "上虞", "舟山", "无锡")

Record = dict[str, Any]


def squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text)


def records(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def source_of(doc: str) -> str:
    """The notice as text, read without the product's decoder, so that neither hides a fault of the other."""
    data = (CORPUS / DOCS[doc]).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def without_markup(source: str) -> str:
    """The words of a Markdown or HTML span: tags, emphasis and pipes taken off."""
    return squash(html.unescape(re.sub(r"<[^>]+>", "", source)).replace("**", "").replace("|", ""))


GOLD = {doc: records(SAMPLES / "gold" / f"{doc}.clauses.jsonl") for doc in DOCS}
META: dict[str, Record] = {
    doc: json.loads((SAMPLES / "gold" / f"{doc}.meta.json").read_text(encoding="utf-8")) for doc in DOCS
}
QUESTIONS = records(SAMPLES / "questions.jsonl")
BY_CITE = {(doc, clause["cite"]): clause for doc, clauses in GOLD.items() for clause in clauses}


def evidence(question: Record) -> Iterator[tuple[Record, Record]]:
    """Each piece of evidence of a question with the clause it names."""
    for item in question["evidence"]:
        yield item, BY_CITE[item["doc"], item["cite"]]


def evidence_places(question: Record) -> list[tuple[str, str]]:
    return [(item["doc"], item["cite"]) for item in question["evidence"]]


def said(clause: Record) -> str:
    """All that a clause says: its text and, for a row, its cells with the merged ones filled in."""
    return squash(clause["text"] + "".join((clause["fields"] or {}).values()))


def test_every_notice_of_the_corpus_has_gold_and_the_other_way_round() -> None:
    assert sorted(DOCS.values()) == sorted(path.name for path in CORPUS.iterdir())


def test_the_corpus_is_as_varied_as_it_claims() -> None:
    formats = Counter(Path(name).suffix for name in DOCS.values())
    assert len(DOCS) >= 10
    assert {suffix for suffix, count in formats.items() if count >= 3} == {".txt", ".md", ".html"}
    assert formats[".txt"] >= 4
    assert {meta["region"] for meta in META.values()} == {"云溟省", "澄浦市", "岚汀市", "望津市"}
    data = {doc: (CORPUS / name).read_bytes() for doc, name in DOCS.items()}
    assert any(raw.startswith(b"\xef\xbb\xbf") for raw in data.values())
    assert any(b"charset=gb2312" in raw for raw in data.values())
    assert [doc for doc in OFFSET_DOCS if not is_utf8(data[doc])] == ["cp-rent-2022"]


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("doc", DOCS)
def test_each_notice_says_that_it_is_a_sample_and_names_no_real_city(doc: str) -> None:
    source = source_of(doc)
    assert re.search("示例文件[，,]虚构地名[，,]仅供演示", source)
    assert [city for city in REAL_CITIES if city in source] == []


def test_no_question_names_a_real_city_of_the_public_benchmark() -> None:
    assert [q["id"] for q in QUESTIONS if any(city in str(q) for city in REAL_CITIES)] == []


@pytest.mark.parametrize("doc", DOCS)
def test_the_paths_of_a_notice_are_unique(doc: str) -> None:
    counts = Counter(tuple(clause["path"]) for clause in GOLD[doc])
    assert {path for path, count in counts.items() if count > 1} <= REPEATED_PATHS
    cites = Counter(clause["cite"] for clause in GOLD[doc] if tuple(clause["path"]) not in REPEATED_PATHS)
    assert [cite for cite, count in cites.items() if count > 1] == []


@pytest.mark.parametrize("doc", DOCS)
def test_spans_stand_in_order_and_give_back_the_text(doc: str) -> None:
    source, end = source_of(doc), 0
    for clause in GOLD[doc]:
        lines = [squash(line) for line in clause["text"].split("\n")]
        if DOCS[doc].endswith(".html"):
            assert clause["start"] is clause["end"] is None
            assert all(line in without_markup(source) for line in lines), clause["cite"]
            continue
        assert end <= clause["start"] < clause["end"] <= len(source), clause["cite"]
        end = clause["end"]
        span = without_markup(source[clause["start"] : clause["end"]])
        for line in lines:  # each cell of a row after the one before it
            before, found, span = span.partition(line)
            assert found, (clause["cite"], line)
            assert clause["kind"] in ("row", "heading") or len(before) <= 12, (clause["cite"], before)


@pytest.mark.parametrize("doc", OFFSET_DOCS)
def test_outside_the_clauses_stand_only_head_matter_and_furniture(doc: str) -> None:
    """Titles, numbers, addressees, signatures and dates are on the card; the rest is named as furniture."""
    rest, meta = list(source_of(doc)), META[doc]
    for clause in GOLD[doc]:
        rest[clause["start"] : clause["end"]] = "\n" * (clause["end"] - clause["start"])
    year, month, day = map(int, meta["issued"].split("-"))
    card = [meta[name] or "" for name in ("title", "notice_title", "issuer", "addressees", "doc_number")]
    known = letters("".join([*meta["noise"], *card, f"{year}年{month}月{day}日"]))
    assert [line for line in "".join(rest).splitlines() if letters(line) not in known] == []


@pytest.mark.parametrize("doc", DOCS)
def test_the_card_speaks_of_this_file_and_its_parts(doc: str) -> None:
    meta = META[doc]
    assert (meta["doc"], meta["file"]) == (doc, DOCS[doc])
    headings = {clause["cite"]: clause["text"] for clause in GOLD[doc] if clause["kind"] == "heading"}
    assert {a["label"]: a["title"] for a in meta["attachments"]} == {
        cite: text for cite, text in headings.items() if re.fullmatch(r"(附件\d*)+", cite)
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", meta["issued"])


def test_there_are_enough_questions_of_every_type() -> None:
    counts = Counter(question["type"] for question in QUESTIONS)
    assert len(QUESTIONS) >= 120
    assert set(counts) == TYPES
    assert min(counts.values()) >= 10
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert {doc for question in QUESTIONS for doc, _ in evidence_places(question)} == set(DOCS)


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_a_question_stands_on_what_its_clauses_say(question: Record) -> None:
    """Quotes stand in their clause, white space ignored; every required string is said by the evidence."""
    turns = question["question"]
    assert isinstance(turns, list) == (question["type"] == "followup")
    assert (question["evidence"] == []) == (question["type"] == "none")
    assert (question["must"] == []) == (question["type"] == "none")
    for item, clause in evidence(question):
        assert squash(item["quote"]) in squash(clause["text"]), item["cite"]
    heard = "".join(said(clause) for _, clause in evidence(question))
    assert [must for must in question["must"] if squash(must) not in heard] == []
    also_ok = [(item["doc"], item["cite"]) for item in question.get("also_ok", ())]
    assert [place for place in also_ok if place not in BY_CITE] == []
    assert not set(also_ok) & set(evidence_places(question))
    named = question["doc"] if isinstance(question["doc"], list) else [question["doc"]]
    assert {doc for doc, _ in evidence_places(question)} == set(named)


def test_the_product_reads_the_set() -> None:
    gold = read_gold(SAMPLES, CORPUS)
    assert {doc: len(clauses) for doc, clauses in gold.clauses.items()} == {
        d: len(c) for d, c in GOLD.items()
    }
    assert len(read_questions(SAMPLES / "questions.jsonl", gold)) == len(QUESTIONS)
