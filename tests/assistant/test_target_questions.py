"""Questions over all notices that the ledger answers: the table, the count, the chart, conditions."""

import pytest

from assistant.assistant import Assistant
from assistant.ledger import Condition
from assistant.target_questions import condition_in, indicator_in
from assistant.types import Cell, FormKind
from index.types import LedgerEntry
from ingest.targets import Comparator, Target
from tests.assistant.sample import MemorySource, clause, record

KNOWN = ("地区生产总值", "城镇新增就业", "居民消费价格")


@pytest.mark.parametrize(
    ("question", "indicator"),
    [
        ("各市2026年地区生产总值目标是多少", "地区生产总值"),
        ("哪些市的城镇新增就业超过2万人", "城镇新增就业"),
        ("各市怎么治水", None),
    ],
)
def test_the_indicator_of_a_question(question: str, indicator: str | None) -> None:
    assert indicator_in(question, KNOWN) == indicator


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("哪些市的目标高于5%", Condition(Comparator.MORE, 5.0, "%")),
        ("哪些市不低于5.5%", Condition(Comparator.AT_LEAST, 5.5, "%")),
        ("哪些市5%以上", Condition(Comparator.AT_LEAST, 5.0, "%")),
        ("哪些市低于4.5％", Condition(Comparator.LESS, 4.5, "%")),
        ("哪些市的就业超过2万人", Condition(Comparator.MORE, 2.0, "万人")),
        ("各市2026年的目标", None),
    ],
)
def test_the_condition_of_a_question(question: str, condition: Condition | None) -> None:
    assert condition_in(question) == condition


class Reports(MemorySource):
    """Four cities with a growth target each, and one without."""

    def __init__(self) -> None:
        stated = {
            "甲州市": ("5.5%左右", Comparator.ABOUT, 5.5),
            "乙州市": ("5%以上", Comparator.AT_LEAST, 5.0),
            "丙州市": ("4.5%—5%", Comparator.RANGE, (4.5, 5.0)),
            "丁州市": ("6%", Comparator.EQUAL, 6.0),
        }
        self._clauses, records, entries = {}, [], []
        for city, (words, comparator, value) in stated.items():
            text = f"今年目标是:地区生产总值增长{words}。"
            one = clause(("三",), text, notice=city)
            held = record(city, f"{city}政府工作报告", city, (one,), period=(2026, 2026))
            target = Target("地区生产总值", comparator, value, "%", words, text, change="增长", year=2026)
            self._clauses[city] = (one,)
            records.append(held)
            entries.append(LedgerEntry(target, one, held))
        other = clause(("一",), "建设公园。", notice="戊州市")
        self._clauses["戊州市"] = (other,)
        self._records = (*records, record("戊州市", "戊州市政府工作报告", "戊州市", (other,)))
        self._entries = tuple(entries)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(Reports())


def test_the_table_with_its_count_blank_and_chart(assistant: Assistant) -> None:
    answer = assistant.ask(["各市2026年地区生产总值增长目标是多少"])
    assert answer.plain.splitlines() == [
        "2026年地区生产总值目标，共4个地区：",
        "丁州市：增长6%[1]",
        "丙州市：增长4.5%—5%[2]",
        "乙州市：增长5%以上[3]",
        "甲州市：增长5.5%左右[4]",
        "戊州市：账本里没有这项目标",
    ]
    form = answer.form
    assert form is not None
    assert form.kind is FormKind.COMPARISON
    assert form.count == 4
    assert form.table is not None
    assert form.table.columns == ("地区", "地区生产总值")
    assert form.table.rows[1] == (Cell("丙州市"), Cell("增长4.5%—5%", (2,), 4.5))
    assert form.table.rows[-1][1].is_blank
    assert form.chart is not None
    assert form.chart.title == "2026年地区生产总值（区间取下限）"
    assert (form.chart.labels, form.chart.numbers) == (
        ("丁州市", "丙州市", "乙州市", "甲州市"),
        (6.0, 4.5, 5.0, 5.5),
    )
    assert form.chart.unit == "%"


