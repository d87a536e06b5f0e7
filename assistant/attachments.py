"""In which attachment a clause stands, also where an attachment has one of its own (附件3附件)."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.notice import ATTACHED, Clause


def attachment_of(clause: Clause) -> str:
    """The label of the innermost attachment that a clause stands in (附件3附件); empty for the body."""
    return "".join(clause.path[: depth_of_attachment(clause)])


def depth_of_attachment(clause: Clause) -> int:
    """How many labels of a clause's path name attachments: 2 for 附件3/附件/二/5, 0 in the body."""
    length = 0
    while length < len(clause.path) and clause.path[length].startswith(ATTACHED):
        length += 1
    return length


def stands_in(clause: Clause, labels: Iterable[str]) -> bool:
    """True when a clause stands in one of the attachments with these labels, itself or further inside."""
    own = attachment_of(clause)
    return any(own == label or (own.startswith(label) and own[len(label)].isalpha()) for label in labels)
