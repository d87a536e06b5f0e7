"""The JSON lines that other programs read: one clause or one answer a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.explanation_lines import explanation_line
from ingest.notice import Card, Clause, Notice

if TYPE_CHECKING:  # what prints a file's clauses need not load what searches an index
    from assistant.explanation import Explanation
    from assistant.types import Answer, Chip, Citation, Deadline, Understood
    from index.types import Hit, LedgerEntry, SyncReport


def clause_line(file: str, clause: Clause) -> dict[str, Any]:
    """A clause as `clauses --json` prints it."""
    return {
        "file": file,
        "path": list(clause.path),
        "label": clause.label,
        "cite": clause.cite,
        "kind": clause.kind.value,
        "heading": clause.heading,
        "text": clause.text,
        **_span(clause),
        "fields": dict(clause.fields) if clause.fields is not None else None,
    }


def card_line(file: str, card: Card) -> dict[str, Any]:
    """A card as `card --json` prints it: null where the notice does not say it."""
    return {"file": file, **asdict(card)}


def audit_line(file: str, notice: Notice) -> dict[str, Any]:
    """An audit as `clauses --audit --json` prints it: counts of characters, and what was set apart."""
    audit = notice.audit
    return {
        "file": file,
        "total": audit.total,
        "in_clauses": audit.in_clauses,
        "in_card": audit.in_card,
        "in_furniture": audit.in_furniture,
        "share": round(audit.share, 6),
        "furniture": [asdict(stretch) for stretch in audit.furniture],
        "lost": [asdict(stretch) for stretch in audit.lost],
        "twice": [asdict(stretch) for stretch in audit.twice],
    }


def _span(clause: Clause) -> dict[str, Any]:
    """Offsets into the file's text; null for formats without such offsets, which give their place instead."""
    if clause.place is None:
        return {"start": clause.start, "end": clause.end}
    place = {name: value for name, value in asdict(clause.place).items() if value is not None}
    return {"start": None, "end": None, **place}


def answer_line(
    question_id: str | int | None, answer: Answer, explanations: Sequence[Explanation] = ()
) -> dict[str, Any]:
    """An answer as `ask --json` prints it; `id` is null for a question given on the command line.

    With `explanations`, one for each retrieved clause in order, each of these has its `explanation`.
    """
    return {
        "id": question_id,
        "answer": answer.plain,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 4),
        "citations": [_citation(c) for c in answer.citations],
        "retrieved": _retrieved(answer, explanations),
        "understood": understood_line(answer.understood),
    }


def _retrieved(answer: Answer, explanations: Sequence[Explanation]) -> list[dict[str, Any]]:
    lines = [hit_line(hit) for hit in answer.retrieved]
    for line, explanation in zip(lines, explanations, strict=False):
        line["explanation"] = explanation_line(explanation)
    return lines


def refused_line(question_id: str | int | None, turns: Sequence[str], sentence: str) -> dict[str, Any]:
    """The line for an entry that is no question: an abstention that says why, so that no line is missing."""
    return {
        "id": question_id,
        "answer": sentence,
        "abstained": True,
        "confidence": 0.0,
        "citations": [],
        "retrieved": [],
        "understood": {"question": turns[-1], "refused": sentence},
    }


def target_line(entry: LedgerEntry) -> dict[str, Any]:
    """A target as `targets --json` prints it; `value` is null where it only follows another (`sync`)."""
    target, value = entry.target, entry.target.value
    return {
        "file": entry.notice.name,
        "notice": entry.notice.card.title,
        "region": entry.notice.card.region,
        "indicator": target.indicator,
        "comparator": target.comparator.value,
        "value": list(value) if isinstance(value, tuple) else value,
        "unit": target.unit,
        "text": target.text,
        "year": target.year,
        "base_year": target.base_year,
        "responsible": list(target.responsible),
        "path": list(entry.clause.path),
        "cite": entry.clause.cite,
        "quote": target.quote,
    }


def report_line(report: SyncReport) -> dict[str, Any]:
    """A sync report as `sync --json` prints it."""
    return {
        "added": list(report.added),
        "changed": list(report.changed),
        "removed": list(report.removed),
        "unchanged": report.unchanged,
        "read": report.read,
        "failed": [{"file": fault.name, "reason": fault.reason} for fault in report.failed],
        "unsupported": [{"file": fault.name, "reason": fault.reason} for fault in report.unsupported],
        "doubtful": [{"file": fault.name, "reason": fault.reason} for fault in report.doubtful],
        "clauses": report.clauses,
        "seconds": round(report.seconds, 2),
    }


def understood_line(understood: Understood) -> dict[str, Any]:
    """What the question was taken for, for people and programs."""
    filters = understood.filters
    return {
        "question": understood.question,
        "query": understood.query,
        "kind": understood.kind.value,
        "regions": [scope.name for scope in understood.scopes],
        "years": list(understood.years),
        "deadline": deadline_line(understood.deadline),
        "attachments": sorted(filters.attachments | {label for _, label in understood.hinted}),
        "units": list(understood.units),
        "role": understood.role.value if understood.role else None,
        "address": understood.address.text.strip() if understood.address else None,
        "carried": list(understood.carried),
        "chips": [chip_line(chip) for chip in understood.chips],
        "unknown_places": list(understood.unknown_places),
        "notes": list(understood.notes),
    }


def deadline_line(deadline: Deadline | None) -> dict[str, Any] | None:
    """The deadline that is listed by; `by` tells by then from in exactly that year or month."""
    return None if deadline is None else asdict(deadline)


def chip_line(chip: Chip) -> dict[str, Any]:
    """A chip for programs: `id` goes into `struck` to ask again without it."""
    return {
        "id": chip.id,
        "kind": chip.kind.value,
        "value": chip.value,
        "label": chip.label,
        "carried": chip.carried,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    clause = citation.clause
    return {
        "file": citation.file,
        "notice": citation.title,
        "path": list(clause.path),
        "label": clause.label,
        "cite": clause.cite,
        "quote": citation.quote,
        "text": clause.text,
        **_span(clause),
    }


def hit_line(hit: Hit) -> dict[str, Any]:
    """A retrieved clause as `ask --json` prints it."""
    clause = hit.clause
    return {
        "file": hit.notice.name,
        "notice": hit.notice.card.title,
        "path": list(clause.path),
        "label": clause.label,
        "cite": clause.cite,
        "text": clause.text,
        **_span(clause),
    }
