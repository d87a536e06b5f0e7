r"""Rich Text Format (.rtf): paragraphs, tables and the labels that the editor generated.

A reader of its own: striprtf, the well-kept library, fails on a Chinese character whose second byte is
written as a letter, prints cells apart by bars, and drops merges. (Rich Text Format 1.9.1)

The labels of lists stand in the file as text (\listtext), for readers that count no lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from ingest.document import Block, Document, Line
from ingest.errors import UnreadableFile
from ingest.readers.fields import circled, is_contents
from ingest.readers.lines import BLANK
from ingest.readers.numbering import before_text
from ingest.readers.rtf_text import SYMBOLS, charset_codec, decoded, page_codec
from ingest.readers.symbols import symbol
from ingest.readers.word_tables import Merge, RowShape, TableUnderWay
from ingest.rendering import render

_TOKEN = re.compile(
    rb"(?P<hex>(?:\\'[0-9a-fA-F]{2}){1,4096})"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?\ ?"
    rb"|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|[\r\n\0]+"
    rb"|(?P<plain>[^\\{}\r\n\0]+)"
    rb"|\\$",
    re.DOTALL,
)
# A character of text is up to two tokens; each takes some microseconds to read.
_MAX_TOKENS = 1_500_000
_CELL_COST = 6  # of a cell, in tokens
_MAX_DEPTH = 1000
_MAX_CELLS = 1000

# Groups that hold no text of the document. Those that begin with \* are passed over too, but for a few.
_PASSED: frozenset[str] = frozenset(
    {"colortbl", "stylesheet", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl"}
    | {
        "footerr",
        "footerf",
        "footnote",
        "annotation",
        "nonshppict",
        "nonesttables",
        "shprslt",
        "xe",
        "tc",
    }
    | {"txe", "rxe", "objdata", "objclass", "filetbl", "listtables", "revtbl", "private", "comment"}
)
_STARRED = frozenset({"fldinst", "shppict", "moMath", "mmath", "ud"})
_LABELS = frozenset({"listtext", "pntext"})
_PROPERTIES = {"title": "title", "author": "creator"}
_SIGNS: Mapping[bytes, str] = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
_WORDS: Mapping[str, str] = {
    **{"tab": "\t", "line": "\n", "column": "\n", "emdash": "—", "endash": "–", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005"},
}


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces. `sink` is where text goes: "" is the document, None is nowhere."""

    sink: str | None = ""
    hidden: bool = False
    font: int = -1
    skipped: int = 1  # characters that stand for a \u in old programs
    contents: bool = False  # of a field whose result is a table of contents
    in_table: bool = False


def read_rtf(path: Path, data: bytes, name: str) -> Document:
    """Return the document in a Rich Text Format file; `metadata` holds its `title` and `creator`.

    :raises UnreadableFile: If it has too many marks or too deep groups.
    """
    reader = _Reader(path)
    blocks = list(reader.blocks(data))
    found = {key: _whole(reader.gathered.get(sink, ())).strip() for sink, key in _PROPERTIES.items()}
    metadata = MappingProxyType({key: value for key, value in found.items() if value})
    return render(blocks, name=name, format="rtf", encoding=reader.codec, metadata=metadata)


def _whole(parts: Iterable[str]) -> str:
    """The parts together; \\u writes a character beyond 16 bits as two."""
    return "".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@dataclass(slots=True)
class _Row:
    """The definition of the row under way."""

    edges: list[int] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    joined: set[int] = field(default_factory=set)
    header: bool = False
    merge: Merge = Merge.NONE

    def shape(self) -> RowShape:
        edges = [min(self.edges[0] - 1, 0), *self.edges] if self.edges else []
        return RowShape(edges, tuple(self.merges), frozenset(self.joined), self.header)


