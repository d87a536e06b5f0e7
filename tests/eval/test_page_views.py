"""The views of the evaluation tab: figures, misses, differences, and that every text is text."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assistant.page.i18n import Language
from assistant.page.records import Browsing
from assistant.page.rights import Rights
from eval.configuration import Configuration, Target
from eval.errors import EvalError
from eval.page import tab
from eval.page.difference_view import difference_view
from eval.page.phrases import PHRASES
from eval.page.result_files import ResultFiles, folder_from_environment
from eval.page.run_view import missed, run_view
from eval.page.running import Progress, Runner, RunStopped, RunUnderWay, Startable, startable
from eval.results import ClauseText, Row, write_result

from .made import hits, result

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}{{x}}`"
CLAUSES = {"k1": ClauseText("云湖市办法", "第一条", f"条文{HOSTILE}")}


def rows(first: float, second: float) -> list[Row]:
    return [
        Row(
            "q1",
            {"hit@1": first, "must": first},
            "fact",
            f"问题{HOSTILE}",
            evidence=("k1",),
            retrieved=("k1", "k2"),
            answer=f"回答{HOSTILE}",
            right=first == 1.0,
            misses=() if first == 1.0 else (f"缺少{HOSTILE}",),
        ),
        Row("q2", {"hit@1": second, "must": second}, "who", "由谁负责？", right=second == 1.0),
    ]


def test_figures_by_type_with_their_intervals_and_the_questions_missed() -> None:
    made = result("product", rows(0.0, 1.0), clauses=CLAUSES)
    html = run_view(made, "", Browsing(), Language.CHINESE)
    assert '<td data-label="问题类型">fact</td><td data-label="题数">1</td>' in html
    assert '<td data-label="问题类型">全部</td><td data-label="题数">2</td>' in html
    assert "<b>0.500</b> <small>[0.000, 1.000]</small>" in html
    assert "答错的问题：1 个，共 2 个" in html
    assert "缺少&#60;img" in html
    assert "<summary>云湖市办法 第一条</summary><p>条文&#60;img" in html
    assert not any(sign in html for sign in ("<img", "<script", "${", "{{"))


def test_the_misses_of_one_type() -> None:
    made = result("product", rows(0.0, 1.0), clauses=CLAUSES)
    html = run_view(made, "who", Browsing(), Language.ENGLISH)
    assert "No question missed, of 1" in html


def test_what_a_run_that_only_retrieves_misses() -> None:
    made = result("retriever", hits({"a": 1.0, "b": 0.0}))
    assert [row.id for row in missed(made)] == ["b"]


def test_two_runs_side_by_side() -> None:
    a, b = (
        result(name, rows(*values), clauses=CLAUSES)
        for name, values in (("a", (0.0, 1.0)), ("b", (1.0, 1.0)))
    )
    html = difference_view(a, b, "", Browsing(), Language.CHINESE)
    assert "<b>A</b> 云湖-a（abc123）" in html
    assert '<td data-label="B−A">+0.500</td>' in html
    assert "变化的问题：1 个" in html
    assert '<li class="tw-better">hit@1 0 → 1</li>' in html
    assert "回答&#60;img" in html
    assert "<summary>云湖市办法 第一条</summary>" in html
    assert not any(sign in html for sign in ("<img", "<script", "${", "{{"))
    of_type = difference_view(a, b, "who", Browsing(), Language.CHINESE)
    assert "变化的问题：0 个" in of_type
    assert "+0.000" in of_type


def test_less_is_better_for_some_measures() -> None:
    a, b = (
        result(name, [Row("q", {"abstain_wrong": value}, "fact")]) for name, value in (("a", 0.0), ("b", 1.0))
    )
    html = difference_view(a, b, "", Browsing(), Language.CHINESE)
    assert '<li class="tw-worse">abstain_wrong 0 → 1</li>' in html


def test_the_newest_result_comes_first_and_no_other_file_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    files = ResultFiles(folder)
    assert files.names() == []
    old = write_result(folder, result("old", rows(0.0, 1.0)))
    new = write_result(folder, result("new", rows(1.0, 1.0)))
    os.utime(old, (1, 1))
    (tmp_path / "secret.json").write_text("{}", encoding="utf-8")
    assert files.names() == [new.name, old.name]
    assert files.result(old.name).name == "云湖-old"
    for name in ("../secret.json", "missing.json"):
        with pytest.raises(EvalError, match="请重新选择"):
            files.result(name)


def test_a_result_that_was_written_again_is_read_again(tmp_path: Path) -> None:
    files = ResultFiles(tmp_path)
    path = write_result(tmp_path, result("one", rows(0.0, 1.0)))
    os.utime(path, (1, 1))
    assert len(missed(files.result(path.name))) == 1
    write_result(tmp_path, result("one", rows(1.0, 1.0)))
    assert len(missed(files.result(path.name))) == 0


def test_the_folder_of_results() -> None:
    assert folder_from_environment({}) == Path("results")
    assert folder_from_environment({"TIAOWEN_RESULTS": "/srv/results"}) == Path("/srv/results")


@pytest.mark.parametrize("key", sorted(PHRASES.pairs))
def test_both_languages_say_something(key: str) -> None:
    assert all(text.strip() for text in PHRASES.pairs[key])


def test_there_is_no_tab_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tab, "find_spec", lambda _: None)
    assert tab.evaluate_tab(Rights()) is None


# ---- starting runs ----

_TALK = """
import sys
for done in range(3):
    print(f"已提问 {done}/2", file=sys.stderr, flush=True)
sys.exit(int(sys.argv[1] == "fail"))
"""


def wanted(name: str = "product") -> Startable:
    return Startable(Path("file.toml"), Configuration(name), Target(bench=Path("samples")))


def runner(*arguments: str) -> Runner:
    return Runner((sys.executable, "-c", _TALK, *arguments))


def test_what_can_be_run_lies_beside_the_program(tmp_path: Path) -> None:
    plan = '[[benchmark]]\nbench = "there"\n[[benchmark]]\nbench = "gone"\n[[run]]\nname = "product"\n'
    (tmp_path / "a.toml").write_text(plan, encoding="utf-8")
    (tmp_path / "b.toml").write_text("broken", encoding="utf-8")
    (tmp_path / "there").mkdir()
    found = startable(tmp_path)
    assert list(found) == ["there-product"]
    arguments = found["there-product"].arguments(tmp_path / "results")
    assert arguments[:3] == ["run", str(tmp_path / "a.toml"), "product"]
    assert arguments[3:5] == ["--bench", str(tmp_path / "there")]
    assert arguments[-2:] == ["--results", str(tmp_path / "results")]


def test_a_run_says_how_far_it_is() -> None:
    said = list(runner("go").run(wanted(), Path("results")))
    assert said == [Progress(f"已提问 {done}/2", done, 2) for done in range(3)]


def test_a_run_that_fails_says_why_and_the_next_may_begin() -> None:
    failing = runner("fail")
    for _ in range(2):
        with pytest.raises(EvalError, match="已提问 2/2"):
            list(failing.run(wanted(), Path("results")))


def test_one_run_at_a_time_and_it_can_be_stopped() -> None:
    waiting = Runner(
        (
            sys.executable,
            "-c",
            "import sys, signal; print('开始', file=sys.stderr, flush=True); signal.pause()",
        )
    )
    lines = waiting.run(wanted(), Path("results"))
    assert next(lines) == Progress("开始")
    with pytest.raises(RunUnderWay):
        next(waiting.run(wanted(), Path("results")))
    waiting.stop()
    with pytest.raises(RunStopped):
        next(lines)
