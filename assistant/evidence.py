"""Understood question → the clauses that carry the answer, from the catalogue or from a ranked search."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.addresses import resolve
from assistant.attachments import attachment_of
from assistant.beside import contradictions, opening_of, other_half
from assistant.charges import charged_clauses
from assistant.companions import with_companions
from assistant.ledger_evidence import Compared, compared_targets, stated_in
from assistant.listing import Listing, listing
from assistant.ranking import Ranked, rank
from assistant.sentences import coverage
from assistant.source import ClauseSource
from assistant.types import Address, QuestionKind, Scope, Understood
from assistant.vocabulary import NoticeView, Vocabulary, longest_common_run
from index.types import Filters, Hit, LedgerEntry
from ingest.notice import Clause

#: Candidates taken from the index for each search; what is shown as retrieved is cut to `SHOWN`.
_CANDIDATES = 60
SHOWN = 20
#: Without a region in the question, a comparison takes the best clause of each notice that covers this much.
_COMPARED = 0.5
#: Without a region in the question, addresses and bodies are looked up in at most this many notices.
_ADDRESS_NOTICES = 400

_OTHER = re.compile(r"另外?[一那]|其余|剩下")


@dataclass(frozen=True, slots=True)
class Evidence:
    """`chosen` clauses carry the answer, in its order; `ranked` is everything found, best first.

    `blank` are regions that were asked for and have no clause that answers; `no_such_place` is True when the
    question states an address that its notice does not have; `complete` when `chosen` are all clauses that
    meet the question's condition, and not the best few; `compared` what the ledger of targets says, whose
    clauses `chosen` then are, `listing` the same of a list by deadline or group; `contradicted` is True
    where two of them state the same thing differently.
    """

    chosen: tuple[Ranked, ...]
    ranked: tuple[Ranked, ...]
    blank: tuple[str, ...] = ()
    no_such_place: bool = False
    complete: bool = False
    compared: Compared | None = None
    contradicted: bool = False
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Finder:
    """Chooses evidence over one source and its vocabulary."""

    source: ClauseSource
    vocabulary: Vocabulary

    def find(self, understood: Understood, earlier: Sequence[Clause] = ()) -> Evidence:
        """Evidence for a question; `earlier` are the clauses that answered the turn before."""
        if understood.address is not None and (found := self._at_address(understood, earlier)) is not None:
            return found
        if understood.kind is QuestionKind.COMPARE:
            return self._compared(understood)
        if (found := self._listed(understood)) is not None:
            return found
        if understood.kind is QuestionKind.UNIT_TASKS and (found := self._of_bodies(understood)) is not None:
            return found
        ranked = self._ranked(understood, earlier)
        if understood.kind is QuestionKind.FACT:
            stating = stated_in(understood, self._targets(understood), understood.filters.notices)
            ranked = _stating_first(ranked, stating)
        if other := _other_part(understood, ranked, earlier):
            return Evidence((other,), _first((other,), ranked))
        return self._carried_by(understood, ranked)

    def _carried_by(self, understood: Understood, ranked: tuple[Ranked, ...]) -> Evidence:
        if not ranked:
            return Evidence((), ())
        view = self.vocabulary.view(ranked[0].hit.notice.id)
        chosen = with_companions(understood, ranked, view)
        complete = understood.kind is QuestionKind.LIST and len(chosen) > 1
        if not complete and len(chosen) == 1:
            return self._with_others(understood, ranked, view)
        ordered = ranked if chosen[0] is ranked[0] else _first(chosen, ranked)
        return Evidence(chosen, ordered, complete=complete)

    def _with_others(self, understood: Understood, ranked: tuple[Ranked, ...], view: NoticeView) -> Evidence:
        """The best clause with those that must stand beside it."""
        best = ranked[0]
        opening = opening_of(understood, best, view)
        others = other_half(understood, ranked, self.vocabulary)
        entries: Sequence[LedgerEntry] = ()
        if understood.indicator and understood.kind is QuestionKind.FACT:
            entries = contradictions(understood, best, self.source.targets(indicator=understood.indicator))
        doubled = [Ranked(Hit(e.clause, e.notice, 0.0), 0.0, 1.0) for e in entries]
        chosen = _first([*opening, best, *others, *doubled], ())
        return Evidence(chosen, _first((best,), ranked), contradicted=bool(entries))

    def _ranked(
        self, understood: Understood, earlier: Sequence[Clause] = (), filters: Filters | None = None
    ) -> tuple[Ranked, ...]:
        filters = filters or understood.filters
        hits = list(self.source.search(understood.query, filters=filters, limit=_CANDIDATES))
        if understood.hinted:  # the part named by its title must be among the candidates
            labels = frozenset(label for _, label in understood.hinted)
            inside = replace(filters, attachments=labels)
            hits += self.source.search(understood.query, filters=inside, limit=_CANDIDATES // 2)
        hits = self._with_items(_unique(hits))
        views = [self.vocabulary.view(n) for n in dict.fromkeys(h.notice.id for h in hits)]
        return rank(understood, hits, earlier, ChainMap(*(dict(view.lead_ins) for view in views)))

    def _with_items(self, hits: Sequence[Hit]) -> list[Hit]:
        """`hits` with the items of every open sentence among them: they answer where it is found."""
        found = list(hits)
        for hit in hits[:SHOWN]:
            items = self.vocabulary.view(hit.notice.id).items.get(hit.clause.id, ())
            found += [replace(hit, clause=item) for item in items]
        return _unique(found)

    def _at_address(self, understood: Understood, earlier: Sequence[Clause]) -> Evidence | None:
        """The clauses at the address; None when the address only narrows a question or names nothing held."""
        address = understood.address
        if address is None:
            return None
        found: list[Ranked] = []
        views = self._views(understood)
        hinted = {label for _, label in understood.hinted}
        for view in views:
            places = resolve(_within(address, hinted), view.clauses)
            found += [Ranked(_hit(c, view, 1.0), self._address_score(understood, c, earlier)) for c in places]
        if not found:
            stated = address.ordinal is None and bool(understood.filters.notices)
            return Evidence((), self._ranked(understood, earlier), no_such_place=True) if stated else None
        found.sort(key=lambda r: (-r.score, r.hit.clause.id))
        best = [r for r in found if r.score >= found[0].score - 1e-9]
        chosen = best if address.ordinal is None else best[:1]
        rest = self._ranked(understood, earlier)
        return Evidence(tuple(chosen[:8]), _first(chosen, [*found, *rest]))

    def _address_score(self, understood: Understood, clause: Clause, earlier: Sequence[Clause]) -> float:
        """Of several places with one number: whose headings the question names, near what was spoken of."""
        near = max((_shared_depth(clause.path, e.path) for e in earlier), default=0)
        attached = bool(attachment_of(clause))
        as_written = understood.address is not None and clause.path[-1] in understood.address.text
        return (
            _heading_spoken(understood.said, clause.headings)
            + 0.15 * near
            + (0.1 if as_written else 0.0)
            + 0.3 * coverage(understood.terms, clause.text)
            - (0.2 if attached and not understood.hinted else 0.0)
        )

    def _compared(self, understood: Understood) -> Evidence:
        """The best clause of each region asked for, or of each notice that covers the question."""
        if (compared := compared_targets(understood, self.source, self.vocabulary.records)) is not None:
            entries = (*compared.entries, *compared.partly)
            stating = tuple(Ranked(Hit(e.clause, e.notice, 1.0), 1.0, 1.0) for e in entries)
            return Evidence(stating, _first(stating, ()), complete=True, compared=compared)
        scopes = understood.scopes or tuple(
            Scope(r.card.region or r.card.title, frozenset({r.id})) for r in self.vocabulary.records
        )
        if len(understood.scopes) == 1 and not understood.unknown_places:
            scopes = self._plans(understood)
        named = bool(understood.scopes)
        targets = self._targets(understood)
        chosen: list[Ranked] = []
        everything: list[Ranked] = []
        blank: list[str] = [*understood.unknown_places]
        for scope in scopes if named else self._likely(understood, scopes):
            ranked = self._ranked(understood, filters=replace(understood.filters, notices=scope.notices))
            ranked = _stating_first(ranked, stated_in(understood, targets, scope.notices))
            everything += ranked
            carriers = [r for r in ranked if named or r.covered >= _COMPARED]
            if carriers:
                view = self.vocabulary.view(carriers[0].hit.notice.id)
                chosen += with_companions(understood, carriers, view)
            if named and not carriers:
                blank.append(scope.name)
        everything.sort(key=lambda r: (-r.score, r.hit.clause.id))
        return Evidence(tuple(chosen), _first(chosen, everything), tuple(blank))

    def _targets(self, understood: Understood) -> Sequence[LedgerEntry]:
        """The targets for the indicator asked; none where the question names none."""
        return self.source.targets(indicator=understood.indicator) if understood.indicator else ()

    def _plans(self, understood: Understood) -> tuple[Scope, ...]:
        """The two notices of one region that a comparison of plans means: the best two, older one first."""
        best: dict[str, Ranked] = {}
        for ranked in self._ranked(replace(understood, years=())):
            best.setdefault(ranked.hit.notice.id, ranked)
        two = [r.hit.notice for r in list(best.values())[:2]]
        two.sort(key=lambda n: (n.card.period or (0, 0), n.card.issued or "", n.id))
        return tuple(Scope(n.card.title, frozenset({n.id})) for n in two) or understood.scopes

    def _likely(self, understood: Understood, scopes: Sequence[Scope]) -> tuple[Scope, ...]:
        """The scopes that one search over everything finds: a large corpus is not searched by notice."""
        hits = self.source.search(understood.query, filters=understood.filters, limit=_CANDIDATES * 5)
        seen = {h.notice.id for h in hits}
        return tuple(s for s in scopes if s.notices & seen)

    def _listed(self, understood: Understood) -> Evidence | None:
        """Every clause that meets the deadline or stands in the group asked for, or those due next to it;
        None where the question lists by neither, or no region narrows a large corpus."""
        narrowed = understood.filters.notices or len(self.vocabulary.records) <= _ADDRESS_NOTICES
        if understood.unknown_places or not narrowed:
            return None
        found = listing(understood, self._views(understood))
        if found is None:
            return None
        chosen = tuple(Ranked(Hit(item.clause, item.record, 1.0), 1.0, 1.0) for item in found.items)
        nearest = [Ranked(Hit(item.clause, item.record, 1.0), 1.0, 1.0) for item in found.nearest]
        everything = _first([*chosen, *nearest], self._ranked(understood))
        return Evidence(chosen, everything, complete=True, listing=found)

    def _views(self, understood: Understood) -> list[NoticeView]:
        """The notices asked; without any named the first ones of the corpus."""
        ids = sorted(understood.filters.notices)
        return [
            self.vocabulary.view(n) for n in ids or [r.id for r in self.vocabulary.records[:_ADDRESS_NOTICES]]
        ]

    def _of_bodies(self, understood: Understood) -> Evidence | None:
        """Every clause that charges the bodies asked for, in document order; None when there is none."""
        views = self._views(understood)
        found = [
            Ranked(_hit(c, view, 1.0), 1.0, 1.0) for view in views for c in charged_clauses(understood, view)
        ]
        if not found:
            return None
        return Evidence(tuple(found), _first(found, self._ranked(understood)), complete=True)


def _stating_first(ranked: tuple[Ranked, ...], stating: Sequence[LedgerEntry]) -> tuple[Ranked, ...]:
    """`ranked` with the best clause that states the target asked for in front, where the first does not."""
    ids = {entry.clause.id for entry in stating}
    if not ids or (ranked and ranked[0].hit.clause.id in ids):
        return ranked
    entry = stating[0]
    best = next((r for r in ranked if r.hit.clause.id in ids), None)
    score = ranked[0].score if ranked else 1.0
    return _first([best or Ranked(Hit(entry.clause, entry.notice, 0.0), score, 1.0)], ranked)


def _within(address: Address, hinted: set[str]) -> Address:
    if address.attachment is None and len(hinted) == 1 and address.ordinal is None:
        return replace(address, attachment=next(iter(hinted)))
    return address


def _other_part(understood: Understood, ranked: Sequence[Ranked], earlier: Sequence[Clause]) -> Ranked | None:
    """The best line beside what was answered before, where the turn asks for the other one (另一块)."""
    if not earlier or not _OTHER.search(understood.question):
        return None
    before = {c.id for c in earlier}
    parents = {c.path[:-1] for c in earlier}
    siblings = (r for r in ranked if r.hit.clause.path[:-1] in parents and r.hit.clause.id not in before)
    return next(siblings, None)


def _hit(clause: Clause, view: NoticeView, score: float) -> Hit:
    return Hit(clause, view.record, score)


def _unique(hits: Sequence[Hit]) -> list[Hit]:
    first = {h.clause.id: h for h in reversed(hits)}
    return [first[i] for i in dict.fromkeys(h.clause.id for h in hits)]


def _first(chosen: Sequence[Ranked], rest: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """`chosen`, then the others of `rest`, each clause once."""
    order = {r.hit.clause.id: r for r in reversed([*chosen, *rest])}
    return tuple(order[i] for i in dict.fromkeys(r.hit.clause.id for r in [*chosen, *rest]))


def _heading_spoken(said: Sequence[str], headings: Sequence[str]) -> float:
    """How much of a heading the dialogue has spoken, 0 to 1; the latest turn counts most, then halves."""
    best = 0.0
    for back, turn in enumerate(reversed(said)):
        for heading in headings:
            run = longest_common_run(heading, turn)
            share = len(run) / min(len(heading), 6) if len(run) > 1 else 0.0
            best = max(best, min(share, 1.0) / 2**back)
    return best


def _shared_depth(a: Sequence[str], b: Sequence[str]) -> int:
    depth = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        depth += 1
    return depth
