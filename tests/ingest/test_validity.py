"""From when and until when a notice is in force, what it repeals, what it cites."""

from __future__ import annotations

import pytest

from ingest.notice import Clause, ClauseKind
from ingest.validity import cited_documents, effective_date, expiry_date, repealed


def clause(text: str, path: tuple[str, ...] = ("附则",)) -> Clause:
    return Clause("id", path, "", "", ClauseKind.ITEM, None, text)


@pytest.mark.parametrize(
    ("text", "effective", "expires"),
    [
        ("本办法自2024年5月1日起施行。", "2024-05-01", None),
        ("本办法自2024年5月1日起施行，有效期5年。", "2024-05-01", "2029-04-30"),
        ("本措施自2024年6月1日起执行，有效期至2026年5月31日。", "2024-06-01", "2026-05-31"),
        ("本通知自印发之日起施行，有效期三年。", "2024-03-01", "2027-02-28"),
        ("本细则从发布之日开始试行。", "2024-03-01", None),
        ("自2024年7月1日起施行。", "2024-07-01", None),
        ("持证人自2024年5月1日起申领证件。", None, None),
        ("证件有效期1年，期满可以延长。", None, None),
        ("", None, None),
    ],
)
def test_force(text: str, effective: str | None, expires: str | None) -> None:
    found = effective_date([clause(text)], "2024-03-01")
    assert (found, expiry_date([clause(text)], found)) == (effective, expires)


def test_the_end_of_the_notice_decides_and_attachments_do_not() -> None:
    clauses = [
        clause("本办法自2024年1月1日起施行。", ("一",)),
        clause("本办法自2024年2月1日起施行。", ("二",)),
        clause("本表自2024年3月1日起施行。", ("附件1",)),
    ]
    assert effective_date(clauses, None) == "2024-02-01"


def test_repeals_are_the_documents_of_the_sentence_that_repeals() -> None:
    text = "依照《青汀省渡口条例》制定。《青汀市渡口办法》（青政发〔2019〕3号）同时废止。"
    assert repealed([clause(text)]) == ("《青汀市渡口办法》（青政发〔2019〕3号）",)
    assert repealed([clause("《青汀省渡口条例》继续有效。")]) == ()


def test_cited_documents_are_the_others_each_once_in_order() -> None:
    texts = ["按照《乙办法》和《甲条例》（甲〔2020〕1号），修订《丙方案》。", "见《乙办法》。"]
    assert cited_documents(texts, ("丙方案", None)) == ("《乙办法》", "《甲条例》（甲〔2020〕1号）")


def test_the_width_of_brackets_makes_no_other_document() -> None:
    texts = ["印发《丙方案(试行)》，废止《乙办法（2020）》。", "见《乙办法(2020)》。"]
    assert cited_documents(texts, ("丙方案（试行）", None)) == ("《乙办法（2020）》",)
