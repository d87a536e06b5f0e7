"""The groups of a table that a question names."""

import pytest

from assistant.groups import group_number, groups_named, number_asked
from ingest.notice import ClauseKind
from tests.assistant.sample import clause


def _row(*path: str, group: str = "") -> object:
    return clause(path, "疏浚", kind=ClauseKind.ROW, fields={"工作任务": "疏浚", "group": group})


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("第二组的项目有哪些", 2),
        ("附件2第三部分有哪些项目", 3),
        ("第四大类", 4),
        ("第12组", 12),
        ("第二条", None),
        ("第二个项目", None),
    ],
)
def test_number_asked(question: str, number: int | None) -> None:
    assert number_asked(question) == number


@pytest.mark.parametrize(
    ("path", "number"),
    [
        (("附件1", "六", "74"), 6),
        (("附件1", "（三）", "5"), 3),
        (("附件3", "附件", "二", "5"), 2),
        (("附件1", "49", "1"), None),
        (("附件1", "5"), None),
    ],
)
def test_group_number(path: tuple[str, ...], number: int | None) -> None:
    assert group_number(_row(*path)) == number  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("二、河道治理类的项目有哪些", {"二、河道治理类"}),
        ("河道治理有哪些项目", {"二、河道治理类"}),
        ("“清流”行动有哪些任务", {"三、“清流”行动"}),
        ("清流行动有哪些任务", {"三、“清流”行动"}),
        ("治理类有哪些", set()),
        ("有哪些项目", set()),
    ],
)
def test_groups_named(question: str, groups: set[str]) -> None:
    names = ("一、泵站建设类", "二、河道治理类", "三、“清流”行动")
    rows = [_row("附件1", str(i), group=name) for i, name in enumerate(names)]
    assert groups_named(question, rows) == groups  # type: ignore[arg-type]
