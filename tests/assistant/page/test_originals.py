"""Files as they came and pages as images: what is served, and to whom."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from assistant.api.accounts import Accounts, account_line
from assistant.page.server import Hosting, create_app
from assistant.service import Service
from index.settings import Settings
from index.sync import sync
from ingest.document import Place
from ingest.errors import UnreadableFile
from ingest.page_image import page_image
from tests.assistant.page.fake import FakeBackend
from tests.ingest.pdf_files import Page
from tests.ingest.pdf_files import pdf as pdf_of

_LINES: Sequence[str] = ("岚州市公告", "一、主要目标", "到2027年优良比例达到96%。")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A folder with one PDF of one page."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    page = Page()
    for number, line in enumerate(_LINES):
        page.text(72, 100 + 40 * number, line)
    (folder / "公告.pdf").write_bytes(pdf_of(page))
    return folder


def test_the_original_comes_as_it_lies_there_and_is_only_saved() -> None:
    with TestClient(create_app(FakeBackend())) as client:
        response = client.get("/original/n1")
        assert response.content == (Path(__file__).parent / "fake.py").read_bytes()
        assert response.headers["content-disposition"] == 'attachment; filename="fake.py"'
        assert response.headers["x-content-type-options"] == "nosniff"
        assert client.get("/original/n2").status_code == 404
        assert client.get("/original/..%2f..%2fetc%2fpasswd").status_code == 404


def test_a_clause_of_a_pdf_is_shown_in_its_box(pdf: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    sync([pdf], settings)
    service = Service(settings, folders=[pdf])
    [record] = service.notices()
    clause = next(one for one in service.clauses(record.id) if "96%" in one.text)
    with TestClient(create_app(service)) as client:
        response = client.get(f"/page-image/{record.id}/{clause.id}.png")
        assert response.headers["content-type"] == "image/png"
        assert client.get(f"/page-image/{record.id}/none.png").status_code == 404
    image = Image.open(io.BytesIO(response.content))
    assert max(image.size) == 1600
    assert clause.place is not None
    assert clause.place.box is not None
    scale = 1600 / 842
    left, top, _, bottom = clause.place.box
    inside = image.getpixel((round((left - 2) * scale), round((top + bottom) / 2 * scale)))
    assert inside != (255, 255, 255)
    assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_page_that_is_not_there_is_one_sentence(pdf: Path) -> None:
    with pytest.raises(UnreadableFile, match="PDF 没有第 7 页"):
        page_image(pdf / "公告.pdf", Place(page=7))


def test_a_file_outside_the_folder_is_not_given(tmp_path: Path) -> None:
    folder, outside = tmp_path / "corpus", tmp_path / "secret.txt"
    folder.mkdir()
    outside.write_text("一、机密内容不得外传。\n二、另一条内容。", encoding="utf-8")
    (folder / "a.txt").write_text("一、公开内容可以查阅。\n二、另一条内容。", encoding="utf-8")
    settings = Settings(home=tmp_path / "home")
    sync([folder], settings)
    service = Service(settings, folders=[folder])
    [record] = service.notices()
    assert service.original(record.id) == (folder / "a.txt").resolve()
    (folder / "a.txt").unlink()
    assert service.original(record.id) is None
    (folder / "a.txt").symlink_to(outside)
    assert service.original(record.id) is None
    assert service.original("none") is None


def test_who_must_sign_in_gets_no_file_before(tmp_path: Path) -> None:
    path = tmp_path / "users.txt"
    path.write_text(account_line("li", "pw"), encoding="utf-8")
    hosting = Hosting(accounts=Accounts.from_file(path))
    with TestClient(create_app(FakeBackend(), hosting=hosting)) as client:
        assert client.get("/original/n1").status_code == 401
        assert client.get("/page-image/n1/c2.png").status_code == 401
        client.post("/login", data={"username": "li", "password": "pw"})
        assert client.get("/original/n1").status_code == 200
