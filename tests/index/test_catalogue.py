"""What goes into the catalogue comes out of it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from index.catalogue import Catalogue, Counts, cite_key
from index.errors import NoIndex
from index.passage import passage_of
from index.types import Filters, NoticeRecord

from .fake import AIR, SCHOOL, WATER, Corpus, notice


@pytest.fixture
def catalogue(synced: Corpus) -> Catalogue:
    return synced.open().catalogue


def _by_name(catalogue: Catalogue, name: str) -> NoticeRecord:
    return next(record for record in catalogue.notices() if record.name == name)


@pytest.mark.parametrize(
    ("name", "text"), [("water.txt", WATER), ("air.txt", AIR), ("sub/school.txt", SCHOOL)]
)
def test_a_notice_comes_back_as_it_was_read(synced: Corpus, name: str, text: str) -> None:
    catalogue = synced.open().catalogue
    record = _by_name(catalogue, name)
    sha256 = synced.reader(synced.folder / name, name).sha256
    read = notice(name, text, sha256)
    assert record == NoticeRecord(
        id=read.id,
        name=name,
        folder=str(synced.folder),
        format="txt",
        card=read.card,
        clause_count=len(read.clauses),
        remarks=("样例",),
    )
    assert catalogue.notice(read.id) == record
    assert catalogue.clauses_of(read.id) == read.clauses
    assert catalogue.source(read.id) == text


def test_clauses_by_id_and_row_number(catalogue: Catalogue) -> None:
    clauses = catalogue.clauses_of(_by_name(catalogue, "water.txt").id)
    records = [catalogue.clause(clause.id) for clause in clauses]
    assert [record.clause for record in records if record] == list(clauses)
    rowids = [record.rowid for record in records if record]
    backwards = catalogue.by_rowids([*reversed(rowids), 10**9])
    assert list(backwards) == list(reversed(rowids))
    assert [record.clause for record in backwards.values()] == list(reversed(clauses))


def test_what_is_not_there(catalogue: Catalogue) -> None:
    assert catalogue.notice("none") is None
    assert catalogue.clause("none") is None
    assert catalogue.source("none") is None
    assert catalogue.clauses_of("none") == ()
    assert catalogue.by_rowids([]) == {}
    assert catalogue.find_by_cite("none", "（1）") == ()


def test_an_address_is_found_in_any_width(catalogue: Catalogue) -> None:
    water = _by_name(catalogue, "water.txt").id
    assert [c.text for c in catalogue.find_by_cite(water, "(2)")] == [
        "到2021年，饮用水水源地水质达标率保持100%。"
    ]
    assert [c.cite for c in catalogue.find_by_cite(water, "附件１ #4")] == ["附件1#4"]
    assert catalogue.find_by_cite(water, "（9）") == ()


@pytest.mark.parametrize(
    ("cite", "key"), [("三（二）1", "三(二)1"), (" 附件1＃30 ", "附件1#30"), ("第十条", "第十条"), ("", "")]
)
def test_cite_key(cite: str, key: str) -> None:
    assert cite_key(cite) == key


def test_counts_and_distinct_values(synced: Corpus) -> None:
    catalogue = synced.open().catalogue
    assert catalogue.counts() == Counts(folders=1, notices=3, clauses=8)
    assert catalogue.folders() == (synced.folder,)
    assert catalogue.regions() == ("云湖市", "望津市")
    assert catalogue.issuers() == ("云湖市人民政府", "云湖市生态环境局", "望津市教育局")
    assert catalogue.years() == (2020, 2021, 2022, 2023, 2024, 2025)
    assert catalogue.attachments() == ("附件1",)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(regions=frozenset({"云湖市"})), {"water.txt", "air.txt"}),
        (Filters(regions=frozenset({"云湖市", "望津市"})), {"water.txt", "air.txt", "sub/school.txt"}),
        (Filters(issuers=frozenset({"望津市教育局"})), {"sub/school.txt"}),
        (Filters(years=frozenset({2022})), {"water.txt", "sub/school.txt"}),
        (Filters(years=frozenset({2021, 2024})), {"water.txt", "air.txt"}),
        (Filters(years=frozenset({1999})), set()),
        (Filters(regions=frozenset({"云湖市"}), years=frozenset({2025})), {"air.txt"}),
        (Filters(regions=frozenset({"云湖"})), set()),
    ],
)
def test_filters_on_notices(catalogue: Catalogue, filters: Filters, names: set[str]) -> None:
    """Fields combine by AND, values by OR, and only whole values match."""
    numbers = catalogue.allowed_notices(filters)
    records = catalogue.by_rowids([facet.rowid for facet in catalogue.facets() if facet.notice in numbers])
    found = catalogue.notices_by_id(record.notice_id for record in records.values())
    assert {record.name for record in found.values()} == names


def test_no_filter_is_no_restriction(catalogue: Catalogue) -> None:
    """None is not the same as nothing: an empty list of notices allows no clause."""
    assert catalogue.allowed_notices(Filters(attachments=frozenset({"附件1"}))) is None


def test_facets_say_what_filters_ask_of_each_clause(catalogue: Catalogue) -> None:
    facets = list(catalogue.facets())
    records = catalogue.by_rowids([facet.rowid for facet in facets])
    assert len(records) == len(facets) == 8
    assert [records[facet.rowid].clause.cite for facet in facets if facet.attachment == "附件1"] == [
        "附件1#2",
        "附件1#4",
    ]
    assert [facet.is_heading for facet in facets].count(True) == 1
    assert {facet.rowid: facet.notice for facet in facets} == {
        rowid: record.notice for rowid, record in records.items()
    }


def test_a_snapshot_stays_while_a_sync_commits(synced: Corpus) -> None:
    catalogue = synced.open().catalogue
    with catalogue.snapshot() as held:
        assert held.counts().notices == 3
        synced.write("new.txt", "新方案\n新建公园。\n")
        synced.sync()
        assert held.counts().notices == 3
        with catalogue.snapshot() as nested:
            assert nested.generation == 1
    assert catalogue.counts().notices == 4
    assert catalogue.generation == 2


def test_each_thread_reads_by_itself(synced: Corpus) -> None:
    catalogue = synced.open().catalogue
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(catalogue.counts().clauses)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [8, 8, 8, 8]


def test_there_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="还没有索引：请先运行 tiaowen sync"):
        Catalogue(tmp_path / "catalogue.db")


def test_hostile_text_is_only_text(corpus: Corpus) -> None:
    """What would be HTML, a template, SQL or JSON elsewhere comes back character by character."""
    hostile = '<img src=x onerror=alert(1)> ${1+1} \'; DROP TABLE clauses; -- {"a": ["b"]} \\u0000'
    corpus.write("a.txt", f"{hostile}\n{hostile}\n附件1|'; DROP TABLE fields; --={hostile}\n")
    corpus.sync()
    catalogue = corpus.open().catalogue
    record = _by_name(catalogue, "a.txt")
    item, row = catalogue.clauses_of(record.id)
    assert (record.card.title, item.text, row.fields) == (
        hostile,
        hostile,
        {"'; DROP TABLE fields; --": hostile},
    )
    assert catalogue.find_by_cite(record.id, "' OR 1=1 --") == ()


def test_passages_are_those_that_were_indexed(synced: Corpus) -> None:
    """Of clauses of several notices, rows of tables among them, in the order asked for."""
    catalogue = synced.open().catalogue
    rowids = sorted(catalogue.digests(), reverse=True)
    records = catalogue.by_rowids(rowids)
    notices = catalogue.notices_by_id(record.notice_id for record in records.values())
    made = [passage_of(record.clause, notices[record.notice_id].card) for record in records.values()]
    assert any(passage.cells for passage in made)
    assert catalogue.passages(rowids) == made
    assert catalogue.passages([]) == []
