"""An index of three invented work reports and a plan, for the ledger of targets."""

from __future__ import annotations

from pathlib import Path

from index.settings import Settings
from index.store import Index, open_index
from index.sync import index_notices
from ingest.notice import Card, Clause, ClauseKind, Notice
from tests.index.fake import SignCounts

_REPORTS = {
    "云湖省": "地区生产总值增长5%左右；城镇新增就业6万人以上；居民收入增长与经济增长同步。",
    "澄江省": "全省生产总值增长5.5%以上，人均地区生产总值达到9万元；城镇新增就业70000人。",
    "望津省": "经济增长4.5%—5.5%，地方一般公共预算收入增长2%。到2035年，森林覆盖率达到45%。",
}


def _notice(number: int, card: Card, text: str) -> Notice:
    clause = Clause(
        f"n{number}-1", ("三", "引言"), "三、引言", "三引言", ClauseKind.PARAGRAPH, None, text, ()
    )
    return Notice(f"n{number}", f"n{number}.txt", str(number) * 64, "txt", card, (clause,), text)


def _report(region: str) -> Card:
    return Card(title=f"2031年{region}政府工作报告", kind="报告", region=region, period=(2031, 2031))


def notices() -> list[Notice]:
    """The notices, the reports of 2031 first."""
    made = [
        _notice(number, _report(region), text)
        for number, (region, text) in enumerate(_REPORTS.items(), start=1)
    ]
    plan = Card(title="云湖市生态建设行动计划", kind="计划", region="云湖省云湖市", period=(2030, 2033))
    text = "=公园改造率达到80%；PM2.5浓度比2029年下降6%。（责任单位：市住建局、市生态环境局）"
    return [*made, _notice(4, plan, text)]


def settings(base: Path) -> Settings:
    """The settings of the home below `base`."""
    return Settings(home=base / "home", model="sign-counts")


def index(base: Path) -> Index:
    """The notices, indexed below `base`."""
    index_notices(notices(), settings(base), source=base, embeddings=SignCounts())
    return open_index(settings(base), embeddings=SignCounts())
