"""Which model words answers: one setting, read once at the edge of the program."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.model.errors import BadModelSetting

#: Seconds until an answer must be complete; then the clauses' own words are shown.
_SECONDS = 60.0
_EXAMPLE = "http://127.0.0.1:11434/v1#qwen3"


@dataclass(frozen=True, slots=True)
class ModelSetting:
    """`address` is the base of an OpenAI-compatible server, "" for a LangChain provider; `name` the model, or
    provider:model; `seconds` the most that one answer may take; `key` is sent as a bearer token."""

    address: str
    name: str
    seconds: float = _SECONDS
    key: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> ModelSetting | None:
        """The model of `TIAOWEN_LLM`: http://127.0.0.1:11434/v1#qwen3, or provider:model for any LangChain
        provider whose package is installed (ollama:qwen3). None where it is not set.

        `TIAOWEN_LLM_TIMEOUT` is in seconds, `TIAOWEN_LLM_KEY` the server's key if it wants one.
        Raises BadModelSetting.
        """
        named = environ.get("TIAOWEN_LLM", "").strip()
        if not named:
            return None
        seconds = _seconds(environ.get("TIAOWEN_LLM_TIMEOUT", "").strip())
        key = environ.get("TIAOWEN_LLM_KEY", "")
        if not named.startswith(("http://", "https://")):
            provider, colon, model = named.partition(":")
            if not (colon and provider.isidentifier() and model):
                raise BadModelSetting(
                    f"TIAOWEN_LLM 的值“{named}”看不懂：请写“地址#模型名”，如 {_EXAMPLE}，"
                    "或“提供方:模型名”，如 ollama:qwen3。"
                )
            return cls("", named, seconds, key)
        address, _, model = named.partition("#")
        if not model or not urlsplit(address).hostname:
            raise BadModelSetting(f"TIAOWEN_LLM 的值“{named}”不全：请写“地址#模型名”，如 {_EXAMPLE}。")
        return cls(address.rstrip("/"), model, seconds, key)


def _seconds(text: str) -> float:
    if not text:
        return _SECONDS
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 3600:
        raise BadModelSetting(f"TIAOWEN_LLM_TIMEOUT 的值“{text}”不对：请写 0 到 3600 之间的秒数，如 60。")
    return seconds
