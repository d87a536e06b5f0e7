"""Three invented notices and a source in memory, small enough to know by heart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.indicators import matching_indicators
from assistant.wording import words
from index.reading import Reading
from index.types import Filters, Hit, LedgerEntry, NoticeRecord
from ingest.notice import Attachment, Card, Clause, ClauseKind


def clause(
    path: Sequence[str],
    text: str,
    *,
    kind: ClauseKind = ClauseKind.ITEM,
    heading: str | None = None,
    headings: Sequence[str] = (),
    fields: Mapping[str, str] | None = None,
    notice: str = "qinglan",
) -> Clause:
    """A clause whose id, label and cite follow from its path; rows are cited 附件1#2."""
    row = kind is ClauseKind.ROW
    cite = f"{path[0]}#{'.'.join(p for p in path[1:] if p.isdigit())}" if row else "".join(path)
    return Clause(
        id=f"{notice}/{'/'.join(path)}",
        path=tuple(path),
        label=cite,
        cite=cite,
        kind=kind,
        heading=heading,
        text=text,
        headings=tuple(headings),
        fields=fields,
        start=0,
        end=len(text),
    )


def _row(number: str, task: str, lead: str, support: str, done: str) -> Clause:
    fields = {"序号": number, "工作任务": task, "牵头单位": lead, "配合单位": support, "完成时间": done}
    text = "\n".join(v for n, v in fields.items() if v and n != "序号")
    return clause(
        ("附件1", number), text, kind=ClauseKind.ROW, headings=("碧水行动任务分解表",), fields=fields
    )


QINGLAN = (
    clause(("前言",), "为守护青岚的一江清水,制定本方案。", kind=ClauseKind.PARAGRAPH),
    clause(("一",), "工作目标", kind=ClauseKind.HEADING, heading="工作目标"),
    clause(
        ("一", "（一）"),
        "到2023年,断流河段全部恢复流水;到2025年,河湖水质优良比例达到88%以上,比2020年提高6个百分点。"
        "钓鱼台全部登记造册。沿河步道建成40公里。河湖巡护员每千人不少于2名。"
        "每个乡镇建成一处亲水平台。水文站全部实现无人值守。老旧闸门全部更换。河道保洁外包率不高于30%。"
        "村级河长每周巡河一次。冬季清淤量不少于12万立方米。",
        heading="水环境",
        headings=("工作目标",),
    ),
    clause(("二",), "重点任务", kind=ClauseKind.HEADING, heading="重点任务"),
    clause(
        ("二", "1"),
        "整治排水口。所有排水口一口一档。(责任单位:市水务局、市城管局)",
        heading="整治排水口",
        headings=("重点任务",),
    ),
    clause(
        ("二", "2"),
        "养护河道。分下列步骤实施:",
        heading="养护河道",
        headings=("重点任务",),
    ),
    clause(("二", "2", "（1）"), "摸清河道底数;", headings=("重点任务", "养护河道")),
    clause(("二", "2", "（2）"), "编制养护手册;", headings=("重点任务", "养护河道")),
    clause(("二", "2", "（3）"), "移交养护单位。", headings=("重点任务", "养护河道")),
    clause(("附件1",), "碧水行动任务分解表", kind=ClauseKind.HEADING, heading="碧水行动任务分解表"),
    _row("1", "新建雨水调蓄池5座。", "市水务局", "市财政局、市政府办公室", "2023年"),
    _row("2", "清理违规网箱。", "市农业农村局", "市水务局", "2022年"),
    _row("3", "开展护河宣传。", "市政府办公室", "", "2024年"),
)

BAISHA = (
    clause(("一",), "工作目标", kind=ClauseKind.HEADING, heading="工作目标", notice="baisha"),
    clause(
        ("一", "1"),
        "到2025年,河湖水质优良比例达到91%。",
        heading="水环境",
        headings=("工作目标",),
        notice="baisha",
    ),
)

