"""Keys of programs, from a file: one line a key, `NAME SHA256-OF-THE-KEY [CALLS-A-MINUTE]`.

Only digests are kept: who reads the file cannot ask with it. A key has 256 random bits, so a fast digest is
enough (a password would need a slow one, see `assistant.api.accounts`).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from assistant.errors import AssistantError

#: Calls a minute of a key whose line names no number.
USUAL_RATE: Final = 120
_LINE: Final = re.compile(r"(?P<name>[^\s#]\S*)\s+(?P<digest>[0-9a-f]{64})(?:\s+(?P<rate>[1-9]\d{0,6}))?")


class UnreadableKeys(AssistantError):
    """The file of keys cannot be used."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may ask, and how often a minute."""

    name: str
    digest: str
    rate: int = USUAL_RATE


class Keys:
    """The keys of one file, and how much of its allowance each has used."""

    def __init__(self, holders: tuple[Holder, ...]) -> None:
        self._holders = holders
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    @classmethod
    def from_file(cls, path: Path) -> Keys:
        """The keys of `path`; empty lines and lines that begin with # are skipped. Raises UnreadableKeys."""
        return cls(read_holders(path))

    def holder(self, key: str) -> Holder | None:
        """Who has that key; None for nobody."""
        digest = digest_of(key)
        found = None
        for holder in self._holders:  # all are compared, so that the time says nothing
            if hmac.compare_digest(holder.digest, digest):
                found = holder
        return found

    def take(self, holder: Holder) -> int:
        """Counts one call: 0 when it is allowed, else the seconds until the next one is."""
        limit = RateLimitItemPerMinute(holder.rate)
        if self._limiter.hit(limit, holder.name):
            return 0
        window = self._limiter.get_window_stats(limit, holder.name)
        return max(1, round(window.reset_time - time.time()))


def read_holders(path: Path) -> tuple[Holder, ...]:
    """The lines of a file of keys, in order. Raises UnreadableKeys with the line that is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableKeys(f"密钥文件 {path} 读不出来（{error}），请核对路径和权限。") from error
    holders: dict[str, Holder] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise UnreadableKeys(
                f"密钥文件 {path} 第 {number} 行不是“名称 密钥摘要 [每分钟次数]”，"
                "请用 tiaowen access key 生成。"
            )
        if match["name"] in holders:
            raise UnreadableKeys(f"密钥文件 {path} 第 {number} 行的名称“{match['name']}”重复了，请换一个。")
        holders[match["name"]] = Holder(match["name"], match["digest"], int(match["rate"] or USUAL_RATE))
    return tuple(holders.values())


def digest_of(key: str) -> str:
    """The digest that stands for a key in the file."""
    return hashlib.sha256(key.encode()).hexdigest()


def key_line(name: str, key: str, rate: int) -> str:
    """The line of the file for a new key. Raises UnreadableKeys for an impossible name or rate."""
    line = f"{name} {digest_of(key)} {rate}"
    if _LINE.fullmatch(line) is None:
        raise UnreadableKeys(f"名称“{name}”里有空白或以 # 开头，或每分钟次数 {rate} 超过 9999999，请换一个。")
    return line


def new_key() -> str:
    """A key that nobody can guess: `tw-` and 256 random bits."""
    return f"tw-{secrets.token_urlsafe(32)}"
