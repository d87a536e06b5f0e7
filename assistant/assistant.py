"""The assistant: turns of a dialogue in, an answer out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering import compose
from assistant.checking import Checker
from assistant.errors import UnusableQuestion
from assistant.evidence import SHOWN, Evidence, Finder
from assistant.model import Writer
from assistant.notes import notes_of
from assistant.places import find_place
from assistant.refusal import refusal_of
from assistant.source import ClauseSource, Restricted
from assistant.support import signs_of
from assistant.types import Answer, Understood
from assistant.understanding import understand
from assistant.vocabulary import Vocabulary
from index.reading import Reading
from ingest.notice import Clause

#: Longer questions are refused: they are pasted documents, not questions.
LONGEST_QUESTION = 2_000


class Assistant:
    """Answers questions over one source; what it has learnt of the vocabulary lives as long as it does."""

    def __init__(self, source: ClauseSource, writer: Writer | None = None) -> None:
        """Answers in the clauses' own words, or where a `writer` is given in the words of its model."""
        self._source = source
        self._writer = writer
        self._finder = Finder(source, Vocabulary(source))
        self._checker = Checker(self._finder.vocabulary)

    @property
    def vocabulary(self) -> Vocabulary:
        """What questions are read against."""
        return self._finder.vocabulary

    def restricted(self, notices: frozenset[str]) -> Assistant:
        """An assistant that sees only these notices; this one where `notices` is empty."""
        return Assistant(Restricted(self._source, notices), self._writer) if notices else self

    def ask(
        self,
        turns: Sequence[str],
        *,
        struck: frozenset[str] = frozenset(),
        struck_before: Sequence[frozenset[str]] = (),
    ) -> Answer:
        """The answer to the last of `turns`; the earlier ones are the dialogue so far.

        `struck` are ids of chips (`Understood.chips` of the answer before) that are to be left out of the
        reading of the last turn, `struck_before` the same for the turns before it, in order; an id that is
        not there changes nothing.

        Raises UnusableQuestion for an empty, over-long or wordless question.
        """
        extract = self.extract(turns, struck=struck, struck_before=struck_before)
        return extract if self._writer is None else self._writer.answer(extract, self._checker)

    def extract(
        self,
        turns: Sequence[str],
        *,
        struck: frozenset[str] = frozenset(),
        struck_before: Sequence[frozenset[str]] = (),
    ) -> Answer:
        """As `ask`, always in the words of the clauses."""
        understood, evidence = self.weigh(turns, struck=struck, struck_before=struck_before)
        weighed = signs_of(understood, evidence)
        refusal = refusal_of(understood, evidence, self.vocabulary, weighed)
        answer = compose(understood, evidence, self.vocabulary, refusal, weighed)
        signs = {ranked.hit.clause.id: ranked.signs for ranked in evidence.ranked[:SHOWN]}
        return self._checker.check(replace(answer, signs=signs)).answer

    def weigh(
        self,
        turns: Sequence[str],
        *,
        struck: frozenset[str] = frozenset(),
        struck_before: Sequence[frozenset[str]] = (),
    ) -> tuple[Understood, Evidence]:
        """What the last of `turns` was taken for and the evidence found for it, before any answer is made."""
        vocabulary = self.vocabulary
        readings = [self._read(turn) for turn in turns or [""]]
        turns = [reading.text for reading in readings]
        earlier: tuple[Clause, ...] = ()
        for number in range(1, len(turns)):
            gone = struck_before[number - 1] if number <= len(struck_before) else frozenset()
            before = understand(
                turns[:number], vocabulary, struck=gone, struck_before=struck_before[: number - 1]
            )
            found = self._finder.find(before, earlier)
            earlier = tuple(ranked.hit.clause for ranked in found.chosen)
        understood = understand(turns, vocabulary, struck=struck, struck_before=struck_before)
        understood = replace(understood, notes=notes_of(readings[-1], understood, vocabulary))
        return understood, self._finder.find(understood, earlier)

    def _read(self, turn: str) -> Reading:
        names = self.vocabulary.region_names
        return self._source.read(
            check_question(turn), is_name=lambda word: word in names or find_place(word) is not None
        )

    def stream(
        self,
        turns: Sequence[str],
        *,
        struck: frozenset[str] = frozenset(),
        struck_before: Sequence[frozenset[str]] = (),
    ) -> Iterator[Answer]:
        """The answer of `ask`, its text growing where a model writes it; the last one is whole."""
        yield from self.written(self.extract(turns, struck=struck, struck_before=struck_before))

    def written(self, answer: Answer) -> Iterator[Answer]:
        """An answer of `extract` as `stream` gives it: in the words of the model where there is one."""
        if self._writer is not None:
            yield from self._writer.write(answer, self._checker)
            return
        yield answer


def check_question(question: str) -> str:
    """`question` without white space around it; raises UnusableQuestion where it cannot be one."""
    question = question.strip()
    if not question:
        raise UnusableQuestion("问题是空的，请写下要问的内容。")
    if len(question) > LONGEST_QUESTION:
        raise UnusableQuestion(f"问题有{len(question)}个字，太长了，请缩短到{LONGEST_QUESTION}字以内。")
    if not re.search(r"[0-9A-Za-z\u3400-\u9fff]", question):
        raise UnusableQuestion("问题里只有标点符号，请用文字写下要问的内容。")
    return question
