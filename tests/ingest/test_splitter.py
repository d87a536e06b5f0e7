"""Whole notices: the samples and the benchmark against their gold, and what holds for any text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.clause_scoring import score_clauses
from eval.comparable import path_key
from eval.gold import read_gold
from eval.predictions import Passage
from ingest import read_notice
from ingest.characters import squash
from ingest.furniture import furniture_rule
from ingest.grammar import match_label
from ingest.notice import Card, Clause, Notice
from tests.ingest.invented import addresses, notice_of

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
SAMPLES = ROOT / "eval" / "samples"
SHARED = ROOT.parent / "shared"
BENCH, WILD, REPORTS = SHARED / "bench", SHARED / "wild", SHARED / "reports"

SAMPLE_DOCS: dict[str, str] = json.loads((SAMPLES / "docs.json").read_text(encoding="utf-8"))
#: Clauses of each sample notice, and the share of its table cells that come out right.
REACHED: dict[str, tuple[int, float | None]] = {
    "cp-eco-2023": (88, 1.0),
    "cp-eco-2019": (46, 1.0),
    "cp-rent-2022": (56, None),
    "lt-air-2024": (59, 1.0),
    "wj-enrol-2024": (54, 1.0),
    "lt-points-2024": (33, 1.0),
    "ym-medical-2023": (27, None),
    "wj-flood-2023": (63, 1.0),
    "wj-water-2023": (41, 1.0),
    "cp-elder-2024": (68, 1.0),
    "ym-charging-2023": (37, 1.0),
    "lt-jobs-2024": (35, 1.0),
    "wj-renew-2022": (50, 1.0),
}
CARD_FIELDS = ("title", "notice_title", "issuer", "region", "doc_number", "issued", "published")


def _passages(notice: Notice) -> list[Passage]:
    """The clauses as the scorer takes them."""
    return [
        Passage(notice.name, path_key(c.path), c.text, c.start, c.end, fields=dict(c.fields or {}))
        for c in notice.clauses
    ]


def _stated(card: Card) -> dict[str, Any]:
    """What a card states, in the form of the gold."""
    stated = {name: getattr(card, name) for name in CARD_FIELDS}
    stated["period"] = list(card.period) if card.period else None
    stated["attachments"] = [{"label": a.label, "title": a.title} for a in card.attachments]
    return stated


def _told(meta: dict[str, Any]) -> dict[str, Any]:
    return {name: meta[name] for name in (*CARD_FIELDS, "period", "attachments")}


def _gold_lines(doc: str) -> list[dict[str, Any]]:
    text = (SAMPLES / "gold" / f"{doc}.clauses.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _meta(folder: Path, doc: str) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((folder / "gold" / f"{doc}.meta.json").read_text(encoding="utf-8"))
    return meta


# -- the sample notices -------------------------------------------------------------------------------------


def test_every_sample_is_measured() -> None:
    assert set(REACHED) == set(SAMPLE_DOCS)


def test_samples_against_their_gold() -> None:
    """Every clause at its address, in its place, with its words; every cell."""
    gold = read_gold(SAMPLES, CORPUS)
    passages = [passage for path in gold.files.values() for passage in _passages(read_notice(path))]
    report = score_clauses(gold, passages)
    figures = {
        doc: (f.gold, f.predicted, f.path_f1, f.span_f1, f.text_f1) for doc, f in report.figures.items()
    }
    assert figures == {doc: (n, n, 1.0, 1.0, 1.0) for doc, (n, _) in REACHED.items()}, report.misses
    cells = {doc: f.cells for doc, f in report.figures.items()}
    assert cells == {doc: pytest.approx(share) if share else None for doc, (_, share) in REACHED.items()}


@pytest.mark.parametrize("doc", SAMPLE_DOCS)
def test_sample_clauses_in_order(doc: str) -> None:
    notice = read_notice(CORPUS / SAMPLE_DOCS[doc])
    gold = _gold_lines(doc)
    assert [c.cite for c in notice.clauses] == [g["cite"] for g in gold]
    assert [squash(c.text) for c in notice.clauses] == [squash(g["text"]) for g in gold]


@pytest.mark.parametrize("doc", SAMPLE_DOCS)
def test_sample_cards(doc: str) -> None:
    card = read_notice(CORPUS / SAMPLE_DOCS[doc]).card
    meta = _meta(SAMPLES, doc)
    assert _stated(card) == _told(meta)
    assert card.addressees == meta["addressees"]


# -- the benchmark of real notices --------------------------------------------------------------------------

needs_bench = pytest.mark.skipif(not BENCH.is_dir(), reason="../shared/bench is not here")


@needs_bench
def test_bench_against_its_gold() -> None:
    gold = read_gold(BENCH)
    passages = [passage for path in gold.files.values() for passage in _passages(read_notice(path))]
    report = score_clauses(gold, passages)
    figures = {doc: (f.path_f1, f.span_f1, f.text_f1) for doc, f in report.figures.items()}
    assert len(figures) == 5
    assert figures == dict.fromkeys(gold.files, (1.0, 1.0, 1.0)), report.misses
    cells = {doc: f.cells for doc, f in report.figures.items() if f.cells is not None}
    assert len(cells) == 2
    assert min(cells.values()) >= 0.99, report.misses


@needs_bench
def test_bench_cards() -> None:
    docs = json.loads((BENCH / "docs.json").read_text(encoding="utf-8"))
    stated = {doc: _stated(read_notice(BENCH / "notices" / name).card) for doc, name in docs.items()}
    told = {doc: _told(_meta(BENCH, doc)) for doc in docs}
    assert stated == told


def _printed_files(folder: Path) -> list[Path]:
    """Files of the formats that have a reader; a name without suffix is looked into."""
    suffixes = {".txt", ".md", ".html", ".htm"}
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    # a title may end in …2016.意见; a real suffix is short and in Latin letters
    return [f for f in found if f.suffix.lower() in suffixes or not re.fullmatch(r"\.[A-Za-z]\w*", f.suffix)]


@pytest.mark.parametrize("folder", [WILD, REPORTS], ids=lambda folder: folder.name)
def test_documents_as_published(folder: Path) -> None:
    """Each is read and gives clauses that keep the promises of `Clause`."""
    if not folder.is_dir():
        pytest.skip(f"../shared/{folder.name} is not here")
    files = _printed_files(folder)
    assert len(files) >= 31
    faults = {}
    for file in files:
        notice = read_notice(file)
        faults[file.name] = _faults(notice) + ([] if notice.clauses else ["no clause"])
    assert {name: found for name, found in faults.items() if found} == {}


# -- what holds for any notice ------------------------------------------------------------------------------


def _faults(notice: Notice) -> list[str]:
    """Promises about ids, paths and spans that the notice breaks."""
    clauses = notice.clauses
    faults = [f"{c.cite}: empty path" for c in clauses if not c.path or not all(c.path)]
    if len({c.id for c in clauses}) != len(clauses):
        faults.append("an id twice")
    if notice.format in ("txt", "md"):
        faults += _span_faults(clauses, notice.source)
    return faults


def _span_faults(clauses: Sequence[Clause], source: str) -> list[str]:
    faults = []
    for clause in clauses:
        if clause.start is None or clause.end is None or not 0 <= clause.start <= clause.end <= len(source):
            faults.append(f"{clause.cite}: span {clause.start}-{clause.end}")
    if faults:
        return faults
    for before, after in pairwise(clauses):
        if (after.start or 0) < (before.end or 0) and not _share_a_row(before, after):
            faults.append(f"{after.cite} begins before {before.cite} ends")
    return faults


def _share_a_row(before: Clause, after: Clause) -> bool:
    """A row heading and its first sub-row have the place of one printed row."""
    return after.path[: len(before.path)] == before.path and before.kind == "heading"


PRINTED = (
    """
