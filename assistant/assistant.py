"""The assistant: turns of a dialogue in, an answer out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering import compose
from assistant.errors import UnusableQuestion
from assistant.evidence import Evidence, Finder
from assistant.refusal import refusal_of
from assistant.source import ClauseSource
from assistant.types import Answer
from assistant.understanding import understand
from assistant.vocabulary import Vocabulary
from ingest.notice import Clause

#: Longer questions are refused: they are pasted documents, not questions.
LONGEST_QUESTION = 2_000


class Assistant:
    """Answers questions over one index."""

    def __init__(self, source: ClauseSource) -> None:
        self._vocabulary = Vocabulary(source)
        self._finder = Finder(source, self._vocabulary)

    def ask(self, turns: Sequence[str]) -> Answer:
        """The answer to the last of `turns`; the earlier ones are the dialogue so far.

        Raises UnusableQuestion for an empty, over-long or wordless question.
        """
        turns = [check_question(turn) for turn in turns] or [check_question("")]
        earlier: tuple[Clause, ...] = ()
        for number in range(1, len(turns)):
            earlier = self._chosen(turns[:number], earlier)
        understood = understand(turns, self._vocabulary)
        evidence = self._finder.find(understood, earlier)
        return compose(understood, evidence, self._vocabulary, refusal_of(understood, evidence))

    def stream(self, turns: Sequence[str]) -> Iterator[Answer]:
        """The answer of `ask`, its text growing by sentence; the last one is whole."""
        whole = self.ask(turns)
        pieces = re.findall(r".*?(?:[。！？；\n]+|$)", whole.text, flags=re.DOTALL)
        text = ""
        for piece in pieces:
            if piece and text + piece != whole.text:
                text += piece
                yield _with_text(whole, text)
        yield whole

    def _chosen(self, turns: Sequence[str], earlier: Sequence[Clause]) -> tuple[Clause, ...]:
        evidence: Evidence = self._finder.find(understand(turns, self._vocabulary), earlier)
        return tuple(r.hit.clause for r in evidence.chosen)


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


def _with_text(answer: Answer, text: str) -> Answer:
    return Answer(
        text, answer.abstained, answer.citations, answer.retrieved, answer.understood, text.replace("**", "")
    )
