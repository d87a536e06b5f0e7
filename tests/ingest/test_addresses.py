"""Labels and citations by the paths of all clauses."""

from __future__ import annotations

import pytest

from ingest.addresses import Addresses
from ingest.notice import ClauseKind
from ingest.outline import Node

NODES = (
    Node(("一",), "一、"),
    Node(("一", "（二）"), "(二)"),
    Node(("3",), "3"),
    Node(("3", "3.2"), "3.2"),
    Node(("3", "3.2", "3.2.1"), "3.2.1"),
    Node(("附件2", "三", "7"), "序号", kind=ClauseKind.HEADING),
    Node(("附件2", "三", "7", "2"), kind=ClauseKind.ROW),
    Node(("附件3", "附件", "12"), kind=ClauseKind.ROW),
    Node(("四", "表1", "5"), kind=ClauseKind.ROW),
)


@pytest.mark.parametrize(
    ("path", "label", "cite"),
    [
        (("一", "（二）"), "一、(二)", "一（二）"),
        (("一", "（二）", "引言"), "一、(二)引言", "一（二）引言"),
        (("3", "3.2", "3.2.1"), "3.2.1", "3.2.1"),  # names 3 and 3.2 by itself
        (("附件2",), "附件2 ", "附件2"),
        (("附件2", "三", "7"), "附件2 第7项", "附件2#7"),  # the group of the table is left out
        (("附件2", "三", "7", "2"), "附件2 第7项之2", "附件2#7.2"),
        (("附件3", "附件", "12"), "附件3附件 第12项", "附件3附件#12"),
        (("四", "表1", "5"), "四表1 第5项", "四表1#5"),
    ],
)
def test_label_and_cite(path: tuple[str, ...], label: str, cite: str) -> None:
    assert Addresses(NODES).label_and_cite(path) == (label, cite)
