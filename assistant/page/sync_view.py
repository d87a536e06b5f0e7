"""The report of a sync in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.page.close import close_link
from assistant.page.corpus.phrases import PHRASES
from assistant.page.html import Html, element
from assistant.page.i18n import Language, say
from index.sync import Stage, Step
from index.types import FileFault, SyncReport

#: Longer lists are cut, so that a first sync of a thousand files does not fill the page; faults never are.
_NAMES_SHOWN: Final = 12


def sync_running_view(language: Language, step: Step | None = None) -> Html:
    """What the page says while a sync runs: how far it is, once that is known."""
    if step is None:
        return element("div", say(language, "sync_running"), class_="tw-report tw-writing", role="status")
    key = "reading_step" if step.stage is Stage.READ else "embedding_step"
    done = min(step.done + 1, step.total) if step.stage is Stage.READ else step.done
    words = PHRASES.say(language, key, done=done, total=step.total, name=step.name)
    bar = element("progress", value=str(step.done), max=str(max(step.total, 1)), aria_label=words)
    return element("div", element("p", words), bar, class_="tw-report tw-writing", role="status")


def sync_fault_view(sentence: str, language: Language) -> Html:
    """What the page says when a sync could not run."""
    return element(
        "div",
        element("p", sentence),
        close_link("#close-report", language),
        class_="tw-report tw-fault",
        role="alert",
    )


def sync_view(report: SyncReport, language: Language) -> Html:
    """What one sync did: the counts, then file names, and every file that was not read with the reason."""
    lists = [
        _name_list(say(language, key), names, language)
        for key, names in (("added", report.added), ("changed", report.changed), ("removed", report.removed))
        if names
    ]
    faults = [
        _fault_list(say(language, key), files)
        for key, files in (
            ("failed", report.failed),
            ("unsupported", report.unsupported),
            ("doubtful", report.doubtful),
        )
        if files
    ]
    summary = element("p", _summary(report, language), class_="tw-report-summary")
    return element(
        "div",
        summary,
        *lists,
        *faults,
        close_link("#close-report", language),
        class_="tw-report",
        role="status",
    )


def _summary(report: SyncReport, language: Language) -> str:
    touched = report.added or report.changed or report.removed or report.failed
    return say(
        language,
        "sync_done" if touched else "sync_nothing",
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
        unchanged=report.unchanged,
        clauses=report.clauses,
        seconds=f"{report.seconds:.1f}",
    )


def _name_list(heading: str, names: Sequence[str], language: Language) -> Html:
    shown = [element("li", name) for name in names[:_NAMES_SHOWN]]
    if len(names) > _NAMES_SHOWN:
        shown.append(element("li", say(language, "and_more", count=len(names) - _NAMES_SHOWN)))
    return element("section", element("h3", heading), element("ul", *shown))


def _fault_list(heading: str, files: Sequence[FileFault]) -> Html:
    shown = [
        element("li", element("span", file.name, class_="tw-report-file"), file.reason) for file in files
    ]
    return element("section", element("h3", heading), element("ul", *shown), class_="tw-report-faults")
