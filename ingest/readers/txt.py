"""Plain text: one `Line` for each physical line that is not blank."""

from __future__ import annotations

from pathlib import Path

from ingest.decoding import decode
from ingest.document import Document, Line
from ingest.readers.lines import PRINTED_LINE


def read_txt(path: Path, data: bytes, name: str) -> Document:
    """Return the document of a plain text file.

    Every character that is not blank lies in exactly one line; `line.text == source[line.start:line.end]`.
    Nothing is normalised: private-use characters, half-width punctuation and odd spaces stay.

    :raises UnreadableFile: If the bytes are no text in a known encoding.
    """
    decoded = decode(path, data)
    source = decoded.text
    lines = tuple(
        Line(found.group(), i, found.start(), found.end())
        for i, found in enumerate(PRINTED_LINE.finditer(source))
    )
    return Document(name, source, lines, decoded.encoding, "txt")
