"""The tools for agents, over the Model Context Protocol as an agent calls them."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import TextContent

from assistant.api.keys import Holder, Keys, digest_of
from assistant.contract import answer_line
from assistant.page.server import Hosting, bind, create_app, create_server, url_of
from assistant.service import Service
from tests.assistant.api.conftest import QUESTION

KEY = {"Authorization": "Bearer tw-example"}


@pytest.fixture(scope="module")
def url(service: Service) -> Iterator[str]:
    """The tools' address; programs need a key."""
    hosting = Hosting(keys=Keys((Holder("智能体", digest_of("tw-example")),)))
    with bind("127.0.0.1", 0) as listener:
        server = create_server(create_app(service, programs=service, hosting=hosting))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"{url_of(listener)}/gradio_api/mcp/"
        server.should_exit = True
        thread.join(timeout=30)


@asynccontextmanager
async def _session(url: str) -> AsyncIterator[ClientSession]:
    async with (
        httpx.AsyncClient(headers=KEY, follow_redirects=True, timeout=30) as http,
        streamable_http_client(url, http_client=http) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        yield session


async def _call(url: str, tool: str, arguments: dict[str, Any]) -> Any:
    async with _session(url) as session:
        result = await session.call_tool(tool, arguments)
    assert not result.isError, result
    [content] = result.content
    assert isinstance(content, TextContent)
    return json.loads(content.text)


async def test_exactly_our_tools_are_offered(url: str) -> None:
    async with _session(url) as session:
        tools = (await session.list_tools()).tools
    assert sorted(tool.name for tool in tools) == [
        "ask_notices",
        "list_notices",
        "list_targets",
        "read_clause",
        "search_clauses",
    ]
    assert all(tool.description for tool in tools)


async def test_an_answer_has_the_citations_of_the_other_ways_in(url: str, service: Service) -> None:
    answer = await _call(url, "ask_notices", {"question": QUESTION})
    assert answer == answer_line(None, service.answer([QUESTION]))


async def test_a_clause_can_be_read_by_its_address(url: str) -> None:
    clauses = await _call(url, "read_clause", {"address": "澄浦 二（一）1"})
    assert "二（一）1" in {clause["cite"] for clause in clauses}


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("ask_notices", {"question": "？"}, "问题里只有标点符号"),
        ("read_clause", {"address": "澄浦 九十九（一）1"}, "没有“澄浦 九十九（一）1”这一处"),
    ],
)
async def test_an_error_is_a_result_with_its_sentence(
    url: str, tool: str, arguments: dict[str, str], sentence: str
) -> None:
    async with _session(url) as session:
        result = await session.call_tool(tool, arguments)
    assert result.isError
    [content] = result.content
    assert isinstance(content, TextContent)
    assert sentence in content.text


async def test_a_year_that_no_calendar_has_has_no_targets(url: str) -> None:
    assert await _call(url, "list_targets", {"year": 10**25}) == []
