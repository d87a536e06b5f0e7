"""The support of an answer: six signs, weighed by fitted numbers."""

import json
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.refusal import is_weighed
from assistant.support import WEIGHTS, Model, Signs, calibration, signs_of
from tests.assistant.sample import MemorySource


def test_a_logistic_regression_over_standardised_signs() -> None:
    model = Model((0.5,) * 6, (0.25,) * 6, 0.0, (1.0, 0.0, 0.0, 0.0, 0.0, 0.0))
    assert model.probability(Signs(0.5, 1.0, 1.0, 1.0, 1.0, 1.0)) == 0.5
    assert model.probability(Signs(0.75, 0.0, 0.0, 0.0, 0.0, 0.0)) == pytest.approx(1 / (1 + 2.718281828**-1))
    assert model.probability(Signs(0.25, 0.0, 0.0, 0.0, 0.0, 0.0)) == pytest.approx(1 / (1 + 2.718281828))


def test_the_shipped_numbers_are_in_order() -> None:
    numbers = calibration()
    assert 0 < numbers.nothing < numbers.nearest < numbers.unsure < 1
    sure = Signs(covered=0.9, likeness=0.7, lead=0.8, matched=4.0, undetailed=0.0, value=1.0)
    poor = Signs(covered=0.0, likeness=0.1, lead=0.0, matched=0.0, undetailed=1.0, value=1.0)
    assert numbers.answerable.probability(sure) > 0.95
    assert numbers.answerable.probability(poor) < numbers.nothing


def test_numbers_of_another_file(tmp_path: Path) -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    stored["thresholds"]["unsure"] = 0.75
    other = tmp_path / "support.json"
    other.write_text(json.dumps(stored), encoding="utf-8")
    assert calibration(other).unsure == 0.75


def test_signs_of_evidence() -> None:
    assistant = Assistant(MemorySource())
    understood, evidence = assistant.weigh(["青岚到2025年河湖水质优良比例要达到多少？"])
    signs = signs_of(understood, evidence)
    assert is_weighed(understood, evidence)
    assert signs.covered == pytest.approx(1.0)
    assert signs.undetailed == 0.0
    assert signs.value == 1.0
    assert signs.lead > 0


def test_a_missing_detail_counts_only_where_something_is_wanted() -> None:
    assistant = Assistant(MemorySource())
    figure = signs_of(*assistant.weigh(["青岚河湖学位要多少个"]))
    task = signs_of(*assistant.weigh(["青岚河湖学位怎么安排"]))
    assert (figure.undetailed, figure.value) == (1.0, 1.0)
    assert (task.undetailed, task.value) == (0.0, 0.0)
