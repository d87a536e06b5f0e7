"""Answers that other processes work out."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from assistant.errors import UnusableQuestion
from assistant.service import Service
from assistant.workers import Workers
from index.settings import Settings
from index.sync import sync

NOTICE = "澄浦市节水工作方案\n\n一、工作目标\n到2027年，全市公共供水管网漏损率降到8%以内。\n"
LATER = "澄浦市绿化工作方案\n\n一、工作目标\n到2027年，全市新增城市绿地120公顷。\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "节水.txt").write_text(NOTICE, encoding="utf-8")
    settings = Settings(home=tmp_path / "home")
    sync([folder], settings)
    return settings


@pytest.fixture
def workers(settings: Settings) -> Iterator[Workers]:
    workers = Workers(settings, 1)
    yield workers
    workers.close()
    assert not _processes()


def _processes() -> list[multiprocessing.process.BaseProcess]:
    return [one for one in multiprocessing.active_children() if one.name == "answers"]


def _kill() -> None:
    (process,) = _processes()
    process.kill()
    process.join()


def test_an_answer_is_the_one_that_would_be_worked_out_here(settings: Settings, workers: Workers) -> None:
    here, elsewhere = Service(settings), Service(settings, elsewhere=workers)
    asked = ["管网漏损率要降到多少？", "那是到哪一年？"]
    answer = elsewhere.extract(asked)
    assert "8%" in here.extract(asked[:1]).plain
    assert answer == here.extract(asked)
    assert list(elsewhere.ask(asked)) == list(here.ask(asked))
    assert elsewhere.answer(asked) == answer


def test_an_answer_is_from_the_index_as_it_is_when_it_is_asked_for(
    settings: Settings, workers: Workers, tmp_path: Path
) -> None:
    service = Service(settings, elsewhere=workers)
    assert service.extract(["全市要新增多少城市绿地？"]).abstained
    (tmp_path / "corpus" / "绿化.txt").write_text(LATER, encoding="utf-8")
    sync([], settings)
    assert "120公顷" in service.extract(["全市要新增多少城市绿地？"]).plain


def test_where_a_process_dies_the_question_is_answered_here_and_another_is_started(
    settings: Settings, workers: Workers, caplog: pytest.LogCaptureFixture
) -> None:
    service = Service(settings, elsewhere=workers)
    answer = service.extract(["管网漏损率要降到多少？"])
    _kill()
    assert service.extract(["管网漏损率要降到多少？"]) == answer
    assert "died" in caplog.text
    assert workers.extract(
        ["管网漏损率要降到多少？"], notices=frozenset(), struck=frozenset(), struck_before=()
    ) == (answer)


def test_a_slow_answer_holds_up_nobody(
    settings: Settings, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.workers._PATIENCE", 0.0)
    service = Service(settings, elsewhere=workers)
    question = ["管网漏损率要降到多少？"]
    answer = service.extract(question)
    (process,) = _processes()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGSTOP)
    with ThreadPoolExecutor() as pool:
        asking = [pool.submit(service.extract, question) for _ in range(4)]
        try:
            finished, _ = wait(asking, timeout=60, return_when=FIRST_COMPLETED)
        finally:
            os.kill(process.pid, signal.SIGCONT)
        assert finished
        assert [one.result() for one in asking] == [answer] * 4


def test_what_is_wrong_with_a_question_is_said_as_ever(settings: Settings, workers: Workers) -> None:
    service = Service(settings, elsewhere=workers)
    with pytest.raises(UnusableQuestion, match="问题是空的"):
        service.extract([" "])
    assert "8%" in service.extract(["管网漏损率要降到多少？"]).plain
