"""What each entry of the lexicon does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from eval.cli import main
from eval.lexicon_effect import EntryEffect, effects_table, entry_effects
from index.lexicon import Entry, Lexicon

_LEXICON = Lexicon(
    {
        "雾霾": Entry("雾霾", ("重污染天气",), "synonym"),
        "搭子": Entry("搭子", ("合作单位",), "synonym"),
        "放炮": Entry("放炮", ("烟花爆竹", "爆破"), "synonym"),
    }
)
_QUESTIONS = [("q1", ("雾霾怎么管",)), ("q2", ("霧霾", "放炮罚款吗")), ("q3", ("臭氧目标",))]


def _ask(question: str) -> Mapping[str, float]:
    """雾霾 lifts q1 from 0.2 to 1.0, 放炮 pulls q2 from 1.0 down to 0.5; nothing else changes anything."""
    if question == "q1":
        return {"mrr@10": 1.0 if "雾霾" in _LEXICON else 0.2}
    return {"mrr@10": 0.5 if "放炮" in _LEXICON else 1.0}


def test_an_entry_helps_where_a_question_falls_without_it_and_hurts_where_it_rises() -> None:
    asked: list[str] = []
    smog, bangs = (Entry("雾霾", ("重污染天气",), "synonym"), Entry("放炮", ("烟花爆竹", "爆破"), "synonym"))
    assert entry_effects(_LEXICON, _QUESTIONS, _ask, asked=asked.append) == (
        EntryEffect(bangs, 1, (), ("q2",), -0.5),
        EntryEffect(smog, 2, ("q1",), (), pytest.approx(0.4)),
    )
    assert asked == ["q1", "q2", "q3"]
    assert "雾霾" in _LEXICON  # put back


def test_an_entry_is_put_back_after_a_failure() -> None:
    def fail(_question: str) -> Mapping[str, float]:
        if "雾霾" not in _LEXICON:
            raise RuntimeError
        return {}

    with pytest.raises(RuntimeError):
        entry_effects(_LEXICON, _QUESTIONS, fail)
    assert [m.entry.lay for m in _LEXICON.matches("雾霾")] == ["雾霾"]


def test_the_table_has_an_entry_a_line_and_the_totals() -> None:
    lines = effects_table(entry_effects(_LEXICON, _QUESTIONS, _ask)).splitlines()
    assert lines[1].split() == ["放炮", "烟花爆竹|爆破", "synonym", "1", "0", "1", "-0.500"]
    assert lines[2].split() == ["雾霾", "重污染天气", "synonym", "2", "1", "0", "+0.400"]
    assert lines[-1] == "出现在问题里的词条 2 个：有益 1，有害 1，没有影响 0。"


def test_the_command_measures_the_shipped_lexicon(
    beir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIAOWEN_HOME", str(tmp_path / "home"))
    assert main(["lexicon", "--beir", str(beir), "--split", "dev", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(
        set(line) >= {"lay", "official", "kind", "questions", "helped", "hurt", "change"} for line in lines
    )


def test_it_needs_one_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lexicon"]) == 1
    assert capsys.readouterr().err == "请指定一份评测数据：--beir 和 --split，或者 --bench。\n"
