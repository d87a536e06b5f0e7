"""Tables of a .doc: what the mark at the end of a row says of how the row is drawn.

(MS-DOC 2.4.3 and 2.4.4, 2.9.317 TDefTableOperand, 2.9.314 TCGRF)
"""

from __future__ import annotations

from collections.abc import Mapping

from ingest.readers.doc_bytes import i16, u16
from ingest.readers.word_tables import Merge, RowShape

_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649
_DEFINITION, _HEADER, _VERTICAL = 0xD608, 0x3404, 0xD62B
_CELL = 20  # TC80
_MERGES = {1: Merge.CONTINUED, 3: Merge.FIRST}


def is_in_table(properties: Mapping[int, bytes]) -> bool:
    """Whether a paragraph stands in a table."""
    return properties.get(_IN_TABLE, b"\0")[:1] == b"\1" or properties.get(_DEPTH, b"\0")[:1] > b"\0"


def is_row_end(properties: Mapping[int, bytes]) -> bool:
    """Whether a paragraph is the mark at the end of a row."""
    return properties.get(_ROW_END, b"\0")[:1] == b"\1"


def row_shape(properties: Mapping[int, bytes]) -> RowShape:
    """Return how the row is drawn whose end mark has these properties."""
    header = properties.get(_HEADER, b"\0")[:1] == b"\1"
    definition = properties.get(_DEFINITION, b"")
    count = definition[0] if definition else 0
    if len(definition) < 1 + 2 * (count + 1):
        return RowShape(header=header)
    edges = [i16(definition, 1 + 2 * index) for index in range(count + 1)]
    flags = [_flags(definition, 1 + 2 * (count + 1) + _CELL * index) for index in range(count)]
    merges = [_MERGES.get(flag >> 5 & 3, Merge.NONE) for flag in flags]
    vertical = properties.get(_VERTICAL, b"")
    if len(vertical) == 2 and vertical[0] < count:  # set for one cell after the definition
        merges[vertical[0]] = _MERGES.get(vertical[1] & 3, Merge.NONE)
    joined = frozenset(index for index, flag in enumerate(flags) if flag & 3 in (2, 3))
    return RowShape(edges, merges, joined, header)


def _flags(definition: bytes, at: int) -> int:
    return u16(definition, at) if at + 2 <= len(definition) else 0
