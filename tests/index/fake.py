"""Invented notices, a reader that counts what it reads, and a model whose vectors can be predicted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from langchain_core.embeddings import Embeddings

from index.settings import Settings
from index.store import Index, open_index
from index.sync import sync
from index.types import SyncReport
from ingest.errors import UnreadableFile, UnsupportedFormat
from ingest.notice import Attachment, Card, Clause, ClauseKind, Notice

#: What the fake model counts, unless told otherwise.
SIGNS = "水气土林路桥校医"


class SignCounts(Embeddings):
    """A text's vector counts some characters in it, so that one can tell what is near by reading; `embedded`
    lists the passages."""

    def __init__(self, signs: str = SIGNS) -> None:
        self.signs = signs
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(text.count(sign)) for sign in self.signs]


class LineReader:
    """A notice of a text file: its first line is the title, each other line a clause; `read` lists the names.

    A line `# …` is a bare title line, `附件1|列=值|列=值` a row of that attachment; a head line
    `@地区 机关 年-年` after the title fills the card. A file `*.bad` cannot be read, `*.bin` has no reader.
    """

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, path: Path, name: str) -> Notice:
        self.read.append(name)
        if path.suffix == ".bad":
            raise UnreadableFile(path, "第 3 个字节不是文字")
        if path.suffix == ".bin":
            raise UnsupportedFormat(path, "还不支持 .bin 格式")
        data = path.read_bytes()
        return notice(name, data.decode(), hashlib.sha256(data).hexdigest())


def notice(name: str, source: str, sha256: str = "0" * 64) -> Notice:
    """The notice that `LineReader` makes of this text."""
    title, *lines = source.splitlines()
    card = Card(title=title)
    if lines and lines[0].startswith("@"):
        card = _card(title, lines.pop(0)[1:])
    notice_id = hashlib.sha256(f"{name}\0{sha256}".encode()).hexdigest()[:12]
    clauses = tuple(_clause(f"{notice_id}-{i}", i, line, source) for i, line in enumerate(lines, start=1))
    return Notice(notice_id, name, sha256, "txt", card, clauses, source, remarks=("样例",))


def _card(title: str, line: str) -> Card:
    region, issuer, years = line.split()
    first, last = (int(year) for year in years.split("-"))
    return Card(
        title=title,
        issuer=issuer,
        region=region,
        issued=f"{first}-03-04",
        period=(first, last),
        attachments=(Attachment("附件1", "任务分解表"),),
    )


def _clause(clause_id: str, number: int, line: str, source: str) -> Clause:
    start = source.index(line)
    place = {"start": start, "end": start + len(line)}
    if line.startswith("#"):
        text = line[1:].strip()
        return Clause(
            clause_id, (str(number),), str(number), str(number), ClauseKind.HEADING, text, text, **place
        )
    if "|" in line:
        attachment, *cells = line.split("|")
        fields = dict(cell.split("=", 1) for cell in cells)
        text = "\n".join(fields.values())
        return Clause(
            clause_id,
            (attachment, str(number)),
            str(number),
            f"{attachment}#{number}",
            ClauseKind.ROW,
            None,
            text,
            headings=("任务分解表",),
            fields=fields,
            **place,
        )
    return Clause(
        clause_id, (f"（{number}）",), f"（{number}）", f"（{number}）", ClauseKind.ITEM, None, line, **place
    )


#: Three notices of two invented cities.
WATER = """\
云湖市治水方案
@云湖市 云湖市人民政府 2020-2022
# 总体要求
到2021年，饮用水水源地水质达标率保持100%。
新建污水管网35公里。
附件1|任务=修复林地|牵头单位=市林业局
"""
AIR = """\
云湖市治气方案
@云湖市 云湖市生态环境局 2023-2025
燃煤锅炉全部淘汰，废气治理项目40个。
新建桥梁2座。
"""
SCHOOL = """\
望津市学校建设计划
@望津市 望津市教育局 2022-2022
新建学校6所，校医配备率达到95%。
附件1|任务=学校供水改造|牵头单位=市水务局
"""


class Corpus:
    """A corpus folder, an index home beside it, and a sync of the one into the other with the fakes."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "corpus"
        self.folder.mkdir()
        self.settings = Settings(home=base / "home", model="sign-counts")
        self.reader = LineReader()
        self.model = SignCounts()

    def write(self, name: str, text: str) -> Path:
        """Write a corpus file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def sync(
        self,
        *folders: Path,
        rebuild: bool = False,
        read: Callable[[Path, str], Notice] | None = None,
        settings: Settings | None = None,
    ) -> SyncReport:
        """Sync these folders, or the corpus folder."""
        return sync(
            folders or [self.folder],
            settings or self.settings,
            embeddings=self.model,
            rebuild=rebuild,
            read=read or self.reader,
        )

    def open(self) -> Index:
        """The index."""
        return open_index(self.settings, embeddings=self.model)

    def found(self, query: str, k: int = 20) -> list[str]:
        """The addresses that a search gives, `file cite`, best first."""
        return [f"{hit.notice.name} {hit.clause.cite}" for hit in self.open().search(query, k)]
