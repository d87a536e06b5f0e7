"""The command in-process: data on stdout, talk on stderr, exit codes, one sentence for each mistake."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.main import get_command

from assistant import cli, service
from assistant.cli import main
from tests.assistant.sample import MemorySource

COMMANDS = ("sync", "ask", "clauses", "card", "show", "status", "chat", "targets", "access")


class MemoryIndex:
    """The sample notices behind the interface of an opened index."""

    def __init__(self) -> None:
        source = MemorySource()
        self.catalogue = SimpleNamespace(
            generation=1,
            notices=source.notices,
            clauses_of=source.clauses_of,
            indicators=source.indicators,
        )
        self._source = source

    def read(self, question: str, *, is_name: Callable[[str], bool]) -> object:
        return self._source.read(question, is_name=is_name)

    def search(self, query: str, k: int, filters: object) -> object:
        return self._source.search(query, filters=filters, limit=k)  # type: ignore[arg-type]


@pytest.fixture
def memory_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "open_index", lambda settings: MemoryIndex())


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The index home of the person who runs the tests is never touched."""
    monkeypatch.setenv("TIAOWEN_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example_or_a_sentence(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help"]) == 0
    out = capsys.readouterr().out
    assert f"tiaowen {name}" in out or f"{name} [OPTIONS]" in out
    command = get_command(cli.app).commands[name]  # type: ignore[attr-defined]
    assert command.help
    assert all(getattr(p, "help", None) for p in command.params if p.name != "help")


def test_the_commands_are_these() -> None:
    assert tuple(get_command(cli.app).commands) == COMMANDS  # type: ignore[attr-defined]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("tiaowen ")


@pytest.mark.parametrize(
    ("argv", "code", "sentence"),
    [
        (["nothing"], 2, "没有 nothing 这个命令，用 tiaowen --help 查看用法。"),
        (["ask", "--loud", "x"], 2, "没有 --loud 这个选项，用 tiaowen --help 查看用法。"),
        (["ask"], 2, "参数不对：请写一个问题，或用 --questions 给出问题文件，二者选一。"),
        (["show"], 2, "还缺少参数 ADDRESS，用 tiaowen --help 查看用法。"),
        (["clauses", "none.txt"], 1, "none.txt：文件不存在，可能刚被移走或删除。"),
        (["sync", "nowhere"], 1, "文件夹 nowhere 不存在"),
        (["ask", "--questions", "none.jsonl"], 1, "读不了问题文件 none.jsonl：文件不存在。"),
        (["status"], 1, "还没有索引：请先运行 tiaowen sync"),
        (["ask", "水质"], 1, "还没有索引：请先运行 tiaowen sync"),
        (["chat"], 1, "没有可同步的文件夹"),
    ],
)
def test_mistakes_are_one_sentence(
    argv: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 1)])
def test_a_file_that_cannot_be_read_is_named_and_fails_a_strict_sync(
    options: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "供水.txt").write_text("青岚市供水方案\n\n一、目标\n漏损率降到8%以内。\n", "utf-8")
    (tmp_path / "corpus" / "坏.pdf").write_bytes(b"%PDF-1.7\n")
    assert main(["sync", "corpus", *options]) == code
    assert "读不了的文件 1 个：\n  坏.pdf：" in capsys.readouterr().out
    assert main(["status"]) == 0


@pytest.mark.usefixtures("memory_index")
@pytest.mark.parametrize("question", ["", "？！", "水" * 10_000])
def test_what_is_no_question_is_wrong_usage(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", question]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("问题")


@pytest.mark.usefixtures("memory_index")
def test_ask_prints_the_answer_and_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "青岚清理违规网箱由谁牵头？"]) == 0
    assert capsys.readouterr().out == (
        "牵头单位：市农业农村局；配合单位：市水务局；工作任务：清理违规网箱；完成时间：2022年。[1]\n"
        "[1] 《青岚市碧水行动方案(2021-2025)》青岚市人民政府，2021-03-01，附件1#2\n"
        "理解为：地区：青岚市 ｜ 角色：牵头 ｜ 要的是：责任单位\n"
    )


@pytest.mark.usefixtures("memory_index")
def test_several_questions_are_a_dialogue(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "青岚清理违规网箱哪年完成", "谁牵头"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("牵头单位：市农业农村局")
    assert "理解为：地区：青岚市（承接上文） ｜ 角色：牵头" in out


@pytest.mark.usefixtures("memory_index")
def test_corpus_text_is_printed_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "云屏公告牌不得写什么"]) == 0
    out = capsys.readouterr().out
    assert "公告牌[bold red]不得[/]写<img src=x onerror=alert(1)>和${1+1}。" in out
    assert main(["show", "云屏", "第一条"]) == 0
    assert "[bold red]不得[/]写<img src=x onerror=alert(1)>和${1+1}" in capsys.readouterr().out


def test_a_file_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "控制.txt"
    path.write_text(
        "一、总则\n（一）网箱\x1b]0;标题\x07\x1b[31m\x9b1m限期清理。\n（二）其他。\n", encoding="utf-8"
    )
    assert main(["clauses", str(path)]) == 0
    out = capsys.readouterr().out
    assert "网箱\ufffd]0;标题\ufffd[31m\ufffd1m限期清理。" in out
    assert {c for c in out if not c.isprintable()} == {"\n"}


def test_a_terminal_that_lacks_a_character_shows_a_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="gbk"))
    path = tmp_path / "单位.txt"
    path.write_text("一、总则\n（一）整治12km²。\n（二）其他。\n", encoding="utf-8")
    assert main(["clauses", str(path)]) == 0
    sys.stdout.flush()
    assert "整治12km?。" in written.getvalue().decode("gbk")


