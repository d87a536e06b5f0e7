"""Files of the corpus: what they may be called, and that none is overwritten or lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus_files import CorpusFault, CorpusFiles, NameTaken, look_at, safe_name
from ingest.errors import IngestError

_NOTICE = (
    "黑石县渔船管理办法\n\n第一条 渔船每年检验1次，检验费每艘380元。\n\n第二条 本办法自2025年1月1日起施行。\n"
)


def upload_file(folder: Path, name: str = "渔船.txt", text: str = _NOTICE) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("关于〔2024〕5号的通知（试行）.docx", "关于〔2024〕5号的通知（试行）.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\通知.doc", "通知.doc"),
        ("/", "未命名"),
        ("..", "未命名"),
        (".hidden.txt", "hidden.txt"),
        ("a<b>:c|d?.txt", "a_b__c_d_.txt"),
        ("con.txt", "_con.txt"),
        ("甲\u202e乙\0丙\n.txt", "甲乙丙.txt"),
        ("名称.txt. .", "名称.txt"),
        ("a\ud800.txt", "a.txt"),
        ("长" * 300 + ".docx", "长" * 65 + ".docx"),
    ],
)
def test_a_name_is_one_visible_part(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(st.text(max_size=400))
def test_no_name_leaves_its_folder(name: str) -> None:
    safe = safe_name(name)
    path = Path("/corpus") / safe
    assert path.parent == Path("/corpus")
    assert path.name == safe
    assert not safe.startswith(".")
    assert len(safe.encode()) <= 200
    assert safe_name(safe) == safe


def test_a_look_gives_the_card_and_keeps_nothing(tmp_path: Path) -> None:
    path = upload_file(tmp_path / "temp")
    upload = look_at(path, "办法:渔船.txt")
    assert upload.name == "办法_渔船.txt"
    assert [notice.card.title for notice in upload.notices] == ["黑石县渔船管理办法"]
    assert upload.notices[0].clause_count == 2
    assert upload.notices[0].accounted == 1.0


def test_what_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    path = upload_file(tmp_path / "temp", "空.txt", "")
    with pytest.raises(IngestError, match=r"空\.txt：文件是空的"):
        look_at(path, "空.txt")


def test_an_archive_has_a_card_for_each_document_and_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("甲.txt", _NOTICE)
        archive.writestr("乙.rar", b"Rar!\x1a\x07\x00 nothing")
    upload = look_at(path, "包.zip")
    assert [notice.name for notice in upload.notices] == ["包.zip/甲.txt"]
    assert [fault.name for fault in upload.faults] == ["包.zip/乙.rar"]


def test_a_kept_file_is_whole_and_no_other_is_overwritten(tmp_path: Path) -> None:
    corpus, trash = tmp_path / "corpus", tmp_path / "home" / "trash"
    corpus.mkdir()
    files = CorpusFiles([corpus], trash)
    files.keep(look_at(upload_file(tmp_path / "temp"), "渔船.txt"), corpus)
    assert (corpus / "渔船.txt").read_text(encoding="utf-8") == _NOTICE
    newer = look_at(upload_file(tmp_path / "temp", text=_NOTICE.replace("380", "400")), "渔船.txt")
    with pytest.raises(NameTaken) as caught:
        files.keep(newer, corpus)
    assert str(caught.value) == "语料中已有 渔船.txt：如要换成新文件，请选“替换”。"
    assert (corpus / "渔船.txt").read_text(encoding="utf-8") == _NOTICE
    files.keep(newer, corpus, replace=True)
    assert "400元" in (corpus / "渔船.txt").read_text(encoding="utf-8")
    assert [path.read_text(encoding="utf-8") for path in trash.glob("*/渔船.txt")] == [_NOTICE]
    assert [path.name for path in corpus.iterdir()] == ["渔船.txt"]


def test_only_a_corpus_folder_takes_files(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    upload = look_at(upload_file(tmp_path / "temp"), "渔船.txt")
    with pytest.raises(CorpusFault, match="不是语料文件夹"):
        CorpusFiles([corpus], tmp_path / "trash").keep(upload, tmp_path)
    assert not (tmp_path / "渔船.txt").exists()


def test_a_link_at_the_target_is_not_written_through(tmp_path: Path) -> None:
    corpus, outside = tmp_path / "corpus", tmp_path / "outside.txt"
    corpus.mkdir()
    outside.write_text("外面", encoding="utf-8")
    (corpus / "渔船.txt").symlink_to(outside)
    files = CorpusFiles([corpus], tmp_path / "trash")
    files.keep(look_at(upload_file(tmp_path / "temp"), "渔船.txt"), corpus, replace=True)
    assert outside.read_text(encoding="utf-8") == "外面"
    assert not (corpus / "渔船.txt").is_symlink()


def test_what_is_removed_lies_in_the_trash(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    path = upload_file(corpus)
    files = CorpusFiles([corpus], tmp_path / "trash")
    place = files.remove(path)
    assert not path.exists()
    assert place.read_text(encoding="utf-8") == _NOTICE
    with pytest.raises(CorpusFault) as caught:
        files.remove(path)
    assert str(caught.value) == "渔船.txt 已不在语料文件夹中，请更新语料。"
