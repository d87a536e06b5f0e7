"""Archives: their documents are notices of their own, within limits."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import archives, document_names, read_notice
from ingest.errors import IngestError, UnreadableFile
from tests.ingest.word_files import docx, package, paragraph

TEXT = "清淤通知\n一、总体目标\n全年清淤。\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _put(folder: Path, members: dict[str, str | bytes]) -> Path:
    path = folder / "附件.zip"
    path.write_bytes(package(members))
    return path


def _refusal(path: Path, name: str | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_notice(path, name) if name else document_names(path)
    return str(caught.value)


def test_each_document_is_a_notice_under_its_own_name(folder: Path) -> None:
    path = _put(
        folder,
        {
            "区/方案.docx": docx(paragraph("一、目标")),
            "通知.txt": TEXT,
            "__MACOSX/._x": b"x",
            "~$通知.txt": b"x",
        },
    )
    names = document_names(path, "二〇二四/附件.zip")
    assert names == ("二〇二四/附件.zip/区/方案.docx", "二〇二四/附件.zip/通知.txt")
    notices = [read_notice(path, name) for name in names]
    assert [(notice.name, notice.format) for notice in notices] == [(names[0], "docx"), (names[1], "txt")]
    assert notices[1].source == TEXT.decode()
    assert len({notice.id for notice in notices}) == 2


def test_a_file_that_is_no_archive_has_its_own_name(folder: Path) -> None:
    for name, data in [
        ("通知.txt", TEXT),
        ("方案.docx", docx(paragraph("一、目标"))),
        ("坏.zip", b"PK"),
        ("坏.docx", b"PK\3\4"),
    ]:
        (folder / name).write_bytes(data)
        assert document_names(folder / name, f"a/{name}") == (f"a/{name}",)
    assert document_names(folder / "没有.zip") == ("没有.zip",)


def test_a_folder_called_word_makes_no_word_document(folder: Path) -> None:
    assert document_names(_put(folder, {"word/通知.txt": TEXT})) == ("附件.zip/word/通知.txt",)


def test_an_archive_itself_is_no_notice(folder: Path) -> None:
    path = _put(folder, {"通知.txt": TEXT})
    with pytest.raises(UnreadableFile, match=r"^附件\.zip：是压缩包，里面的文件要逐个读取"):
        read_notice(path)


@pytest.mark.parametrize(
    ("stored", "flag", "expected"),
    [
        ("通知.txt".encode("gbk"), 0, "通知.txt"),
        ("通知.txt".encode(), 0, "通知.txt"),
        ("通知.txt".encode(), 0x800, "通知.txt"),
        (b"a\\b.txt", 0, "a/b.txt"),
        (b"../../etc/./x.txt", 0, "etc/x.txt"),
        (b"C:\\x.txt", 0, "x.txt"),
        (b"/abs.txt", 0, "abs.txt"),
        (b"a\x1bb.txt", 0, "a_b.txt"),
    ],
)
def test_names_are_as_their_author_saw_them_and_lead_nowhere(
    folder: Path, stored: bytes, flag: int, expected: str
) -> None:
    placeholder = "n" * len(stored)
    data = package({placeholder: TEXT}).replace(placeholder.encode(), stored)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(magic) + offset
        data = data[:at] + flag.to_bytes(2, "little") + data[at + 2 :]
    path = folder / "附件.zip"
    path.write_bytes(data)
    assert document_names(path) == (f"附件.zip/{expected}",)
    assert read_notice(path, f"附件.zip/{expected}").source == TEXT.decode()


def test_two_members_of_one_name_are_both_kept(folder: Path) -> None:
    path = _put(folder, {"a/通知.txt": TEXT, "a//通知.txt": b"x\n"})
    names = document_names(path)
    assert names == ("附件.zip/a/通知.txt", "附件.zip/a/通知（2）.txt")
    assert [read_notice(path, name).source for name in names] == [TEXT.decode(), "x\n"]


def test_archives_inside_are_gone_through_down_to_the_limit(folder: Path) -> None:
    inner: dict[str, str | bytes] = {"通知.txt": TEXT}
    for depth in range(2):
        inner = {f"{depth}.zip": package(inner), "坏.zip": b"broken"}
    path = _put(folder, inner)
    names = document_names(path)
    assert names == ("附件.zip/1.zip/0.zip/通知.txt", "附件.zip/1.zip/坏.zip", "附件.zip/坏.zip")
    assert read_notice(path, names[0]).source == TEXT.decode()
    assert "套着超过 3 层" in _refusal(_put(folder, {"2.zip": package(inner)}))


def test_limits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = _put(folder, {"大.txt": b"0" * (10 * 1024**2)})
    assert "压缩比异常" in _refusal(bomb, "附件.zip/大.txt")
    large = _put(folder, {"大.txt": b"0" * (21 * 1024**2)})
    assert _refusal(large, "附件.zip/大.txt") == "大.txt：解压后有 21.0 MB，超过上限 20 MB，没有读取。"
    path = _put(folder, {"1.txt": TEXT, "2.txt": TEXT})
    monkeypatch.setattr(archives, "MAX_DOCUMENTS", 1)
    assert "文件超过 1 个" in _refusal(path)
    monkeypatch.undo()
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 50)
    assert "没有读取" in _refusal(path)
    monkeypatch.undo()
    monkeypatch.setattr(archives, "MAX_DIRECTORY_BYTES", 50)
    assert "文件过多" in _refusal(path)
    monkeypatch.undo()
    monkeypatch.setattr(archives, "MAX_ARCHIVE_BYTES", 50)
    assert "压缩包超过" in _refusal(path)
    monkeypatch.undo()
    monkeypatch.setattr(archives, "MAX_INNER_BYTES", 50)
    assert "压缩包过大" in _refusal(_put(folder, {"1.zip": package({"1.txt": TEXT})}))


def _encrypted(data: bytes, count: int) -> bytes:
    """`data` with its first `count` members marked as encrypted."""
    changed = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        for _ in range(count):
            at = data.index(magic, at + 1)
            changed[at + offset] |= 1
    return bytes(changed)


def test_encrypted_archives_and_members(folder: Path) -> None:
    data = package({"1.txt": TEXT, "2.txt": TEXT})
    path = folder / "附件.zip"
    path.write_bytes(_encrypted(data, 2))
    reason = "附件.zip：压缩包设有密码，无法读取。请解压后再放入。"
    assert (_refusal(path), _refusal(path, "附件.zip")) == (reason, reason)
    path.write_bytes(_encrypted(data, 1))
    assert _refusal(path, "附件.zip/1.txt") == "1.txt：压缩包设有密码，无法读取。请解压后再放入。"
    assert read_notice(path, "附件.zip/2.txt").source == TEXT.decode()


def test_damaged_empty_and_vanished(folder: Path) -> None:
    path = folder / "附件.zip"
    path.write_bytes(package({"1.txt": TEXT})[:-30])
    assert _refusal(path) == "附件.zip：压缩包已损坏，无法打开。请重新打包，或解压后放入。"
    assert _refusal(_put(folder, {".DS_Store": b"x"})) == "附件.zip：压缩包是空的，里面没有文件。"
    assert "已没有这个文件" in _refusal(_put(folder, {"1.txt": TEXT}), "附件.zip/2.txt")
    assert "文件是空的" in _refusal(_put(folder, {"1.txt": b""}), "附件.zip/1.txt")


SAMPLE = package(
    {"区/通知.txt": TEXT, "内.zip": package({"方案.txt": TEXT}), "方案.docx": docx(paragraph("一、目标"))}
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(st.integers(4, len(SAMPLE)), st.integers(0, 9), st.binary(max_size=6)), max_size=4
    )
)
def test_mutated_archives_are_read_or_refused(folder: Path, changes: list[tuple[int, int, bytes]]) -> None:
    mutated = bytearray(SAMPLE)
    for at, cut, junk in changes:
        mutated[at : at + cut] = junk
    path = folder / "附件.zip"
    path.write_bytes(mutated)
    told = []
    try:
        for name in document_names(path):
            try:
                told.append(read_notice(path, name).source)
            except IngestError as error:
                told.append(str(error))
    except IngestError as error:
        told.append(str(error))
    assert told
    assert all(text.strip() for text in told)


def test_a_member_is_read_without_its_neighbours(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _put(folder, {"1.txt": TEXT, "2.txt": b"x\n"})
    opened: list[str] = []
    real = zipfile.ZipFile.open

    def noted(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *rest: object) -> object:
        opened.append(member.filename)
        return real(archive, member)

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    read_notice(path, "附件.zip/2.txt")
    assert opened == ["2.txt"]
