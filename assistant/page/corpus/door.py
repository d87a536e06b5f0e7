"""The door for files: sent in, looked at, confirmed, and only then in the corpus."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.corpus_files import NameTaken
from assistant.page.backend import SPOKEN_ERRORS
from assistant.page.corpus.changes import IN_TURN, CorpusChanges
from assistant.page.corpus.phrases import PHRASES
from assistant.page.corpus.uploads import Waiting, Wish
from assistant.page.corpus.uploads_view import uploads_view
from assistant.page.frame import I18N, Frame, language_asked
from assistant.page.i18n import Language, say
from assistant.page.records import SCRIPT

#: What the events give: the view of the files, the files, the row that keeps them all, and one thing more.
Shown = tuple[str, tuple[Waiting, ...], Any, Any]

_log = logging.getLogger(__name__)


class Door:
    """Where files are dropped, with the cards of those that wait below it."""

    def __init__(self, changes: CorpusChanges) -> None:
        self._changes = changes
        self._backend = changes.backend

    def draw_files(self) -> None:
        """Where files are dropped."""
        self._files = gr.File(
            label=I18N("upload"), show_label=False, file_count="multiple", height=76, elem_id="tw-upload"
        )

    def draw_waiting(self) -> None:
        """The files that wait, and what keeps them all."""
        self._waiting = gr.State(())
        self._view = gr.HTML(js_on_load=SCRIPT, elem_id="tw-uploads")
        with gr.Row(visible=False, elem_id="tw-keep-row") as self._row:
            self.folder = gr.Dropdown(choices=[], label=I18N("keep_in"), elem_id="tw-keep-folder")
            self._keep_all = gr.Button(I18N("keep_all"), size="sm", elem_id="tw-keep-all")

    def connect(self, frame: Frame, report: gr.HTML) -> None:
        """Looking at files, keeping and dropping them; what the sync did goes to `report`."""
        shown = [self._view, self._waiting, self._row]
        self._files.upload(
            self._look,
            [self._files, self._waiting],
            [*shown, self._files],
            show_progress="hidden",
            api_visibility="private",
        )
        given = [self._waiting, self.folder]
        frame.changes_corpus(self._keep_all.click(self._keep_every, given, [*shown, report], **IN_TURN))
        frame.changes_corpus(self._view.select(self._decide, given, [*shown, report], **IN_TURN))

    def folder_choices(self) -> Any:
        """An update of the dropdown of corpus folders, shown where there are several."""
        folders = [str(folder) for folder in self._backend.folders()]
        first = folders[0] if folders else None
        return gr.update(choices=folders, value=first, visible=len(folders) > 1)

    def _look(
        self, request: gr.Request, files: Sequence[str] | None, waiting: tuple[Waiting, ...]
    ) -> Iterator[Shown]:
        """The card of each file, one after the other; the door is free for more at once."""
        language = language_asked(request)
        paths = [Path(file) for file in files or ()] if self._changes.rights.may_change(request) else []
        for done, path in enumerate(paths, 1):
            running = PHRASES.say(language, "look_running", done=done, total=len(paths), name=path.name)
            yield uploads_view(waiting, language, running=running), waiting, gr.skip(), None
            waiting = (*waiting, self._looked_at(path, language))
        yield *_shown(waiting, language), None

    def _looked_at(self, path: Path, language: Language) -> Waiting:
        """What is in the file; of one that is refused nothing stays."""
        try:
            upload = self._backend.look_at(path, path.name)
        except SPOKEN_ERRORS as error:
            refusal = str(error)
        except Exception as error:
            _log.exception("looking at an upload failed")
            refusal = say(language, "fault", reason=type(error).__name__)
        else:
            names = [record.name for record in self._backend.notices()]
            taken = any(name == upload.name or name.startswith(f"{upload.name}/") for name in names)
            return Waiting(upload.name, upload, taken=taken)
        path.unlink(missing_ok=True)
        return Waiting(path.name).refused(refusal)

    def _decide(
        self, event: gr.EventData, request: gr.Request, waiting: tuple[Waiting, ...], folder: str | None
    ) -> Iterator[Shown]:
        """Does what was asked for one file."""
        wish = Wish.parse(str(event._data.get("href", "")))
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
    ) -> Iterator[Shown]:
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
    ) -> Iterator[Shown]:
        """Puts the files at these places into the corpus, then brings the index up to date."""
        may = self._changes.rights.may_change(request)
        tried = {
            place: self._kept(waiting[place], folder, replace=replace) if may else waiting[place]
            for place in places
        }
        left = tuple(file for place, one in enumerate(waiting) if (file := tried.get(place, one)) is not None)
        yield *_shown(left, language_asked(request)), gr.skip()
        if not may or None in tried.values():
            for view in self._changes.views(request):
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
