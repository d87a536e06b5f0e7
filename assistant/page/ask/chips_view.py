"""How a question was understood, as chips; each can be struck out, and one that was can be put back."""

from __future__ import annotations

from assistant.page.ask.acts import Act, Verb
from assistant.page.ask.phrases import PHRASES
from assistant.page.html import Html, element
from assistant.page.i18n import Language
from assistant.types import Chip, ChipKind


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


def struck_name(id_: str, language: Language) -> str:
    """年份：2022 for year:2022: what a chip stood for as far as its id tells; its label is gone with it."""
    kind, _, value = id_.partition(":")
    if kind not in set(ChipKind):
        return id_
    name = PHRASES.say(language, f"chip_{kind}")
    if kind in (ChipKind.TOPIC, ChipKind.KIND):
        return name
    value = value.rpartition("/")[2] if kind == ChipKind.ATTACHMENT else value
    return PHRASES.say(language, "chip", name=name, value=value)


def _label(chip: Chip, language: Language) -> str:
    """The chip's label; what follows its name stays in the words of the question and the corpus."""
    if language is Language.CHINESE:
        return chip.label
    name = PHRASES.say(language, f"chip_{chip.kind}")
    return PHRASES.say(language, "chip", name=name, value=chip.label.partition("：")[2])


def _chip(chip: Chip, turn: int, language: Language) -> Html:
    name = _label(chip, language)
    label = PHRASES.say(language, "strike", label=name)
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
    return element("li", element("span", name, title=carried), *aloud, strike, class_=style)


def _struck(id_: str, turn: int, language: Language) -> Html:
    name = struck_name(id_, language)
    restore = element(
        "a",
        PHRASES.say(language, "restore"),
        href=Act(Verb.RESTORE, turn, id_).href,
        title=PHRASES.say(language, "restore_label", label=name),
        class_="tw-strike",
    )
    aloud = element("span", PHRASES.say(language, "was_struck"), class_="tw-aloud")
    return element("li", aloud, element("s", name), restore, class_="tw-chip tw-struck")
