"""The deadline that a question lists by, and what is none."""

import pytest

from assistant.deadlines import date_in, deadline_in
from assistant.types import Deadline


@pytest.mark.parametrize(
    ("question", "deadline"),
    [
        ("2020年底前要完成哪些任务", Deadline(2020, by=True)),
        ("2020年以前要完成哪些任务", Deadline(2020, by=True)),
        ("哪些项目2025年完成", Deadline(2025)),
        ("2025年内建成的项目有哪些", Deadline(2025)),
        ("2024年6月底前要完成的有哪些", Deadline(2024, 6, by=True)),
        ("2024年6月完成的有哪些", Deadline(2024, 6)),
        ("到2022年要做完的", Deadline(2022, by=True)),
        ("截至2024年12月底完工的项目清单", Deadline(2024, 12, by=True)),
        ("市水务局牵头的2024年底前完成的任务", Deadline(2024, by=True)),
        ("2024年底前要完成几项", Deadline(2024, by=True)),
        ("２０２４年底前要完成的有哪些", Deadline(2024, by=True)),
        ("泵站什么时候完成", None),
        ("2023年启动哪些项目", None),
        ("2025年森林覆盖率完成率是多少", None),
        ("2024年底前能否完成这些任务", None),
        ("2024年底前完成的项目由谁负责", None),
        ("2022年和2024年完成哪些项目", None),
        ("哪些项目已经完成", None),
    ],
)
def test_deadline_in(question: str, deadline: Deadline | None) -> None:
    assert deadline_in(question) == deadline


def test_a_later_turn_needs_no_more_than_a_date() -> None:
    assert date_in("那2026年底前呢") == Deadline(2026, by=True)
    assert date_in("那配合的呢") is None


@pytest.mark.parametrize(
    ("deadline", "label"),
    [
        (Deadline(2020, by=True), "2020年底前"),
        (Deadline(2020), "2020年"),
        (Deadline(2024, 6, by=True), "2024年6月底前"),
    ],
)
def test_label(deadline: Deadline, label: str) -> None:
    assert deadline.label == label
