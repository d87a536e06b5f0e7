"""A clause-level benchmark: notices, their gold clauses, and questions with evidence.

Layout: `docs.json` (short id → file name), `gold/ID.clauses.jsonl` (or `ID.part1.clauses.jsonl` …),
`questions.jsonl` (or `questions.dev.jsonl`), and the notices themselves in `notices/` or in a folder
given apart.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from eval.comparable import label_key, path_key, spaced_pattern
from eval.errors import EvalError, attempt, refuse
from eval.jsonl import Record, existing, existing_folder, read_records

#: Formats whose clauses have character offsets into the decoded file.
_OFFSET_SUFFIXES = frozenset({".txt", ".md"})

#: The type of a question that no clause answers: the right answer is to abstain.
UNANSWERABLE = "none"


@dataclass(frozen=True, slots=True)
class GoldClause:
    """A clause as a person marked it; `path` is in comparable form, `start`/`end` None without offsets."""

    doc: str
    path: tuple[str, ...]
    cite: str
    text: str
    start: int | None
    end: int | None
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause that answers, its decisive words, and where in the source they are (None without offsets)."""

    clause: GoldClause
    span: tuple[int, int] | None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what a right answer stands on.

    `turns` has one text, or the turns of a dialogue whose last one is to be answered. `also_ok` are clauses
    that say the same as the evidence; `must` strings have to be in the answer, `must_not` may not.
    """

    id: str
    type: str
    turns: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    also_ok: tuple[GoldClause, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """The notices of a benchmark by short id: file, gold clauses in order, decoded source.

    `sources` holds "" for formats without character offsets.
    """

    files: Mapping[str, Path]
    clauses: Mapping[str, tuple[GoldClause, ...]]
    sources: Mapping[str, str]

    def doc_of(self, file: str) -> str | None:
        """The short id of the notice that a printed `file` names (by its last part), if it is one of them."""
        name = Path(file).name
        return next((doc for doc, path in self.files.items() if path.name == name), None)

    def clause_at(self, doc: str, cite: str) -> GoldClause | None:
        """The clause of `doc` with this cite; of several with one cite the last."""
        wanted = label_key(cite)
        return next((c for c in reversed(self.clauses.get(doc, ())) if label_key(c.cite) == wanted), None)

    def find_quote(self, clause: GoldClause, quote: str) -> tuple[int, int] | None:
        """Where `quote` stands in the source, white space ignored: inside its clause, else anywhere."""
        pattern, source = spaced_pattern(quote), self.sources[clause.doc]
        inside = None
        if clause.start is not None and clause.end is not None:
            inside = pattern.search(source, clause.start, clause.end)
        found = inside or (pattern.search(source) if source else None)
        return found.span() if found else None


def read_gold(folder: Path, notices: Path | None = None) -> Gold:
    """The notices of the benchmark in `folder`, their files looked for in `notices` (default: `notices/`).

    :raises EvalError: naming every missing file and malformed line.
    """
    existing_folder(folder)
    files = _notice_files(folder, notices or folder / "notices")
    faults: list[str] = []
    no_clauses: tuple[GoldClause, ...] = ()
    clauses = {doc: attempt(faults, partial(_clauses, folder, doc), no_clauses) for doc in files}
    sources = {doc: attempt(faults, partial(_source, path), "") for doc, path in files.items()}
    refuse(faults)
    return Gold(files, clauses, sources)


def questions_file(folder: Path) -> Path:
    """The questions that lie in a benchmark folder.

    :raises EvalError: when there are none.
    """
    return existing(existing_folder(folder), "questions.jsonl", "questions.dev.jsonl")


def read_questions(path: Path, gold: Gold) -> tuple[Question, ...]:
    """The questions of a file in order, their evidence resolved against `gold`.

    :raises EvalError: naming every line with a wrong field, an id that came before, a cite that the gold
        lacks, or a quote that does not stand in the source.
    """
    questions: dict[str, Question] = {}
    faults: list[str] = []
    for record in read_records(path):
        found = attempt(faults, partial(_question, record, gold), None)
        if found is not None and found.id in questions:
            faults.append(record.line.fault(f"id {found.id} 重复"))
        if found is not None:
            questions[found.id] = found
    refuse(faults)
    return tuple(questions.values())


def decode(data: bytes) -> str:
    """Bytes as text: by byte order mark, else UTF-8, else GB18030; the mark is no part of the text."""
    marked = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    encodings = [name for mark, name in marked if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def notice_names(folder: Path) -> dict[str, str]:
    """The file names of the benchmark in `folder` by short id.

    :raises EvalError: when its docs.json is missing or is no such table.
    """
    docs_json = existing(existing_folder(folder), "docs.json")
    try:
        docs = json.loads(docs_json.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise EvalError(f"{docs_json} 不是合法的 JSON 文件。") from error
    if not isinstance(docs, dict) or not all(isinstance(name, str) for name in docs.values()):
        raise EvalError(f"{docs_json} 应为“短名：文件名”的 JSON 对象。")
    return docs


def _notice_files(folder: Path, notices: Path) -> dict[str, Path]:
    docs_json = folder / "docs.json"
    docs = notice_names(folder)
    existing_folder(notices)
    files = {doc: notices / name for doc, name in docs.items()}
    faults = [f"{docs_json.name} 所列的文件不存在：{path}。" for path in files.values() if not path.is_file()]
    names = [path.name for path in files.values()]
    faults += [
        f"{docs_json.name} 中文件名重复：{name}。" for name in sorted(set(names)) if names.count(name) > 1
    ]
    refuse(faults)
    return files


def _clauses(folder: Path, doc: str) -> tuple[GoldClause, ...]:
    """The gold clauses of one notice; a long notice has them in several files, read in the order of names."""
    names = (f"{doc}.clauses.jsonl", f"{doc}.*.clauses.jsonl")
    parts = sorted(part for name in names for part in (folder / "gold").glob(name))
    if not parts:
        raise EvalError(f"{folder / 'gold'} 里没有 {doc}.clauses.jsonl。")
    faults: list[str] = []
    clauses: list[GoldClause] = []
    for record in (record for part in parts for record in read_records(part)):
        missing = [name for name in ("path", "cite", "text") if name not in record.values]
        if missing:
            faults.append(record.line.fault(f"缺少 {'、'.join(missing)}"))
        else:
            clauses.append(_clause(doc, record.values))
    refuse(faults)
    return tuple(clauses)


def _clause(doc: str, values: Mapping[str, Any]) -> GoldClause:
    cells = values.get("fields") or {}
    return GoldClause(
        doc=doc,
        path=path_key(values["path"]),
        cite=values["cite"],
        text=values["text"],
        start=values.get("start"),
        end=values.get("end"),
        fields={name: cell for name, cell in cells.items() if isinstance(cell, str)},
    )


def _source(path: Path) -> str:
    return decode(path.read_bytes()) if path.suffix.lower() in _OFFSET_SUFFIXES else ""


def _question(record: Record, gold: Gold) -> Question:
    values = record.values
    missing = [name for name in ("id", "type", "question") if not values.get(name)]
    if missing:
        raise EvalError(record.line.fault(f"缺少 {'、'.join(missing)}"))
    asked = values["question"]
    faults: list[str] = []
    question = Question(
        id=str(values["id"]),
        type=values["type"],
        turns=tuple(asked) if isinstance(asked, list) else (asked,),
        evidence=_evidence(values.get("evidence") or (), gold, faults),
        also_ok=_resolve(values.get("also_ok") or (), gold, faults),
        must=tuple(values.get("must") or ()),
        must_not=tuple(values.get("must_not") or ()),
    )
    if question.type != UNANSWERABLE and not question.evidence:
        faults.append("没有证据条款（evidence）")
    refuse([record.line.fault(fault) for fault in faults])
    return question


def _evidence(items: Iterable[Mapping[str, str]], gold: Gold, faults: list[str]) -> tuple[Evidence, ...]:
    evidence: list[Evidence] = []
    for item in items:
        for clause in _resolve([item], gold, faults):
            span = gold.find_quote(clause, item.get("quote", ""))
            if span is None and gold.sources[clause.doc]:
                faults.append(f"引文不在 {clause.doc} 的原文中：“{item.get('quote', '')[:30]}”")
            evidence.append(Evidence(clause, span, item.get("quote", "")))
    return tuple(evidence)


def _resolve(items: Iterable[Mapping[str, str]], gold: Gold, faults: list[str]) -> tuple[GoldClause, ...]:
    clauses: list[GoldClause] = []
    for item in items:
        doc, cite = item.get("doc", ""), item.get("cite", "")
        clause = gold.clause_at(doc, cite)
        if clause is None:
            faults.append(f"标准条款中没有 {doc} 的“{cite}”")
        else:
            clauses.append(clause)
    return tuple(clauses)
