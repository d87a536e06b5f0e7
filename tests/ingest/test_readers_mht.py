"""Web archives: the page inside."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers import mht, parse_document
from tests.ingest.hostile import is_fair, outcome
from tests.ingest.word_files import printed

PAGE = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    "<title>清淤方案</title></head><body><p>一、总体目标</p><table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>清淤</td></tr>"
    "</table></body></html>"
)


def archive(charset: str = "gb2312", transfer: str = "quoted-printable", page: str = PAGE) -> bytes:
    """An .mht as browsers save it: the page, then a picture and a frame."""
    head = b"From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    head += b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----=_B"\r\n\r\n'
    inner = EmailMessage()
    inner.set_content(
        page.replace("{charset}", charset).encode(charset), maintype="text", subtype="html", cte=transfer
    )
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    frame = b"Content-Type: text/html\r\n\r\n<p>advertisement</p>\r\n"
    parts = [inner.as_bytes(), picture, frame]
    return head + b"".join(b"------=_B\r\n" + part + b"\r\n" for part in parts) + b"------=_B--\r\n"


@pytest.mark.parametrize("charset", ["gb2312", "utf-8"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize("suffix", ["mht", "doc"])
def test_the_page_is_read_and_nothing_else(charset: str, transfer: str, suffix: str) -> None:
    document = parse_document(Path(f"方案.{suffix}"), archive(charset, transfer))
    assert document.format == "mht"
    assert document.metadata["title"] == "清淤方案"
    assert printed(document.blocks) == ["一、总体目标", [["序号", "任务"], ["1", "清淤"]]]


def test_an_archive_of_one_part() -> None:
    data = b"Content-Type: text/html; charset=utf-8\nMIME-Version: 1.0\n\n<p>" + "正文".encode() + b"</p>\n"
    assert printed(parse_document(Path("方案.mht"), data).blocks) == ["正文"]


def test_an_archive_without_a_page() -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n"
    data = head + b"--B\n\ntext\n--B--\n"
    with pytest.raises(UnreadableFile, match="网页归档里没有网页"):
        parse_document(Path("方案.mht"), data)


def test_an_archive_of_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mht, "_MAX_PARTS", 1)
    with pytest.raises(UnreadableFile, match="超过 1 个"):
        parse_document(Path("方案.mht"), archive())


def test_archives_within_archives_are_refused_and_no_stack_overflows() -> None:
    head = b"MIME-Version: 1.0\n"
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    assert is_fair("方案.mht", outcome("方案.mht", head + nested))


SAMPLE = archive()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(70, len(SAMPLE)), st.integers(0, 30), st.binary(max_size=9)), max_size=5)
)
def test_mutated_archives_are_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    mutated = bytearray(SAMPLE)
    for at, cut, junk in changes:
        mutated[at : at + cut] = junk
    assert is_fair("方案.mht", outcome("方案.mht", bytes(mutated)))
