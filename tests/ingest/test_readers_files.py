"""What can be wrong with a file before its text is looked at, and telling formats by content."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from ingest import files
from ingest.errors import UnreadableFile, UnsupportedFormat
from ingest.readers import SUPPORTED, detect_format, read_document


def _zip(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    return buffer.getvalue()


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (_zip("OFD.xml"), "OFD 版式文档"),
        (b"PK\x03\x04broken", "ZIP 压缩包（已损坏）"),
        (OLE2, "旧版 Office 文档"),
        (b"GIF89a\0", "GIF 图片"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".html", ""])
def test_another_format_under_a_text_suffix_is_named(data: bytes, name: str, suffix: str) -> None:
    path = Path(f"方案{suffix}")
    with pytest.raises(UnsupportedFormat) as caught:
        detect_format(path, data)
    assert str(caught.value) == (
        f"方案{suffix}：内容是 {name}，目前只能读取 {'、'.join(SUPPORTED)}。请另存为其中一种格式后再放入。"
    )


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("通知.txt", "一、总体要求".encode(), "txt"),
        ("通知", "一、总体要求".encode(), "txt"),
        ("通知.md", "# 通知".encode(), "md"),
        ("通知.docx", "一、总体要求".encode(), "txt"),
        ("通知.txt", b"\xef\xbb\xbf\n\n<!-- saved -->\n<!DOCTYPE html><html>", "html"),
        ("通知.txt", b"\xff\xfe" + "<html><body>".encode("utf-16-le"), "html"),
        ("通知", b"<?xml version='1.0'?>\n<html xmlns='x'>", "html"),
        ("通知.md", b"<!doctype html><p>x", "html"),
        ("通知.md", b"<table>\n<tr><td>x", "md"),
        ("通知.htm", "正文<br>下一行<p>".encode(), "html"),
        ("通知.htm", "一、没有标签".encode(), "txt"),
        ("通知.txt", "<div>片段</div>".encode(), "html"),
        ("通知.txt", _zip("word/document.xml"), "docx"),
        ("通知.txt", _zip("a.txt"), "zip"),
        ("通知.doc", b"{\\rtf1\\ansi", "rtf"),
        ("通知.doc", b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "mht"),
        ("通知.wps", OLE2 + "WordDocument".encode("utf-16-le"), "doc"),
        ("通知.txt", _zip("xl/workbook.xml"), "xlsx"),
        ("通知.txt", OLE2 + "Workbook".encode("utf-16-le"), "xls"),
        ("通知.txt", b"%PDF-1.5\n%\xe2\xe3", "pdf"),
        ("通知.txt", b"\x89PNG\r\n\x1a\n\0\0", "png"),
        ("通知.txt", b"\xff\xd8\xff\xe0\0", "jpg"),
        ("通知.txt", "<清水行动>方案".encode(), "txt"),
        ("通知.md", b"Content-Type: multipart/related; MIME-Version: 1.0\n", "md"),
    ],
)
def test_the_format_is_told_by_content(name: str, data: bytes, expected: str) -> None:
    assert detect_format(Path(name), data) == expected


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "空.txt"
    path.write_bytes(b"")
    with pytest.raises(UnreadableFile, match=r"^空\.txt：文件是空的"):
        read_document(path)


@pytest.mark.parametrize(
    ("name", "data"),
    [("空白.txt", " \n\u3000\n\ufeff".encode()), ("空.md", b"# \n---\n"), ("空.html", b"<p> </p>")],
)
def test_a_file_without_any_text(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match="没有可读的文字"):
        read_document(path)


def test_a_missing_file_a_folder_and_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(UnreadableFile, match=r"^缺\.txt：文件不存在"):
        read_document(tmp_path / "缺.txt")
    with pytest.raises(UnreadableFile, match="这是一个文件夹"):
        read_document(tmp_path)
    with pytest.raises(UnreadableFile, match="不是普通文件"):
        read_document(tmp_path / "管道.txt")


def test_a_file_that_vanishes_between_listing_and_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "消失.txt"
    path.write_text("一、", encoding="utf-8")
    status = path.stat()
    path.unlink()
    monkeypatch.setattr(Path, "stat", lambda self, **_: status)
    with pytest.raises(UnreadableFile, match="文件不存在，可能刚被移走或删除"):
        read_document(path)


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is simulated: tests may run as root, whom no mode bits stop."""
    path = tmp_path / "密.txt"
    path.write_text("一、", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match="没有读取权限"):
        read_document(path)


def test_a_text_of_50_mb_is_refused_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    opened: list[Path] = []
    monkeypatch.setattr(Path, "open", lambda self, *_: opened.append(self))
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    assert str(caught.value) == "大.txt：文件有 50.0 MB，超过上限 20 MB，没有读取。请拆分后再放入。"
    assert opened == []


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 6)
    path = tmp_path / "刚好.txt"
    path.write_text("通知", encoding="utf-8")
    assert [block.text for block in read_document(path).blocks] == ["通知"]  # type: ignore[union-attr]
    path.write_text("通知.", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="超过上限"):
        read_document(path)
