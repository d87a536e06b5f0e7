"""The tab of evaluation; `tiaowen chat` finds it by its entry point where the extra `eval` is installed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, Final

import gradio as gr

from assistant.page.frame import AT_ONCE, I18N, Frame, Tab, language_asked
from assistant.page.html import Html, element
from assistant.page.i18n import Language, Phrases, say
from assistant.page.records import SCRIPT, Browsing
from assistant.page.records.choices import kept_choice
from assistant.page.rights import Rights
from eval.errors import EvalError
from eval.page.difference_view import difference_view
from eval.page.phrases import PHRASES
from eval.page.result_files import ResultFiles, folder_from_environment
from eval.page.run_view import run_view
from eval.page.running import Progress, Runner, Startable, startable

_log = logging.getLogger(__name__)


def evaluate_tab(rights: Rights) -> Tab | None:
    """The tab over the folder of results; None where the extra `eval` is not installed."""
    if find_spec("ir_measures") is None:
        return None
    return EvaluateTab(ResultFiles(folder_from_environment()), Runner(), startable(), rights)


class EvaluateTab:
    """A result with its figures and misses, two of them side by side, and runs to start."""

    name: Final = "evaluate"
    phrases: Final[Phrases] = PHRASES

    def __init__(
        self, results: ResultFiles, runner: Runner, configurations: dict[str, Startable], rights: Rights
    ) -> None:
        self._results = results
        self._runner = runner
        self._configurations = configurations
        self._rights = rights

    def draw(self) -> None:
        """What to look at and what to start above, the figures below."""
        self._browsing = gr.State(Browsing())
        is_open = self._rights.are_open and bool(self._configurations)
        with gr.Row(elem_id="tw-evaluate-chosen", elem_classes="tw-filters"):
            self._chosen: list[Any] = [
                gr.Dropdown(choices=[""], value="", label=I18N(label), elem_id=f"tw-evaluate-{name}")
                for label, name in (("run", "a"), ("other_run", "b"), ("question_type", "type"))
            ]
        with gr.Row(visible=is_open, elem_id="tw-evaluate-start", elem_classes="tw-filters") as self._doors:
            self._configuration = gr.Dropdown(
                choices=list(self._configurations),
                value=_product_among(self._configurations),
                label=I18N("configuration"),
                elem_id="tw-evaluate-configuration",
            )
            self._start = gr.Button(I18N("start"), size="sm", elem_id="tw-evaluate-run")
            self._stop = gr.Button(I18N("stop_run"), size="sm", visible=False, elem_id="tw-evaluate-stop")
        self._report = gr.HTML(js_on_load=None, elem_id="tw-evaluate-report")
        self._view = gr.HTML(js_on_load=SCRIPT, elem_id="tw-evaluate-view")

    def connect(self, frame: Frame) -> None:
        """A choice shows another result, a click another page, the button starts a run."""
        place: list[Any] = [self._browsing, *self._chosen]
        frame.keep_fresh(self._allow, self._doors)
        frame.show_when_opened(self.name, self._offer, [*self._chosen, self._view], self._chosen)
        for field in self._chosen:  # a dropdown whose choices change just when one is made opens again
            field.input(self._choose, self._chosen, [self._chosen[2], self._view, self._browsing], **AT_ONCE)
        self._view.select(self._browse, place, [self._view, self._browsing], **AT_ONCE)
        if self._rights.read_only:
            return
        self._start.click(
            self._run,
            self._configuration,
            [self._report, self._start, self._stop],
            show_progress="hidden",
            api_visibility="private",
        ).then(self._newest, None, [*self._chosen, self._view], **AT_ONCE)
        self._stop.click(self._end_run, **AT_ONCE)

    def _allow(self, request: gr.Request) -> Any:
        """The row that starts runs, for those who may."""
        return gr.update(visible=bool(self._configurations) and self._rights.may_change(request))

    def _offer(self, request: gr.Request, *chosen: str | None) -> list[Any]:
        """The results and question types to choose from, and the view of what is chosen."""
        language = language_asked(request)
        names = self._results.names()
        a = chosen[0] if chosen[0] in names else next(iter(names), "")
        b = chosen[1] if chosen[1] in names else ""
        types = self._types(a)
        type_ = chosen[2] if chosen[2] in types else ""
        files = [(name.removesuffix(".json"), name) for name in names]
        return [
            gr.update(choices=files or [("—", "")], value=a),
            kept_choice(PHRASES.say(language, "no_other"), files, b),
            kept_choice(PHRASES.say(language, "every_type"), [(one, one) for one in types], type_),
            self._shown(a, b, type_ or "", Browsing(), language),
        ]

    def _newest(self, request: gr.Request) -> list[Any]:
        """As `_offer`, with the newest result chosen."""
        return self._offer(request, "", "", "")

    def _choose(self, request: gr.Request, *chosen: str | None) -> list[Any]:
        """The question types of the result that is chosen now, and its view from the first page."""
        return [*self._offer(request, *chosen)[2:], Browsing()]

    def _browse(
        self, event: gr.EventData, request: gr.Request, browsing: Browsing, *chosen: str | None
    ) -> tuple[str, Browsing]:
        """Another page of the questions."""
        there = browsing.follow(str(event._data.get("href", "")))
        a, b, type_ = (value or "" for value in chosen)
        return self._shown(a, b, type_, there, language_asked(request)), there

    def _types(self, name: str) -> list[str]:
        """The question types of a result; none of one that cannot be read, which the view says."""
        try:
            return sorted({row.type for row in self._results.result(name).rows if row.type})
        except EvalError:
            return []

    def _shown(self, a: str, b: str, type_: str, browsing: Browsing, language: Language) -> Html:
        if not a:
            folder = self._results.folder
            return element("p", PHRASES.say(language, "no_results", folder=folder), class_="tw-empty")
        try:
            first = self._results.result(a)
            if not b:
                return run_view(first, type_, browsing, language)
            return difference_view(first, self._results.result(b), type_, browsing, language)
        except EvalError as error:
            return element("p", str(error), class_="tw-empty", role="alert")

    def _run(self, request: gr.Request, name: str | None) -> Iterator[tuple[str, Any, Any]]:
        """How far the run is, then where its result lies; the button stops it meanwhile."""
        language = language_asked(request)
        wanted = self._configurations.get(name or "")
        if wanted is None or not self._rights.may_change(request):
            yield _fault(PHRASES.say(language, "may_not_run")), gr.skip(), gr.skip()
            return
        rest, stop = gr.update(visible=False), gr.update(visible=True)
        starting = Progress(PHRASES.say(language, "run_starting", name=wanted.name))
        yield _progress(starting), rest, stop
        try:
            for progress in self._runner.run(wanted, self._results.folder):
                yield _progress(progress), rest, stop
            words = PHRASES.say(language, "run_done", name=wanted.name, file=self._results.folder)
            view = element("div", words, class_="tw-report", role="status")
        except EvalError as error:
            view = _fault(str(error))
        except Exception as error:
            _log.exception("a run failed")
            view = _fault(say(language, "fault", reason=type(error).__name__))
        yield view, gr.update(visible=True), gr.update(visible=False)

    def _end_run(self, request: gr.Request) -> None:
        """Stops the run, for those who may start one."""
        if self._rights.may_change(request):
            self._runner.stop()


def _product_among(configurations: dict[str, Startable]) -> str | None:
    """The first that is the product as it is, else the first."""
    plain = (name for name, each in configurations.items() if each.is_product)
    return next(plain, next(iter(configurations), None))


def _progress(progress: Progress) -> Html:
    words = element("p", progress.line)
    if not progress.total:
        return element("div", words, class_="tw-report tw-writing", role="status")
    bar = element("progress", value=str(progress.done), max=str(progress.total), aria_label=progress.line)
    return element("div", words, bar, class_="tw-report tw-writing", role="status")


def _fault(sentence: str) -> Html:
    return element("div", sentence, class_="tw-report tw-fault", role="alert")
