"""Answers over the three sample notices: exact words, true quotes, honest refusals."""

import pytest

from assistant.assistant import LONGEST_QUESTION, Assistant
from assistant.errors import UnusableQuestion
from assistant.types import Answer, FormKind
from assistant.wording import comparable
from tests.assistant.sample import BAISHA, QINGLAN, MemorySource, TwoPlans


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(MemorySource())


def _cites(answer: Answer) -> list[str]:
    return [citation.clause.cite for citation in answer.citations]


def test_a_fact(assistant: Assistant) -> None:
    answer = assistant.ask(["青岚到2025年河湖水质优良比例要达到多少？"])
    assert answer.plain == (
        "到2025年,河湖水质优良比例达到88%以上,比2020年提高6个百分点。[1]\n"
        "[1] 《青岚市碧水行动方案(2021-2025)》青岚市人民政府，2021-03-01，一（一）"
    )
    assert answer.text.startswith("到**2025年**,河湖水质优良比例达到**88%以上**,")
    assert not answer.abstained


def test_who_leads_stands_first(assistant: Assistant) -> None:
    answer = assistant.ask(["青岚清理违规网箱由谁牵头？"])
    assert answer.plain.splitlines()[0] == (
        "牵头单位：市农业农村局；配合单位：市水务局；工作任务：清理违规网箱；完成时间：2022年。[1]"
    )
    assert answer.citations[0].quote == "市农业农村局"


def test_when_stands_first(assistant: Assistant) -> None:
    answer = assistant.ask(["青岚新建雨水调蓄池什么时候完成？"])
    assert answer.plain.startswith("完成时间：2023年；工作任务：新建雨水调蓄池5座")


def test_every_task_of_a_body_with_its_count_and_roles(assistant: Assistant) -> None:
    answer = assistant.ask(["青岚市水务局在任务分解表里有哪些任务？"])
    assert _cites(answer) == ["附件1#1", "附件1#2"]
    assert [line[:8] for line in answer.plain.splitlines()] == [
        "市水务局共2项：",
        "牵头（1项）：",
        "1. 牵头单位：",
        "配合（1项）：",
        "2. 牵头单位：",
    ]
    assert answer.form is not None
    assert answer.form.kind is FormKind.ITEMS
    assert answer.form.count == 2
    assert [(group.label, len(group.items)) for group in answer.form.groups] == [("牵头", 1), ("配合", 1)]


def test_a_body_is_not_a_part_of_another(assistant: Assistant) -> None:
    assert _cites(assistant.ask(["青岚市政府办公室牵头哪些任务"])) == ["附件1#3"]


def test_a_role_narrows_the_tasks(assistant: Assistant) -> None:
    assert _cites(assistant.ask(["青岚任务分解表里水务局配合哪些任务"])) == ["附件1#2"]


def test_a_lead_in_is_answered_by_its_items(assistant: Assistant) -> None:
    answer = assistant.ask(["青岚养护河道分哪几个步骤？"])
    assert _cites(answer) == ["二2（1）", "二2（2）", "二2（3）"]
    assert answer.plain.splitlines() == [
        "共3项：",
        "1. 摸清河道底数（二2（1））[1]",
        "2. 编制养护手册（二2（2））[2]",
        "3. 移交养护单位（二2（3））[3]",
    ]


def test_a_comparison_has_one_line_a_region(assistant: Assistant) -> None:
    answer = assistant.ask(["青岚和白砂的河湖水质优良比例各是多少"])
    assert (
        answer.plain.splitlines()
        == [
            "青岚市（一（一））：到2023年,断流河段全部恢复流水;到2025年,河湖水质优良比例达到88%以上,"
            "比2020年提高6个百分点。……老旧闸门全部更换。……冬季清淤量不少于12万立方米。[1]",
            "白砂市（一1）：到2025年,河湖水质优良比例达到91%。[2]",
        ]
        or answer.plain.splitlines()[1] == "白砂市（一1）：到2025年,河湖水质优良比例达到91%。[2]"
    )


def test_a_region_without_a_notice_stays_blank_in_a_comparison(assistant: Assistant) -> None:
    answer = assistant.ask(["白砂和苏州的河湖水质优良比例各是多少"])
    assert answer.plain.splitlines() == [
        "白砂市（一1）：到2025年,河湖水质优良比例达到91%。[1]",
        "苏州市：语料中没有条款回答。",
    ]


@pytest.mark.parametrize(
    ("question", "cite"),
    [("青岚方案二1写了什么", "二1"), ("青岚附件1第3项", "附件1#3"), ("青岚一（一）", "一（一）")],
)
def test_an_address_is_a_question(assistant: Assistant, question: str, cite: str) -> None:
    assert _cites(assistant.ask([question]))[:1] == [cite]


