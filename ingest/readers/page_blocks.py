"""Pages of glyphs and ruled lines → blocks of the document; the same for a text layer and for OCR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.document import Block
from ingest.readers.page_items import PageItems, TextLine
from ingest.readers.page_tables import LongTable, begun, extend, finished, goes_on
from ingest.readers.paragraphs import paragraphs
from ingest.readers.ruled_tables import RuledTable, ruled_tables
from ingest.readers.running_heads import running_heads
from ingest.readers.text_columns import in_reading_order, printed_lines, with_usual_edges

_Item = TextLine | RuledTable


def page_blocks(pages: Sequence[PageItems]) -> tuple[list[Block], list[str]]:
    """(paragraphs and tables in reading order, running heads and page numbers that were left out)."""
    read = [ruled_tables(page) for page in pages]
    printed = [printed_lines(page, glyphs) for page, (_, glyphs) in zip(pages, read, strict=True)]
    texts = [[line.text for line in lines] for lines in printed]
    running = running_heads(texts, [page.height for page in pages])
    ordered = [
        in_reading_order([line for line in lines if id(line.text) not in running]) for lines in printed
    ]
    settled = with_usual_edges(ordered, [page.width for page in pages])
    items = [_in_order(tables, lines) for (tables, _), lines in zip(read, settled, strict=True)]
    dropped = [line.text for lines in texts for line in lines if id(line) in running]
    return list(_blocks(items)), dropped


def _in_order(tables: Sequence[RuledTable], lines: Sequence[TextLine]) -> list[_Item]:
    """The tables of a page put between its lines: before the first line that stands below."""
    items: list[_Item] = list(lines)
    for table in tables:
        at = next(
            (i for i, item in enumerate(items) if item.box[1] >= table.box[1] and _beside(item, table)),
            len(items),
        )
        items.insert(at, table)
    return items


def _beside(item: _Item, table: RuledTable) -> bool:
    return item.box[0] < table.box[2] and item.box[2] > table.box[0]


def _blocks(pages: Sequence[Sequence[_Item]]) -> Iterator[Block]:
    lines: list[TextLine] = []
    long: LongTable | None = None
    for items in pages:
        for at, item in enumerate(items):
            if isinstance(item, TextLine):
                if long is not None:
                    yield from finished(long)
                    long = None
                lines.append(item)
                continue
            yield from paragraphs(lines)
            lines = []
            if long is not None and at == 0 and goes_on(long, item):
                extend(long, item)
                continue
            if long is not None:
                yield from finished(long)
            long = begun(item)
    if long is not None:
        yield from finished(long)
    yield from paragraphs(lines)
