"""Re-ranking: a tiny cross-encoder made here, and the order that a re-ranker gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sentence_transformers import CrossEncoder

from index import reranker as reranking
from index.errors import MissingReranker
from index.reranker import CrossEncoderReranker, reranked
from index.settings import Settings
from index.store import open_index

from .fake import Corpus
from .tiny_models import cross_encoder


class Shortest:
    """Likes short passages, and lists what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        self.asked.append((question, tuple(passages)))
        return [-float(len(passage)) for passage in passages]


def test_a_cross_encoder_scores_pairs(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path)
    passages = ["垃圾分类", "水", "桥路水气"]
    scores = CrossEncoderReranker.load(str(folder)).scores("谁负责", passages)
    expected = CrossEncoder(str(folder)).predict([("谁负责", passage) for passage in passages])
    assert scores == pytest.approx(expected.tolist(), abs=1e-6)
    assert CrossEncoderReranker.load(str(folder)).scores("谁负责", []) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nobody/no-such-model", "本机没有，且不联网下载"),
        ("{empty}", "文件夹中没有可读取的 CrossEncoder 模型"),
        ("{two}", "应为每对文本给一个分数的模型，实为 2 个"),
    ],
)
def test_a_missing_reranker_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, reason: str
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    (tmp_path / "empty").mkdir()
    model = name.format(empty=tmp_path / "empty", two=cross_encoder(tmp_path / "two", labels=2))
    with pytest.raises(MissingReranker) as caught:
        CrossEncoderReranker.load(model)
    assert str(caught.value) == (
        f"找不到重排模型“{model}”（{reason}）：请检查 TIAOWEN_RERANKER，"
        "或先把模型下载到本机文件夹；不设置 TIAOWEN_RERANKER 则不重排。"
    )


def test_the_first_hits_are_read_in_their_context_and_ordered_anew(synced: Corpus) -> None:
    before = synced.open().search("新建污水管网多少公里", 20)
    reranker = Shortest()
    after = open_index(synced.settings, embeddings=synced.model, reranker=reranker).search(
        "新建污水管网多少公里", 3
    )
    [(question, passages)] = reranker.asked
    assert question == "新建污水管网多少公里"
    assert passages[0] == "云湖市治水方案\n新建污水管网35公里。"
    shortest = sorted(range(len(before)), key=lambda place: len(passages[place]))
    assert [hit.clause.id for hit in after] == [before[place].clause.id for place in shortest[:3]]
    assert [hit.score for hit in after] == [hit.score for hit in before[:3]]
    assert [hit.reranked for hit in after] == [-float(len(passages[place])) for place in shortest[:3]]


def test_hits_beyond_its_depth_stay_where_they_are(synced: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reranking, "DEPTH", 2)
    hits = synced.open().search("新建污水管网", 20)
    found = reranked("新建", hits, Shortest())
    assert {hit.clause.id for hit in found[:2]} == {hit.clause.id for hit in hits[:2]}
    assert found[2:] == hits[2:]


def test_equal_scores_keep_the_order(synced: Corpus) -> None:
    class Indifferent:
        def scores(self, question: str, passages: Sequence[str]) -> list[float]:
            return [0.5] * len(passages)

    hits = synced.open().search("新建污水管网", 20)
    assert reranked("新建", hits, Indifferent()) == [replace(hit, reranked=0.5) for hit in hits]


def test_the_setting_names_the_reranker_which_is_loaded_at_the_first_search(
    synced: Corpus, tmp_path: Path
) -> None:
    environ = {
        "TIAOWEN_HOME": str(synced.settings.home),
        "TIAOWEN_MODEL": "sign-counts",
        "TIAOWEN_RERANKER": str(cross_encoder(tmp_path / "tiny")),
    }
    index = open_index(Settings.from_environment(environ), embeddings=synced.model)
    assert all(hit.reranked is not None for hit in index.search("新建污水管网", 2))
    missing = Settings.from_environment({**environ, "TIAOWEN_RERANKER": str(tmp_path / "none")})
    with pytest.raises(MissingReranker):
        open_index(missing, embeddings=synced.model).search("新建污水管网", 2)
