"""Accounts of people, from a file: one line a person, `NAME SALT$SCRYPT-HASH` (RFC 7914)."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from assistant.errors import AssistantError

_COST: Final = {"n": 2**14, "r": 8, "p": 1}
_LINE: Final = re.compile(r"(?P<name>[^\s#]\S*)\s+(?P<salt>[0-9a-f]{32})\$(?P<hash>[0-9a-f]{128})")


class UnreadableAccounts(AssistantError):
    """The file of accounts cannot be used."""


class Accounts:
    """Who may open the page."""

    def __init__(self, lines: Mapping[str, tuple[bytes, bytes]]) -> None:
        self._lines = dict(lines)

    @classmethod
    def from_file(cls, path: Path) -> Accounts:
        """The accounts of `path`; empty lines and lines that begin with # are skipped.

        Raises UnreadableAccounts with the line that is wrong, or when there is no account at all.
        """
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableAccounts(f"账号文件 {path} 读不出来（{error}），请核对路径和权限。") from error
        found: dict[str, tuple[bytes, bytes]] = {}
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            match = _LINE.fullmatch(line.strip())
            if match is None or match["name"] in found:
                raise UnreadableAccounts(
                    f"账号文件 {path} 第 {number} 行不是“名称 口令摘要”，或名称重复，"
                    "请用 tiaowen access user 添加。"
                )
            found[match["name"]] = (bytes.fromhex(match["salt"]), bytes.fromhex(match["hash"]))
        if not found:
            raise UnreadableAccounts(f"账号文件 {path} 里没有账号，请用 tiaowen access user 添加。")
        return cls(found)

    @property
    def names(self) -> frozenset[str]:
        """Who has an account."""
        return frozenset(self._lines)

    def admits(self, name: str, password: str) -> bool:
        """Whether that person has that password; as slow for an unknown name as for a wrong password."""
        salt, expected = self._lines.get(name, (b"\0" * 16, b"\0" * 64))
        return hmac.compare_digest(_hash(password, salt), expected) and name in self._lines


def account_line(name: str, password: str) -> str:
    """The line of the file for a new account. Raises UnreadableAccounts for an impossible name."""
    if re.fullmatch(r"[^\s#]\S*", name) is None:
        raise UnreadableAccounts(f"名称“{name}”里有空白或以 # 开头，请换一个。")
    salt = secrets.token_bytes(16)
    return f"{name} {salt.hex()}${_hash(password, salt).hex()}"


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, dklen=64, **_COST)
