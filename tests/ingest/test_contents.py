"""Tables of contents are furniture, and end where the text begins."""

from __future__ import annotations

import pytest

from ingest.contents import contents_lines
from ingest.runs import Run
from tests.ingest.invented import addresses, notice_of

TITLE = "青汀市渡口管理办法\n"
BODY = "第一章　总则\n第一条　为管好渡口，制定本办法。\n第二章　渡工（修改）\n第二条　渡工应当持证。"


def _lines(text: str) -> list[Run]:
    return [Run(line, i) for i, line in enumerate(text.splitlines())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("目　录\n第一章　总则\n第二章　渡工\n" + BODY, {0, 1, 2}),
        ("目录\n第一章　总则……1\n第二章　渡工……3\n" + BODY, {0, 1, 2}),
        ("目录 第一章 总则 第二章 渡工\n" + BODY, {0}),
        ("目录\n渡口名单\n" + BODY, set()),  # nothing that the text repeats
        ("目录管理办法由市交通局制定。\n" + BODY, set()),
        ("目录\n第一章　总则\n第二章　渡工\n" + BODY + "\n" + BODY, {0, 1, 2}),  # the text stands twice
        (BODY, set()),
    ],
)
def test_contents(text: str, found: set[int]) -> None:
    assert contents_lines(_lines(text)) == found


def test_a_table_of_contents_is_no_body() -> None:
    text = TITLE + "目　录\n第一章　总则\n第二章　渡工\n" + BODY
    notice = notice_of(text)
    assert addresses(text) == addresses(TITLE + BODY)
    assert [taken.text for taken in notice.audit.furniture if taken.rule == "目录"] == [
        "目　录",
        "第一章　总则",
        "第二章　渡工",
    ]
    assert notice.audit.lost == ()
