"""What a reader must know of how a question was read: words that were mended, and where was searched."""

from __future__ import annotations

from assistant.types import Understood
from assistant.vocabulary import Vocabulary
from index.reading import Reading


def notes_of(reading: Reading, understood: Understood, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Sentences for the reader, in order; none where the question was read as it stands and names a place."""
    notes = [f"问题里的“{replaced.said}”按“{replaced.read}”查找。" for replaced in reading.replaced]
    if not understood.filters.notices and not understood.unknown_places and len(vocabulary.records) > 1:
        regions = f"（{len(vocabulary.regions)}个地区）" if len(vocabulary.regions) > 1 else ""
        notes.append(f"问题没有写明地区或文件，已在全部{len(vocabulary.records)}份文件{regions}中查找。")
    return tuple(notes)
