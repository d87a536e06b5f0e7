"""What a measured figure came from: commit, machine, versions."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent


def provenance(packages: Sequence[str] = ()) -> dict[str, Any]:
    """Commit (with `+` when files differ from it), machine, and the versions of Python and of `packages`."""
    return {
        "commit": _commit(),
        "machine": _processor(),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in packages},
    }


def _commit() -> str | None:
    """The commit of the working tree; None outside a repository."""
    try:
        commit = _git("rev-parse", "--short=12", "HEAD")
        return f"{commit}+" if _git("status", "--porcelain", "--", "ingest") else commit
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", "-C", _ROOT, *arguments], capture_output=True, text=True, check=True)  # noqa: S603, S607  (fixed words)
    return done.stdout.strip()


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
