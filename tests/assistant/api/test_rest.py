"""REST: values, errors as one sentence, and the description."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_api
from assistant.contract import answer_line
from assistant.service import Service
from index.errors import NoIndex
from index.settings import Settings
from index.types import NoticeRecord
from tests.assistant.api.conftest import QUESTION


def test_an_answer_is_the_line_that_the_command_prints(client: TestClient, service: Service) -> None:
    response = client.post("/api/ask", json={"turns": [QUESTION]})
    assert response.status_code == 200
    assert response.json() == answer_line(None, service.answer([QUESTION]))
    assert "28微克/立方米" in response.json()["answer"]


def test_a_struck_chip_and_a_choice_of_notices_reach_the_assistant(
    client: TestClient, service: Service
) -> None:
    chips = service.answer([QUESTION]).understood.chips
    struck = [chip.id for chip in chips if chip.label.endswith("2027年")]
    assert struck
    response = client.post("/api/ask", json={"turns": [QUESTION], "struck": struck})
    assert "2027年" not in [chip["value"] for chip in response.json()["understood"]["chips"]]
    only = service.notices()[0].id
    response = client.post("/api/ask", json={"turns": [QUESTION], "notices": [only]})
    assert {hit["file"] for hit in response.json()["retrieved"]} <= {service.notices()[0].name}


def test_no_answer_is_a_value_and_no_error(client: TestClient) -> None:
    response = client.post("/api/ask", json={"turns": ["杭州市2027年PM2.5要降到多少？"]})
    assert (response.status_code, response.json()["abstained"]) == (200, True)


def test_search_gives_clauses_with_scores_best_first(client: TestClient) -> None:
    hits = client.get("/api/search", params={"q": "细颗粒物年均浓度", "k": 3}).json()["hits"]
    assert len(hits) == 3
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    none = client.get("/api/search", params={"q": "细颗粒物", "region": "北泽市"}).json()["hits"]
    assert none == []


def test_a_clause_is_found_by_its_address(client: TestClient) -> None:
    clauses = client.get("/api/clauses", params={"address": "澄浦 二（一）1"}).json()["clauses"]
    assert "二（一）1" in {clause["cite"] for clause in clauses}
    missing = client.get("/api/clauses", params={"address": "澄浦 九十九（一）1"})
    assert missing.status_code == 404
    assert "没有“澄浦 九十九（一）1”这一处" in missing.json()["error"]


def test_notices_and_one_notice_with_its_clauses(client: TestClient, service: Service) -> None:
    notices = client.get("/api/notices").json()["notices"]
    assert [notice["id"] for notice in notices] == [record.id for record in service.notices()]
    one = client.get(f"/api/notices/{notices[0]['id']}").json()
    assert len(one["clauses"]) == one["clause_count"] > 0
    assert client.get("/api/notices/none").status_code == 404


def test_targets_have_their_clause(client: TestClient) -> None:
    found = client.get("/api/targets", params={"indicator": "PM2.5", "year": 2027}).json()
    assert found["count"] == len(found["targets"]) > 0
    assert all(target["text"] in target["quote"] and target["year"] == 2027 for target in found["targets"])


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"turns": []}, "请求里的 turns 不对"),
        ({"turns": ["？！"]}, "问题里只有标点符号"),
        ({"turns": ["问" * 3000]}, "请求里的 turns.0 不对"),
        ({}, "请求里的 turns 不对"),
    ],
)
def test_a_wrong_request_is_one_sentence(client: TestClient, body: object, sentence: str) -> None:
    response = client.post("/api/ask", json=body)
    assert response.status_code == 400
    assert response.json()["error"].startswith(sentence)


class _Broken(Service):
    """A service whose index is gone, or which has a fault."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def notices(self) -> Sequence[NoticeRecord]:
        raise self.error


def test_a_broken_index_and_a_fault_are_told_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = Settings(home=tmp_path_factory.mktemp("none")).home
    for error, status in ((NoIndex(home), 503), (ZeroDivisionError("secret"), 500)):
        app = create_api(_Broken(error))
        with TestClient(app, raise_server_exceptions=False) as client:
            response = client.get("/healthz")
        assert response.status_code == status
        assert "secret" not in response.text


def test_health_and_the_description(client: TestClient) -> None:
    assert client.get("/healthz").json()["notices"] == 3
    described = client.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/search", "/api/clauses", "/api/notices", "/api/targets"} <= set(described)
    assert client.get("/docs").status_code == 404


@pytest.mark.parametrize("path", ["/api/targets?year=", "/api/targets?due_by=", "/api/search?q=a&year="])
def test_a_year_that_no_calendar_has_is_refused(client: TestClient, path: str) -> None:
    for year in ("0", "10000", "99999999999999999999"):
        response = client.get(f"{path}{year}")
        assert (response.status_code, list(response.json())) == (400, ["error"])


def test_a_body_that_is_no_json_and_a_path_that_is_none_are_one_sentence(client: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/api/ask", content=b"{", headers=headers)
    assert (response.status_code, response.json()) == (400, {"error": "请求体不是 JSON，请核对后再发。"})
    response = client.post("/api/ask", content=b"[" * 100_000, headers=headers)
    assert (response.status_code, list(response.json())) == (400, ["error"])
    assert list(client.get("/api/none").json()) == ["error"]
