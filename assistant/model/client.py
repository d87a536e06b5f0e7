"""The text that a model writes, piece by piece, from an OpenAI-compatible server or a LangChain provider.

A client of our own instead of langchain-openai: one request of one endpoint (`POST /chat/completions` with
`stream`) needs neither that package's tokenizer, which fetches files from the network, nor its telemetry.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.model.errors import ModelFault
from assistant.model.setting import ModelSetting

Message = Mapping[str, str]

_INSTALL = "pip install 'tiaowen[llm]'"


def stream_text(setting: ModelSetting, messages: Sequence[Message]) -> Iterator[str]:
    """The pieces of the model's answer as they come. Raises ModelFault; at most `setting.seconds` in all."""
    deadline = time.monotonic() + setting.seconds
    pieces = _from_server(setting, messages) if setting.address else _from_provider(setting, messages)
    for piece in pieces:
        if piece:
            yield piece
        if time.monotonic() > deadline:
            raise _too_slow(setting)


def _from_server(setting: ModelSetting, messages: Sequence[Message]) -> Iterator[str]:
    try:
        import httpx  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ModelFault(f"没有安装 httpx，请运行：{_INSTALL}") from error
    body = {"model": setting.name, "messages": list(messages), "stream": True, "temperature": 0}
    headers = {"Authorization": f"Bearer {setting.key}"} if setting.key else {}
    try:
        # A proxy of the environment is not for this machine's own server, and nothing else may be contacted.
        with (
            httpx.Client(timeout=setting.seconds, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", f"{setting.address}/chat/completions", json=body, headers=headers) as reply,
        ):
            if reply.status_code != 200:
                raise ModelFault(f"模型服务返回错误（HTTP {reply.status_code}）")
            yield from _events(reply.iter_lines())
    except httpx.TimeoutException as error:
        raise _too_slow(setting) from error
    except httpx.HTTPError as error:
        raise ModelFault(f"连不上模型服务 {setting.address}") from error


def _events(lines: Iterator[str]) -> Iterator[str]:
    """The text in server-sent events (data: {"choices": [{"delta": {"content": …}}]}) up to [DONE].

    "" for any other line, so that a server which only keeps the connection alive is noticed.
    """
    for line in lines:
        if not line.startswith("data:"):
            yield ""
            continue
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        try:
            content = _content(json.loads(data))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise ModelFault("模型服务的回复不是约定的格式") from error
        yield content


def _content(event: dict[str, Any]) -> str:
    if "error" in event:
        raise ModelFault("模型服务报告出错")
    choices = event["choices"]
    content = choices[0]["delta"].get("content") if choices else ""
    return content if isinstance(content, str) else ""


def _from_provider(setting: ModelSetting, messages: Sequence[Message]) -> Iterator[str]:
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 - slow to import, rarely used

    provider = setting.name.partition(":")[0]
    options: dict[str, Any] = {"api_key": setting.key} if setting.key else {}
    try:
        model = init_chat_model(setting.name, temperature=0, timeout=setting.seconds, **options)
    except (ImportError, AttributeError) as error:  # the latter from its fallback to an outdated package
        raise ModelFault(f"没有安装模型提供方 {provider} 的程序包（langchain-{provider}）") from error
    except Exception as error:  # providers raise errors of their own; the person needs one sentence
        raise ModelFault(f"用不了模型 {setting.name}（{type(error).__name__}）") from error
    try:
        for chunk in model.stream(list(messages)):
            yield str(chunk.text)
    except Exception as error:
        raise ModelFault(f"模型 {setting.name} 出错（{type(error).__name__}）") from error


def _too_slow(setting: ModelSetting) -> ModelFault:
    return ModelFault(f"模型在 {setting.seconds:g} 秒内没有答完")
