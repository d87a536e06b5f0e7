"""A backend with two invented notices and answers that a test can predict."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.addressing import Place
from assistant.answering import source_line
from assistant.corpus_files import CorpusFault, Upload, look_at
from assistant.errors import NoSuchAddress, UnusableQuestion
from assistant.feedback import Feedback
from assistant.types import Answer, Citation, QuestionKind, Understood
from index.errors import SyncRunning
from index.sync import Stage, Step
from index.types import FileFault, Filters, Hit, LedgerEntry, NoticeRecord, SyncReport
from ingest.notice import Attachment, Audit, Card, Clause, ClauseKind, Stretch
from ingest.targets import Comparator, Target

HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert(2)</script>${alert(3)}${1+1}{{x}}`"
    "[点此](javascript:alert(4))<svg/onload=alert(5)>"
)


_PRINTED = {"一": "一、", "二": "二、", "附件1": "附件1 "}


def clause(
    id: str,
    path: Sequence[str],
    text: str,
    kind: ClauseKind = ClauseKind.ITEM,
    *,
    heading: str | None = None,
    headings: Sequence[str] = (),
    fields: dict[str, str] | None = None,
) -> Clause:
    """A clause whose label and address follow from its path."""
    label = "".join(_PRINTED.get(part, f"{part}." if part.isdecimal() else part) for part in path)
    cite = f"{path[0]}#{path[-1]}" if kind is ClauseKind.ROW else "".join(path)
    return Clause(
        id=id,
        path=tuple(path),
        label=label,
        cite=cite,
        kind=kind,
        heading=heading,
        text=text,
        headings=tuple(headings),
        fields=fields,
    )


def row(id: str, number: str, group: str, *, task: str, lead: str, due: str) -> Clause:
    """A row of the task table in 附件1."""
    return clause(
        id,
        ["附件1", group[0], number],
        f"{task}\n{lead}\n{due}",
        ClauseKind.ROW,
        headings=["重点任务分工表", group],
        fields={"序号": number, "工作任务": task, "牵头单位": lead, "完成时限": due, "group": group},
    )


LANZHOU = NoticeRecord(
    id="n1",
    name="岚州/岚州市清水行动方案.txt",
    folder="corpus",
    format="txt",
    card=Card(
        title="岚州市清水行动实施方案（2024—2027年）",
        notice_title="岚州市人民政府办公室关于印发《岚州市清水行动实施方案（2024—2027年）》的通知",
        issuer="岚州市人民政府办公室",
        region="岚州市",
        doc_number="岚政办发〔2024〕18号",
        issued="2024-05-20",
        period=(2024, 2027),
        attachments=(Attachment("附件1", "重点任务分工表"),),
    ),
    clause_count=0,
)

_GOALS = "主要目标"
_TASKS = "重点任务"
_RIVERS = "推进河道综合整治"
_FILLER = "各镇街按月巡查，建立台账，发现问题当日上报、三日内处置，处置结果向社会公开，接受群众监督。"

LANZHOU_CLAUSES = (
    clause("c0", ["前言"], "为改善全市水环境质量，结合岚州实际，制定本方案。", ClauseKind.PARAGRAPH),
    clause("c1", ["一"], _GOALS, ClauseKind.HEADING, heading=_GOALS),
    clause(
        "c2",
        ["一", "（一）"],
        "水质目标。到2025年，全市地表水优良比例达到92%；到2027年，全市地表水优良比例达到96%，劣V类水体全面消除。",
        heading="水质目标",
        headings=[_GOALS],
    ),
    clause(
        "c3",
        ["一", "（二）"],
        "管网目标。2026年6月底前完成老城区管网普查，污水集中收集率达到85%以上。",
        heading="管网目标",
        headings=[_GOALS],
    ),
    clause("c4", ["二"], _TASKS, ClauseKind.HEADING, heading=_TASKS),
    clause("c5", ["二", "（一）"], _RIVERS, ClauseKind.HEADING, heading=_RIVERS, headings=[_TASKS]),
    *(
        clause(
            f"c6-{number}",
            ["二", "（一）", str(number)],
            f"整治第{number}片区河道。{_FILLER * 3}",
            heading=f"整治第{number}片区河道",
            headings=[_TASKS, _RIVERS],
        )
        for number in range(1, 25)
    ),
    clause("c7", ["附件1"], "重点任务分工表", ClauseKind.HEADING, heading="重点任务分工表"),
    row("c8", "1", "一、河道整治", task="完成青溪、白沙河清淤12公里", lead="市水务局", due="2025年底前"),
    row("c9", "2", "一、河道整治", task="建设生态护岸8公里", lead="市水务局、市园林局", due="2026年底前"),
    row(
        "c10",
        "3",
        "二、管网改造",
        task="改造雨污分流管网46公里",
        lead="市住房和城乡建设局",
        due="2027年6月底前",
    ),
)

HOSTILE_NOTICE = NoticeRecord(
    id="n2",
    name=f"{HOSTILE}.html",
    folder="corpus",
    format="html",
    card=Card(
        title=f"恶意标题{HOSTILE}\u202eמספר\u200f" + "长" * 2000,
        issuer=f"机关{HOSTILE}",
        region="北泽市<img src=x onerror=alert(6)>",
        issued="2023-01-09",
    ),
    clause_count=3,
    remarks=(f"备注{HOSTILE}",),
)

HOSTILE_CLAUSES = (
    clause("h0", ["一"], f"标题{HOSTILE}", ClauseKind.HEADING, heading=f"标题{HOSTILE}"),
    clause("h1", ["一", "（一）"], f"条文{HOSTILE}", headings=[f"标题{HOSTILE}"]),
    clause(
        "h2",
        ["附件1", "1"],
        f"任务清单，{HOSTILE}\n部门{HOSTILE}",
        ClauseKind.ROW,
        fields={"工作任务": f"任务清单，{HOSTILE}", "牵头单位": f"部门{HOSTILE}", f"列{HOSTILE}": HOSTILE},
    ),
)


def _target(  # noqa: PLR0917 - one line a target below
    notice: NoticeRecord, place: Clause, words: str, value: float, unit: str, year: int
) -> LedgerEntry:
    target = Target(
        indicator=words,
        comparator=Comparator.AT_LEAST,
        value=value,
        unit=unit,
        text=f"{value:g}{unit}以上",
        quote=place.text[:12],
        change="达到",
        year=year,
        responsible=(f"部门{HOSTILE}",) if notice is HOSTILE_NOTICE else ("市水务局",),
    )
    return LedgerEntry(target, place, notice)


TARGETS = (
    _target(LANZHOU, LANZHOU_CLAUSES[2], "地表水优良比例", 92, "%", 2025),
    _target(LANZHOU, LANZHOU_CLAUSES[2], "地表水优良比例", 96, "%", 2027),
    _target(LANZHOU, LANZHOU_CLAUSES[3], "污水集中收集率", 85, "%", 2026),
    _target(HOSTILE_NOTICE, HOSTILE_CLAUSES[1], f"指标{HOSTILE}", 7, "万吨<b>", 2025),
)


class FakeBackend:
    """Answers what `_ANSWERS` holds, fails on 故障 and 太长, and knows no answer to anything else.

    `gate`, when it is given, holds every answer after its first piece until the test opens it.
    """

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.gate = gate
        self.asked: list[tuple[list[str], frozenset[str]]] = []
        self.struck: list[tuple[frozenset[str], tuple[frozenset[str], ...]]] = []
        self.feedback: list[Feedback] = []
        self.syncs = 0
        self.kept: list[tuple[str, bool]] = []
        self.removed: list[str] = []
        self._clauses = {"n1": LANZHOU_CLAUSES, "n2": HOSTILE_CLAUSES}

    def notices(self) -> Sequence[NoticeRecord]:
        return (LANZHOU, HOSTILE_NOTICE)

    def clauses(self, notice_id: str) -> Sequence[Clause]:
        return self._clauses.get(notice_id, ())

    def audit(self, notice_id: str) -> Audit | None:
        if notice_id != "n1":
            return None
        return Audit(1000, 950, 40, (Stretch("第1页共9页\n" + HOSTILE, 0, 10, "页码"),), (), ())

    def original(self, notice_id: str) -> Path | None:
        return Path(__file__) if notice_id == "n1" else None

    def places(self, address: str) -> Sequence[Place]:
        found = [one for one in LANZHOU_CLAUSES if address.endswith(f" {one.cite}")]
        if not found:
            raise NoSuchAddress(f"没有{address}")
        return [Place(LANZHOU, one, ()) for one in found]

    def ask(
        self,
        turns: Sequence[str],
        *,
        notices: frozenset[str],
        struck: frozenset[str] = frozenset(),
        struck_before: Sequence[frozenset[str]] = (),
    ) -> Iterator[Answer]:
        self.asked.append((list(turns), notices))
        self.struck.append((struck, tuple(struck_before)))
        answer = self.answer(turns, struck)
        yield replace(answer, text=answer.text[: len(answer.text) // 2])
        if self.gate is not None:
            self.gate.wait(30)
        yield answer

    def answer(self, turns: Sequence[str], struck: frozenset[str]) -> Answer:
        return answer_to(turns[-1])

    def extract(
        self,
        turns: Sequence[str],
        *,
        notices: frozenset[str],
        struck: frozenset[str] = frozenset(),
        struck_before: Sequence[frozenset[str]] = (),
    ) -> Answer:
        return self.answer(turns, struck)

    def keep_feedback(self, feedback: Feedback) -> None:
        self.feedback.append(feedback)

    def folders(self) -> Sequence[Path]:
        return (Path("/corpus"),)

    def look_at(self, path: Path, name: str) -> Upload:
        return look_at(path, name)

    def keep(self, upload: Upload, folder: Path, *, replace: bool = False) -> None:
        self.kept.append((upload.name, replace))

    def remove(self, notice_id: str) -> None:
        if notice_id != "n1":
            raise CorpusFault(f"移不走 {HOSTILE}：只读文件系统。")
        self.removed.append(notice_id)

    def targets(
        self,
        *,
        indicator: str | None = None,
        regions: Iterable[str] = (),
        notices: Iterable[str] = (),
        year: int | None = None,
        due_by: int | None = None,
    ) -> Sequence[LedgerEntry]:
        regions, notices = tuple(regions), tuple(notices)
        return [
            entry
            for entry in TARGETS
            if (not indicator or indicator in entry.target.indicator)
            and (not regions or entry.notice.card.region in regions)
            and (not notices or entry.notice.id in notices)
            and (year is None or entry.target.year == year)
            and (due_by is None or (entry.target.year or 9999) <= due_by)
        ]

    def indicators(self) -> Sequence[str]:
        return sorted({entry.target.indicator for entry in TARGETS})

    def sync(self, *, progress: Callable[[Step], None] | None = None, rebuild: bool = False) -> SyncReport:
        self.syncs += 1
        if progress is not None:
            progress(Step(Stage.READ, 0, 2, f"{HOSTILE}.md"))
        if self.syncs > 1:
            raise SyncRunning(Path("index"))
        return SyncReport(
            added=("岚州/新方案.txt",),
            removed=(f"{HOSTILE}.md",),
            unchanged=2,
            read=1,
            failed=(FileFault("坏文件.txt", "不是文字文件（第 12 个字节为 0x00），请另存为 UTF-8 文本。"),),
            unsupported=(FileFault("表格.xlsx", "暂不支持 .xlsx。"),),
            clauses=33,
            seconds=0.42,
        )


def answer_to(question: str) -> Answer:
    """The fake's whole answer. Raises as `FakeBackend` says."""
    if "故障" in question:
        raise RuntimeError("broken")
    if not question.strip():
        raise UnusableQuestion("问题是空的，请写下要问的内容。")
    if "太长" in question:
        raise UnusableQuestion("问题太长，请控制在2000字以内。")
    understood = Understood(question=question, query=question, kind=QuestionKind.FACT, filters=Filters())
    for keywords, text, cited in _ANSWERS:
        if any(keyword in question for keyword in keywords):
            citations = tuple(
                _cite(marker, notice, clause_id, quote)
                for marker, (notice, clause_id, quote) in enumerate(cited, 1)
            )
            lines = [text, *map(source_line, citations)]
            return Answer("\n".join(lines), False, citations, (), understood)
    hits = tuple(Hit(one, LANZHOU, 1.0) for one in LANZHOU_CLAUSES[2:4])
    refusal = "语料中没有条款说到这件事。\n最接近的条款（不是答案）：\n· 甲\n· 乙"
    return Answer(refusal, True, (), hits, understood)


