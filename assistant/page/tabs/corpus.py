"""The tab of the corpus: what is in it, and bringing it up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any, Final

import gradio as gr

from assistant.page.backend import SPOKEN_ERRORS, Backend
from assistant.page.frame import I18N, Frame, language_asked
from assistant.page.i18n import say
from assistant.page.rights import Rights
from assistant.page.sync_view import sync_fault_view, sync_running_view, sync_view

_log = logging.getLogger(__name__)


class CorpusTab:
    """Updating the corpus, with the report of what was done."""

    name: Final = "corpus"

    def __init__(self, backend: Backend, rights: Rights) -> None:
        self._backend = backend
        self._rights = rights

    def draw(self) -> None:
        """The button and the report."""
        with gr.Row(elem_id="tw-corpus-head", visible=not self._rights.read_only):
            self._sync = gr.Button(I18N("sync"), size="sm", elem_id="tw-sync")
        self._report = gr.HTML(elem_id="tw-report")

    def connect(self, frame: Frame) -> None:
        """Updating, unless the page only reads."""
        if self._rights.read_only:
            return
        frame.changes_corpus(
            self._sync.click(
                self._update,
                outputs=[self._report, self._sync],
                concurrency_limit=1,
                show_progress="hidden",
                api_visibility="private",
            )
        )

    def _update(self, request: gr.Request) -> Iterator[tuple[str, Any]]:
        """First that it runs, then what it did."""
        language = language_asked(request)
        yield sync_running_view(language), gr.update(interactive=False)
        try:
            view = sync_view(self._backend.sync(), language)
        except SPOKEN_ERRORS as error:
            view = sync_fault_view(str(error), language)
        except Exception as error:
            _log.exception("sync failed")
            view = sync_fault_view(say(language, "fault", reason=type(error).__name__), language)
        yield view, gr.update(interactive=True)