class _Reader:
    """Goes through the tokens of a file once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.codec = "cp1252"
        self.gathered: dict[str, list[str]] = {}
        self._group = _Group()
        self._outer: list[_Group] = []
        self._fonts: dict[int, str | None] = {}
        self._names: dict[int, str] = {}
        self._font = -1  # that the font table is at
        self._bytes = bytearray()
        self._text: list[str] = []
        self._starred = False
        self._skip = 0
        self._table = TableUnderWay()
        self._row = _Row()

    def blocks(self, data: bytes) -> Iterator[Block]:
        """Yield lines and tables in reading order."""
        at, tokens = 0, 0
        while at < len(data):
            found = _TOKEN.match(data, at)
            if found is None:  # never: every byte begins a token
                break
            at, tokens = found.end(), tokens + (_CELL_COST if found["word"] == b"cell" else 1)
            if tokens > _MAX_TOKENS:
                raise UnreadableFile(self._path, "文件的标记过多，没有读取。请拆分或另存为 docx 后再放入。")
            word = found["word"]
            if word == b"bin":
                at += max(int(found["number"] or 0), 0)
            elif word is not None:
                number = int(found["number"]) if found["number"] else None
                yield from self._word(word.decode("ascii"), number)
            elif found["brace"] is not None:
                self._brace(found["brace"])
            elif found["sign"] is not None:
                yield from self._sign(found["sign"])
            elif found["hex"] is not None:
                self._add_bytes(bytes.fromhex(found["hex"].replace(b"\\'", b"").decode("ascii")))
            elif found["plain"] is not None:
                self._add_bytes(found["plain"])
        yield from self._end_paragraph(ends_cell=False)
        yield from self._table.close()

    # -- groups ---------------------------------------------------------------------------------------------

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip = 0
        if brace == b"{":
            if len(self._outer) >= _MAX_DEPTH:
                raise UnreadableFile(self._path, "文件的嵌套过深，没有读取。请另存为 docx 后再放入。")
            self._outer.append(self._group)
        elif self._outer:
            inner, self._group = self._group, self._outer.pop()
            if inner.sink != self._group.sink:
                self._end_destination(inner.sink)
        self._starred = False

    def _begin_destination(self, word: str) -> bool:
        """Take `word` as the first of a group that is no text of the document, if it is one."""
        if self._group.sink is None:
            return True
        if word in _LABELS or word == "fldinst" or (word in _PROPERTIES and self._group.sink == "info"):
            self._group = replace(self._group, sink=word)
            self.gathered[word] = []
        elif word in ("info", "fonttbl"):
            self._group = replace(self._group, sink=word)
        elif self._is_passed(word):
            self._group = replace(self._group, sink=None)
        else:
            return False
        return True

    def _is_passed(self, word: str) -> bool:
        if word == "fldrslt":
            return self._group.contents
        return word in _PASSED or (self._starred and word not in _STARRED)

    def _end_destination(self, sink: str | None) -> None:
        if sink in _LABELS:
            self._add_text(before_text("".join(self.gathered.pop(sink, ()))))
        elif sink == "fldinst":
            code = "".join(self.gathered.pop(sink, ()))
            self._add_text(circled(code))
            self._group = replace(self._group, contents=is_contents(code))

    # -- words ----------------------------------------------------------------------------------------------

    def _sign(self, sign: bytes) -> Iterator[Block]:
        if sign == b"*":
            self._starred = True
        elif sign in b"\r\n":
            yield from self._word("par", None)
        elif sign in _SIGNS:
            self._flush()
            self._add_text(_SIGNS[sign])

    def _word(self, word: str, number: int | None) -> Iterator[Block]:
        if word == "u":
            self._unicode(number or 0)
            return
        self._flush()
        self._skip = 0
        if self._group.sink == "fonttbl":
            self._font_table(word, number)
            return
        if self._begin_destination(word):
            return
        self._starred = False
        if word in _WORDS:
            self._add_text(_WORDS[word])
        elif word in _ENDS:
            if self._group.sink == "":
                yield from self._end(word)
        elif word in _SETTINGS:
            _SETTINGS[word](self, number)

    def _unicode(self, number: int) -> None:
        self._flush()
        self._starred = False
        unit = number % 0x10000
        self._add_text(chr(unit) if unit else "")
        self._skip = self._group.skipped

    def _font_table(self, word: str, number: int | None) -> None:
        if word == "f":
            self._font = number or 0
            self._names[self._font] = ""
        elif word == "fcharset":
            self._fonts[self._font] = charset_codec(number or 0)

    # -- text -----------------------------------------------------------------------------------------------

    def _add_bytes(self, data: bytes) -> None:
        if self._skip:
            passed = min(self._skip, len(data))
            self._skip -= passed
            data = data[passed:]
        self._starred = False
        if data and self._group.sink is not None:
            self._bytes += data

    def _flush(self) -> None:
        """Turn the bytes since the last mark into text: a character may be two bytes, written apart."""
        if self._bytes:
            stored, codec = bytes(self._bytes), self._fonts.get(self._group.font)
            self._bytes.clear()
            if codec == SYMBOLS:
                name = self._names.get(self._group.font, "")
                self._add_text("".join(symbol(name, f"f0{byte:02x}") for byte in stored))
            else:
                self._add_text(decoded(stored, codec, self.codec))

    def _add_text(self, text: str) -> None:
        sink = self._group.sink
        if not text or sink is None or self._group.hidden:
            return
        if sink == "fonttbl":
            self._names[self._font] = (self._names.get(self._font, "") + text).rstrip(";")[:80]
        elif sink:
            self.gathered.setdefault(sink, []).append(text)
        else:
            self._text.append(text)

    def _end(self, word: str) -> Iterator[Block]:
        """End a paragraph, a cell or a row."""
        if word in ("row", "nestrow"):
            if word == "row":
                yield from self._end_paragraph(ends_cell=False)
                self._table.end_row(self._row.shape())
            return
        yield from self._end_paragraph(ends_cell=word == "cell")

    def _end_paragraph(self, *, ends_cell: bool) -> Iterator[Block]:
        self._flush()
        text = _whole(self._text)
        self._text.clear()
        lines = [Line(line, 0) for line in (part.strip(BLANK) for part in text.split("\n")) if line]
        if ends_cell or (self._group.in_table and (lines or self._table.is_open)):
            self._table.add(lines, ends_cell=ends_cell)
            return
        if self._table.is_open and (lines or not self._group.in_table):
            yield from self._table.close()
        yield from lines

    # -- settings -------------------------------------------------------------------------------------------

    def set_codec(self, number: int | None) -> None:
        self.codec = page_codec(number or 1252)

    def set_font(self, number: int | None) -> None:
        self._group = replace(self._group, font=number or 0)

    def set_skipped(self, number: int | None) -> None:
        self._group = replace(self._group, skipped=min(max(1 if number is None else number, 0), 100))

    def set_hidden(self, number: int | None) -> None:
        self._group = replace(self._group, hidden=number != 0)

    def set_plain(self, _: int | None) -> None:
        self._group = replace(self._group, hidden=False)

    def set_paragraph(self, _: int | None) -> None:
        self._group = replace(self._group, in_table=False)

    def set_in_table(self, number: int | None) -> None:
        self._group = replace(self._group, in_table=number != 0)

    def set_row(self, _: int | None) -> None:
        self._row = _Row()

    def set_header(self, _: int | None) -> None:
        self._row.header = True

    def set_merge(self, merge: Merge) -> None:
        self._row.merge = merge

    def set_joined(self, _: int | None) -> None:
        self._row.joined.add(len(self._row.edges))

    def set_edge(self, number: int | None) -> None:
        if len(self._row.edges) < _MAX_CELLS:
            self._row.edges.append(number or 0)
            self._row.merges.append(self._row.merge)
        self._row.merge = Merge.NONE


_ENDS = frozenset({"par", "sect", "page", "cell", "row", "nestcell", "nestrow"})
_SETTINGS: Mapping[str, Callable[[_Reader, int | None], None]] = {
    "ansicpg": _Reader.set_codec,
    "f": _Reader.set_font,
    "uc": _Reader.set_skipped,
    "v": _Reader.set_hidden,
    "deleted": _Reader.set_hidden,
    "plain": _Reader.set_plain,
    "pard": _Reader.set_paragraph,
    "intbl": _Reader.set_in_table,
    "itap": _Reader.set_in_table,
    "trowd": _Reader.set_row,
    "trhdr": _Reader.set_header,
    "clvmgf": lambda reader, _: reader.set_merge(Merge.FIRST),
    "clvmrg": lambda reader, _: reader.set_merge(Merge.CONTINUED),
    "clmrg": _Reader.set_joined,
    "cellx": _Reader.set_edge,
}
