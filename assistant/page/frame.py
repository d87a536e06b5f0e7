"""What every tab shares: the page, the reading pane, and the moments when the corpus has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, runtime_checkable

import gradio as gr

from assistant.page.i18n import Language, Phrases, translations
from assistant.page.language import language_of

#: Names a phrase by its key; gradio's front end picks it in the page's language (see `page_translations`).
I18N: Final = gr.I18n(**translations())
#: For events that answer at once: a plain request and its response. gradio's queue closes its stream to the
#: browser after each event, and an event that the browser sends in that very moment is lost; so only what
#: takes long, or streams, goes through the queue.
AT_ONCE: Final[dict[str, Any]] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


@dataclass(slots=True)
class Frame:
    """The page around the tabs while it is being put together.

    A link to a clause (`#c=…`, see `assistant.page.links`) opens it in `pane` from any tab.
    """

    page: gr.Blocks
    pane: gr.HTML
    tabs: Mapping[str, gr.Tab]
    _fresh: list[tuple[Callable[..., Any], Any, Any]] = field(default_factory=list)
    _changes: list[Any] = field(default_factory=list)

    def keep_fresh(self, show: Callable[..., Any], outputs: Any, inputs: Any = None) -> None:
        """Calls `show` for `outputs` at every visit and after everything that may have changed the corpus."""
        self._fresh.append((show, inputs, outputs))

    def show_when_opened(self, tab: str, show: Callable[..., Any], outputs: Any, inputs: Any = None) -> None:
        """Calls `show` for `outputs` whenever somebody turns to that tab: for what is too dear to be shown to
        visitors who never look there."""
        self.tabs[tab].select(show, inputs=inputs, outputs=outputs, **AT_ONCE)

    def changes_corpus(self, event: Any) -> None:
        """Says that the corpus may be another one after `event`."""
        self._changes.append(event)

    def connect(self) -> None:
        """Wires what was registered; called once, after all tabs."""
        for show, inputs, outputs in self._fresh:
            self.page.load(show, inputs=inputs, outputs=outputs, **AT_ONCE)
            for event in self._changes:
                event.then(show, inputs=inputs, outputs=outputs, **AT_ONCE)


class Tab(Protocol):
    """One view of the page. Its name is in the phrases as `tab_NAME`, its element is `#tw-tab-NAME`."""

    @property
    def name(self) -> str:
        """An identifier."""
        ...

    def draw(self) -> None:
        """Makes the tab's components in the place where it is called."""
        ...

    def connect(self, frame: Frame) -> None:
        """Connects the events, once everything is drawn."""
        ...


@runtime_checkable
class Speaking(Protocol):
    """A tab that brings phrases of its own."""

    @property
    def phrases(self) -> Phrases:
        """Its phrases, `tab_NAME` among them."""
        ...


def page_translations(tabs: Iterable[Tab]) -> gr.I18n:
    """All phrases of a page with these tabs, as gradio serves them."""
    return gr.I18n(**translations(tab.phrases for tab in tabs if isinstance(tab, Speaking)))


def language_asked(request: gr.Request) -> Language:
    """The language that the visitor chose."""
    return language_of(dict(request.cookies))
