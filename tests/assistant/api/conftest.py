"""The routes for programs over a real service of three invented notices."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_api
from assistant.service import Service
from index.settings import Settings
from index.sync import sync

CORPUS = Path(__file__).parents[3] / "corpus"
QUESTION = "澄浦市2027年PM2.5要降到多少？"


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A service over the notices of one city."""
    place = tmp_path_factory.mktemp("api")
    folder = place / "corpus"
    folder.mkdir()
    for source in sorted(CORPUS.glob("chengpu_*.txt"))[:3]:
        shutil.copy(source, folder)
    settings = Settings(home=place / "home")
    sync([folder], settings)
    return Service(settings, folders=[folder])


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    """A client of the open routes; faults come back as responses."""
    with TestClient(create_api(service), raise_server_exceptions=False) as client:
        yield client
