"""`tiaowen ask` into a file, and with a language model that is set, left out or wrongly named."""

import json
from pathlib import Path

import pytest
from docx import Document

from assistant import service
from assistant.cli import main
from tests.assistant.model.server import ModelServer, serving
from tests.assistant.test_cli import MemoryIndex

FACT = "青岚到2025年河湖水质优良比例要达到多少？"


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The sample notices as the index, no model set, and a working folder of its own."""
    monkeypatch.setattr(service, "open_index", lambda settings: MemoryIndex())
    for name in ("TIAOWEN_LLM", "TIAOWEN_LLM_TIMEOUT", "TIAOWEN_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_every_turn_of_a_dialogue_is_put_on_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", FACT, "那白砂呢", "--out", "答复.docx"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "已把 2 个问题的回答写入 答复.docx。\n")
    texts = [p.text for p in Document("答复.docx").paragraphs]
    assert [text for text in texts if text.startswith("问：")] == [f"问：{FACT}", "问：那白砂呢"]


def test_a_file_of_questions_is_put_on_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"id": "a", "question": FACT}, {"id": "b", "question": "？"}]
    questions = tmp_path / "q.jsonl"
    questions.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert main(["ask", "--questions", str(questions), "--out", "a.md"]) == 0
    assert capsys.readouterr().err == "已把 1 个问题的回答写入 a.md，另有 1 个不是问题，没有写入。\n"
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith(f"## 问：{FACT}\n")


@pytest.mark.parametrize(
    ("argv", "code", "sentence"),
    [
        (["--out", "a.pdf"], 1, "不能写成“.pdf”这种文件，文件名请以 .docx、.xlsx、.md 结尾。"),
        (["--out", "no/a.md"], 1, "找不到要写入的文件夹 no，请先建立它。"),
        (["--out", "a.md", "--json"], 2, "参数不对：--out 写文件时不能同时用 --json 或 --explain。"),
    ],
)
def test_mistakes(argv: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", FACT, *argv]) == code
    assert capsys.readouterr().err == f"{sentence}\n"


def test_a_model_is_used_where_one_is_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(ModelServer(("沿河步道要建成40公里。[1]",))) as model:
        monkeypatch.setenv("TIAOWEN_LLM", f"{model.address}#m")
        assert main(["ask", FACT]) == 0
        worded = capsys.readouterr().out
        assert main(["ask", FACT, "--no-llm"]) == 0
        extract = capsys.readouterr().out
    assert worded.startswith("沿河步道要建成40公里。[1]\n以上由模型 m 依据所引条款成文")
    assert extract.startswith("到2025年,河湖水质优良比例达到88%以上")
    assert len(model.requests) == 1


def test_a_model_that_is_wrongly_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIAOWEN_LLM", "qwen3")
    assert main(["ask", FACT]) == 1
    assert capsys.readouterr().err.startswith("TIAOWEN_LLM 的值“qwen3”看不懂：请写“地址#模型名”")
