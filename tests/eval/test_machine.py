"""What a result says of its making: the commit, whether it was changed since, versions, memory, command."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from eval.machine import (
    PACKAGES,
    Revision,
    command_line,
    peak_memory,
    processor,
    provenance,
    revision,
    versions,
)
from ingest.version import __version__


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a file that runs and a file that does not."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "search.py").write_text("1", encoding="utf-8")
    (tmp_path / "README.md").write_text("1", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "x")
    return tmp_path


def test_the_commit_and_whether_what_runs_was_changed(project: Path) -> None:
    commit = git(project, "rev-parse", "HEAD")[:12]
    assert revision(project) == Revision(commit, changed=False)
    (project / "README.md").write_text("2", encoding="utf-8")
    assert revision(project) == Revision(commit, changed=False)
    (project / "index" / "search.py").write_text("2", encoding="utf-8")
    assert revision(project) == Revision(commit, changed=True)


def test_without_a_repository_of_its_own_the_version_stands_for_the_commit(project: Path) -> None:
    """An installation below somebody's repository has not that one's commit."""
    inside = project / "index"
    assert revision(inside) == Revision(f"v{__version__}", changed=False)


def test_versions_name_the_project_and_what_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    found = versions()
    assert set(found) == {"python", "tiaowen", *PACKAGES}
    assert found["tiaowen"] == __version__
    monkeypatch.setattr("eval.machine.PACKAGES", ("no-such-package",))
    assert versions()["no-such-package"] == ""


def test_provenance_marks_a_changed_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.machine.revision", lambda: Revision("abc", changed=True))
    found = provenance(["no-such-package"])
    assert (found["commit"], found["machine"]) == ("abc+", processor())
    assert found["versions"].keys() == {"python", "tiaowen", "no-such-package"}
    monkeypatch.setattr("eval.machine.revision", lambda: Revision("abc", changed=False))
    assert provenance()["commit"] == "abc"


def test_the_command_can_be_typed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/x/eval/cli.py", "run", "my plan.toml"])
    assert command_line() == "tiaowen-eval run 'my plan.toml'"


def test_memory_is_in_bytes_and_the_processor_is_counted() -> None:
    before = peak_memory()
    held = bytearray(200_000_000)
    held[::4096] = b"x" * len(held[::4096])
    assert peak_memory() >= max(before, 200_000_000)
    assert processor().rpartition(" × ")[2].isdigit()
