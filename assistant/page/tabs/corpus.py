"""The tab of the corpus: what is in it, sending files in, bringing it up to date, taking files out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import gradio as gr

from assistant.page.backend import Backend
from assistant.page.corpus.changes import IN_TURN, CorpusChanges
from assistant.page.corpus.door import Door
from assistant.page.corpus.notices import NoticeFilter, choices, years_of
from assistant.page.corpus.notices_view import notices_view
from assistant.page.corpus.phrases import PHRASES
from assistant.page.frame import AT_ONCE, I18N, Frame, language_asked
from assistant.page.i18n import Phrases
from assistant.page.records import SCRIPT, Browsing
from assistant.page.records.choices import kept_choice
from assistant.page.rights import Rights


class CorpusTab:
    """The notices as a table, and for those who may: upload, update, removal."""

    name: Final = "corpus"
    phrases: Final[Phrases] = PHRASES

    def __init__(self, backend: Backend, rights: Rights) -> None:
        self._backend = backend
        self._rights = rights
        self._changes = CorpusChanges(backend, rights)
        self._door = Door(self._changes)

    def draw(self) -> None:
        """Upload and update on top, the report below them, then the filters and the table."""
        self._browsing = gr.State(Browsing())
        with gr.Column(visible=self._rights.are_open, elem_id="tw-corpus-head") as self._head:
            with gr.Row(elem_id="tw-corpus-doors"):
                self._door.draw_files()
                with gr.Column(elem_id="tw-corpus-buttons"):
                    self._sync = gr.Button(I18N("sync"), size="sm", elem_id="tw-sync")
                    self._reread = gr.Button(I18N("reread"), size="sm", elem_id="tw-reread")
            self._door.draw_waiting()
        self._report = gr.HTML(elem_id="tw-report")
        with gr.Row(elem_id="tw-corpus-filters", elem_classes="tw-filters"):
            self._words = gr.Textbox(label=I18N("words_in_title"), elem_id="tw-words")
            self._fields: list[Any] = [
                gr.Dropdown(choices=[""], value="", label=I18N(key), elem_id=f"tw-{key}")
                for key in ("region", "year", "issuer", "kind")
            ]
        self._table = gr.HTML(js_on_load=SCRIPT, elem_id="tw-notices")

    def connect(self, frame: Frame) -> None:
        """The table for everybody, the rest unless the page only reads."""
        place: list[Any] = [self._browsing, self._words, *self._fields]
        frame.keep_fresh(self._offer, [*self._fields, self._head, self._door.folder], self._fields)
        frame.keep_fresh(self._show, self._table, place)
        filtered = [self._table, self._browsing]
        self._words.change(self._filter, place, filtered, trigger_mode="always_last", **AT_ONCE)
        for field in self._fields:
            field.input(self._filter, place, filtered, **AT_ONCE)
        self._table.select(self._browse, place, filtered, **AT_ONCE)
        if self._rights.read_only:
            return
        removal = self._table.submit(self._remove, None, [self._report, self._browsing], **IN_TURN)
        buttons = [self._report, self._sync, self._reread]
        frame.changes_corpus(removal)
        frame.changes_corpus(self._sync.click(self._update, None, buttons, **IN_TURN))
        frame.changes_corpus(self._reread.click(self._read_again, None, buttons, **IN_TURN))
        self._door.connect(frame, self._report)

    def _offer(self, request: gr.Request, *chosen: str | None) -> list[Any]:
        """The choices of the filters, a chosen one kept while it is one; the doors, for those who may."""
        language = language_asked(request)
        records = self._backend.notices()
        offered = (
            choices(record.card.region for record in records),
            [str(year) for year in sorted({year for record in records for year in years_of(record)})],
            choices(record.card.issuer for record in records),
            choices(record.card.kind for record in records),
        )
        every = PHRASES.say(language, "all")
        return [
            *(
                kept_choice(every, [(one, one) for one in found], value)
                for value, found in zip(chosen, offered, strict=True)
            ),
            gr.update(visible=self._rights.may_change(request)),
            self._door.folder_choices(),
        ]

    def _show(self, request: gr.Request, browsing: Browsing, *asked: str | None) -> str:
        """The table as the corpus is now."""
        return notices_view(
            self._backend.notices(),
            NoticeFilter(*(value or "" for value in asked)),
            browsing,
            language_asked(request),
            may_change=self._rights.may_change(request),
        )

    def _filter(self, request: gr.Request, browsing: Browsing, *asked: str | None) -> tuple[str, Browsing]:
        """The first page of what is asked for now."""
        first = browsing.first_page()
        return self._show(request, first, *asked), first

    def _browse(
        self, event: gr.EventData, request: gr.Request, browsing: Browsing, *asked: str | None
    ) -> tuple[str, Browsing]:
        """The table after a click on a column, on another page, or on 移除."""
        there = browsing.follow(str(event._data.get("href", "")))
        return self._show(request, there, *asked), there

    def _remove(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[str, Any]]:
        """Takes the notice's file out of the corpus and brings the index up to date."""
        notice_id = str(event._data.get("href", "")).removeprefix("#remove=")
        for view in self._changes.views(request, lambda: self._backend.remove(notice_id)):
            yield view, gr.skip()
        yield gr.skip(), Browsing()

    def _update(self, request: gr.Request) -> Iterator[tuple[str, Any, Any]]:
        """How far the sync is, then what it did; the buttons rest meanwhile."""
        yield from _with_buttons(self._changes.views(request))

    def _read_again(self, request: gr.Request) -> Iterator[tuple[str, Any, Any]]:
        """As `_update`, with every file read anew."""
        yield from _with_buttons(self._changes.views(request, rebuild=True))


def _with_buttons(views: Iterator[str]) -> Iterator[tuple[str, Any, Any]]:
    resting, free = gr.update(interactive=False), gr.update(interactive=True)
    view = ""
    for view in views:
        yield view, resting, resting
    yield view, free, free
