"""The report page and its tables: what they show, and that no text of a result becomes markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

from eval.report_page import report_page
from eval.results import Benchmark, ClauseText, Row
from eval.summary import markdown_summary, text_summary

from .made import BENCHMARK, hits, result

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&{{x}}${1}`'\""


class Tags(HTMLParser):
    """The tags of a page with their attributes, and the texts of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] == "script" and self.scripts:
            self.scripts[-1] += data


def parsed(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def hostile_page() -> str:
    row = Row(
        HOSTILE,
        {"hit@1": 1.0, HOSTILE: 1.0},
        HOSTILE,
        question=HOSTILE,
        evidence=(HOSTILE,),
        retrieved=(HOSTILE,),
        answer=HOSTILE,
        right=True,
        confidence=0.5,
        misses=(HOSTILE,),
    )
    benchmark = Benchmark(HOSTILE, HOSTILE, 1, 1, HOSTILE, (HOSTILE,))
    made = result(
        HOSTILE, [row], benchmark=benchmark, clauses={HOSTILE: ClauseText(*[HOSTILE] * 3)}, commit=HOSTILE
    )
    provenance = replace(
        made.provenance, model=HOSTILE, versions={HOSTILE: HOSTILE}, processor=HOSTILE, command=HOSTILE
    )
    return report_page([replace(made, provenance=provenance), made])


def test_hostile_text_stays_text() -> None:
    tame = parsed(report_page([result("a", hits({"q": 1.0})), result("a", hits({"q": 1.0}))]))
    found = parsed(hostile_page())
    assert len(found.scripts) == len(tame.scripts) == 2
    assert not [tag for tag, _ in found.tags if tag in {"img", "iframe", "object", "link", "base"}]
    assert not [
        attributes for _, attributes in found.tags if any(name.startswith("on") for name in attributes)
    ]
    runs = json.loads(found.scripts[0])
    assert runs[0]["rows"][0]["question"] == HOSTILE
    assert runs[0]["clauses"] == {HOSTILE: {"title": HOSTILE, "cite": HOSTILE, "text": HOSTILE}}


def test_the_page_asks_for_nothing() -> None:
    page = report_page([result("a", hits({"q": 1.0}))])
    found = parsed(page)
    assert not [a for _, a in found.tags if {"src", "href", "action", "srcset", "data"} & a.keys()]
    assert "url(" not in page
    assert "@import" not in page
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(", page)
    policy = next(a["content"] for tag, a in found.tags if tag == "meta" and "http-equiv" in a)
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_the_page_s_script_never_makes_markup_of_text() -> None:
    script = parsed(report_page([result("a", hits({"q": 1.0}))])).scripts[1]
    assert "textContent" in script
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


def test_figures_stand_in_cells_that_sort_by_value() -> None:
    page = report_page([result("a", hits({"q1": 1.0, "q2": 0.0})), result("b", hits({"q1": 1.0, "q2": 1.0}))])
    assert '<td data-value="0.5">0.500 <small>[0.000, 1.000] n=2</small></td>' in page
    assert '<td class="best" data-value="1.0">1.000 <small>[1.000, 1.000] n=2</small></td>' in page
    assert '<td data-value="3.0">3.0</td>' in page  # p99


def test_the_plots_are_drawn_in_the_page() -> None:
    answered = [Row("q1", {"hit@1": 1.0}, right=True, confidence=0.9), Row("q2", {"hit@1": 0.0}, right=False)]
    page = report_page([result("a", answered)])
    # 300 wide from 190 on: 0.5 is at 340; the curve has one point, half of the questions without risk
    assert '<circle class="s0" cx="340.0" cy="38.0" r="4"/>' in page
    assert '<polyline class="s0" points="340.0,226.0"/>' in page


def test_the_markdown_table_exactly() -> None:
    other = replace(BENCHMARK, name="别处")
    made = [
        result("a|b", hits({"q1": 1.0, "q2": 0.0})),
        result("c", [Row("q1", {"must": 1.0})]),
        result("d", hits({"q1": 1.0}), benchmark=other),
    ]
    assert markdown_summary(made) == (
        "### 云湖\n\n"
        "| run | hit@1 (n=2) | must (n=1) | p50 ms | p99 ms | commit |\n"
        "| --- | ---: | ---: | ---: | ---: | --- |\n"
        "| a\\|b | 0.500 [0.000, 1.000] |  | 1.0 | 3.0 | abc123 |\n"
        "| c |  | 1.000 [1.000, 1.000] | 1.0 | 3.0 | abc123 |\n"
        "\n"
        "### 别处\n\n"
        "| run | hit@1 (n=1) | p50 ms | p99 ms | commit |\n"
        "| --- | ---: | ---: | ---: | --- |\n"
        "| d | 1.000 [1.000, 1.000] | 1.0 | 3.0 | abc123 |\n"
    )


def test_the_terminal_s_table_says_what_must_be_said() -> None:
    remarked = replace(BENCHMARK, remarks=("语料为重建版。",))
    lines = text_summary([result("a", hits({"q1": 1.0, "q2": 0.0}), benchmark=remarked)]).splitlines()
    assert lines[1].split() == ["云湖-a", "hit@1", "2", "0.500", "0.000–1.000"]
    assert lines[-1] == "注意：语料为重建版。"
