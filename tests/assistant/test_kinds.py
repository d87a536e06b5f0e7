"""The form of answer is read from the words of asking."""

import pytest

from assistant.kinds import asks_alone, kind_of, part_of, role_of, wants_of
from assistant.types import Part, QuestionKind, Role, Want


@pytest.mark.parametrize(
    ("question", "regions", "units", "kind"),
    [
        ("森林覆盖率要达到多少", 1, 0, QuestionKind.FACT),
        ("绿道要修几公里", 0, 0, QuestionKind.FACT),
        ("什么时候完成", 1, 0, QuestionKind.WHEN),
        ("哪一年建成", 1, 0, QuestionKind.WHEN),
        ("这件事由谁牵头", 1, 0, QuestionKind.WHO),
        ("归哪个部门管", 1, 0, QuestionKind.WHO),
        ("有哪几种补助", 1, 0, QuestionKind.LIST),
        ("分成哪几项任务，都由谁牵头", 1, 0, QuestionKind.LIST),
        ("市水务局牵头哪些任务", 1, 1, QuestionKind.UNIT_TASKS),
        ("市水务局是牵头还是配合", 1, 1, QuestionKind.WHO),
        ("两市的优良天数比例", 2, 0, QuestionKind.COMPARE),
        ("前后两轮计划有什么变化", 1, 0, QuestionKind.COMPARE),
        ("各市的目标是多少", 0, 0, QuestionKind.COMPARE),
        ("怎么处理违建", 1, 0, QuestionKind.TASK),
        ("三个市的优良天数比例分别是多少", 0, 0, QuestionKind.COMPARE),
        ("两个地区谁的绿道更长", 0, 0, QuestionKind.COMPARE),
        ("三市的绿道目标各是多少", 0, 0, QuestionKind.COMPARE),
        ("改造惠及三个区的多少户", 1, 0, QuestionKind.FACT),
        ("两个市级平台分别什么时候建成", 0, 0, QuestionKind.WHEN),
        ("第二个区做得怎么样", 0, 0, QuestionKind.TASK),
        ("", 0, 0, QuestionKind.TASK),
        ("？？？", 0, 0, QuestionKind.TASK),
    ],
)
def test_kind(question: str, regions: int, units: int, kind: QuestionKind) -> None:
    assert kind_of(question, regions=regions, units=units) is kind


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("举报能拿多少奖金", {Want.FIGURE, Want.MONEY}),
        ("联系电话是多少", {Want.CONTACT, Want.FIGURE}),
        ("组长是谁", {Want.PERSON, Want.BODY}),
        ("每几个月清洗一次", {Want.FREQUENCY, Want.FIGURE}),
        ("哪年完成", {Want.DATE}),
        ("怎么推进", set()),
    ],
)
def test_wants(question: str, wants: set[Want]) -> None:
    assert wants_of(question) == wants


@pytest.mark.parametrize(
    ("question", "role"),
    [("谁牵头", Role.LEAD), ("配合单位有谁", Role.SUPPORT), ("谁牵头谁配合", None), ("谁负责", None)],
)
def test_role(question: str, role: Role | None) -> None:
    assert role_of(question) is role


def test_part_and_alone() -> None:
    assert part_of("正文里写的多少") is Part.BODY
    assert part_of("任务分解表里怎么写") is Part.TABLE
    assert part_of("人大代表怎么说") is None
    assert asks_alone("单独牵头的是哪件")
    assert not asks_alone("牵头的是哪件")
