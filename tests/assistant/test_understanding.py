"""What a question is taken for, over the three sample notices."""

import pytest

from assistant.contract import understood_line
from assistant.types import Part, QuestionKind, Role, Understood
from assistant.understanding import understand
from assistant.vocabulary import Vocabulary
from tests.assistant.sample import MemorySource


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(MemorySource())


def _regions(understood: Understood) -> list[str]:
    return [scope.name for scope in understood.scopes]


@pytest.mark.parametrize(
    ("question", "regions", "unknown"),
    [
        ("青岚河湖水质要多少", ["青岚市"], ()),
        ("青岚市河湖水质要多少", ["青岚市"], ()),
        ("白砂和青岚的水质目标", ["白砂市", "青岚市"], ()),
        ("水质目标是多少", [], ()),
        ("苏州的水质目标是多少", [], ("苏州市",)),
        ("青岚和苏州的水质目标", ["青岚市"], ("苏州市",)),
        ("青岚参照苏州做法了吗", ["青岚市"], ()),
        ("赤水县怎么做", [], ("赤水县",)),
        ("", [], ()),
    ],
)
def test_regions(vocabulary: Vocabulary, question: str, regions: list[str], unknown: tuple[str, ...]) -> None:
    understood = understand([question], vocabulary)
    assert _regions(understood) == regions
    assert understood.unknown_places == unknown


def test_filters_follow_the_region(vocabulary: Vocabulary) -> None:
    assert understand(["青岚水质"], vocabulary).filters.notices == frozenset({"qinglan"})
    assert understand(["水质"], vocabulary).filters.notices == frozenset()
    assert understand(["青岚附件1第2项"], vocabulary).filters.attachments == frozenset({"附件1"})


def test_years_bodies_roles_and_parts(vocabulary: Vocabulary) -> None:
    understood = understand(["青岚2023年任务分解表里水务局牵头哪些任务"], vocabulary)
    assert understood.years == (2023,)
    assert understood.units == ("市水务局",)
    assert understood.role is Role.LEAD
    assert understood.part is Part.TABLE
    assert understood.kind is QuestionKind.UNIT_TASKS
    assert understood.hinted == frozenset({("qinglan", "附件1")})


def test_terms_leave_out_region_year_address_and_words_of_asking(vocabulary: Vocabulary) -> None:
    understood = understand(["青岚2023年二（一）1里排水口怎么整治"], vocabulary)
    assert [term.word for term in understood.terms] == ["排水口", "整治"]


def test_lay_words_bring_their_official_forms(vocabulary: Vocabulary) -> None:
    terms = {t.word: t for t in understand(["过年能放鞭炮吗"], vocabulary).terms}
    assert terms["鞭炮"].forms == ("烟花爆竹",)
    assert not terms["鞭炮"].known
    assert "烟花爆竹" in understand(["过年能放鞭炮吗"], vocabulary).query


def test_another_region_inherits_the_subject(vocabulary: Vocabulary) -> None:
    understood = understand(["青岚2025年河湖水质优良比例是多少", "那白砂呢"], vocabulary)
    assert _regions(understood) == ["白砂市"]
    assert understood.kind is QuestionKind.FACT
    assert understood.years == (2025,)
    assert {"河湖", "水质"} <= {term.word for term in understood.terms}
    assert understood.carried == ("年份：2025年", "话题：河湖、水质、优良、比例")


def test_a_question_of_role_inherits_region_and_subject(vocabulary: Vocabulary) -> None:
    understood = understand(["青岚新建几座雨水调蓄池", "谁牵头"], vocabulary)
    assert _regions(understood) == ["青岚市"]
    assert understood.kind is QuestionKind.WHO
    assert understood.role is Role.LEAD
    assert understood.elliptical
    assert understood.carried[0] == "地区：青岚市"
    assert understood.said == ("青岚新建几座雨水调蓄池", "谁牵头")


def test_a_question_whose_words_all_ask_still_hands_on_its_subject(vocabulary: Vocabulary) -> None:
    understood = understand(["青岚臭氧要控制在多少", "那白砂呢"], vocabulary)
    assert understood.carried == ("话题：臭氧要控制在多少",)
    assert "臭氧浓度控制目标" in understood.terms[0].forms


def test_another_year_replaces_the_year(vocabulary: Vocabulary) -> None:
    assert understand(["青岚2023年断流河段怎么办", "到2025年呢"], vocabulary).years == (2025,)


def test_a_first_question_carries_nothing(vocabulary: Vocabulary) -> None:
    assert understand(["青岚水质"], vocabulary).carried == ()


def test_no_turn_is_an_error(vocabulary: Vocabulary) -> None:
    with pytest.raises(ValueError, match="at least one turn"):
        understand([], vocabulary)


