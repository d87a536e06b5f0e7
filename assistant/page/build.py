"""The page, put together. `build` makes it and does nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import gradio as gr

from assistant.api.programs import Programs
from assistant.api.tools import add_tools
from assistant.errors import AssistantError
from assistant.page.backend import Backend
from assistant.page.examples import Examples
from assistant.page.frame import AT_ONCE, I18N, Frame, Tab, language_asked
from assistant.page.links import SourceLink
from assistant.page.masthead import masthead_view
from assistant.page.reading import Opened, missing_view, notice_view
from assistant.page.reading.opened import held_documents
from assistant.page.rights import Rights
from assistant.page.tabs.ask import AskTab
from assistant.page.tabs.corpus import CorpusTab
from assistant.page.tabs.targets import TargetsTab

HERE: Final = Path(__file__).parent
SCRIPT: Final = HERE / "script.js"
_SHEETS: Final = ("style.css", "records.css", "ask/ask.css")
#: Every hour, files that were sent in a day ago and that nobody decided about are deleted (seconds).
_FORGOTTEN: Final = (3600, 24 * 3600)
#: An address is a title and a number; more is no address.
_LONGEST_ADDRESS: Final = 500


def style() -> str:
    """The page's style sheets, one after the other."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in _SHEETS)


def tabs_over(backend: Backend, examples: Examples | None = None, *, rights: Rights) -> list[Tab]:
    """The page's own tabs, in order; what they offer depends on `rights`."""
    return [AskTab(backend, examples or Examples(backend)), CorpusTab(backend, rights), TargetsTab(backend)]


def build(backend: Backend, tabs: Sequence[Tab], *, programs: Programs | None = None) -> gr.Blocks:
    """The page over that backend, not queued and not served; `programs` add the tools for agents."""
    with gr.Blocks(
        title="条问",
        analytics_enabled=False,
        delete_cache=_FORGOTTEN,
        fill_height=True,
        fill_width=True,
    ) as page:
        with gr.Row(elem_id="tw-masthead"):
            masthead = gr.HTML(elem_id="tw-brand")
        with gr.Row(elem_id="tw-main"):
            drawn = _draw_tabs(tabs)
            frame = Frame(page, _reading_pane(), drawn)
        for tab in tabs:
            tab.connect(frame)
        _connect(frame, masthead, backend)
        frame.connect()
        if programs is not None:
            add_tools(programs)
    assert isinstance(page, gr.Blocks)
    return page


def _draw_tabs(tabs: Sequence[Tab]) -> dict[str, gr.Tab]:
    """gradio's tabs by the names of ours."""
    drawn = {}
    with gr.Column(elem_id="tw-tab-column"), gr.Tabs(elem_id="tw-tabs"):
        for tab in tabs:
            label = I18N(f"tab_{tab.name}")
            with gr.Tab(label, id=tab.name, elem_id=f"tw-tab-{tab.name}", render_children=True) as place:
                tab.draw()
            drawn[tab.name] = place
    return drawn


def _reading_pane() -> gr.HTML:
    with gr.Column(elem_id="tw-reading-column"):
        script = SCRIPT.read_text(encoding="utf-8")
        return gr.HTML(label=I18N("reading_pane"), js_on_load=script, elem_id="tw-pane")


def _connect(frame: Frame, masthead: gr.HTML, backend: Backend) -> None:
    """The masthead's counts and the reading pane."""

    def show_masthead(request: gr.Request) -> str:
        return masthead_view(backend.notices(), language_asked(request))

    def open_source(event: gr.EventData, request: gr.Request) -> str:
        """The notice of the clicked link, or at the address that the page was opened with."""
        language = language_asked(request)
        address = str(event._data.get("address", ""))
        link = _link_to(backend, address) if address else SourceLink.parse(str(event._data.get("href", "")))
        records = backend.notices()
        record = next((one for one in records if link and one.id == link.notice), None)
        if link is None or record is None:
            return missing_view(language)
        held = held_documents(record.card.cites, records)
        opened = Opened(record, backend.clauses(record.id), backend.audit(record.id), held)
        return notice_view(opened, link, language)

    frame.keep_fresh(show_masthead, masthead)
    frame.pane.select(open_source, outputs=frame.pane, **AT_ONCE)


def _link_to(backend: Backend, address: str) -> SourceLink | None:
    """The clause, or the notice, at an address that was pasted; None when nothing stands there."""
    named = next((one for one in backend.notices() if address in (one.name, one.card.title)), None)
    if named is not None:
        return SourceLink(named.id)
    try:
        place = backend.places(address[:_LONGEST_ADDRESS])[0]
    except AssistantError:
        return None
    return SourceLink(place.notice.id, place.clause.id)
