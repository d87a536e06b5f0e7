"""A question as it is searched."""

from __future__ import annotations

from index.reading import Corpus, Reading, Replaced, read_question

_NAMES = "市生态环境局、市住建局、市卫生健康委员会、臭氧日最大浓度"


def _corpus(text: str = _NAMES) -> Corpus:
    words = {"臭氧": 3, "浓度": 9, "生态环境": 2}
    return Corpus(
        frequency=lambda word: words.get(word, 0),
        holds=lambda name: name in text,
        near=lambda one, other: one in text and other in text,
    )


def test_a_plain_question_is_read_as_it_stands() -> None:
    assert read_question("2027年臭氧浓度目标", _corpus()) == Reading("2027年臭氧浓度目标")


def test_a_mistyped_word_is_mended_and_told() -> None:
    assert read_question("二〇二七年抽氧浓度目标", _corpus()) == Reading(
        "2027年臭氧浓度目标", (Replaced("抽氧", "臭氧"),)
    )


def test_an_old_name_of_a_department_is_renewed_when_no_clause_has_it() -> None:
    assert read_question("市环保局做什么", _corpus()).text == "市生态环境局做什么"
    assert read_question("市环保局做什么", _corpus(_NAMES + "、市环保局")).text == "市环保局做什么"


def test_a_department_without_any_name_in_the_corpus_stays() -> None:
    assert read_question("质监局做什么", _corpus()) == Reading("质监局做什么")


def test_traditional_characters_are_read_before_words_are_looked_up() -> None:
    assert read_question("市環保局", _corpus()) == Reading(
        "市生态环境局", (Replaced("市环保局", "市生态环境局"),)
    )


def test_reading_a_reading_again_changes_nothing() -> None:
    once = read_question("二〇二七年市环保局的抽氧浓度", _corpus()).text
    assert read_question(once, _corpus()) == Reading(once)