@pytest.mark.parametrize(
    "turns",
    [
        ["哪些市2026年地区生产总值目标高于5%"],
        ["各市2026年地区生产总值增长目标是多少", "哪些市的目标高于5%"],
        ["哪些市的目标高于5%"],
    ],
)
def test_all_that_meet_a_condition_and_those_that_may(assistant: Assistant, turns: list[str]) -> None:
    lines = assistant.ask(turns).plain.splitlines()
    assert lines[0].endswith("地区生产总值目标高于5%的，4个地区中有2个：")
    assert lines[1:] == [
        "丁州市：增长6%[1]",
        "甲州市：增长5.5%左右[2]",
        "另有1个地区的目标可能达到、但不必达到这个条件：乙州市增长5%以上[3]。",
    ]


def test_the_indicator_of_the_turn_before_is_carried_and_can_be_struck(assistant: Assistant) -> None:
    turns = ["各市2026年地区生产总值增长目标是多少", "哪些市的目标高于5%"]
    chips = {chip.id: chip for chip in assistant.ask(turns).understood.chips}
    assert chips["indicator:地区生产总值"].carried
    assert chips["year:2026"].carried
    struck = assistant.ask(turns, struck=frozenset({"indicator:地区生产总值"}))
    assert struck.understood.indicator is None


def test_only_chosen_notices_are_compared(assistant: Assistant) -> None:
    some = assistant.restricted(frozenset({"甲州市", "丁州市"}))
    answer = some.ask(["各市2026年地区生产总值增长目标是多少"])
    assert answer.plain.splitlines()[0] == "2026年地区生产总值目标，共2个地区："


def test_named_cities_have_their_values_in_a_column_beside_the_words(assistant: Assistant) -> None:
    form = assistant.ask(["甲州市和丁州市2026年地区生产总值增长目标各是多少"]).form
    assert form is not None
    assert form.table is not None
    assert form.table.columns == ("地区或文件", "地区生产总值", "规定")
    assert [[cell.text for cell in row] for row in form.table.rows] == [
        ["甲州市", "增长5.5%左右", "今年目标是:地区生产总值增长5.5%左右。"],
        ["丁州市", "增长6%", "今年目标是:地区生产总值增长6%。"],
    ]
    assert [row[1].markers for row in form.table.rows] == [(1,), (2,)]
    assert form.chart is not None
    assert dict(zip(form.chart.labels, form.chart.numbers, strict=True)) == {"甲州市": 5.5, "丁州市": 6.0}


def test_one_city_is_answered_by_the_clause_that_states_the_target() -> None:
    source = Reports()
    rival = clause(("二",), "乙州市地区生产总值去年增长7%,目标是地区生产总值多少都要提质。", notice="乙州市")
    source._clauses = {**source._clauses, "乙州市": (rival, *source._clauses["乙州市"])}
    answer = Assistant(source).ask(["乙州市地区生产总值增长目标是多少"])
    assert answer.plain.startswith("今年目标是:地区生产总值增长5%以上。[1]")


class TwoOfOneCity(Reports):
    """As before, and a second report of the first city."""

    def __init__(self) -> None:
        super().__init__()
        text = "今年目标是:地区生产总值增长7%。"
        one = clause(("三",), text, notice="again")
        held = record("again", "甲州市补充报告", "甲州市", (one,), period=(2026, 2026))
        target = Target("地区生产总值", Comparator.EQUAL, 7.0, "%", "7%", text, change="增长", year=2026)
        self._clauses["again"] = (one,)
        self._records = (*self._records, held)
        self._entries = (*self._entries, LedgerEntry(target, one, held))


def test_a_counted_set_is_everything_held_and_two_of_one_city_are_two_files() -> None:
    lines = Assistant(TwoOfOneCity()).ask(["四个市2026年地区生产总值目标分别是多少"]).plain.splitlines()
    assert lines[0] == "2026年地区生产总值目标，共5份文件："
    assert {"《甲州市补充报告》：增长7%[4]", "《甲州市政府工作报告》：增长5.5%左右[5]"} & set(lines)