HOSTILE = (
    clause(
        ("第一条",),
        "公告牌[bold red]不得[/]写<img src=x onerror=alert(1)>和${1+1}。",
        notice="hostile",
    ),
)


def record(
    notice_id: str, title: str, region: str | None, clauses: Sequence[Clause], **card: object
) -> NoticeRecord:
    """A catalogue record named `ID.txt`."""
    return NoticeRecord(
        id=notice_id,
        name=f"{notice_id}.txt",
        folder="corpus",
        format="txt",
        card=Card(title=title, region=region, **card),  # type: ignore[arg-type]
        clause_count=len(clauses),
    )


class MemorySource:
    """Notices in memory; the score of a clause is the number of the query's words that it has."""

    _clauses: dict[str, Sequence[Clause]]
    _records: tuple[NoticeRecord, ...]
    _entries: tuple[LedgerEntry, ...] = ()

    def __init__(self) -> None:
        self._clauses = {"baisha": BAISHA, "hostile": HOSTILE, "qinglan": QINGLAN}
        self._records = (
            record(
                "baisha", "白砂市清河计划", "白砂市", BAISHA, issuer="白砂市人民政府", period=(2021, 2025)
            ),
            record("hostile", "云屏县公告管理规定", "云屏县", HOSTILE),
            record(
                "qinglan",
                "青岚市碧水行动方案(2021-2025)",
                "青岚市",
                QINGLAN,
                issuer="青岚市人民政府",
                issued="2021-03-01",
                period=(2021, 2025),
                attachments=(Attachment("附件1", "青岚市碧水行动任务分解表"),),
            ),
        )

    def notices(self) -> Sequence[NoticeRecord]:
        """All three, ordered by name."""
        return self._records

    def clauses_of(self, notice_id: str) -> Sequence[Clause]:
        """The clauses of one notice; empty for an unknown id."""
        return self._clauses.get(notice_id, ())

    def read(self, question: str, *, is_name: Callable[[str], bool]) -> Reading:
        """The question as it stands."""
        return Reading(question)

    def targets(self, *, indicator: str | None = None) -> Sequence[LedgerEntry]:
        """The targets given, those of the named indicator if one is given."""
        wanted = None if indicator is None else matching_indicators(indicator, self.indicators())
        return [e for e in self._entries if wanted is None or e.target.indicator in wanted]

    def indicators(self) -> Sequence[str]:
        """The indicators of these targets."""
        return tuple(dict.fromkeys(entry.target.indicator for entry in self._entries))

    def search(self, query: str, *, filters: Filters, limit: int) -> Sequence[Hit]:
        """Clauses by the number of shared words, ties by id."""
        wanted = set(words(query))
        hits = []
        for notice in self._records:
            for one in self._clauses[notice.id]:
                if filters.notices and notice.id not in filters.notices:
                    continue
                if filters.attachments and one.path[0] not in filters.attachments:
                    continue
                shared = len(wanted & set(words("\n".join([*one.headings, one.heading or "", one.text]))))
                if shared:
                    hits.append(Hit(one, notice, float(shared)))
        return sorted(hits, key=lambda hit: (-hit.score, hit.clause.id))[:limit]


class TwoPlans(MemorySource):
    """Two plans of one city, four years apart."""

    def __init__(self) -> None:
        old = clause(("一", "1"), "到2018年,绿道长度达到30公里。", headings=("目标",), notice="a-old")
        new = clause(("一", "1"), "到2022年,绿道长度达到75公里。", headings=("目标",), notice="b-new")
        self._clauses = {"a-old": (old,), "b-new": (new,)}
        self._records = (
            record("a-old", "柳岸市绿道计划(2015-2018)", "柳岸市", (old,), period=(2015, 2018)),
            record("b-new", "柳岸市绿道计划(2019-2022)", "柳岸市", (new,), period=(2019, 2022)),
        )
