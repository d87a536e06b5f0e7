"""The rooms of the house import one way, and small commands do not wait for what large ones need."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ingest", "index", "assistant", "eval")
#: What searching, the page and programs need; no file is split with it.
TOOLKITS = ("faiss", "fastapi", "gradio", "jieba", "langchain", "langchain_core", "tantivy", "torch")

_RUN = """
import sys
from assistant.cli import main
code = main(sys.argv[1:])
sys.stderr.write(" ".join({name.partition(".")[0] for name in sys.modules}))
sys.exit(code)
"""


def _imports(source: str) -> Iterator[str]:
    """The modules that a source imports anywhere, also inside functions and for types only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


@pytest.mark.parametrize(("room", "later"), [(room, ROOMS[n + 1 :]) for n, room in enumerate(ROOMS[:-1])])
def test_a_room_imports_no_later_one(room: str, later: tuple[str, ...]) -> None:
    sources = sorted((ROOT / room).rglob("*.py"))
    assert sources
    wrong = [
        (str(source.relative_to(ROOT)), name)
        for source in sources
        for name in _imports(source.read_text(encoding="utf-8"))
        if name.partition(".")[0] in (*later, "tests", "scripts")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "command", [["--help"], ["clauses"], ["clauses", "--json"], ["card"], ["card", "--json"]]
)
def test_a_file_is_split_without_the_toolkits_of_search_and_page(command: list[str], tmp_path: Path) -> None:
    notice = tmp_path / "通知.txt"
    notice.write_text("青岚市供水工作方案\n\n一、目标\n到2027年，漏损率降到8%以内。\n", encoding="utf-8")
    files = [] if command == ["--help"] else [str(notice)]
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *command, *files],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout
    assert sorted(set(done.stderr.split()) & set(TOOLKITS)) == []