@pytest.mark.usefixtures("memory_index")
def test_a_file_of_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        {"id": "a", "question": "青岚清理违规网箱由谁牵头？"},
        {"id": "b", "question": ["青岚河湖水质优良比例是多少", "那白砂呢"]},
        {"id": "c", "question": "？"},
    ]
    path = tmp_path / "q.jsonl"
    path.write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n", encoding="utf-8"
    )
    assert main(["ask", "--questions", str(path), "--json"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [a["id"] for a in answers] == ["a", "b", "c"]
    assert [[c["cite"] for c in a["citations"]] for a in answers] == [["附件1#2"], ["一1"], []]
    assert [a["abstained"] for a in answers] == [False, False, True]


@pytest.mark.usefixtures("memory_index")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "q.jsonl 第 1 行不是 JSON"),
        ('{"id": 1}', "q.jsonl 第 1 行没有 question"),
        ('{"question": "水质"}\n{"question": [1]}', "q.jsonl 第 2 行没有 question"),
        ("[]", "q.jsonl 第 1 行没有 question"),
    ],
)
def test_a_bad_line_of_questions(
    content: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(content, encoding="utf-8")
    assert main(["ask", "--questions", str(path), "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err


@pytest.mark.usefixtures("memory_index")
def test_show_prints_a_clause_with_its_parents(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "青岚", "二2（1）"]) == 0
    assert capsys.readouterr().out == (
        "《青岚市碧水行动方案(2021-2025)》青岚市人民政府，2021-03-01\n"
        "二  重点任务\n"
        "二2  养护河道\n"
        "二2（1）\n"
        "摸清河道底数;\n"
    )


@pytest.mark.usefixtures("memory_index")
@pytest.mark.parametrize(
    ("address", "cites"),
    [
        (["青岚市碧水行动方案(2021-2025)", "附件1#2"], ["附件1#2"]),
        (["qinglan.txt", "二1"], ["二1"]),
        (["青岚", "附件1第2项"], ["附件1#2"]),
        (["青岚", "前言"], ["前言"]),
        (["白砂", "一1"], ["一1"]),
    ],
)
def test_show_takes_a_region_a_title_or_a_file(
    address: list[str], cites: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", *address, "--json"]) == 0
    assert [json.loads(line)["cite"] for line in capsys.readouterr().out.splitlines()] == cites


@pytest.mark.usefixtures("memory_index")
def test_show_of_no_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "青岚", "九9"]) == 1
    assert "《青岚市碧水行动方案(2021-2025)》里没有“青岚 九9”这一处" in capsys.readouterr().err


def test_clauses_prints_the_tree_or_json_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "方案.txt"
    path.write_text(
        "碧桐市养树方案\n\n一、目标\n到2025年种树3万棵。\n\n二、任务\n（一）育苗。建苗圃[b]两[/b]处。\n",
        "utf-8",
    )
    assert main(["clauses", str(path)]) == 0
    tree = capsys.readouterr().out
    assert "育苗。建苗圃[b]两[/b]处。" in tree
    assert main(["clauses", str(path), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(line["file"] == str(path) for line in lines)
    assert "二（一）" in [line["cite"] for line in lines]


def test_a_bad_file_does_not_hide_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, empty = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_text("碧桐市养树方案\n一、种树。种3万棵。\n", "utf-8")
    empty.write_text("", "utf-8")
    assert main(["clauses", str(empty), str(good), "--json"]) == 1
    captured = capsys.readouterr()
    assert "b.txt：" in captured.err
    assert json.loads(captured.out.splitlines()[-1])["file"] == str(good)


PLAN = """青汀市人民政府关于印发青汀市养树方案的通知
青政发〔2024〕3号
各县（区）人民政府：
现将《青汀市养树方案》印发给你们，请认真执行。
青汀市人民政府
2024年3月1日
青汀市养树方案
一、种树[b]三万[/b]棵。
二、本方案自2024年4月1日起施行，有效期2年。
打印
"""


def test_card_prints_what_the_notice_says_of_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, "utf-8")
    assert main(["card", str(path)]) == 0
    assert capsys.readouterr().out == (
        "标题：青汀市养树方案\n"
        "通知标题：青汀市人民政府关于印发青汀市养树方案的通知\n"
        "文种：方案\n文号：青政发〔2024〕3号\n发文机关：青汀市人民政府\n地区：青汀市\n"
        "主送：各县（区）人民政府\n成文日期：2024-03-01\n施行日期：2024-04-01\n有效期至：2026-03-31\n"
    )
    assert main(["card", str(path), "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["file"], line["expires"], line["period"], line["repeals"]) == (
        str(path),
        "2026-03-31",
        None,
        [],
    )


def test_audit_says_where_every_character_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "方案.txt"
    path.write_text(PLAN, "utf-8")
    assert main(["clauses", str(path), "--audit"]) == 0
    out = capsys.readouterr().out
    assert out.endswith("丢失 0，重复 0；有着落 100.00%。\n  页面附属（页面按钮）：打印\n")
    assert main(["clauses", str(path), "--audit", "--json"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["share"], line["lost"], line["twice"]) == (1.0, [], [])
    assert line["total"] == line["in_clauses"] + line["in_card"] + line["in_furniture"]


def test_documents_in_an_archive_are_read_one_by_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "包.zip", "w") as archive:
        archive.writestr("甲/方案.txt", PLAN)
        archive.writestr("乙.txt", b"PK\x00\x01")
    assert main(["card", str(tmp_path / "包.zip"), "--json"]) == 1
    captured = capsys.readouterr()
    (line,) = [json.loads(line) for line in captured.out.splitlines()]
    assert (line["file"], line["title"]) == (str(tmp_path / "包.zip/甲/方案.txt"), "青汀市养树方案")
    assert "乙.txt：" in captured.err
