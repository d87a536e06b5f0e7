"""The alignment of the shipped model against its slow twin: pair by pair, by one plain product."""

from __future__ import annotations

import numpy as np

from index import alignment
from index.alignment import DIMENSION, Alignment
from index.ngram_model import NgramModel
from index.settings import EMBEDDED_MODEL

QUESTION = "雾霾天多的时候学校还上不上体育课，由哪个部门来通知家长"
#: So many different words that the product is made in several steps.
PASSAGES = [f"第{number}条　教育行政部门应当会同生态环境部门发布{word}提示。" for number, word in enumerate(
    ["重污染天气", "停课", "户外活动", "课后服务", "道路积水", "防汛应急", "食品安全", "校车运行"] * 4
)]  # fmt: skip


def test_scores_are_those_of_a_plain_product() -> None:
    model = NgramModel.load(EMBEDDED_MODEL)
    found = Alignment.from_folder(EMBEDDED_MODEL, model).scores(QUESTION, PASSAGES)

    def directions(text: str) -> tuple[np.ndarray, np.ndarray]:
        tokens = np.unique(model.vocabulary.bags([text]).ids)
        rows = model.vectors.unscaled(tokens)[:, :DIMENSION]
        return tokens, rows / np.linalg.norm(rows, axis=1, keepdims=True)

    asked, question = directions(QUESTION)
    lengths = np.linalg.norm(model.vectors.unscaled(asked), axis=1)
    rarity = Alignment.from_folder(EMBEDDED_MODEL, model)._rarity[asked].astype(np.float32)
    weights = np.abs(model.vectors.query_scale[asked].astype(np.float32)) * lengths * rarity
    weights /= weights.sum()
    slow = [float((directions(passage)[1] @ question.T).max(axis=0) @ weights) for passage in PASSAGES]
    assert np.allclose(found, slow, atol=1e-5)
    tokens = np.unique(model.vocabulary.bags(PASSAGES).ids)
    assert len(tokens) * len(asked) * DIMENSION > 2 * alignment._ON_ONE_THREAD
