"""What figures were made on and with: commit, versions, processor, memory, command."""

from __future__ import annotations

import os
import platform
import resource
import shlex
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ingest.version import __version__

#: The packages that decide what is found.
PACKAGES = (
    "faiss-cpu",
    "ir-measures",
    "jieba",
    "langchain-core",
    "numpy",
    "sentence-transformers",
    "tantivy",
)

_PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Revision:
    """The state of the program: a commit (or v and the version, where there is no repository), and whether
    files of it were changed since."""

    commit: str
    changed: bool


def revision(project: Path = _PROJECT) -> Revision:
    """The state of the repository at `project`; changed tests, docs and results do not count."""
    commit = _git(project, "rev-parse", "--short=12", "HEAD")
    top = _git(project, "rev-parse", "--show-toplevel")
    if not commit or not top or Path(top).resolve() != project.resolve():
        return Revision(f"v{__version__}", changed=False)
    rooms = ("ingest", "index", "assistant", "eval")
    changed = _git(project, "status", "--porcelain", "--untracked-files=no", "--", *rooms)
    return Revision(commit, changed=bool(changed))


def versions(packages: Iterable[str] | None = None) -> dict[str, str]:
    """Python, this project and `packages` (those that decide what is found), by name; "" for one not
    installed."""
    found = {"python": platform.python_version(), "tiaowen": __version__}
    for name in PACKAGES if packages is None else packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def processor() -> str:
    """The processor's name and how many of it the system has."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else name} × {os.cpu_count() or 1}"


def provenance(packages: Iterable[str] | None = None) -> dict[str, Any]:
    """What made figures: the commit (with `+` when the program was changed since), the machine, how busy
    it was for the last minute (runnable processes), and versions."""
    made_at = revision()
    return {
        "commit": f"{made_at.commit}{'+' if made_at.changed else ''}",
        "machine": processor(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "versions": versions(packages),
    }


def peak_memory() -> int:
    """The most bytes that this process has held in memory so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def command_line() -> str:
    """The command of this process as one can type it, however it was started."""
    return shlex.join(["tiaowen-eval", *sys.argv[1:]])


def _git(project: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with arguments of ours
            ["git", "-C", str(project), *arguments],  # noqa: S607 - git where the user has it
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
