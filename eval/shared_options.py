"""Options that several commands have alike, written down once and handed to each as one value."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from eval.cli_options import NoticesFolder
from eval.configuration import Target
from eval.errors import EvalError
from eval.results import FOLDER


@dataclass(frozen=True, slots=True)
class TargetOptions:
    """Which benchmark: `--beir` with `--split`, `--bench` with `--notices`."""

    beir: Annotated[
        Path | None,
        typer.Option("--beir", help="BEIR 文件夹：corpus.jsonl 和 queries.jsonl（可为 .gz）、qrels/。"),
    ] = None
    split: Annotated[str, typer.Option("--split", help="用哪一份标注：qrels/ 里的文件名，不带 .tsv。")] = ""
    bench: Annotated[
        Path | None,
        typer.Option("--bench", help="条款级评测文件夹：docs.json、gold/、questions.jsonl，以及 notices/。"),
    ] = None
    notices: NoticesFolder = None

    def targets(self) -> tuple[Target, ...]:
        """The benchmarks that the options name: none, one, or one of each kind.

        :raises EvalError: when a folder of judgements has no split.
        """
        if self.beir is not None and not self.split:
            raise EvalError("用 --beir 时还要用 --split 指定哪一份标注，如 --split dev。")
        found = []
        if self.beir is not None:
            found.append(Target(beir=self.beir, split=self.split))
        if self.bench is not None:
            found.append(Target(bench=self.bench, notices=self.notices))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class RunOptions(TargetOptions):
    """Which benchmark, how much of it, and what is written of a run."""

    results: Annotated[Path, typer.Option("--results", help="结果文件写到哪个文件夹。")] = FOLDER
    limit_queries: Annotated[int | None, typer.Option("--limit-queries", min=1, help="只评前 N 个问题。")] = (
        None
    )
    no_texts: Annotated[
        bool,
        typer.Option("--no-texts", help="结果里不留问题和条款的文字，只留编号和数字（数据不可外传时用）。"),
    ] = False
    trec: Annotated[bool, typer.Option("--trec", help="另存 TREC 运行文件和标注（.run、.qrels）。")] = False

    def arguments(self, target: Target) -> list[str]:
        """The options as they are typed, for one of the benchmarks."""
        named = {
            "--beir": target.beir,
            "--split": target.split or None,
            "--bench": target.bench,
            "--notices": target.notices,
            "--results": self.results,
            "--limit-queries": self.limit_queries,
        }
        flags = {"--no-texts": self.no_texts, "--trec": self.trec}
        return [
            *(word for name, value in named.items() if value is not None for word in (name, str(value))),
            *(name for name, is_set in flags.items() if is_set),
        ]


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command as typer is to see it: with the fields of its parameter `options`, a dataclass, as options
    of its own after the others."""
    hints = get_type_hints(command, include_extras=True)
    kind = hints["options"]
    own = [
        parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(command).parameters.items()
        if name != "options"
    ]
    of_kind = get_type_hints(kind, include_extras=True)
    shared = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=of_kind[field.name]
        )
        for field in fields(kind)
    ]

    def run(**given: Any) -> None:
        command(options=kind(**{field.name: given.pop(field.name) for field in fields(kind)}), **given)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *shared)}
    run.__signature__ = inspect.Signature([*own, *shared])  # type: ignore[attr-defined]
    return run
