"""Changing the corpus from the page: the change, a sync, and the views of how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import gradio as gr

from assistant.page.backend import SPOKEN_ERRORS, Backend
from assistant.page.corpus.phrases import PHRASES
from assistant.page.following import Done, following
from assistant.page.frame import language_asked
from assistant.page.i18n import Language, say
from assistant.page.rights import Rights
from assistant.page.sync_view import sync_fault_view, sync_running_view, sync_view
from index.sync import Step
from index.types import SyncReport

#: For events that change the corpus: they are done one after the other.
IN_TURN: Final[dict[str, Any]] = {
    "concurrency_limit": 1,
    "concurrency_id": "corpus",
    "show_progress": "hidden",
    "api_visibility": "private",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CorpusChanges:
    """Changes for those who may make them."""

    backend: Backend
    rights: Rights

    def views(
        self, request: gr.Request, change: Callable[[], object] = lambda: None, *, rebuild: bool = False
    ) -> Iterator[str]:
        """Does the change and a sync: views of how far it is, last of what it did or why it could not."""
        language = language_asked(request)
        if not self.rights.may_change(request):
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
            return self.backend.sync(progress=progress, rebuild=rebuild)

        for step in following(work):
            if isinstance(step, Done):
                yield sync_view(step.result, language)
            else:
                yield sync_running_view(language, step)
