"""Physical lines of a decoded text, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What may be trimmed from the ends of a line: everything Unicode calls white space (among it U+00A0 and
# U+3000, with which notices indent), byte order marks inside a file, and zero-width characters that web
# pages leave.
BLANK = (
    "\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)

#: What ends a line. (str.splitlines)
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
#: A line without the blanks at its ends; blank lines do not match.
PRINTED_LINE = re.compile(rf"[^{re.escape(BLANK)}](?:[^{_LINE_ENDS}]*[^{re.escape(BLANK)}])?")


def physical_lines(source: str) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each line in order, without its line end; blank lines included."""
    start = 0
    for line in source.splitlines(keepends=True):
        end = start + len(line)
        yield start, end - (len(line) - len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")))
        start = end


def trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without blanks at both ends; `start == end` if nothing is left."""
    # By index and not by str.strip: a caller that takes off tag after tag must not copy the rest each time.
    while start < end and source[start] in BLANK:
        start += 1
    while start < end and source[end - 1] in BLANK:
        end -= 1
    return start, end
