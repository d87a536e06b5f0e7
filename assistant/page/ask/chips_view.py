"""How a question was understood, as chips; each can be struck out, and one that was can be put back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assistant.page.ask.acts import Act, Verb
from assistant.page.ask.phrases import PHRASES
from assistant.page.html import Html, element
from assistant.page.i18n import Language
from assistant.types import Chip, ChipKind

#: What a chip that was struck was about; its own label is gone with it.
_NAMES: Final[Mapping[ChipKind, str]] = {
    ChipKind.PLACE: "地区",
    ChipKind.UNKNOWN_PLACE: "地区",
    ChipKind.NOTICE: "文件",
    ChipKind.ATTACHMENT: "附件",
    ChipKind.ADDRESS: "位置",
    ChipKind.PART: "部分",
    ChipKind.YEAR: "年份",
    ChipKind.DEADLINE: "期限",
    ChipKind.UNIT: "部门",
    ChipKind.ROLE: "角色",
    ChipKind.INDICATOR: "指标",
}


def chips_view(chips: tuple[Chip, ...], struck: frozenset[str], turn: int, language: Language) -> Html:
    """The chips of question number `turn`, then those that were struck; nothing without any.

    Without the form that was read into a question there is still some form: that is no chip.
    """
    formless = any(id_.startswith(f"{ChipKind.KIND}:") for id_ in struck)
    kept = [chip for chip in chips if not (formless and chip.kind is ChipKind.KIND)]
    shown = [_chip(chip, turn, language) for chip in kept]
    shown += [_struck(id_, turn, language) for id_ in sorted(struck - {chip.id for chip in kept})]
    if not shown:
        return Html("")
    head = element("li", PHRASES.say(language, "understood_as"), class_="tw-chips-head")
    return element("ul", head, *shown, class_="tw-chips")


def struck_name(id_: str) -> str:
    """年份：2022 for year:2022; what a chip stood for, as far as its id tells."""
    kind, _, value = id_.partition(":")
    if kind == ChipKind.TOPIC:
        return "沿用的话题"
    if kind == ChipKind.KIND:
        return "回答形式"
    name = _NAMES.get(ChipKind(kind), kind) if kind in set(ChipKind) else kind
    return f"{name}：{value.rpartition('/')[2] if kind == ChipKind.ATTACHMENT else value}"


def _chip(chip: Chip, turn: int, language: Language) -> Html:
    label = PHRASES.say(language, "strike", label=chip.label)
    carried = PHRASES.say(language, "carried") if chip.carried else None
    strike = element(
        "a",
        element("span", "×", class_="tw-sign"),
        element("span", label, class_="tw-aloud"),
        href=Act(Verb.STRIKE, turn, chip.id).href,
        title=label,
        class_="tw-strike",
    )
    aloud = [element("span", carried, class_="tw-aloud")] if carried else []
    style = "tw-chip tw-carried" if chip.carried else "tw-chip"
    return element("li", element("span", chip.label, title=carried), *aloud, strike, class_=style)


def _struck(id_: str, turn: int, language: Language) -> Html:
    name = struck_name(id_)
    restore = element(
        "a",
        PHRASES.say(language, "restore"),
        href=Act(Verb.RESTORE, turn, id_).href,
        title=PHRASES.say(language, "restore_label", label=name),
        class_="tw-strike",
    )
    aloud = element("span", PHRASES.say(language, "was_struck"), class_="tw-aloud")
    return element("li", aloud, element("s", name), restore, class_="tw-chip tw-struck")
