"""BEIR folders: what is read, and what is refused in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.beir import BeirDocument, BeirQuery, read_beir
from eval.errors import EvalError

from .conftest import CORPUS, QUERIES, write_jsonl

SHARED_STARD = Path(__file__).parents[3] / "shared" / "bench" / "stard"


def faults_of(folder: Path, split: str = "dev") -> tuple[str, ...]:
    with pytest.raises(EvalError) as caught:
        read_beir(folder, split)
    return caught.value.faults


def test_a_folder_is_read_whole_and_only_judged_queries_are_kept(beir: Path) -> None:
    benchmark = read_beir(beir, "dev")
    assert benchmark.name == "beir"
    assert benchmark.split == "dev"
    assert len(benchmark.documents) == 4
    assert benchmark.documents[2] == BeirDocument(
        "d3", "云湖市养犬规定 第一条", "养犬应当办理登记并每年接种疫苗。"
    )
    assert benchmark.queries == (BeirQuery("q1", "水费怎么收"), BeirQuery("q2", "养狗要办什么手续"))
    assert benchmark.qrels == {"q1": {"d1": 1}, "q2": {"d3": 1, "d4": 1}}
    assert (benchmark.missing_queries, benchmark.missing_documents, benchmark.remark) == ((), (), None)


def test_packed_files_and_qrels_without_header_give_the_same(beir: Path) -> None:
    plain = read_beir(beir, "dev")
    for name, rows in (("corpus", CORPUS), ("queries", QUERIES)):
        (beir / f"{name}.jsonl").unlink()
        write_jsonl(beir / f"{name}.jsonl.gz", rows)
    qrels = beir / "qrels" / "dev.tsv"
    qrels.write_text(qrels.read_text("utf-8").split("\n", 1)[1], encoding="utf-8")
    assert read_beir(beir, "dev") == plain


def test_the_corpus_hash_follows_the_documents(beir: Path) -> None:
    before = read_beir(beir, "dev").corpus_sha256
    write_jsonl(beir / "corpus.jsonl", [*CORPUS[:3], {**CORPUS[3], "text": "犬只应当留在家中。"}])
    assert read_beir(beir, "dev").corpus_sha256 != before


def test_what_cannot_be_found_stays_in_the_judgements(beir: Path) -> None:
    (beir / "qrels" / "gaps.tsv").write_text("q1\td1\t1\nq8\td2\t1\nq1\td9\t2\n", encoding="utf-8")
    benchmark = read_beir(beir, "gaps")
    assert benchmark.qrels == {"q1": {"d1": 1, "d9": 2}, "q8": {"d2": 1}}
    assert benchmark.missing_queries == ("q8",)
    assert benchmark.missing_documents == ("d9",)


def test_the_first_queries_keep_their_judgements_only(beir: Path) -> None:
    first = read_beir(beir, "dev").first(1)
    assert first.queries == (BeirQuery("q1", "水费怎么收"),)
    assert first.qrels == {"q1": {"d1": 1}}
    assert len(first.documents) == 4


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "nowhere") == (f"找不到文件夹：{tmp_path / 'nowhere'}。请检查路径。",)


def test_all_missing_files_are_named_at_once(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == (
        f"文件夹 {tmp_path} 里没有 corpus.jsonl 或 corpus.jsonl.gz。",
        f"文件夹 {tmp_path} 里没有 queries.jsonl 或 queries.jsonl.gz。",
        f"文件夹 {tmp_path} 里没有 qrels 文件夹。",
    )


@pytest.mark.parametrize("split", ["test", "../dev", "", "dev.tsv"])
def test_an_unknown_split_is_refused_with_those_there_are(beir: Path, split: str) -> None:
    assert faults_of(beir, split) == (f"{beir / 'qrels'} 里没有 {split}.tsv；可选的划分：dev。",)


def test_every_broken_line_is_named_with_file_and_number(beir: Path) -> None:
    (beir / "corpus.jsonl").write_text(
        '{"_id": "d1", "text": "甲"}\n\n{"_id": "d1", "text": "乙"}\n{"_id": "d2"}\n{"text": "丙"}\n',
        encoding="utf-8",
    )
    (beir / "queries.jsonl").write_text('{"_id": "q1", "text": "甲"}\n{"_id": \n[1]\n', encoding="utf-8")
    (beir / "qrels" / "dev.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1 d1 1\nq1\td1\tgood\nq1\td1\t1\nq1\td1\t0\n\td1\t1\n", encoding="utf-8"
    )
    assert faults_of(beir) == (
        "corpus.jsonl 第 3 行：_id d1 重复。",
        "corpus.jsonl 第 4 行：缺少 text。",
        "corpus.jsonl 第 5 行：缺少 _id。",
        "queries.jsonl 第 2 行：不是合法的 JSON（第 9 个字符处）。",
        "queries.jsonl 第 3 行：不是 JSON 对象（应为 {…}）。",
        "dev.tsv 第 2 行：应有 3 列（查询编号、文档编号、相关度，以制表符分隔），实有 1 列。",
        "dev.tsv 第 3 行：相关度应为整数，实为“good”。",
        "dev.tsv 第 5 行：查询 q1 与文档 d1 前后标注不一致。",
        "dev.tsv 第 6 行：查询编号或文档编号为空。",
    )


def test_many_faults_are_counted_but_not_all_shown(beir: Path) -> None:
    (beir / "queries.jsonl").write_text("{\n" * 25, encoding="utf-8")
    with pytest.raises(EvalError) as caught:
        read_beir(beir, "dev")
    shown = str(caught.value).splitlines()
    assert len(caught.value.faults) == 25
    assert len(shown) == 21
    assert shown[-1] == "……另有 5 处错误未列出。"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        (
            "queries.jsonl.gz",
            b"no gzip",
            "queries.jsonl.gz 不是完整的 gzip 文件（读到第 0 行），请重新下载或重新压缩。",
        ),
        ("queries.jsonl", b"\xff\xfe\x00", "queries.jsonl 第 1 行之后不是 UTF-8 文本，请转换编码后再试。"),
    ],
)
def test_bytes_that_are_no_text_are_refused(beir: Path, name: str, data: bytes, sentence: str) -> None:
    (beir / "queries.jsonl").unlink()
    (beir / name).write_bytes(data)
    assert faults_of(beir) == (sentence,)


def test_a_split_without_judgements_is_refused(beir: Path) -> None:
    path = beir / "qrels" / "dev.tsv"
    path.write_text("query-id\tcorpus-id\tscore\n", encoding="utf-8")
    assert faults_of(beir) == (f"{path} 里没有任何相关性标注。",)


@pytest.mark.skipif(not SHARED_STARD.is_dir(), reason="../shared/bench/stard is not there")
def test_stard_counts_and_records() -> None:
    benchmark = read_beir(SHARED_STARD, "dev")
    assert (len(benchmark.documents), len(benchmark.queries)) == (55_210, 300)
    assert sum(len(judged) for judged in benchmark.qrels.values()) == 538
    assert (benchmark.documents[0].id, benchmark.documents[-1].id) == ("0", "55209")
    assert benchmark.queries[0].id == "8"
    assert benchmark.remark is not None
    assert "重建" in benchmark.remark
    assert "22 条" in benchmark.remark
