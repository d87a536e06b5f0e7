"""Word 97–2003 documents (.doc, and .wps of WPS): typed labels, tables as rows of cells."""

from __future__ import annotations

from scripts.formats.sample import Grid, Sample
from tests.ingest.doc_files import IN_TABLE, Paragraph, row_end
from tests.ingest.doc_files import doc as make_doc

_WIDTH = 9000  # of a table in twentieths of a point


def doc(sample: Sample) -> bytes:
    """A document; the parts of the file that are not read are left out."""
    paragraphs: list[Paragraph] = []
    for block in sample.blocks:
        if isinstance(block, Grid):
            columns = len(block.rows[0])
            edges = [_WIDTH * at // columns for at in range(columns + 1)]
            for at, row in enumerate(block.rows):
                paragraphs += [(f"{cell}\x07", IN_TABLE) for cell in row]
                paragraphs.append(("\x07", row_end(edges, header=at == 0)))
        else:
            paragraphs.append((f"{block.text}\r", b""))
    return make_doc(paragraphs)
