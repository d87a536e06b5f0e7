"""The tab of the targets: the ledger, filtered, as a table, a chart and a workbook."""

from __future__ import annotations

from typing import Any, Final

import gradio as gr

from assistant.page.backend import SPOKEN_ERRORS, Backend
from assistant.page.frame import AT_ONCE, I18N, Frame, language_asked
from assistant.page.html import element
from assistant.page.i18n import Phrases
from assistant.page.records import SCRIPT, Browsing, in_order
from assistant.page.records.choices import kept_choice
from assistant.page.targets.asked import AskedTargets
from assistant.page.targets.chart_view import chart_view
from assistant.page.targets.phrases import PHRASES
from assistant.page.targets.targets_view import targets_view


class TargetsTab:
    """The quantified targets of the notices."""

    name: Final = "targets"
    phrases: Final[Phrases] = PHRASES

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def draw(self) -> None:
        """The filters, the chart, the table."""
        self._browsing = gr.State(Browsing())
        with gr.Row(elem_id="tw-targets-filters", elem_classes="tw-filters"):
            self._indicator = gr.Textbox(label=I18N("indicator_words"), elem_id="tw-indicator")
            self._fields: list[Any] = [
                gr.Dropdown(choices=[""], value="", label=I18N(label), elem_id=f"tw-target-{name}")
                for label, name in (
                    ("target_region", "region"),
                    ("target_year", "year"),
                    ("due_by", "due-by"),
                    ("target_notice", "notice"),
                )
            ]
        self._chart = gr.HTML(js_on_load=None, elem_id="tw-targets-chart")
        self._table = gr.HTML(js_on_load=SCRIPT, elem_id="tw-targets")

    def connect(self, frame: Frame) -> None:
        """A change of a filter shows other targets, a click on a column another order."""
        place: list[Any] = [self._browsing, self._indicator, *self._fields]
        shown = [self._chart, self._table]
        frame.show_when_opened(self.name, self._offer, self._fields, self._fields)
        frame.show_when_opened(self.name, self._show, shown, place)
        filtered = [*shown, self._browsing]
        self._indicator.change(self._filter, place, filtered, trigger_mode="always_last", **AT_ONCE)
        for field in self._fields:
            field.input(self._filter, place, filtered, **AT_ONCE)
        self._table.select(self._browse, place, [self._table, self._browsing], **AT_ONCE)

    def _offer(self, request: gr.Request, *chosen: str | None) -> list[Any]:
        """The choices of the filters: of regions, years and notices that have a target."""
        language = language_asked(request)
        entries = self._backend.targets()
        regions = {entry.notice.card.region for entry in entries if entry.notice.card.region}
        years = [str(year) for year in sorted({entry.target.year for entry in entries if entry.target.year})]
        titles = {entry.notice.id: entry.notice.card.title for entry in entries}
        shown_years = [(PHRASES.say(language, "year_number", year=year), year) for year in years]
        offered = (
            [(region, region) for region in in_order(sorted(regions), lambda region: region)],
            shown_years,
            shown_years,
            [(title, notice) for notice, title in titles.items()],
        )
        every = PHRASES.say(language, "any")
        return [kept_choice(every, found, value) for found, value in zip(offered, chosen, strict=True)]

    def _show(self, request: gr.Request, browsing: Browsing, *asked: str | None) -> tuple[str, str]:
        """Chart and table as the corpus is now; one sentence where the ledger cannot be read."""
        language = language_asked(request)
        wanted = AskedTargets.of(dict(zip(AskedTargets.__slots__, asked, strict=True)))
        try:
            entries = wanted.find(self._backend)
        except SPOKEN_ERRORS as error:
            return "", element("p", str(error), role="alert")
        return chart_view(entries, language), targets_view(entries, wanted, browsing, language)

    def _filter(
        self, request: gr.Request, browsing: Browsing, *asked: str | None
    ) -> tuple[str, str, Browsing]:
        """The first page of what is asked for now."""
        first = browsing.first_page()
        return *self._show(request, first, *asked), first

    def _browse(
        self, event: gr.EventData, request: gr.Request, browsing: Browsing, *asked: str | None
    ) -> tuple[str, Browsing]:
        """The table after a click on a column or on another page."""
        there = browsing.follow(str(event._data.get("href", "")))
        return self._show(request, there, *asked)[1], there
