"""Numbers and property lists in the streams of old Word (MS-DOC)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from struct import unpack_from

# Sizes of operands by the top three bits of a property's code; 6 means: the first byte says. (2.2.5.1, Sprm)
_SIZES = (1, 1, 2, 4, 2, 2, None, 3)
_TABLE_DEFINITION = 0xD608  # its size takes two bytes and counts one too many (2.9.317)
_TAB_CHANGES = 0xC615  # its size byte may be 255, for "count the parts" (2.9.181)


def u16(data: bytes, at: int) -> int:
    """Return the unsigned 16-bit number at `at`. :raises struct.error: beyond the end."""
    return int(unpack_from("<H", data, at)[0])


def i16(data: bytes, at: int) -> int:
    """Return the signed 16-bit number at `at`. :raises struct.error: beyond the end."""
    return int(unpack_from("<h", data, at)[0])


def u32(data: bytes, at: int) -> int:
    """Return the unsigned 32-bit number at `at`. :raises struct.error: beyond the end."""
    return int(unpack_from("<I", data, at)[0])


def u32s(data: bytes, at: int, count: int) -> tuple[int, ...]:
    """Return `count` unsigned 32-bit numbers from `at`. :raises struct.error: beyond the end."""
    return unpack_from(f"<{count}I", data, at)


def properties(grpprl: bytes) -> Mapping[int, bytes]:
    """Return the property list as operands by code (sprm); the last of one code counts. (2.2.5)

    A list that breaks off gives what stands before the break.
    """
    return dict(_properties(grpprl))


def _properties(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(grpprl):
        code = u16(grpprl, at)
        at += 2
        size = _SIZES[code >> 13]
        if size is None:
            if code == _TABLE_DEFINITION:
                if at + 2 > len(grpprl):
                    return
                size, at = u16(grpprl, at) - 1, at + 2
            else:
                size, at = grpprl[at], at + 1
                if code == _TAB_CHANGES and size == 255:
                    return
        if size < 0:
            return
        yield code, grpprl[at : at + size]
        at += size
