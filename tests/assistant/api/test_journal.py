"""The log: one JSON object a line, request ids, no question text unless asked for."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import journal
from assistant.api.app import create_api
from assistant.api.keys import Holder, Keys, digest_of
from assistant.service import Service
from tests.assistant.api.conftest import QUESTION


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged; the program's own logging is put back afterwards."""
    before = logging.root.handlers[:], logging.root.level
    stream = io.StringIO()
    yield stream
    logging.root.handlers[:], level = before
    logging.root.setLevel(level)


def _lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_without_its_question(service: Service, log: io.StringIO) -> None:
    journal.start(stream=log)
    keys = Keys((Holder("大屏", digest_of("k")),))
    with TestClient(create_api(service, keys=keys)) as client:
        headers = {"Authorization": "Bearer k", "X-Request-ID": "gw-17"}
        response = client.post("/api/ask", json={"turns": [QUESTION]}, headers=headers)
        assert response.headers["X-Request-ID"] == "gw-17"
        other = client.get("/healthz", headers={"X-Request-ID": "x" * 99})
        assert len(other.headers["X-Request-ID"]) == 32
    first, second = (line for line in _lines(log) if line["logger"] == "tiaowen.access")
    facts = {name: first[name] for name in ("request", "method", "path", "status", "holder")}
    assert facts == {
        "request": "gw-17",
        "method": "POST",
        "path": "/api/ask",
        "status": 200,
        "holder": "大屏",
    }
    assert first["ms"] > 0
    assert second["path"] == "/healthz"
    assert "PM2.5" not in log.getvalue()


def test_question_text_is_written_where_it_is_switched_on(service: Service, log: io.StringIO) -> None:
    journal.start(questions=True, stream=log)
    with TestClient(create_api(service)) as client:
        client.post("/api/ask", json={"turns": [QUESTION]})
    questions = [line["question"] for line in _lines(log) if line["logger"] == "tiaowen.questions"]
    assert questions == [QUESTION]


def test_a_line_has_no_line_break_whatever_is_logged(log: io.StringIO) -> None:
    journal.start(stream=log)
    try:
        raise ValueError("甲\n乙")
    except ValueError:
        logging.getLogger("assistant.test").exception("断\n行")
    [line] = _lines(log)
    assert line["message"] == "断\n行"
    assert line["level"] == "error"
    assert "ValueError" in line["traceback"]


def test_what_an_error_says_is_written_with_the_questions_only(log: io.StringIO) -> None:
    said = "工资要涨多少"
    for questions in (False, True):
        journal.start(stream=log, questions=questions)
        try:
            try:
                raise KeyError(said)
            except KeyError as error:
                raise ValueError(said) from error
        except ValueError:
            logging.getLogger("assistant.test").exception("fault")
    silent, whole = (line["traceback"] for line in _lines(log))
    assert said not in silent
    assert silent.rstrip().endswith("KeyError")
    assert "ValueError" in silent
    assert "test_journal.py" in silent
    assert said in whole
