"""The column titles of a table in a worksheet: how many of its rows hold them, and what stands among them.

Nothing in a workbook marks a header. Offices merge titles over their columns or leave the places beside them
empty, set a second and third line below, and write a first record between the titles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.columns import is_whole_title
from ingest.readers.sheet_strips import Spot, Strip

#: Longer words below a first line of titles are no title.
_TITLE_LENGTH = 40
#: Words that a place for a title does not hold, whatever stands below.
_TEXT_LENGTH = 60
#: A title over this many columns is divided by the next line whatever its words.
_WIDE = 3
_YEAR = re.compile(r"(?:19|20)\d{2}年.{0,4}")


def is_caption(strip: Strip, below: Strip | None) -> bool:
    """Whether a row of a label and what stands for it (地区 | 青川县 over the rest) is above the header: a
    title of the row below reaches from under one of its cells to under the other."""
    if below is None or below.gap or strip.covered or len(strip.spots) < 2 or len(below.spots) < 2:
        return False
    if any(spot.rowspan > 1 for spot in strip.spots) or not all(map(_is_title, below.spots)):
        return False
    return any(_crosses(spot, title) for spot in below.spots for title in strip.spots)


def _crosses(spot: Spot, title: Spot) -> bool:
    """Whether two cells have columns in common, and each has columns that the other has not."""
    left, right = sorted(((spot.column, spot.right), (title.column, title.right)))
    return left[0] < right[0] <= left[1] < right[1]


def is_over_columns(strip: Strip, below: Strip | None) -> bool:
    """Whether a lone cell is a title over some columns of the header below it, not over the first of them."""
    if below is None or below.gap or len(strip.spots) != 1 or strip.covered or len(below.spots) < 3:
        return False
    spot = strip.spots[0]
    return (
        len(_under(spot, below)) > 1
        and spot.column > below.spots[0].column
        and not re.search("单位|[：:]", spot.text)
    )


def is_over_text(strip: Strip, below: Strip | None) -> bool:
    """Whether a lone cell names one of several columns: below it stands the text of one of several cells."""
    if below is None or below.gap or len(strip.spots) != 1 or strip.covered or len(below.spots) < 2:
        return False
    long = [spot for spot in _under(strip.spots[0], below) if len(spot.text) > _TEXT_LENGTH]
    return len(long) == 1 and strip.spots[0].right <= long[0].right and _is_title(strip.spots[0])


def _under(title: Spot, below: Strip) -> list[Spot]:
    return [spot for spot in below.spots if title.column <= spot.column <= title.right]


def divided(strips: Sequence[Strip]) -> tuple[list[Strip], list[Strip]]:
    """(rows of column titles, rows below them) of a table.

    A record's cell among the titles of a later header line is moved into the first row that it reaches, or
    into a row of its own; no title reaches into the rows. There are no titles where the first row is a record
    that is merged with those below it.
    """
    count = _header_rows(strips)
    for at in range(1, count):
        beside = _beside(strips[at - 1], strips[at])
        for spot in strips[at - 1].spots:
            spot.right = max((spot.right, *beside.get(spot.column, ())))
    head, body = list(strips[:count]), list(strips[count:])
    moved: list[Spot] = []
    for at in range(1, count):
        texts = [spot for spot in head[at].spots if not _is_title(spot)]
        if texts:
            head[at] = replace(head[at], spots=[spot for spot in head[at].spots if spot not in texts])
            moved += texts
    reaching = [spot for spot in moved if spot.bottom >= body[0].row]
    for spot in reaching:
        spot.row = body[0].row
    if reaching:
        spots = sorted((*body[0].spots, *reaching), key=lambda spot: spot.column)
        body[0] = replace(body[0], spots=spots)
    alone = sorted((spot for spot in moved if spot not in reaching), key=lambda spot: spot.column)
    if alone:
        body.insert(0, Strip(alone[0].row, alone, covered=True))
    return head, body


def _header_rows(strips: Sequence[Strip]) -> int:
    first = strips[0]
    high = max(spot.rowspan for spot in first.spots)
    wide = any(spot.colspan > 1 for spot in first.spots) and len(first.spots) > 1
    if high > 1 and not wide:
        return 0  # merged as records are; by its words it may still be known for titles
    rows = high if wide else 1
    if is_over_columns(first, strips[1]) and all(map(_is_title, strips[1].spots)):
        rows = 2
    rows = min(rows, len(strips) - 1)
    while _goes_on(strips, rows):
        rows += 1
    return rows


def _goes_on(strips: Sequence[Strip], at: int) -> bool:
    """Whether a row below titles holds titles too."""
    if at >= len(strips) - 1 or strips[at].gap:
        return False
    return _divides(strips, at) or (_has_nested(strips, at) and _divides(strips, at + 1))


def _divides(strips: Sequence[Strip], at: int) -> bool:
    """Whether a row has titles, several of them and more than texts, each in a column that waits for one."""
    if at >= len(strips) - 1:
        return False
    strip = strips[at]
    titles = [spot for spot in strip.spots if _is_title(spot)]
    waiting = _waiting(strips, at)
    if len(titles) < 2 or len(titles) * 2 <= len(strip.spots):
        return False
    if not all(spot.column in waiting for spot in titles):
        return False
    wide = any(waiting[spot.column] >= _WIDE for spot in titles)
    words = all(is_whole_title(_bare(spot)) or _YEAR.fullmatch(_bare(spot)) for spot in titles)
    return wide or words or _fills_what_is_left(strips, at)


def _waiting(strips: Sequence[Strip], at: int) -> Mapping[int, int]:
    """Column → how many columns the title above it stands over, for the columns that wait for a title of
    their own at a row: those below a title over several, and those that have none."""
    waiting = dict.fromkeys({spot.column for strip in strips for spot in strip.spots}, 1)
    for strip in strips[:at]:
        for spot in strip.spots:
            columns = [column for column in waiting if spot.column <= column <= spot.right]
            for column in columns:
                if spot.colspan > 1:
                    waiting[column] = spot.colspan
                else:
                    del waiting[column]
    for title, beside in _beside(strips[at - 1], strips[at]).items():
        if all(column in waiting for column in beside):
            waiting[title] = 1 + len(beside)
    return waiting


def _beside(strip: Strip, below: Strip) -> Mapping[int, Sequence[int]]:
    """Column of a title → the columns beside it that have no title, where the row below has titles for it and
    for those: hasty workbooks set a title of several columns over the first and do not merge."""
    starts = [spot.column for spot in strip.spots]
    titles = [spot.column for spot in below.spots if _is_title(spot)]
    found: dict[int, list[int]] = {}
    for spot in strip.spots:
        following = min((column for column in starts if column > spot.column), default=None)
        if spot.colspan == 1 and spot.column in titles:
            beside = [c for c in titles if c > spot.right and (following is None or c < following)]
            found.update({spot.column: beside} if beside else {})
    return found


def _fills_what_is_left(strips: Sequence[Strip], at: int) -> bool:
    """Whether the row below has cells where a row has none, as records have below the titles' last line."""
    taken = {spot.column for spot in strips[at].spots}
    return any(spot.column not in taken for spot in strips[at + 1].spots)


def _has_nested(strips: Sequence[Strip], at: int) -> bool:
    """Whether a row of titles has one over several columns that stands below one over more of them."""
    strip = strips[at]
    if not all(map(_is_title, strip.spots)):
        return False
    wide = [title for above in strips[:at] for title in above.spots if title.colspan >= _WIDE]
    return any(
        1 < spot.colspan < title.colspan and title.column <= spot.column and spot.right <= title.right
        for spot in strip.spots
        for title in wide
    )


def _is_title(spot: Spot) -> bool:
    words = _bare(spot)
    return len(words) <= _TITLE_LENGTH and not re.search(r"[。；;]|^[\d.,%％]+$", words)


def _bare(spot: Spot) -> str:
    return "".join(spot.text.split())