def test_what_is_shown_of_it(vocabulary: Vocabulary) -> None:
    line = understood_line(understand(["青岚附件1第2项谁配合"], vocabulary))
    assert line == {
        "question": "青岚附件1第2项谁配合",
        "query": "青岚附件1第2项谁配合 配合单位",
        "kind": "who",
        "regions": ["青岚市"],
        "years": [],
        "deadline": None,
        "attachments": ["附件1"],
        "units": [],
        "role": "配合",
        "address": "附件1第2项",
        "carried": [],
        "chips": [
            {
                "id": "place:青岚市",
                "kind": "place",
                "value": "青岚市",
                "label": "地区：青岚市",
                "carried": False,
            },
            {
                "id": "attachment:附件1",
                "kind": "attachment",
                "value": "附件1",
                "label": "附件：附件1",
                "carried": False,
            },
            {
                "id": "address:附件1第2项",
                "kind": "address",
                "value": "附件1第2项",
                "label": "位置：附件1第2项",
                "carried": False,
            },
            {"id": "role:配合", "kind": "role", "value": "配合", "label": "角色：配合", "carried": False},
            {"id": "kind:who", "kind": "kind", "value": "who", "label": "要的是：责任单位", "carried": False},
        ],
        "unknown_places": [],
        "notes": [],
    }


def _labels(understood: Understood) -> list[tuple[str, bool]]:
    return [(chip.label, chip.carried) for chip in understood.chips]


def test_chips_say_where_what_who_and_which_form(vocabulary: Vocabulary) -> None:
    understood = understand(["青岚2023年任务分解表里水务局牵头哪些任务"], vocabulary)
    assert _labels(understood) == [
        ("地区：青岚市", False),
        ("附件：附件1 青岚市碧水行动任务分解表", False),
        ("部分：表", False),
        ("年份：2023年", False),
        ("部门：市水务局", False),
        ("角色：牵头", False),
        ("要的是：部门的全部任务", False),
    ]


def test_chips_mark_what_was_carried_over(vocabulary: Vocabulary) -> None:
    understood = understand(["青岚2025年河湖水质优良比例是多少", "那白砂呢"], vocabulary)
    assert _labels(understood) == [
        ("地区：白砂市", False),
        ("年份：2025年", True),
        ("话题：河湖、水质、优良、比例", True),
        ("要的是：数字", False),
    ]


@pytest.mark.parametrize(
    "question",
    ["青岚市水务局牵头哪些任务", "青岚PM2.5要降到多少", "白砂渡口安全检查多久一次，谁来查"],
)
def test_a_whole_question_leaves_the_topic_behind(vocabulary: Vocabulary, question: str) -> None:
    """It names its place, and a body or a subject of its own."""
    turns = ["青岚2025年河湖水质优良比例是多少", question]
    assert not understand(turns, vocabulary).inherited


@pytest.mark.parametrize(
    ("chip", "holds"),
    [
        ("place:青岚市", lambda u: not u.scopes and not u.filters.notices),
        ("attachment:qinglan/附件1", lambda u: not u.hinted),
        ("year:2023", lambda u: u.years == ()),
        ("unit:市水务局", lambda u: u.units == () and u.kind is QuestionKind.TASK),
        ("role:牵头", lambda u: u.role is None),
        ("part:表", lambda u: u.part is None),
        ("kind:unit-tasks", lambda u: u.kind is QuestionKind.TASK and not u.wants),
    ],
)
def test_a_struck_chip_is_gone_with_what_it_did(vocabulary: Vocabulary, chip: str, holds: object) -> None:
    question = ["青岚2023年任务分解表里水务局牵头哪些任务"]
    whole = understand(question, vocabulary)
    assert chip in {c.id for c in whole.chips}
    assert not holds(whole)  # type: ignore[operator]
    struck = understand(question, vocabulary, struck=frozenset({chip}))
    assert holds(struck)  # type: ignore[operator]
    assert chip not in {c.id for c in struck.chips}


def test_a_struck_topic_leaves_the_turn_by_itself(vocabulary: Vocabulary) -> None:
    turns = ["青岚2025年河湖水质优良比例是多少", "那白砂呢"]
    struck = understand(turns, vocabulary, struck=frozenset({"topic:carried"}))
    assert struck.terms == ()
    assert struck.query == "那白砂呢"
    assert _regions(struck) == ["白砂市"]


def test_a_chip_that_is_not_there_changes_nothing(vocabulary: Vocabulary) -> None:
    assert understand(["青岚水质"], vocabulary, struck=frozenset({"year:1999"})) == understand(
        ["青岚水质"], vocabulary
    )


def test_everywhere_drops_the_region_spoken_of(vocabulary: Vocabulary) -> None:
    assert (
        _regions(understand(["青岚河湖水质优良比例是多少", "哪些市的河湖水质优良比例高于90%"], vocabulary))
        == []
    )


def test_what_was_struck_from_an_earlier_turn_is_not_inherited(vocabulary: Vocabulary) -> None:
    turns = ["青岚2025年河湖水质优良比例是多少", "谁牵头"]
    place = frozenset({"place:青岚市"})
    assert _regions(understand(turns, vocabulary)) == ["青岚市"]
    assert _regions(understand(turns, vocabulary, struck_before=[place])) == []
    assert _regions(understand(turns[:1], vocabulary, struck_before=[place])) == ["青岚市"]
