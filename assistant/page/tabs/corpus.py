"""The tab of the corpus: what is in it, sending files in, bringing it up to date, taking files out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import gradio as gr

from assistant.corpus_files import NameTaken
from assistant.page.backend import SPOKEN_ERRORS, Backend
from assistant.page.corpus.notices import NoticeFilter, choices, years_of
from assistant.page.corpus.notices_view import notices_view
from assistant.page.corpus.phrases import PHRASES
from assistant.page.corpus.uploads import Waiting, Wish
from assistant.page.corpus.uploads_view import uploads_view
from assistant.page.following import Done, following
from assistant.page.frame import AT_ONCE, I18N, Frame, language_asked
from assistant.page.i18n import Language, Phrases, say
from assistant.page.records import SCRIPT, Browsing
from assistant.page.records.choices import kept_choice
from assistant.page.rights import Rights
from assistant.page.sync_view import sync_fault_view, sync_running_view, sync_view
from index.sync import Step
from index.types import SyncReport

_log = logging.getLogger(__name__)

#: What changes the corpus is done one after the other.
_IN_TURN: Final[dict[str, Any]] = {
    "concurrency_limit": 1,
    "concurrency_id": "corpus",
    "show_progress": "hidden",
    "api_visibility": "private",
}


class CorpusTab:
    """The notices as a table, and for those who may: upload, update, removal."""

    name: Final = "corpus"
    phrases: Final[Phrases] = PHRASES

    def __init__(self, backend: Backend, rights: Rights) -> None:
        self._backend = backend
        self._rights = rights

    def draw(self) -> None:
        """Upload and update on top, the report below them, then the filters and the table."""
        self._waiting = gr.State(())
        self._browsing = gr.State(Browsing())
        # Named people are shown it once they are known.
        is_open = not self._rights.read_only and self._rights.uploaders is None
        with gr.Column(visible=is_open, elem_id="tw-corpus-head") as self._head:
            with gr.Row(elem_id="tw-corpus-doors"):
                self._files = gr.File(
                    label=I18N("upload"),
                    show_label=False,
                    file_count="multiple",
                    height=76,
                    elem_id="tw-upload",
                )
                with gr.Column(elem_id="tw-corpus-buttons"):
                    self._sync = gr.Button(I18N("sync"), size="sm", elem_id="tw-sync")
                    self._reread = gr.Button(I18N("reread"), size="sm", elem_id="tw-reread")
            self._uploads = gr.HTML(js_on_load=SCRIPT, elem_id="tw-uploads")
            with gr.Row(visible=False, elem_id="tw-keep-row") as self._keep_row:
                self._folder = gr.Dropdown(choices=[], label=I18N("keep_in"), elem_id="tw-keep-folder")
                self._keep_all = gr.Button(I18N("keep_all"), size="sm", elem_id="tw-keep-all")
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
        asked: list[Any] = [self._words, *self._fields]
        place = [self._browsing, *asked]
        frame.keep_fresh(self._offer, [*self._fields, self._head, self._folder], self._fields)
        frame.keep_fresh(self._show, self._table, place)
        filtered = [self._table, self._browsing]
        self._words.change(self._filter, place, filtered, trigger_mode="always_last", **AT_ONCE)
        for field in self._fields:
            field.input(self._filter, place, filtered, **AT_ONCE)
        self._table.select(self._browse, place, filtered, **AT_ONCE)
        if not self._rights.read_only:
            self._connect_changes(frame)

    def _connect_changes(self, frame: Frame) -> None:
        frame.changes_corpus(
            self._table.submit(self._remove, outputs=[self._report, self._browsing], **_IN_TURN)
        )
        buttons = [self._report, self._sync, self._reread]
        frame.changes_corpus(self._sync.click(self._update, outputs=buttons, **_IN_TURN))
        frame.changes_corpus(self._reread.click(self._read_again, outputs=buttons, **_IN_TURN))
        uploads = [self._uploads, self._waiting, self._keep_row]
        self._files.upload(
            self._look,
            inputs=[self._files, self._waiting],
            outputs=[*uploads, self._files],
            show_progress="hidden",
            api_visibility="private",
        )
        kept = [*uploads, self._report]
        frame.changes_corpus(
            self._keep_all.click(
                self._keep_every, inputs=[self._waiting, self._folder], outputs=kept, **_IN_TURN
            )
        )
        frame.changes_corpus(
            self._uploads.select(self._decide, inputs=[self._waiting, self._folder], outputs=kept, **_IN_TURN)
        )

    # ---- the table ----

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
        filters = [
            kept_choice(every, [(one, one) for one in found], value)
            for value, found in zip(chosen, offered, strict=True)
        ]
        folders = [str(folder) for folder in self._backend.folders()]
        return [
            *filters,
            gr.update(visible=self._rights.may_change(request)),
            gr.update(choices=folders, value=folders[0] if folders else None, visible=len(folders) > 1),
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
        there = browsing.follow(_href(event))
        return self._show(request, there, *asked), there

    def _remove(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[str, Any]]:
        """Takes the notice's file out of the corpus and brings the index up to date."""
        notice_id = _href(event).removeprefix("#remove=")
        for view in self._changing(request, lambda: self._backend.remove(notice_id)):
            yield view, gr.skip()
        yield gr.skip(), Browsing()

    # ---- bringing up to date ----

    def _update(self, request: gr.Request) -> Iterator[tuple[str, Any, Any]]:
        """How far the sync is, then what it did; the buttons rest meanwhile."""
        yield from self._with_buttons(self._changing(request))

    def _read_again(self, request: gr.Request) -> Iterator[tuple[str, Any, Any]]:
        """As `_update`, with every file read anew."""
        yield from self._with_buttons(self._changing(request, rebuild=True))

    def _with_buttons(self, views: Iterator[str]) -> Iterator[tuple[str, Any, Any]]:
        resting, free = gr.update(interactive=False), gr.update(interactive=True)
        view = ""
        for view in views:
            yield view, resting, resting
        yield view, free, free

    def _changing(
        self, request: gr.Request, change: Callable[[], object] = lambda: None, *, rebuild: bool = False
    ) -> Iterator[str]:
        """Does the change and a sync: views of how far it is, last of what it did or why it could not."""
        language = language_asked(request)
        if not self._rights.may_change(request):
            yield sync_fault_view(PHRASES.say(language, "may_not"), language)
            return
        yield sync_running_view(language)
        try:
            change()
            yield from self._syncing(language, rebuild=rebuild)
        except SPOKEN_ERRORS as error:
            yield sync_fault_view(str(error), language)
        except Exception as error:
            _log.exception("changing the corpus failed")
            yield sync_fault_view(say(language, "fault", reason=type(error).__name__), language)

    def _syncing(self, language: Language, *, rebuild: bool) -> Iterator[str]:
        def work(progress: Callable[[Step], None]) -> SyncReport:
            return self._backend.sync(progress=progress, rebuild=rebuild)

        for step in following(work):
            if isinstance(step, Done):
                yield sync_view(step.result, language)
            else:
                yield sync_running_view(language, step)

    # ---- files sent in ----

    def _look(
        self, request: gr.Request, files: Sequence[str] | None, waiting: tuple[Waiting, ...]
    ) -> Iterator[tuple[str, tuple[Waiting, ...], Any, Any]]:
        """The card of each file, one after the other; the door is free for more at once."""
        language = language_asked(request)
        paths = [Path(file) for file in files or ()]
        if not self._rights.may_change(request):
            paths = []
        for done, path in enumerate(paths, 1):
            running = PHRASES.say(language, "look_running", done=done, total=len(paths), name=path.name)
            yield uploads_view(waiting, language, running=running), waiting, gr.skip(), None
            waiting = (*waiting, self._looked_at(path, language))
        yield *_shown(waiting, language), None

    def _looked_at(self, path: Path, language: Language) -> Waiting:
        """What is in the file; of one that is refused nothing stays."""
        waiting = Waiting(path.name)
        try:
            upload = self._backend.look_at(path, path.name)
        except SPOKEN_ERRORS as error:
            refusal = str(error)
        except Exception as error:
            _log.exception("looking at an upload failed")
            refusal = say(language, "fault", reason=type(error).__name__)
        else:
            names = {record.name for record in self._backend.notices()}
            taken = any(name == upload.name or name.startswith(f"{upload.name}/") for name in names)
            return Waiting(upload.name, upload, taken=taken)
        path.unlink(missing_ok=True)
        return waiting.refused(refusal)

    def _decide(
        self, event: gr.EventData, request: gr.Request, waiting: tuple[Waiting, ...], folder: str | None
    ) -> Iterator[tuple[str, tuple[Waiting, ...], Any, Any]]:
        """Does what was asked for one file."""
        wish = Wish.parse(_href(event))
        if wish is None or wish.place >= len(waiting):
            yield gr.skip(), waiting, gr.skip(), gr.skip()
        elif wish.verb == "drop":
            _forget(waiting[wish.place])
            left = (*waiting[: wish.place], *waiting[wish.place + 1 :])
            yield *_shown(left, language_asked(request)), gr.skip()
        else:
            yield from self._keeping(request, waiting, [wish.place], folder, replace=wish.verb == "replace")

    def _keep_every(
        self, request: gr.Request, waiting: tuple[Waiting, ...], folder: str | None
    ) -> Iterator[tuple[str, tuple[Waiting, ...], Any, Any]]:
        """Keeps all files whose name is free; the others wait for somebody to say what is to be done."""
        places = [place for place, file in enumerate(waiting) if file.upload and not file.taken]
        yield from self._keeping(request, waiting, places, folder, replace=False)

    def _keeping(
        self,
        request: gr.Request,
        waiting: tuple[Waiting, ...],
        places: Sequence[int],
        folder: str | None,
        *,
        replace: bool,
    ) -> Iterator[tuple[str, tuple[Waiting, ...], Any, Any]]:
        """Puts the files at these places into the corpus, then brings the index up to date."""
        if not self._rights.may_change(request):
            places = []
        kept = {place: self._kept(waiting[place], folder, replace=replace) for place in places}
        left = tuple(
            found for place, file in enumerate(waiting) if (found := kept.get(place, file)) is not None
        )
        language = language_asked(request)
        yield *_shown(left, language), gr.skip()
        if any(found is None for found in kept.values()) or not self._rights.may_change(request):
            for view in self._changing(request):
                yield gr.skip(), left, gr.skip(), view

    def _kept(self, file: Waiting, folder: str | None, *, replace: bool) -> Waiting | None:
        """None once the file is in the corpus; else the file with the reason."""
        if file.upload is None:
            return file
        try:
            self._backend.keep(file.upload, self._folder_called(folder), replace=replace)
        except NameTaken:
            return Waiting(file.name, file.upload, taken=True)
        except SPOKEN_ERRORS as error:
            return file.refused(str(error))
        _forget(file)
        return None

    def _folder_called(self, name: str | None) -> Path:
        """The corpus folder of that name; the first one where none is chosen."""
        folders = self._backend.folders()
        return next((folder for folder in folders if str(folder) == name), folders[0])


def _shown(waiting: tuple[Waiting, ...], language: Language) -> tuple[str, tuple[Waiting, ...], Any]:
    """The view of the files, the files, and the row that keeps them all where there is one to keep."""
    some = any(file.upload and not file.taken for file in waiting)
    return uploads_view(waiting, language), waiting, gr.update(visible=some)


def _forget(file: Waiting) -> None:
    """Deletes what was sent in; it is in the corpus by now, or nobody wants it."""
    if file.upload is not None:
        file.upload.path.unlink(missing_ok=True)


def _href(event: gr.EventData) -> str:
    return str(event._data.get("href", ""))