_SHARE = "到2027年，全市地表水优良比例达到96%"
#: Words of the question, the answer, and what it cites.
_ANSWERS: tuple[tuple[tuple[str, ...], str, tuple[tuple[NoticeRecord, str, str], ...]], ...] = (
    (("恶意",), f"条文{HOSTILE}[1][2]", ((HOSTILE_NOTICE, "h1", ""), (HOSTILE_NOTICE, "h2", ""))),
    (("任务清单",), "见表。[1]", ((HOSTILE_NOTICE, "h2", ""),)),
    (("优良比例",), _SHARE.replace("96%", "**96%**") + "。[1]", ((LANZHOU, "c2", _SHARE),)),
    (("片区",), "发现问题当日上报。[1]", ((LANZHOU, "c6-20", "发现问题当日上报"),)),
    (("管网目标",), "2026年6月底前完成。[1]", ((LANZHOU, "c3", "2026年6月底前完成"),)),
    (("水务局",), "两项。[1][2]", ((LANZHOU, "c8", ""), (LANZHOU, "c9", ""))),
    (("管网",), "由**市住房和城乡建设局**牵头。[1]", ((LANZHOU, "c10", "市住房和城乡建设局"),)),
    (("清单全部",), "共9项。", tuple((LANZHOU, f"c6-{number}", "") for number in range(1, 10))),
)


def _cite(marker: int, notice: NoticeRecord, clause_id: str, quote: str) -> Citation:
    target = next(one for one in (*LANZHOU_CLAUSES, *HOSTILE_CLAUSES) if one.id == clause_id)
    card = notice.card
    return Citation(
        marker, quote or target.text, target, notice.name, card.title, card.issuer, card.issued, notice.id
    )
