"""Learning the fusion, on invented reports and a model of three words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.alignment import Alignment
from index.learned_fusion import feature_names
from index.model_tokens import NgramVocabulary
from index.training_data import Pair, TrainingData
from index.training_fusion import (
    Example,
    examples,
    in_fold,
    lay_task,
    learn,
    rarities,
    reports_task,
    without_fold,
)

from .test_learned_fusion import _model

REPORT = """2031年云湖市政府工作报告
一、大气
（一）雾霾治理。新建监测站点二十座，雾霾天数再降一成。
（二）桥梁养护。每年检测桥梁一次，发现病害当月修复。
二、教育
（一）校医配备。每所学校配备校医一名，三年内全部到岗。
"""


def _report(folder: Path) -> Pair:
    (folder / "云湖市2031年政府工作报告.txt").write_text(REPORT, encoding="utf-8")
    text = "校医配备。每所学校配备校医一名，三年内全部到岗。"
    return Pair("校医什么时候配齐", f"云湖市2031年政府工作报告 {text}", "lay_reports")


def test_a_report_is_split_and_the_passage_found_in_its_clauses(tmp_path: Path) -> None:
    elsewhere = Pair("问", "别处2031年政府工作报告 每所学校配备校医一名，三年内全部到岗。", "lay_reports")
    task = reports_task(tmp_path, [_report(tmp_path), elsewhere])
    assert [(asked.text, asked.notice) for asked in task.questions] == [("校医什么时候配齐", 1)]
    assert {"校医" in task.passages[at].text for at in task.questions[0].relevant} == {True}


def test_candidates_are_examples_with_their_answers(tmp_path: Path) -> None:
    model = _model()
    task = reports_task(tmp_path, [_report(tmp_path)])
    [example] = examples(task, model, Alignment(model, np.ones(len(model.vocabulary), np.float16)))
    assert example.features.shape == (len(example.is_relevant), len(feature_names()))
    assert example.is_relevant.sum() == len(task.questions[0].relevant)
    assert example.features[example.is_relevant, 0].max() == pytest.approx(1.0)


def test_lay_passages_get_their_titles() -> None:
    article = Pair("谁检测桥梁", "云湖市桥梁条例 第三条 桥梁每年检测一次。", "lay_more")
    task = lay_task([Pair("问", "雾霾天数下降。", "lay_notices")], [article], percent=100)
    assert [(p.title, p.headings, p.text) for p in task.passages] == [
        ("", "", "雾霾天数下降。"),
        ("云湖市桥梁条例", "第三条", "桥梁每年检测一次。"),
    ]
    assert task.questions[0].relevant == {1}
    assert lay_task([], [article], percent=0).questions == ()


def test_half_of_the_questions_are_kept_from_the_second_model() -> None:
    pairs = tuple(Pair(f"问题{number}", "答", "stard_train") for number in range(100))
    kept = without_fold(TrainingData(pairs, (), ()), 2).pairs
    assert 30 < len(kept) < 70
    assert {in_fold(pair.anchor, 2) for pair in kept} == {False}
    assert {in_fold(pair.anchor, 2) for pair in {*pairs} - {*kept}} == {True}


def test_rarities() -> None:
    """One n-gram stands in one text of three, twice; another in none."""
    texts = ["雾霾雾霾", "甲", "乙"]
    vocabulary = NgramVocabulary.of(["雾霾", "桥"])
    found = dict(zip(vocabulary.ngrams(), rarities(vocabulary, texts).tolist(), strict=True))
    assert found["雾霾"] == pytest.approx(np.log(4 / 2), abs=1e-3)
    assert found["桥"] == pytest.approx(np.log(4), abs=1e-3)


def test_weights_favour_what_tells_the_answer() -> None:
    """The first feature always points at the answer, the second at another, the third says nothing."""
    tell = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 0.5]], np.float32)
    example = Example(tell, np.array([True, False, False]))
    weights = learn([[example] * 3, [example]], decay=0.01)
    assert weights[0] > 1.0
    assert weights[1] < 0.0
    assert weights[2] == pytest.approx(0.0, abs=1e-6)
    assert learn([[example] * 3, [example]], decay=0.01).tolist() == weights.tolist()
