"""Chunks by length with BM25, as most people begin: LangChain's splitter and rank_bm25.

This is the one baseline that by its nature lies beside the product's index: what it searches are no clauses.
It has no filters, no vectors and no answers; a chunk counts for a question when it holds the evidence's
words.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from eval.beir import BeirDocument
from eval.errors import EvalError
from index.tokens import tokens

#: Where a text is cut if possible, best first: LangChain's own list, with the stops of Chinese before blanks.
SEPARATORS = ["\n\n", "\n", "。", "；", "，", " ", ""]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a source: `source` names it, `start` and `end` are offsets into its text."""

    source: str
    text: str
    start: int
    end: int


#: Query and limit → chunks with scores, best first.
ChunkSearch = Callable[[str, int], list[tuple[Chunk, float]]]


def check_installed() -> None:
    """:raises EvalError: with the command that installs what this baseline needs."""
    missing = [name for name in ("langchain_text_splitters", "rank_bm25") if find_spec(name) is None]
    if missing:
        raise EvalError(
            f"没有安装 {'、'.join(missing)}，无法运行这个基线。请运行：pip install 'tiaowen[eval]'"
        )


def chunks_of(texts: Iterable[tuple[str, str]], *, size: int, overlap: int) -> list[Chunk]:
    """The chunks of (source, text) pairs in order, of at most `size` characters, `overlap` of them shared."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415 - an extra

    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS,
        chunk_size=size,
        chunk_overlap=overlap,
        add_start_index=True,
        keep_separator="end",
    )
    chunks: list[Chunk] = []
    for source, text in texts:
        for document in splitter.create_documents([text]):
            start = int(document.metadata["start_index"])
            chunks.append(Chunk(source, document.page_content, start, start + len(document.page_content)))
    return chunks


def searching(chunks: Sequence[Chunk]) -> ChunkSearch:
    """A BM25 search (Okapi, the library's defaults) over the product's words; ties by place.

    Chunks that share no word with the query are not found.
    """
    from rank_bm25 import BM25Okapi  # noqa: PLC0415 - an extra

    model = BM25Okapi([tokens(chunk.text) or [""] for chunk in chunks])

    def search(query: str, limit: int) -> list[tuple[Chunk, float]]:
        scores = model.get_scores(tokens(query))
        found = ((float(score), -place) for place, score in enumerate(scores) if score != 0)
        return [(chunks[-place], score) for score, place in heapq.nlargest(limit, found)]

    return search


def text_of(document: BeirDocument) -> str:
    """What is cut of a BEIR document: its title and its text."""
    return f"{document.title}\n{document.text}" if document.title else document.text
