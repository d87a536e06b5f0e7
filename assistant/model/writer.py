"""An answer in a model's words: only sentences that cite their clause and pass the check are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering import worded_answer
from assistant.checking import Checker
from assistant.model.client import Message, stream_text
from assistant.model.errors import ModelFault
from assistant.model.instructions import repeats, split_instructions
from assistant.model.prompt import clause_text, messages_of
from assistant.model.setting import ModelSetting
from assistant.types import Answer, AnswerForm, Citation, FormKind, Statement

#: Messages in, the model's text out, piece by piece.
Generate = Callable[[Sequence[Message]], Iterator[str]]

#: A model that writes more than this does not word an answer.
_LONGEST = 1_500

_MARKS = r"(?:\s*\[\d{1,3}\])*"
#: A sentence is complete when something follows that is no marker of it.
_COMPLETE = re.compile(rf"\s*([^。！？!?\n]*[。！？!?\n]+{_MARKS})(?=\s*[^\s\[\d\]])")
_REST = re.compile(rf"[^。！？!?\n]+(?:[。！？!?\n]+{_MARKS}|$)")
_MARKER = re.compile(r"\[(\d{1,3})\]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.、](?!\d))\s*")
#: Models that reason in the open print it before the answer.
_THINKING = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)

#: Lists and tables are complete and counted: no model words them.
_WORDED = frozenset({FormKind.PASSAGES, FormKind.WHO})


@dataclass(frozen=True, slots=True)
class Writer:
    """Words answers with one model; `name` is what staff read of it."""

    name: str
    generate: Generate

    def answer(self, answer: Answer, checker: Checker) -> Answer:
        """The last of `write`: the whole answer."""
        *_, whole = self.write(answer, checker)
        return whole

    def write(self, answer: Answer, checker: Checker) -> Iterator[Answer]:
        """`answer` in the model's words, growing by sentence, the last one whole.

        The last one is `answer` itself, with one line of why in its notes, where the model fails, is too
        slow, cites nothing or says what the clauses do not; and without any line where there is nothing to
        word (an abstention, a list, a table).
        """
        form = answer.form
        if answer.abstained or form is None or form.kind not in _WORDED or not answer.citations:
            yield answer
            return
        written: list[Statement] = []
        try:
            for statement in self._statements(answer, checker):
                written.append(statement)
                yield self._worded(answer, form, written, whole=False)
            if not written:
                raise ModelFault("模型没有写出回答")
        except ModelFault as fault:
            note = f"{fault}，以下为条款原文。"
            yield worded_answer(answer, replace(form, notes=(*form.notes, note)))
            return
        yield self._worded(answer, form, written, whole=True)

    def _statements(self, answer: Answer, checker: Checker) -> Iterator[Statement]:
        """The model's sentences, each checked before it is given out; ModelFault at the first that fails."""
        by_marker = {citation.marker: citation for citation in answer.citations}
        split = [split_instructions(clause_text(citation)) for citation in answer.citations]
        kept = [text for text, _ in split]
        messages = messages_of(answer.understood.question, answer.citations, kept)
        instructions = tuple(sentence for _, out in split for sentence in out)
        for sentence in _sentences(self.generate(messages)):
            text = _BULLET.sub("", sentence.replace("**", "")).strip()
            markers = list(dict.fromkeys(map(int, _MARKER.findall(text))))
            said = _MARKER.sub("", text).strip()
            if not said.strip("。！？!? "):
                continue
            if not markers or any(m not in by_marker for m in markers):
                raise ModelFault("模型的回答有一句没有注明出处")
            faults = checker.sentence(said, [by_marker[m] for m in markers]).faults
            if faults or repeats(said, instructions, kept):
                why = f"（{faults[0].kind.value}）" if faults else ""
                raise ModelFault(f"模型的回答有一句未获条文支持{why}")
            yield Statement(said + "".join(f"[{m}]" for m in markers[:-1]), markers[-1])

    def _worded(
        self, answer: Answer, form: AnswerForm, written: Sequence[Statement], *, whole: bool
    ) -> Answer:
        cited = _cited(answer.citations, written)
        notes = (*form.notes, f"以上由模型 {self.name} 依据所引条款成文，每句已与条款核对。") if whole else ()
        shown = replace(
            form,
            kind=FormKind.PASSAGES,
            lead="",
            statements=tuple(written),
            folded=form.statements,
            notes=notes,
        )
        return worded_answer(replace(answer, citations=cited), shown)


def writer_from(setting: ModelSetting | None) -> Writer | None:
    """The writer of a setting; None without one."""
    if setting is None:
        return None
    return Writer(setting.name, lambda messages: stream_text(setting, messages))


def _sentences(pieces: Iterator[str]) -> Iterator[str]:
    """The sentences of a text that comes in pieces, each as soon as it is complete with its markers."""
    text = ""
    length = 0
    for piece in pieces:
        text += piece
        length += len(piece)
        if length > _LONGEST and "<think>" not in text:
            raise ModelFault("模型的回答过长")
        if "<think>" in text and "</think>" not in text:
            continue
        text = _THINKING.sub("", text)
        while (match := _COMPLETE.match(text)) is not None:
            yield match.group(1)
            text = text[match.end() :]
    yield from _REST.findall(_THINKING.sub("", text))


def _cited(citations: Sequence[Citation], written: Sequence[Statement]) -> tuple[Citation, ...]:
    used = {s.marker for s in written} | {int(m) for s in written for m in _MARKER.findall(s.text)}
    return tuple(c for c in citations if c.marker in used)
