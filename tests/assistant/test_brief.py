"""What is shown of a brief answer: never more than the limit, the rest folded, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.forms.brief import BRIEF, brief
from assistant.forms.shown import Part, Shown
from assistant.types import QuestionKind, Term, Understood


def _asked(kind: QuestionKind = QuestionKind.FACT) -> Understood:
    return Understood("绿道要修几公里", "绿道", kind, terms=(Term("绿道"), Term("公里")))


def _length(shown: list[Shown]) -> int:
    return sum(len(one.text) for one in shown)


def test_a_long_sentence_is_cut_around_the_piece_that_answers() -> None:
    text = (
        "，".join(["统筹推进城乡环境整治"] * 30) + "，绿道达到75公里，" + "，".join(["加强巡查"] * 80) + "。"
    )
    (one,) = brief(_asked(), [Shown((Part(text),), text)])
    assert len(one.text) <= BRIEF
    assert "绿道达到75公里" in one.text
    assert one.text.startswith("……")
    assert one.text.endswith("……")
    assert text in one.rest


def test_short_clauses_leave_their_room_to_long_ones() -> None:
    long = "，".join(["绿道沿河布置"] * 60) + "。"
    shown = brief(_asked(), [Shown((Part("绿道75公里。"),), "绿道"), Shown((Part(long),), "绿道")])
    assert shown[0].text == "绿道75公里。"
    assert len(shown[1].text) > 250
    assert _length(shown) <= BRIEF


def test_what_is_short_stays_as_it_is() -> None:
    shown = [Shown((Part("绿道75公里。"),), "绿道", "其余。")]
    assert brief(_asked(), shown) == shown


@pytest.mark.parametrize("kind", [QuestionKind.LIST, QuestionKind.UNIT_TASKS, QuestionKind.COMPARE])
def test_complete_answers_are_not_cut(kind: QuestionKind) -> None:
    shown = [Shown((Part("绿道" * 400),), "绿道")]
    assert brief(_asked(kind), shown) == shown


_PARTS = st.lists(
    st.builds(
        Part,
        st.text(alphabet="绿道公里75，。；、整治", min_size=1, max_size=400),
        st.sampled_from(["", "工作任务", "责任单位"]),
    ),
    min_size=1,
    max_size=5,
)


@given(st.lists(_PARTS.map(lambda parts: Shown(tuple(parts), parts[0].text)), min_size=1, max_size=6))
def test_the_limit_holds_and_nothing_is_lost(shown: list[Shown]) -> None:
    cut = brief(_asked(), shown)
    assert _length(cut) <= BRIEF
    for before, after in zip(shown, cut, strict=True):
        for part in before.parts:
            assert part in after.parts or part.text.strip("。；;") in after.rest
