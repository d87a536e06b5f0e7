"""Clauses as split against clauses as a person marked them, notice by notice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from eval.answer_scoring import harmonic, share
from eval.comparable import ink, squash
from eval.gold import Gold, GoldClause
from eval.predictions import Passage
from eval.tables import table

#: How much of the characters of either clause both must share for the span to be right.
SPAN_OVERLAP = 0.9


@dataclass(frozen=True, slots=True)
class ClauseFigures:
    """The figures of one notice. `cells` is None where the gold has no table rows."""

    gold: int
    predicted: int
    path_f1: float
    span_f1: float
    text_f1: float
    cells: float | None


@dataclass(frozen=True, slots=True)
class ClauseMatch:
    """What was found for one gold clause, and one Chinese phrase for each thing that is wrong with it."""

    path: bool
    span: bool
    text: bool
    cells: int
    right_cells: int
    misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClausesReport:
    """Figures by notice in the order of the gold, and one line for each thing that is wrong."""

    figures: Mapping[str, ClauseFigures]
    misses: tuple[str, ...]

    def as_json(self) -> dict[str, dict[str, float | int | None]]:
        """The figures by short id of the notice."""
        return {doc: asdict(figures) for doc, figures in self.figures.items()}

    def as_text(self) -> str:
        """The figures as a table, one notice a line; no figure where the gold has no cells."""
        names = [field.name for field in fields(ClauseFigures)]
        rows = [["", *names]]
        for doc, figures in self.figures.items():
            rows.append([doc, *(_cell(getattr(figures, name)) for name in names)])
        return table(rows)


def score_clauses(gold: Gold, predictions: Iterable[Passage]) -> ClausesReport:
    """The report on all notices of the gold; clauses of other files are left out."""
    by_doc: dict[str | None, list[Passage]] = defaultdict(list)
    for passage in predictions:
        by_doc[gold.doc_of(passage.file)].append(passage)
    figures: dict[str, ClauseFigures] = {}
    misses: list[str] = []
    for doc, clauses in gold.clauses.items():
        figures[doc], missed = _score_notice(gold.sources[doc], clauses, by_doc[doc])
        misses += [f"{doc}\t{miss}" for miss in missed]
    return ClausesReport(figures, tuple(misses))


def match_clause(source: str, clause: GoldClause, candidates: Sequence[Passage]) -> ClauseMatch:
    """How the best of the candidates (clauses printed with the same address) agrees with a gold clause."""
    wanted_cells = [(squash(name), squash(cell)) for name, cell in clause.fields.items() if cell]
    if not candidates:
        return ClauseMatch(False, False, False, len(wanted_cells), 0, (f"{clause.cite}：缺少此条",))
    best = max(candidates, key=lambda candidate: _overlap(source, clause, candidate))
    span = _overlap(source, clause, best) >= SPAN_OVERLAP
    text = squash(best.text) == squash(clause.text)
    have = {squash(name): squash(cell) for name, cell in best.fields.items()}
    wrong_cells = [(name, cell) for name, cell in wanted_cells if have.get(name) != cell]
    misses = []
    if not span:
        misses.append(f"{clause.cite}：位置应为 {clause.start}-{clause.end}，实为 {best.start}-{best.end}")
    if not text:
        misses.append(f"{clause.cite}：文字应为“{clause.text[:40]}”，实为“{best.text[:40]}”")
    misses += [f"{clause.cite}：单元格“{name}”应为“{cell[:40]}”" for name, cell in wrong_cells]
    return ClauseMatch(
        True, span, text, len(wanted_cells), len(wanted_cells) - len(wrong_cells), tuple(misses)
    )


def _score_notice(
    source: str, clauses: Sequence[GoldClause], predictions: Sequence[Passage]
) -> tuple[ClauseFigures, list[str]]:
    candidates: Mapping[tuple[str, ...], list[Passage]] = defaultdict(list)
    for passage in predictions:
        candidates[passage.path].append(passage)
    matches = [match_clause(source, clause, candidates[clause.path]) for clause in clauses]
    known = {clause.path for clause in clauses}
    extra = [
        f"{''.join(path)}：多出此条"
        for path in dict.fromkeys(p.path for p in predictions)
        if path not in known
    ]
    cells = sum(match.cells for match in matches)

    def f1(right: int) -> float:
        return harmonic(share(right, len(predictions)), share(right, len(clauses)))

    figures = ClauseFigures(
        gold=len(clauses),
        predicted=len(predictions),
        path_f1=f1(sum(match.path for match in matches)),
        span_f1=f1(sum(match.span for match in matches)),
        text_f1=f1(sum(match.text for match in matches)),
        cells=sum(match.right_cells for match in matches) / cells if cells else None,
    )
    return figures, [miss for match in matches for miss in match.misses] + extra


def _overlap(source: str, clause: GoldClause, candidate: Passage) -> float:
    """Shared characters by all characters of both; by equal text where the format has no offsets."""
    target = ink(source, clause.start, clause.end)
    if not target:
        return float(squash(candidate.text) == squash(clause.text))
    have = ink(source, candidate.start, candidate.end)
    return len(target & have) / len(target | have)


def _cell(value: float | int | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.3f}"
