"""When something is due, as cells and sentences say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dues import Due, Stated, first_year, stated_by_row, stated_by_text, year_meant
from assistant.types import Deadline
from ingest.notice import Card


@pytest.mark.parametrize(
    ("cell", "stated"),
    [
        ("2025年", Stated(Due(2025))),
        ("2025", Stated(Due(2025))),
        ("2025年底前", Stated(Due(2025))),
        ("2025年6月", Stated(Due(2025, 6))),
        ("2025.06", Stated(Due(2025, 6))),
        ("2023—2025年", Stated(Due(2025))),
        ("2023年至2025年9月", Stated(Due(2025, 9))),
        ("9月底", Stated(Due(2024, 9))),
        ("6月15日至7月25日", Stated(Due(2024, 7))),
        ("第三季度", Stated(Due(2024, 9))),
        ("上半年", Stated(Due(2024, 6))),
        ("长期", Stated(standing=True)),
        ("每季度末", Stated(standing=True)),
        ("全年推进", Stated(standing=True)),
        ("按省里通知", Stated()),
        ("——", None),
        ("", None),
    ],
)
def test_a_cell(cell: str, stated: Stated | None) -> None:
    assert stated_by_row({"工作任务": "疏浚", "完成时限": cell}, 2024) == stated


def test_a_date_without_a_year_is_not_guessed() -> None:
    assert stated_by_row({"完成时限": "9月底"}, None) == Stated()


@pytest.mark.parametrize("column", ["启动时间", "完成情况", "责任单位", "2025年完成数", "工作任务"])
def test_other_columns_state_no_deadline(column: str) -> None:
    assert stated_by_row({column: "2025年"}, None) is None


@pytest.mark.parametrize(
    "column", ["完成时间", "完成时限", "进度要求", "时间节点", "建设年限", "计划年度", "时间"]
)
def test_columns_of_time(column: str) -> None:
    assert stated_by_row({column: "2025年"}, None) == Stated(Due(2025))


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("泵站2024年底前建成。", [Due(2024)]),
        ("到2025年，全面完成河道疏浚。", [Due(2025)]),
        ("2024年9月底前完成编制，2025年完成验收。", [Due(2024, 9), Due(2025)]),
        ("6月底前完成升级。", [Due(2023, 6)]),
        ("到2025年，绿化覆盖率达到40%。", []),
        ("2025年建成区绿地率达到38%。", []),
        ("2025年完成率不低于90%。", []),
        ("2024年已经完成疏浚。", []),
        ("2024年完成了疏浚。", []),
        ("2018年建成水厂。", []),
        ("实施《河道规划（2021—2025年）》，完成疏浚。", []),
        ("规划期2021—2025年，完成疏浚。", []),
    ],
)
def test_running_text(text: str, dues: list[Due]) -> None:
    found = stated_by_text(text, 2023, 2023)
    assert [due for _, due in found] == dues
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence, _ in found)


@pytest.mark.parametrize(
    ("due", "deadline", "meets"),
    [
        (Due(2024), Deadline(2024), True),
        (Due(2024, 6), Deadline(2024), True),
        (Due(2023), Deadline(2024), False),
        (Due(2023), Deadline(2024, by=True), True),
        (Due(2024), Deadline(2024, by=True), True),
        (Due(2024), Deadline(2024, 6, by=True), False),
        (Due(2024, 6), Deadline(2024, 6, by=True), True),
        (Due(2024, 5), Deadline(2024, 6), False),
        (Due(2024), Deadline(2024, 6), False),
    ],
)
def test_meets(due: Due, deadline: Deadline, meets: bool) -> None:
    assert due.meets(deadline) is meets


def test_the_year_meant_is_the_innermost_that_is_one() -> None:
    plan = Card(title="青岚市养老方案（2024—2026年）", period=(2024, 2026))
    assert year_meant(plan) is None
    assert year_meant(plan, ["2024年工作清单"]) == 2024
    assert year_meant(Card(title="青岚市2023年要点")) == 2023
    assert year_meant(Card(title="青岚市要点", period=(2022, 2022))) == 2022


def test_a_notice_looks_ahead_from_its_period_or_date() -> None:
    assert first_year(Card(title="方案", period=(2021, 2025), issued="2020-12-30")) == 2020
    assert first_year(Card(title="方案")) == 0


@given(st.text(alphabet="2013年月底前完成建成，。至-—《》5季度上半", max_size=40))
def test_any_text_is_read_and_its_sentences_stand_in_it(text: str) -> None:
    stated_by_row({"完成时限": text}, None)
    assert all(sentence.text in text for sentence, _ in stated_by_text(text, 2024, 0))
