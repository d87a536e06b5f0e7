"""What the reading pane shows: the notice, its clauses, and what the corpus knows around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.wording import comparable
from index.types import NoticeRecord
from ingest.notice import Audit, Clause

_TITLE = re.compile(r"《(.+)》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}〔\d{4}〕\d+号")


@dataclass(frozen=True, slots=True)
class Opened:
    """A notice that is read; `held` are the cited documents that lie in the corpus, by how they are cited."""

    record: NoticeRecord
    clauses: Sequence[Clause]
    audit: Audit | None = None
    held: Mapping[str, NoticeRecord] = field(default_factory=dict)


def held_documents(cited: Iterable[str], records: Sequence[NoticeRecord]) -> dict[str, NoticeRecord]:
    """Which of the `cited` documents are in the corpus: by their number, else by their whole title."""
    by_number = {comparable(r.card.doc_number): r for r in reversed(records) if r.card.doc_number}
    by_title = {
        comparable(title.strip("《》")): record
        for record in reversed(records)
        for title in (record.card.title, record.card.notice_title)
        if title
    }
    found = {}
    for name in cited:
        number, title = _NUMBER.search(name), _TITLE.search(name)
        record = by_number.get(comparable(number[0])) if number else None
        if record is None and title is not None:
            record = by_title.get(comparable(title[1]))
        if record is not None:
            found[name] = record
    return found
