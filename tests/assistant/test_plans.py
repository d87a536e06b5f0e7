"""The documents that a question names."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.types import ChipKind, Scope
from assistant.understanding.plans import plan_name, within_plans
from assistant.vocabulary import Vocabulary
from index.types import NoticeRecord
from tests.assistant.sample import BAISHA, MemorySource, record


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(MemorySource())


def _named(title: str, region: str | None = "青岚市") -> NoticeRecord:
    return record("n", title, region, BAISHA)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("青岚市碧水保护行动方案(2021-2025)", "碧水保护行动方案"),
        ("青岚市人民政府关于印发《青岚市河湖长制管理办法》的通知", "河湖长制管理办法"),
        ("2024年全市水务工作要点", ""),  # 水务 is a word of every question
        ("2024年全市水利建设工作要点", "水利建设工作要点"),
        ("青岚市加快节水设施建设若干措施", "节水设施建设若干措施"),
        ("关于做好2024年防汛值守工作的通知", "防汛值守工作的通知"),
        ("", ""),
    ],
)
def test_a_plan_is_called_by_its_title_without_region_and_years(title: str, name: str) -> None:
    assert plan_name(_named(title)) == name


class _Hills(MemorySource):
    """Two plans of one name and one with a longer name, all of one city."""

    def __init__(self) -> None:
        super().__init__()
        self._clauses = dict.fromkeys("abc", BAISHA)
        self._records = (
            record("a", "青岚市绿道建设行动计划（2019—2022年）", "青岚市", BAISHA, period=(2019, 2022)),
            record("b", "青岚市绿道建设行动计划（2023—2026年）", "青岚市", BAISHA, period=(2023, 2026)),
            record("c", "青岚市滨河绿道建设管理办法", "青岚市", BAISHA),
        )


@pytest.mark.parametrize(
    ("question", "notices"),
    [
        ("绿道建设行动计划的目标", {"a", "b"}),
        ("2019年的绿道建设行动计划的目标", {"a"}),
        ("2023年版绿道建设计划的目标", {"b"}),
        ("2022年绿道要建多少", None),  # names no document
        ("滨河绿道建设管理办法第三条", {"c"}),
        ("滨河绿道建设那个办法第三条", {"c"}),
        ("滨河绿道建设得怎么样", None),
        ("", None),
    ],
)
def test_a_document_that_is_named_is_the_only_one_searched(question: str, notices: set[str] | None) -> None:
    scopes = within_plans(question, (), Vocabulary(_Hills()))
    assert [set(scope.notices) for scope in scopes] == ([notices] if notices else [])


def test_within_a_region_only_its_notices_of_that_name_stay() -> None:
    region = Scope("青岚市", frozenset({"a", "b", "c"}))
    cut = within_plans("青岚市滨河绿道建设管理办法", (region,), Vocabulary(_Hills()))
    assert cut == (Scope("青岚市", frozenset({"c"})),)


def test_regions_that_lack_the_document_stay_whole() -> None:
    other = Scope("白砂市", frozenset({"x"}))
    assert within_plans("白砂市滨河绿道建设管理办法", (other,), Vocabulary(_Hills())) == (other,)


def test_the_document_is_a_chip_that_can_be_struck_out() -> None:
    assistant = Assistant(_Hills())
    understood = assistant.ask(["滨河绿道建设管理办法有哪些条款"]).understood
    chip = understood.chips[0]
    assert (chip.kind, chip.label) == (ChipKind.NOTICE, "文件：《青岚市滨河绿道建设管理办法》")
    assert understood.notes == ()
    again = assistant.ask(["滨河绿道建设管理办法有哪些条款"], struck=frozenset({chip.id})).understood
    assert again.filters.notices == frozenset()
    assert again.notes == ("问题没有写明地区或文件，已在全部3份文件中查找。",)
