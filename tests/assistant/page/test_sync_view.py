"""The report of a sync in plain words."""

from __future__ import annotations

from assistant.page.i18n import Language
from assistant.page.sync_view import sync_view
from index.types import FileFault, SyncReport


def test_what_changed_is_counted_and_named_and_what_failed_has_its_reason() -> None:
    report = SyncReport(
        added=("甲.txt",),
        changed=("乙<b>.md",),
        unchanged=3,
        read=2,
        failed=(FileFault("丙.txt", "文件是空的。"),),
        unsupported=(FileFault("丁.xlsx", "暂不支持 .xlsx。"),),
        clauses=40,
        seconds=1.26,
    )
    assert sync_view(report, Language.CHINESE) == (
        '<div class="tw-report" role="status">'
        '<p class="tw-report-summary">'
        "语料已更新：新增 1，改动 1，移除 0，未变 3；共 40 条条款，用时 1.3 秒。</p>"
        "<section><h3>新增</h3><ul><li>甲.txt</li></ul></section>"
        "<section><h3>改动</h3><ul><li>乙&#60;b&#62;.md</li></ul></section>"
        '<section class="tw-report-faults"><h3>未能读入</h3><ul>'
        '<li><span class="tw-report-file">丙.txt</span>文件是空的。</li></ul></section>'
        '<section class="tw-report-faults"><h3>暂不支持的格式</h3><ul>'
        '<li><span class="tw-report-file">丁.xlsx</span>暂不支持 .xlsx。</li></ul></section>'
        '<a href="#close-report" class="tw-close" role="button" aria-label="关闭">×</a></div>'
    )


def test_no_change_is_said_in_one_sentence() -> None:
    html = sync_view(SyncReport(unchanged=5, clauses=80), Language.CHINESE)
    assert "语料没有变化：5 个文件，80 条条款。" in html
    assert "<section" not in html


def test_long_lists_of_names_are_cut_and_faults_never() -> None:
    names = tuple(f"{number}.txt" for number in range(100))
    faults = tuple(FileFault(name, "文件是空的。") for name in names)
    html = sync_view(SyncReport(added=names, failed=faults), Language.CHINESE)
    assert "……另有 88 个" in html
    assert html.count("文件是空的。") == 100
