"""Lists by deadline and by group: complete, counted, cited, and honest where nothing meets the condition."""

import pytest

from assistant.assistant import Assistant
from assistant.contract import answer_line
from assistant.types import Answer, ChipKind, FormKind, QuestionKind
from ingest.notice import Attachment, Clause, ClauseKind
from tests.assistant.sample import MemorySource, clause, record


def _project(number: str, group: str, name: str, body: str, done: str) -> Clause:
    fields = {"序号": number, "项目名称": name, "责任单位": body, "启动时间": "2023年", "完成时间": done}
    label = {"一": "一、泵站建设类", "二": "二、河道治理类"}[group]
    return clause(
        ("附件1", group, number),
        f"{name}\n{body}\n2023年\n{done}",
        kind=ClauseKind.ROW,
        headings=("重点项目表",),
        fields={**fields, "group": label},
        notice="liuan",
    )


LIUAN = (
    clause(
        ("一",),
        "2024年底前完成涝点排查。到2025年,绿道长度达到75公里。",
        heading="排查",
        notice="liuan",
    ),
    clause(("附件1",), "重点项目表", kind=ClauseKind.HEADING, heading="重点项目表", notice="liuan"),
    _project("1", "一", "东门泵站", "市水务局", "2024年"),
    _project("2", "一", "西门泵站", "市城管局", "2025年6月"),
    _project("3", "二", "柳河疏浚工程", "市水务局", "2025年"),
    _project("4", "二", "柳河巡护工程", "市水务局", "长期"),
)
MEIXI = (clause(("一",), "2024年6月底前完成水表更换。", heading="更换", notice="meixi"),)


class Projects(MemorySource):
    """A city with a table of projects in two groups, and another with one sentence."""

    def __init__(self) -> None:
        self._clauses = {"liuan": LIUAN, "meixi": MEIXI}
        attachments = (Attachment("附件1", "柳岸市排涝重点项目表"),)
        self._records = (
            record(
                "liuan",
                "柳岸市排涝方案(2023-2025)",
                "柳岸市",
                LIUAN,
                period=(2023, 2025),
                attachments=attachments,
            ),
            record("meixi", "梅溪市供水方案(2023-2025)", "梅溪市", MEIXI, period=(2023, 2025)),
        )


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(Projects())


def _cites(answer: Answer) -> list[str]:
    return [citation.clause.cite for citation in answer.citations]


def _groups(answer: Answer) -> list[tuple[str, int]]:
    assert answer.form is not None
    assert answer.form.kind is FormKind.ITEMS
    assert answer.form.count == len(answer.citations)
    return [(group.label, len(group.items)) for group in answer.form.groups]


def test_everything_due_by_then_with_running_text(assistant: Assistant) -> None:
    answer = assistant.ask(["柳岸2025年底前要完成哪些任务"])
    assert answer.plain.startswith(
        "2025年底前完成的共4项：\n2024年（2项）：\n1. 2024年底前完成涝点排查（一）[1]\n"
    )
    assert _groups(answer) == [("2024年", 2), ("2025年6月", 1), ("2025年", 1)]
    assert "另有1项写明长期、每年或每季度等，没有完成期限，未列入。" in answer.plain
    assert not answer.abstained


def test_exactly_that_year_and_only_projects(assistant: Assistant) -> None:
    answer = assistant.ask(["柳岸哪些项目2025年完成"])
    assert _cites(answer) == ["附件1#2", "附件1#3"]
    assert answer.citations[0].quote in (LIUAN[3].fields or {}).values()


def test_by_a_month(assistant: Assistant) -> None:
    assert _cites(assistant.ask(["柳岸2025年6月底前要完成的项目有哪些"])) == ["附件1#1", "附件1#2"]


def test_of_a_body(assistant: Assistant) -> None:
    answer = assistant.ask(["柳岸市水务局负责的2025年底前完成的任务"])
    assert answer.understood.kind is QuestionKind.UNIT_TASKS
    assert answer.plain.startswith("市水务局、2025年底前完成的共2项：")
    assert _cites(answer) == ["附件1#1", "附件1#3"]


def test_of_a_group(assistant: Assistant) -> None:
    for question in (
        "柳岸附件1第二部分有哪些项目",
        "柳岸第二组的项目有哪些",
        "柳岸二、河道治理类的项目有哪些",
    ):
        answer = assistant.ask([question])
        assert _groups(answer) == [("二、河道治理类", 2)], question
        assert answer.plain.startswith("共2项：")


def test_of_a_group_by_a_deadline(assistant: Assistant) -> None:
    assert _cites(assistant.ask(["柳岸河道治理类2025年底前要完成的有哪些"])) == ["附件1#3"]


def test_without_a_region_every_notice_by_itself(assistant: Assistant) -> None:
    answer = assistant.ask(["2024年底前要完成哪些任务"])
    assert _groups(answer) == [
        ("《柳岸市排涝方案(2023-2025)》2024年", 2),
        ("《梅溪市供水方案(2023-2025)》2024年6月", 1),
    ]


def test_nothing_due_says_so_with_the_nearest(assistant: Assistant) -> None:
    answer = assistant.ask(["柳岸2023年完成的项目有哪些"])
    assert answer.abstained
    assert answer.plain.startswith("没有写明2023年完成的事项；最近的是2024年的1项。")
    assert [hit.clause.cite for hit in answer.retrieved[:1]] == ["附件1#1"]


def test_running_text_alone_does_not_prove_that_there_is_nothing(assistant: Assistant) -> None:
    assert "没有写明" not in assistant.ask(["梅溪2023年完成的任务有哪些"]).plain


def test_a_subject_is_left_to_the_search_and_said_to_be(assistant: Assistant) -> None:
    answer = assistant.ask(["柳岸2025年底前要完成哪些疏浚任务"])
    assert answer.form is not None
    assert (
        answer.abstained or "没有逐项按期限核对，以上不一定是全部：请看各项写明的时间。" in answer.form.notes
    )


def test_the_deadline_is_a_chip_that_can_be_struck_out(assistant: Assistant) -> None:
    answer = assistant.ask(["柳岸2024年底前要完成哪些任务"])
    chip = next(chip for chip in answer.understood.chips if chip.kind is ChipKind.DEADLINE)
    assert chip.label == "期限：2024年底前（含）"
    assert ChipKind.YEAR not in {chip.kind for chip in answer.understood.chips}
    assert answer_line(1, answer)["understood"]["deadline"] == {"year": 2024, "month": None, "by": True}
    struck = assistant.ask(["柳岸2024年底前要完成哪些任务"], struck=frozenset({chip.id}))
    assert struck.understood.deadline is None
    assert struck.understood.years == ()


def test_a_later_turn_takes_the_deadline_on(assistant: Assistant) -> None:
    answer = assistant.ask(["柳岸哪些项目2025年完成", "那2024年呢"])
    assert _cites(answer) == ["附件1#1"]
    assert assistant.ask(["柳岸哪些项目2025年完成", "谁牵头"]).understood.deadline is None


def test_an_unknown_place_has_no_list(assistant: Assistant) -> None:
    answer = assistant.ask(["杭州2025年底前要完成哪些任务"])
    assert answer.abstained
    assert not answer.citations