一、总体要求|二、主要任务|（一）换船|（二）修船。年底完成。|1.拆解|2.建造。年底完成。|3.验收|(1)买钢|①找厂
第一章 总则|第一条 渡工应当持证。|第二条 渡船应当登记：|1.1 目的|1.2 范围|——水质方面，达标。|一是清淤；
重点是：一是清淤；二是护岸。|渡船应当登记。|附件|附件1|附件2|附件：1.名单|渡口名单|青汀市渡口管理办法
序号|任务名称|牵头单位|完成时间|1|2|换船|市交通局|2024年|备注：渡|100|2024年3月5日|青汀市人民政府
各县（区）政府：|现印发给你们，请遵照执行。|发布时间：2024-03-05|— 3 —
""".strip()
    .replace("\n", "|")
    .split("|")
)

LINES = st.lists(
    st.one_of(
        st.sampled_from(PRINTED),
        st.text(alphabet="渡船一二、（）1.。：；—第条附件 \u3000", max_size=14),
    ),
    min_size=1,
    max_size=24,
).filter(lambda lines: any(line.strip() for line in lines))

ANY_TEXT = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@ANY_TEXT
@given(LINES)
def test_spans_and_ids_of_any_lines(lines: list[str]) -> None:
    assert _faults(notice_of("\n".join(lines))) == []


RUNNING = [
    line
    for line in PRINTED
    if (match_label(line) and furniture_rule(line) is None) or line.startswith(("重点", "渡船"))
]


@ANY_TEXT
@given(st.lists(st.sampled_from(RUNNING), max_size=24))
def test_every_line_of_running_text_is_in_a_clause(lines: list[str]) -> None:
    head = "青汀市渡口管理办法\n"
    notice = notice_of(head + "\n".join(["一、总则。渡口归市管。", *lines]))
    uncovered = list(notice.source)
    for clause in notice.clauses:
        uncovered[clause.start : clause.end] = " " * ((clause.end or 0) - (clause.start or 0))
    assert "".join(uncovered[len(head) :]).strip() == ""


@ANY_TEXT
@given(LINES)
def test_the_words_of_a_clause_stand_in_its_span(lines: list[str]) -> None:
    notice = notice_of("\n".join(lines))
    for clause in notice.clauses:
        if not clause.path[0].startswith("附") and clause.kind in ("item", "paragraph", "bullet", "inline"):
            place = squash(notice.source[clause.start : clause.end])
            assert [line for line in clause.text.split("\n") if squash(line) not in place] == []


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=200))
def test_arbitrary_text_is_split_without_a_fault(text: str) -> None:
    assert _faults(notice_of(text)) == []


@settings(max_examples=60, deadline=None)
@given(LINES, st.lists(st.sampled_from(["\n", "\n\n", "\n \n", "\n\u3000\n\n"]), min_size=24, max_size=24))
def test_blank_lines_change_nothing(lines: list[str], breaks: list[str]) -> None:
    apart = "".join(line + gap for line, gap in zip(lines, breaks, strict=False))
    assert addresses(apart) == addresses("\n".join(lines))


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_width_of_brackets_changes_no_path(lines: list[str]) -> None:
    text = "\n".join(lines)
    narrow = text.translate(str.maketrans("（）：；", "():;"))
    assert [path_key(c.path) for c in notice_of(narrow).clauses] == [
        path_key(c.path) for c in notice_of(text).clauses
    ]


@settings(max_examples=30, deadline=None)
@given(LINES)
def test_same_text_same_notice(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert notice_of(text) == notice_of(text)


def test_ids_hold_when_another_clause_is_added() -> None:
    """An id comes from the notice and the address, so that it outlives an edit elsewhere."""
    before = notice_of("青汀市渡口办法\n一、换船。\n二、修船。")
    after = notice_of("青汀市渡口办法\n一、换船。\n二、修船。\n三、护岸。")
    assert [c.id for c in after.clauses][:2] == [c.id for c in before.clauses]


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        (
            "青汀市渡口办法\n一、换船。" + "渡船应当按时检验，" * 8 + "并且",
            ("一、 的文字在文末中断，原文可能不完整。",),
        ),
        ("青汀市渡口办法\n一、换船。" + "渡船应当按时检验，" * 8 + "并且登记。", ()),
        ("青汀市渡口办法\n一、换船\n1.拆解。\n1.建造。\n二、附则。", ("编号重复，均已照录：一1。",)),
        (
            "青汀市渡口任务表\n\n| 序号 | 任务名称 |\n| --- | --- |\n| 1 | 换船 |\n| 3 | 修船 |\n",
            ("编号跳过：表1 第1项之后为第3项。",),
        ),
    ],
)
def test_remarks(text: str, remarks: tuple[str, ...]) -> None:
    name = "渡口.md" if "|" in text else "渡口.txt"
    assert notice_of(text, name).remarks == remarks


def test_a_repeated_address_keeps_both_clauses() -> None:
    notice = notice_of("青汀市渡口办法\n一、换船\n1.拆解。\n1.建造。\n二、附则。")
    repeated = [clause for clause in notice.clauses if clause.cite == "一1"]
    assert [clause.text for clause in repeated] == ["拆解。", "建造。"]
    assert repeated[0].id != repeated[1].id


def test_notice_says_which_file_it_is(tmp_path: Path) -> None:
    file = tmp_path / "渡口.txt"
    file.write_text("青汀市渡口办法\n一、换船。", encoding="utf-8")
    notice = read_notice(file, "2024/渡口.txt")
    assert (notice.name, notice.format, notice.source) == (
        "2024/渡口.txt",
        "txt",
        "青汀市渡口办法\n一、换船。",
    )
    assert notice.id == read_notice(file, "2024/渡口.txt").id
    assert notice.id != read_notice(file, "2023/渡口.txt").id
    file.write_text("青汀市渡口办法\n一、修船。", encoding="utf-8")
    assert notice.id != read_notice(file, "2024/渡口.txt").id
