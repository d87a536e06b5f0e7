"""A file of statute articles as the product's own notices: one notice for each statute."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from eval.errors import EvalError, refuse
from eval.jsonl import Record, read_records
from ingest.notice import Card, Clause, ClauseKind, Notice

FORMAT = "articles"


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its id in the file, its statute, its own label, its words, the headings above it, the
    outermost first, and the day (ISO) of the statute, if known."""

    id: str
    statute: str
    label: str
    text: str
    headings: tuple[str, ...] = ()
    date: str | None = None


def read_articles(path: Path) -> list[Article]:
    """The articles of a .jsonl or .jsonl.gz file in order: `id`, `title`, `text`, and where given `heads` and
    `date`. A title names the statute and, after its last blank, the article.

    :raises EvalError: naming every line that is no article, or when there is none.
    """
    articles: dict[str, Article] = {}
    faults: list[str] = []
    for record in read_records(path):
        article = _article(record)
        if article is None:
            faults.append(record.line.fault("应有 id、title 和 text"))
        elif article.id in articles:
            faults.append(record.line.fault(f"id {article.id} 重复"))
        else:
            articles[article.id] = article
    refuse(faults)
    if not articles:
        raise EvalError(f"{path} 里没有任何条文。")
    return list(articles.values())


def notices_of_articles(articles: Iterable[Article]) -> list[Notice]:
    """One notice for each statute, in the order in which they first come; each article one of its clauses.

    The notice's source is its articles' texts, one a line, and the clauses' spans point into it.
    """
    by_statute: dict[str, list[Article]] = {}
    for article in articles:
        by_statute.setdefault(article.statute, []).append(article)
    return [_notice(statute, members) for statute, members in by_statute.items()]


def _article(record: Record) -> Article | None:
    id_, title, text = (record.text_of(name) for name in ("id", "title", "text"))
    if not id_ or not title or text is None:
        return None
    statute, _, label = title.rpartition(" ")
    heads = record.values.get("heads") or ()
    return Article(
        id_, statute or label, label, text, tuple(str(head) for head in heads), record.text_of("date")
    )


def _notice(statute: str, articles: list[Article]) -> Notice:
    id_ = f"{FORMAT}-{_sha256(statute)[:16]}"
    starts = accumulate((len(article.text) + 1 for article in articles), initial=0)
    source = "\n".join(article.text for article in articles)
    return Notice(
        id=id_,
        name=statute,
        sha256=_sha256(source),
        format=FORMAT,
        card=Card(title=statute, issued=next((a.date for a in articles if a.date), None)),
        clauses=tuple(_clause(id_, *pair) for pair in zip(articles, starts, strict=False)),
        source=source,
    )


def _clause(notice_id: str, article: Article, start: int) -> Clause:
    return Clause(
        id=f"{notice_id}-{_sha256(article.id)[:16]}",
        path=(article.label,),
        label=article.label,
        cite=article.label,
        kind=ClauseKind.PARAGRAPH,
        heading=None,
        text=article.text,
        headings=article.headings,
        start=start,
        end=start + len(article.text),
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
