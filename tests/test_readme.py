"""The first screen of both READMEs shows what the command prints over corpus/, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.cli import main

ROOT = Path(__file__).resolve().parent.parent
_TRANSCRIPT = re.compile(r'```console\n\$ tiaowen ask "([^"\n]+)"\n(.*?)```', re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_answer_shown_is_the_answer_given(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = _TRANSCRIPT.findall((ROOT / name).read_text(encoding="utf-8"))
    assert len(shown) == 1
    [(question, output)] = shown
    monkeypatch.setenv("TIAOWEN_HOME", str(tmp_path))
    assert main(["sync", str(ROOT / "corpus")]) == 0
    capsys.readouterr()
    assert main(["ask", question]) == 0
    assert capsys.readouterr().out == output


def test_every_link_and_picture_of_the_documentation_is_there() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "eval/samples/README.md"]
    links = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert links == []