def test_follow_ups(assistant: Assistant) -> None:
    region = assistant.ask(["青岚到2025年河湖水质优良比例要达到多少？", "那白砂呢"])
    assert region.plain.startswith("到2025年,河湖水质优良比例达到91%。[1]")
    role = assistant.ask(["青岚清理违规网箱哪年完成", "谁牵头"])
    assert role.plain.startswith("牵头单位：市农业农村局")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("苏州的河湖水质优良比例是多少", "语料中没有苏州市的文件，没有条款回答这个问题。"),
        ("青岚附件1第9项是什么", "所问文件里没有“附件1第9项”这一处，没有条款回答这个问题。"),
        ("青岚到2035年水质优良比例要多少", "语料中没有条款回答这个问题：所问文件没有写到2035年。"),
        ("青岚清理违规网箱奖励多少元", "语料中没有条款回答这个问题：有关条款没有写明金额。"),
        ("青岚河湖巡护员的联系电话", "语料中没有条款回答这个问题：有关条款没有写明联系方式。"),
        ("青岚幼儿园学费几块", "语料中没有条款回答这个问题：有关条款没有写明金额。"),
    ],
)
def test_refusals_say_why_and_show_the_nearest_as_such(
    assistant: Assistant, question: str, reason: str
) -> None:
    answer = assistant.ask([question])
    assert answer.abstained
    assert answer.citations == ()
    lines = answer.plain.splitlines()
    assert lines[0] == reason
    assert lines[1:2] in ([], ["最接近的条款（不是答案）："])
    assert (len(lines) > 1) == bool(answer.retrieved)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", "问题是空的，请写下要问的内容。"),
        (" \n", "问题是空的，请写下要问的内容。"),
        ("？！……", "问题里只有标点符号，请用文字写下要问的内容。"),
        ("水" * 10_000, f"问题有10000个字，太长了，请缩短到{LONGEST_QUESTION}字以内。"),
    ],
)
def test_what_is_no_question(assistant: Assistant, question: str, sentence: str) -> None:
    with pytest.raises(UnusableQuestion) as error:
        assistant.ask([question])
    assert str(error.value) == sentence


def test_no_turn_is_an_empty_question(assistant: Assistant) -> None:
    with pytest.raises(UnusableQuestion):
        assistant.ask([])


def test_quotes_stand_in_their_clauses(assistant: Assistant) -> None:
    """Every sentence of the sample asked as a question: each quote is a run of the text or of one cell."""
    checked = 0
    for clause in (*QINGLAN, *BAISHA):
        answer = assistant.ask([f"青岚{clause.text[:40]}怎么规定"])
        for citation in answer.citations:
            texts = [citation.clause.text, *(citation.clause.fields or {}).values()]
            assert any(comparable(citation.quote) in comparable(text) for text in texts)
            assert comparable(citation.quote)
            checked += 1
    assert checked >= len(QINGLAN)


def test_the_clauses_own_words_come_whole(assistant: Assistant) -> None:
    question = ["青岚整治排水口怎么做"]
    assert list(assistant.stream(question)) == [assistant.ask(question)]


def test_only_chosen_notices_answer(assistant: Assistant) -> None:
    restricted = assistant.restricted(frozenset({"baisha"}))
    assert _cites(restricted.ask(["河湖水质优良比例是多少"])) == ["一1"]
    assert restricted.ask(["青岚市河湖水质优良比例是多少"]).abstained
    assert assistant.restricted(frozenset()) is assistant


def test_the_same_question_has_the_same_answer() -> None:
    question = ["青岚市水务局有哪些任务"]
    assert Assistant(MemorySource()).ask(question) == Assistant(MemorySource()).ask(question)


def test_an_address_is_shown_from_its_beginning(assistant: Assistant) -> None:
    answer = assistant.ask(["青岚方案一（一）写了什么"])
    assert answer.plain.startswith("到2023年,断流河段全部恢复流水;到2025年,河湖水质优良比例达到88%以上")


def test_two_plans_of_one_region_are_compared_by_title() -> None:
    answer = Assistant(TwoPlans()).ask(["柳岸前后两轮计划的绿道长度有什么变化"])
    assert answer.plain.splitlines() == [
        "《柳岸市绿道计划(2015-2018)》（一1）：到2018年,绿道长度达到30公里。[1]",
        "《柳岸市绿道计划(2019-2022)》（一1）：到2022年,绿道长度达到75公里。[2]",
    ]
