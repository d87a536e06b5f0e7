"""The corpus tab's table and the cards of files that were sent in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest

from assistant.corpus_files import Upload
from assistant.page.corpus.notices import NoticeFilter, ordered, years_of
from assistant.page.corpus.notices_view import notices_view
from assistant.page.corpus.uploads import Waiting, Wish
from assistant.page.corpus.uploads_view import uploads_view
from assistant.page.i18n import Language
from assistant.page.records import Browsing
from assistant.page.rights import Rights
from index.types import FileFault, NoticeRecord
from ingest.notice import Card
from tests.assistant.page.fake import HOSTILE, HOSTILE_NOTICE, LANZHOU

RECORDS = (LANZHOU, HOSTILE_NOTICE)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (NoticeFilter(), [LANZHOU, HOSTILE_NOTICE]),
        (NoticeFilter(words="清水 方案"), [LANZHOU]),
        (NoticeFilter(words="岚政办发〔2024〕18号"), [LANZHOU]),
        (NoticeFilter(words="清水 没有"), []),
        (NoticeFilter(region="岚州市"), [LANZHOU]),
        (NoticeFilter(year="2026"), [LANZHOU]),
        (NoticeFilter(year="2023"), [HOSTILE_NOTICE]),
        (NoticeFilter(issuer="岚州市人民政府办公室", kind="方案"), []),
    ],
)
def test_filters_combine(wanted: NoticeFilter, found: list[NoticeRecord]) -> None:
    assert [record for record in RECORDS if wanted.passes(record)] == found


def test_the_years_of_a_notice() -> None:
    assert list(years_of(LANZHOU)) == [2024, 2025, 2026, 2027]
    assert list(years_of(HOSTILE_NOTICE)) == [2023]
    assert list(years_of(replace(LANZHOU, card=Card("无日期")))) == []


def test_order_by_a_column() -> None:
    assert ordered(RECORDS, Browsing("issued")) == [HOSTILE_NOTICE, LANZHOU]
    assert ordered(RECORDS, Browsing("number", descending=True)) == [LANZHOU, HOSTILE_NOTICE]
    assert ordered(RECORDS, Browsing("nonsense")) == [LANZHOU, HOSTILE_NOTICE]


def view(browsing: Browsing = Browsing(), *, may_change: bool = True, wanted: str = "") -> str:  # noqa: B008
    return notices_view(
        RECORDS, NoticeFilter(words=wanted), browsing, Language.CHINESE, may_change=may_change
    )


def test_each_notice_opens_and_says_how_much_of_it_is_accounted_for() -> None:
    html = view()
    assert "共 2 份文件" in html
    assert '<a href="#c=n1">岚州市清水行动实施方案（2024—2027年）</a>' in html
    assert '<td data-label="文字核对" class="tw-number">100%</td>' in html
    assert "<img" not in html
    assert "恶意标题&#60;img src=x" in html
    assert "1 份文件符合条件，共 2 份" in view(wanted="清水")


def test_only_those_who_may_are_offered_to_remove_and_are_asked_first() -> None:
    assert "移除" not in view(may_change=False)
    assert "移除" not in view(Browsing(asked="n1"), may_change=False)
    assert 'href="#ask=n1"' in view()
    assert "#remove=" not in view()
    asked = view(Browsing(asked="n1"))
    assert "移出语料？文件会放进回收文件夹，不会丢失。" in asked
    assert '<a href="#remove=n1" role="button" class="tw-grave" data-event="submit">移除</a>' in asked


def test_a_member_of_an_archive_says_that_the_archive_goes() -> None:
    member = replace(LANZHOU, name="市里/包.zip/甲.txt")
    html = notices_view([member], NoticeFilter(), Browsing(asked="n1"), Language.CHINESE, may_change=True)
    assert "整个压缩包 包.zip 会放进回收文件夹" in html


@pytest.mark.parametrize(
    ("href", "wish"),
    [
        ("#keep=0", Wish("keep", 0)),
        ("#replace=12", Wish("replace", 12)),
        ("#drop=3", Wish("drop", 3)),
        ("#keep=-1", None),
        ("#keep=", None),
        ("#delete=0", None),
    ],
)
def test_what_somebody_wants_done(href: str, wish: Wish | None) -> None:
    assert Wish.parse(href) == wish


def test_a_card_to_confirm_a_taken_name_and_a_refusal() -> None:
    upload = Upload(
        Path("a"), f"{HOSTILE}.zip", (LANZHOU, HOSTILE_NOTICE), (FileFault("坏.rar", "读不了。"),), 3
    )
    waiting = (
        Waiting("甲.txt", Upload(Path("b"), "甲.txt", (LANZHOU,))),
        Waiting(upload.name, upload, taken=True),
        Waiting("空.docx").refused("空.docx：文件是空的。"),
    )
    html = uploads_view(waiting, Language.CHINESE, running=f"正在查看{HOSTILE}")
    assert "确认后才会收入语料" in html
    assert "<dt>文号</dt><dd>岚政办发〔2024〕18号</dd>" in html
    assert "<dt>适用年份</dt><dd>2024—2027年</dd>" in html
    assert '<a href="#keep=0" role="button" class="tw-first" aria-label="收入 甲.txt">收入</a>' in html
    assert "#keep=1" not in html
    assert 'href="#replace=1"' in html
    assert "坏.rar：读不了。" in html
    assert "另有 3 份未在此列出" in html
    assert '<p class="tw-refusal" role="alert">空.docx：文件是空的。</p>' in html
    assert "#keep=2" not in html
    assert 'href="#drop=2"' in html
    assert "<img" not in html
    assert uploads_view((), Language.CHINESE) == ""


def test_who_may_change_the_corpus() -> None:
    def request(name: str | None) -> gr.Request:
        return gr.Request(username=name)

    assert Rights().may_change(request(None))
    assert not Rights(read_only=True).may_change(request("张三"))
    named = Rights(uploaders=frozenset({"张三"}))
    assert named.may_change(request("张三"))
    assert not named.may_change(request("李四"))
    assert not named.may_change(request(None))
