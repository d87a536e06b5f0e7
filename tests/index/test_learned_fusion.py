"""Fusion with learned weights, and the alignment of words that it looks at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.alignment import RARITY, Alignment
from index.embeddings import load_embeddings
from index.learned_fusion import (
    ALIGNED,
    WEIGHTS_FILE,
    Candidates,
    HasFusion,
    LearnedFusion,
    candidates_of,
    feature_names,
)
from index.model_tokens import NgramVocabulary
from index.ngram_model import NgramConfig, NgramModel, PackedVectors, UnreadableModel
from index.settings import EMBEDDED_MODEL, Settings
from index.store import open_index
from index.sync import sync

from .fake import Corpus


def _model() -> NgramModel:
    """Four words along three axes: 雾霾 and 浓度 point the same way, 校医 and 桥梁 each another."""
    words = {"雾霾": 0, "浓度": 0, "校医": 1, "桥梁": 2}
    vocabulary = NgramVocabulary.of(list(words))
    axis = {word: number * 64 for word, number in words.items()}
    # Single characters, which the vocabulary holds too, lie on a last axis of their own.
    vectors = np.zeros((len(vocabulary), 64), dtype=np.float32)
    for place, ngram in enumerate(vocabulary.ngrams()):
        vectors[place, (axis[ngram] // 64) if ngram in axis else 10 + place] = 1.0
    ones = np.ones(len(vocabulary), dtype=np.float32)
    return NgramModel(NgramConfig(64), vocabulary, PackedVectors.pack(vectors, ones, ones))


def _alignment(model: NgramModel, common: Sequence[str] = ()) -> Alignment:
    """Only whole words count, and those of `common` a tenth."""
    rarity = [
        0.0 if len(ngram) == 1 else 0.1 if ngram in common else 1.0 for ngram in model.vocabulary.ngrams()
    ]
    return Alignment(model, np.array(rarity, dtype=np.float16))


def test_each_word_of_the_question_counts_by_its_nearest_word() -> None:
    scores = _alignment(_model()).scores("雾霾和校医", ["浓度，桥梁", "校医。雾霾", "桥梁", "", "甲乙"])
    assert scores == pytest.approx([0.5, 1.0, 0.0, 0.0, 0.0], abs=0.02)


def test_a_rare_word_counts_more() -> None:
    scores = _alignment(_model(), common=["校医"]).scores("雾霾校医", ["雾霾", "校医"])
    assert scores == pytest.approx([1 / 1.1, 0.1 / 1.1], abs=0.02)


def test_a_question_without_known_words_is_met_nowhere() -> None:
    assert _alignment(_model()).scores("？？", ["雾霾"]).tolist() == [0.0]
    assert _alignment(_model()).scores("雾霾", []).tolist() == []


def test_features_are_scaled_signals_and_what_they_depend_on() -> None:
    """Three candidates, the last one not aligned; the nearest has cosine 0.7: 0.6 above the middle."""
    made = Candidates(
        np.array([3, 5, 9]),
        np.array([10.0, 6.0, 2.0], np.float32),
        np.array([0.1, 0.4, 0.7], np.float32),
        np.array([0.25, 0.75, np.nan], np.float32),
        np.array([120.0, 120.0 * np.e**2, 0.0], np.float32),
    )
    assert feature_names()[:5] == ["lexical", "dense", "alignment", "lexical × nearness", "dense × nearness"]
    assert made.features() == pytest.approx(
        np.array(
            [
                [1.0, 0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.0],
                [0.5, 0.5, 1.0, 0.3, 0.3, 0.6, 0.5, 0.5, 1.0],
                [0.0, 1.0, 0.0, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0],
            ]
        )
    )


def test_only_the_first_candidates_are_aligned() -> None:
    seen: list[int] = []

    def passages(rowids: Sequence[int]) -> list[str]:
        seen.extend(rowids)
        return ["雾霾"] * len(rowids)

    lexical = {row: 1000.0 - row for row in range(1, 151)}
    made = candidates_of(_alignment(_model()), "雾霾", lexical, dict.fromkeys(lexical, 0.5), passages)
    assert sorted(seen) == list(range(1, ALIGNED + 1))
    assert np.isnan(made.alignment).sum() == 150 - ALIGNED
    assert made.characters[:2].tolist() == [2.0, 2.0]


def test_scores_are_relative_to_the_best_and_ties_go_by_number() -> None:
    weights = np.array([np.log(4), 0, 0, 0, 0, 0, 0, 0, 0], np.float32)
    fusion = LearnedFusion(weights, _alignment(_model()))
    fused = fusion.fuse(
        "雾霾", {7: 3.0, 4: 1.0, 2: 1.0}, {7: 0.2, 4: 0.2, 2: 0.2}, lambda rows: ["雾霾"] * len(rows)
    )
    assert fused.by_rowid() == pytest.approx({7: 1.0, 2: 0.25, 4: 0.25})
    assert list(fused.by_rowid()) == [7, 2, 4]
    assert fused.alignment() == pytest.approx({7: 1.0, 2: 1.0, 4: 1.0}, abs=0.01)
    assert fusion.fuse("雾霾", {}, {}, lambda _: []).by_rowid() == {}


def test_what_is_not_aligned_comes_after_in_the_order_of_both_rankings() -> None:
    """Row 1 has the best words, row 100 the nearest vector: both are aligned, the middle ones are not."""
    lexical = {row: 101.0 - row for row in range(1, 101)}
    dense = {row: 0.9 if row > 90 else 0.5 - row / 1000 for row in range(1, 101)}
    fusion = LearnedFusion(np.array([0, 1, 0, 0, 0, 0, 0, 0, 0], np.float32), _alignment(_model()))
    fused = fusion.fuse("雾霾", lexical, dense, lambda rows: ["雾霾"] * len(rows))
    order = list(fused.by_rowid())
    aligned = fused.alignment()
    assert set(order[:ALIGNED]) == set(aligned) == {*range(1, ALIGNED - 9), *range(91, 101)}
    assert order[ALIGNED:] == list(range(ALIGNED - 9, 91))
    assert order[:10] == list(range(91, 101))


def test_weights_lie_beside_the_model(tmp_path: Path) -> None:
    model = _model()
    model.save(tmp_path)
    assert load_embeddings(str(tmp_path)).fusion is None  # type: ignore[attr-defined]
    weights = {name: float(place) for place, name in enumerate(feature_names())}
    (tmp_path / WEIGHTS_FILE).write_text(json.dumps({"weights": weights}), encoding="utf-8")
    with pytest.raises(UnreadableModel, match=r"rarity\.safetensors 缺失或损坏"):
        load_embeddings(str(tmp_path))
    _alignment(model).save(tmp_path)
    found = LearnedFusion.beside(tmp_path, model)
    assert found is not None
    assert found.weights.tolist() == list(map(float, range(9)))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"weights": {"lexical": 1}}', '{"weights": {"lexical": "x"}}']
)
def test_damaged_weights_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / WEIGHTS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableModel, match=r"fusion\.json 损坏"):
        LearnedFusion.beside(tmp_path, _model())


def test_rarities_of_another_model_are_refused(tmp_path: Path) -> None:
    Alignment(_model(), np.ones(3, np.float16)).save(tmp_path)
    with pytest.raises(UnreadableModel, match="与模型不符"):
        Alignment.from_folder(tmp_path, _model())
    assert (tmp_path / RARITY).is_file()


def test_the_shipped_model_fuses_and_says_what_it_saw(corpus: Corpus) -> None:
    """The lay word has no character in common with the clause."""
    embeddings = load_embeddings(str(EMBEDDED_MODEL))
    assert isinstance(embeddings, HasFusion)
    assert embeddings.fusion is not None
    corpus.write(
        "air.txt", "云湖市方案\n# 大气\n颗粒物浓度下降到35微克。\n校医配备率达到九成。\n桥梁每年检测一次。\n"
    )
    settings = Settings(home=corpus.settings.home, model=str(EMBEDDED_MODEL))
    sync([corpus.folder], settings, read=corpus.reader)
    hits = open_index(settings).search("雾霾要治到什么程度")
    assert "颗粒物" in hits[0].clause.text
    assert hits[0].score == pytest.approx(1.0)
    assert [hit for hit in hits if hit.alignment is None or hit.dense is None] == []
