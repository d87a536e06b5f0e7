"""The command `lexicon`: what each entry of the lexicon does to the questions of a benchmark."""

# ruff: noqa: PLC0415 - the product's rooms are imported only by the commands that run it

from __future__ import annotations

import json
from typing import Annotated

import typer

from eval.cli_options import AsJson, talk
from eval.errors import EvalError
from eval.shared_options import TargetOptions, with_options


@with_options
def lexicon_command(
    options: TargetOptions,
    hurting: Annotated[bool, typer.Option("--hurting", help="只列有害的词条。")] = False,
    as_json: AsJson = False,
) -> None:
    """逐条衡量词表：问题里出现的每个词条，去掉它再问一遍，看有多少题变好、变差。

    条款级评测用完整的问答衡量；BEIR 数据用词面检索加官方写法衡量。
    例：tiaowen-eval lexicon --bench eval/samples --notices corpus
    """
    from eval.lexicon_asking import asking
    from eval.lexicon_effect import effects_table, entry_effects
    from index.lexicon import load_lexicon
    from index.settings import Settings

    targets = options.targets()
    if len(targets) != 1:
        raise EvalError("请指定一份评测数据：--beir 和 --split，或者 --bench。")
    settings = Settings.from_environment()
    with asking(targets[0], settings, talk) as (questions, ask):
        effects = entry_effects(load_lexicon(), questions, ask)
    shown = [effect for effect in effects if effect.change < 0 or not hurting]
    if as_json:
        for effect in shown:
            typer.echo(json.dumps(effect.as_json(), ensure_ascii=False))
    else:
        typer.echo(effects_table(shown))
