"""Sentences against one clause of the sample notices: what is said of it, and what is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking import Cited, FaultKind, Names, check_sentence
from assistant.sentences import sentences
from ingest.notice import Attachment, Card
from tests.assistant.sample import BAISHA, QINGLAN

CARD = Card(
    "青岚市碧水行动方案(2021-2025)",
    region="青岚市",
    issuer="青岚市人民政府",
    doc_number="青政发〔2021〕5号",
    attachments=(Attachment("附件1", "青岚市碧水行动任务分解表"),),
)
WATER = [Cited(QINGLAN[2], CARD)]
DRAINS = [Cited(QINGLAN[4], CARD)]
TANKS = [Cited(QINGLAN[10], CARD)]
KNOWN = Names(
    frozenset({"青岚市", "青岚", "白砂市", "白砂"}),
    frozenset({"市水务局", "市城管局", "市财政局", "市教育局"}),
)


def _kinds(sentence: str, cited: list[Cited]) -> list[FaultKind]:
    return [fault.kind for fault in check_sentence(sentence, cited, KNOWN).faults]


@pytest.mark.parametrize(
    "sentence",
    [
        "到2025年,河湖水质优良比例达到88%以上,比2020年提高6个百分点。",
        "青岚市（一（一））：到**2025年**，河湖水质优良比例达到**88%以上**[1]",
        "河湖水质优良比例2025年要达到88%以上。",
        "到2025年，河湖水质优良比例不低于88%。",
        "河道保洁外包率在30%以内。",
        "河道保洁外包率不超过30%",
        "冬季清淤量至少120000立方米。",
        "《青岚市碧水行动方案(2021-2025)》（青政发〔2021〕5号）要求沿河步道建成40公里。",
        "到2023年,断流河段全部恢复流水……沿河步道建成40公里。",
        "每千人至少有2名河湖巡护员。",
    ],
)
def test_what_a_clause_says(sentence: str) -> None:
    assert check_sentence(sentence, WATER, KNOWN).faults == ()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("到2023年,河湖水质优良比例达到88%以上。", FaultKind.DATE),
        ("到2026年,河湖水质优良比例达到88%以上。", FaultKind.DATE),
        ("到2025年,河湖水质优良比例达到86%以上。", FaultKind.NUMBER),
        ("沿河步道建成88%以上。", FaultKind.NUMBER),
        ("河湖水质优良比例达到88%以下。", FaultKind.COMPARATOR),
        ("河湖水质优良比例达到88%。", FaultKind.COMPARATOR),
        ("河道保洁外包率不低于30%。", FaultKind.COMPARATOR),
        ("河湖水质优良比例达到88个百分点以上。", FaultKind.UNIT),
        ("冬季清淤量不少于12亿立方米。", FaultKind.UNIT),
        ("比2020年下降6个百分点。", FaultKind.DIRECTION),
        ("钓鱼台不全部登记造册。", FaultKind.NEGATION),
        ("白砂市：到2025年,河湖水质优良比例达到88%以上。", FaultKind.PLACE),
        ("苏州市到2025年河湖水质优良比例达到88%以上。", FaultKind.PLACE),
        ("沿河步道建成40公里（二1）。", FaultKind.ADDRESS),
        ("按照“河长责任制”，村级河长每周巡河一次。", FaultKind.QUOTE),
        ("按照《白砂市清河计划》，沿河步道建成40公里。", FaultKind.DOCUMENT),
        ("市教育局每周巡河一次。", FaultKind.BODY),
        ("幼儿园学费由家长委员会核定并公示。", FaultKind.CONTENT),
    ],
)
def test_what_a_clause_does_not_say(sentence: str, kind: FaultKind) -> None:
    assert kind in _kinds(sentence, WATER)


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("新建雨水调蓄池5座由市水务局牵头，市财政局配合。", []),
        ("新建雨水调蓄池的牵头单位：市水务局；配合单位：市财政局、市政府办公室。", []),
        ("新建雨水调蓄池5座由市财政局牵头。", [FaultKind.ROLE]),
        ("牵头单位：市财政局；工作任务：新建雨水调蓄池5座。", [FaultKind.BODY]),
        ("新建雨水调蓄池5座由市政府牵头。", [FaultKind.BODY]),
        ("完成时间：2023年；工作任务：新建雨水调蓄池5座。", []),
        ("完成时间：2024年；工作任务：新建雨水调蓄池5座。", [FaultKind.DATE]),
    ],
)
def test_bodies_and_cells_of_a_row(sentence: str, kinds: list[FaultKind]) -> None:
    assert sorted(set(_kinds(sentence, TANKS))) == kinds


def test_responsible_bodies_of_running_text() -> None:
    assert _kinds("所有排水口一口一档，由市水务局、市城管局负责。", DRAINS) == []
    assert FaultKind.ROLE in _kinds("所有排水口一口一档，由市城管局配合。", DRAINS)
    assert FaultKind.BODY in _kinds("所有排水口一口一档（责任单位：市水务局、市教育局）", DRAINS)


def test_a_negation_cannot_be_dropped() -> None:
    clause = BAISHA[1].__class__(
        "x", ("三",), "三、", "三", QINGLAN[4].kind, None, "禁养区内不得新建养殖场，已有的2022年底前关停。"
    )
    cited = [Cited(clause, CARD)]
    assert _kinds("禁养区内不准新建养殖场。", cited) == []
    assert _kinds("禁养区内可以新建养殖场。", cited) == [FaultKind.NEGATION]
    assert _kinds("已有的养殖场2022年底后关停。", cited) == [FaultKind.DATE]


def test_nothing_is_supported_by_no_clause() -> None:
    assert _kinds("沿河步道建成40公里。", []) == [FaultKind.ADDRESS]


def test_two_clauses_support_one_sentence() -> None:
    both = [*WATER, Cited(BAISHA[1], Card("白砂市清河计划", region="白砂市"))]
    assert _kinds("青岚市河湖水质优良比例达到88%以上，白砂市达到91%。", both) == []


@pytest.mark.parametrize("clause", [c for c in (*QINGLAN, *BAISHA) if not c.fields and len(c.text) > 8])
def test_every_sentence_of_a_clause_is_supported_by_it(clause: object) -> None:
    card = CARD if clause in QINGLAN else Card("白砂市清河计划", region="白砂市")
    for sentence in sentences(clause.text):  # type: ignore[attr-defined]
        assert check_sentence(sentence.text, [Cited(clause, card)], KNOWN).faults == ()  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="到2025年河湖水质优良达88%以上不低于市水务局（）《》“”，。；：[1]0 ", max_size=40))
def test_any_text_has_a_verdict(text: str) -> None:
    verdict = check_sentence(text, WATER, KNOWN)
    assert verdict == check_sentence(text, WATER, KNOWN)
    assert all(fault.text or fault.kind for fault in verdict.faults)
