"""Which clauses are found, in which order, under which filters."""

from __future__ import annotations

import threading

import pytest

from index.errors import OtherModel
from index.home import Home
from index.store import open_index
from index.types import Filters

from .fake import WATER, Corpus, SignCounts


def _found(corpus: Corpus, query: str, filters: Filters, k: int = 20) -> list[str]:
    return [f"{hit.notice.name} {hit.clause.cite}" for hit in corpus.open().search(query, k, filters)]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("新建多少公里污水管网", "water.txt （3）"),
        ("饮用水水源地水质要达到多少", "water.txt （2）"),
        ("谁来修复林地", "water.txt 附件1#4"),
        ("锅炉什么时候淘汰", "air.txt （1）"),
        ("望津市校医配备率", "sub/school.txt （1）"),
        ("ＰＭ２．５ 供水改造 牵头单位", "sub/school.txt 附件1#2"),
    ],
)
def test_the_best_clause(synced: Corpus, query: str, best: str) -> None:
    assert synced.found(query)[0] == best


def test_a_hit_carries_its_clause_notice_and_scores(synced: Corpus) -> None:
    index = synced.open()
    hit = index.search("新建污水管网35公里", 1)[0]
    record = index.catalogue.clause(hit.clause.id)
    assert record is not None
    assert (hit.clause, hit.notice) == (record.clause, index.catalogue.notice(record.notice_id))
    assert WATER[hit.clause.start : hit.clause.end] == "新建污水管网35公里。"
    assert hit.lexical is not None
    assert hit.lexical > 0
    assert hit.dense == pytest.approx(1.0)
    assert hit.score == pytest.approx(1.0)


def test_hits_are_ordered_by_score_and_then_by_id(corpus: Corpus) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        corpus.write(f"same/{name}", "同名方案\n组织巡查。\n")
    corpus.sync()
    hits = corpus.open().search("组织巡查")
    assert len({hit.score for hit in hits[:3]}) == 1
    assert [hit.clause.id for hit in hits[:3]] == sorted(hit.clause.id for hit in hits[:3])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_bare_title_line_comes_after_what_stands_below_it(synced: Corpus) -> None:
    """It says in few words what its children are about, but answers nothing."""
    synced.write("plan.txt", "方案\n# 巡河频次\n巡河频次：镇级每旬一次，村级每周一次。\n巡河。\n沿河。\n")
    synced.sync()
    assert synced.found("巡河频次", 2) == ["plan.txt （2）", "plan.txt 1"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"water.txt 附件1#4", "sub/school.txt 附件1#2"}),
        (Filters(regions=frozenset({"望津市"})), {"sub/school.txt 附件1#2"}),
        (Filters(issuers=frozenset({"云湖市人民政府"})), {"water.txt 附件1#4"}),
        (Filters(years=frozenset({2021})), {"water.txt 附件1#4"}),
        (Filters(years=frozenset({2022})), {"water.txt 附件1#4", "sub/school.txt 附件1#2"}),
    ],
)
def test_filters_with_an_attachment(synced: Corpus, filters: Filters, expected: set[str]) -> None:
    """Every clause that passes is found by a question near to all, and none that does not pass."""
    in_attachment = Filters(
        filters.regions, filters.issuers, filters.notices, filters.years, frozenset({"附件1"})
    )
    assert set(_found(synced, "林地和供水任务的牵头单位", in_attachment)) == expected


def test_a_filter_on_notices(synced: Corpus) -> None:
    index = synced.open()
    air = next(record.id for record in index.catalogue.notices() if record.name == "air.txt")
    found = _found(synced, "新建污水管网", Filters(notices=frozenset({air})))
    assert found == ["air.txt （2）", "air.txt （1）"]


def test_filters_that_nothing_passes(synced: Corpus) -> None:
    assert _found(synced, "污水管网", Filters(regions=frozenset({"无此市"}))) == []
    assert _found(synced, "污水管网", Filters(attachments=frozenset({"附件9"}))) == []


@pytest.mark.parametrize("query", ["", " \n\t", "？！……", "《》()", "🙂"])
def test_a_question_without_letters_finds_nothing(synced: Corpus, query: str) -> None:
    assert synced.found(query) == []


def test_a_question_of_ten_thousand_characters(synced: Corpus) -> None:
    assert synced.found("新建污水管网多少公里？" * 1000)[0] == "water.txt （3）"


def test_words_that_occur_nowhere_find_what_the_model_finds(synced: Corpus) -> None:
    """No character of the question stands in a clause of notice or file; the dense side knows 桥."""
    assert synced.found("桥梁")[0] == "air.txt （2）"
    assert synced.found("噫吁嚱") == []


@pytest.mark.parametrize(("k", "count"), [(0, 0), (-1, 0), (1, 1), (3, 3), (1000, 8)])
def test_how_many(synced: Corpus, k: int, count: int) -> None:
    """As many as wanted, or all there are, each once."""
    found = synced.found("水气土林路桥校医方案计划", k)
    assert len(found) == len(set(found)) == count


def test_a_model_of_another_dimension_is_refused(synced: Corpus) -> None:
    """The name of the model may stay the same while the model behind it changes."""

    class Longer(SignCounts):
        def embed_query(self, text: str) -> list[float]:
            return [*super().embed_query(text), 1.0]

    with pytest.raises(OtherModel, match="由向量模型 8 维 建立，当前设置为 9 维"):
        open_index(synced.settings, embeddings=Longer()).search("污水管网")


def test_an_open_index_follows_a_later_sync(synced: Corpus) -> None:
    index = synced.open()
    assert index.search("巡河频次") == []
    synced.write("plan.txt", "巡河方案\n巡河频次：每周一次。\n")
    synced.sync()
    assert index.search("巡河频次", 1)[0].notice.name == "plan.txt"


def test_a_reader_keeps_its_state_through_the_next_sync(synced: Corpus) -> None:
    """Whoever began to read before a sync still finds the generation of that state, loaded or not."""
    index = synced.open()
    with index.catalogue.snapshot():
        synced.write("plan.txt", "巡河方案\n巡河频次：每周一次。\n")
        synced.sync()
        assert index.search("巡河频次") == []
        assert index.search("污水管网", 1)[0].notice.name == "water.txt"
    assert index.search("巡河频次", 1)[0].notice.name == "plan.txt"
    assert Home(synced.settings.home).numbers() == [1, 2]


def test_many_threads_ask_at_once(synced: Corpus) -> None:
    index = synced.open()
    expected = [hit.clause.id for hit in index.search("新建污水管网")]
    seen: list[list[str]] = []

    def ask() -> None:
        seen.append([hit.clause.id for hit in index.search("新建污水管网")])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [expected] * 8
