"""What a sync reads, keeps, reports and refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import filelock
import pytest

from index import intake
from index.catalogue import FORMAT, Catalogue
from index.errors import (
    DamagedIndex,
    MissingFolder,
    NoFolder,
    OtherFormat,
    OtherModel,
    SyncRunning,
    UnwritableHome,
)
from index.home import Home
from index.settings import Settings
from index.store import open_index
from index.sync import Stage, Step, sync
from index.types import FileFault, SyncReport
from index.writer import writing
from ingest.errors import MissingExtra
from ingest.notice import Audit, Notice, Stretch

from .fake import SCHOOL, WATER, Corpus, SignCounts

ALL = ("air.txt", "sub/school.txt", "water.txt")


def _names(corpus: Corpus) -> list[str]:
    return [record.name for record in corpus.open().catalogue.notices()]


def test_a_first_sync_reads_everything(corpus: Corpus) -> None:
    assert corpus.sync() == SyncReport(added=ALL, read=3, clauses=8)
    assert corpus.reader.read == list(ALL)
    assert len(corpus.model.embedded) == 8


def test_a_second_sync_reads_nothing(synced: Corpus) -> None:
    """Nothing is opened, embedded or written: the generation stays the same one."""
    assert synced.sync() == SyncReport(unchanged=3, clauses=8)
    assert synced.reader.read == []
    assert synced.model.embedded == []
    assert synced.open().catalogue.generation == 1


def test_one_file_beside_a_thousand_costs_one_file(corpus: Corpus) -> None:
    for number in range(997):
        corpus.write(f"many/{number:03d}.txt", f"第{number}号方案\n修桥{number}座。\n")
    assert corpus.sync().read == 1000
    corpus.reader.read.clear()
    corpus.model.embedded.clear()
    corpus.write("new.txt", "新方案\n新建校医院。\n")
    assert corpus.sync() == SyncReport(added=("new.txt",), unchanged=1000, read=1, clauses=1006)
    assert corpus.reader.read == ["new.txt"]
    assert corpus.model.embedded == ["新方案\n新建校医院。"]
    assert corpus.found("校医院在哪")[0] == "new.txt （1）"


def test_a_changed_file_is_read_again(synced: Corpus) -> None:
    """Only what its text says anew is embedded; what it no longer says is no longer found."""
    synced.write("water.txt", WATER.replace("新建污水管网35公里。", "新建污水管网48公里。"))
    assert synced.sync() == SyncReport(changed=("water.txt",), unchanged=2, read=1, clauses=8)
    assert synced.model.embedded == ["云湖市治水方案\n新建污水管网48公里。"]
    assert synced.found("污水管网多少公里")[0] == "water.txt （3）"
    texts = [hit.clause.text for hit in synced.open().search("污水管网", 20)]
    assert "新建污水管网48公里。" in texts
    assert "新建污水管网35公里。" not in texts


def test_a_removed_file_leaves_the_index(synced: Corpus) -> None:
    (synced.folder / "water.txt").unlink()
    assert synced.sync() == SyncReport(removed=("water.txt",), unchanged=2, clauses=4)
    assert _names(synced) == ["air.txt", "sub/school.txt"]
    assert all(not address.startswith("water") for address in synced.found("污水管网"))


def test_a_moved_file_is_not_embedded_again(synced: Corpus) -> None:
    (synced.folder / "water.txt").rename(synced.folder / "old.txt")
    assert synced.sync() == SyncReport(
        added=("old.txt",), removed=("water.txt",), unchanged=2, read=1, clauses=8
    )
    assert synced.model.embedded == []


def test_everything_removed_leaves_an_index_that_finds_nothing(synced: Corpus) -> None:
    for name in ALL:
        (synced.folder / name).unlink()
    assert synced.sync().clauses == 0
    assert synced.found("污水") == []
    synced.write("water.txt", WATER)
    assert synced.sync().added == ("water.txt",)
    assert synced.found("污水管网")[0] == "water.txt （3）"


def test_a_touched_file_is_compared_but_not_read(synced: Corpus) -> None:
    os.utime(synced.folder / "water.txt", ns=(1, 1))
    assert synced.sync() == SyncReport(unchanged=3, clauses=8)
    assert synced.reader.read == []


def test_another_splitter_reads_every_file_again(synced: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "SPLITTER", "another")
    assert synced.sync() == SyncReport(changed=ALL, read=3, clauses=8)
    assert synced.sync() == SyncReport(unchanged=3, clauses=8)


def test_hidden_files_and_the_index_itself_are_passed_over(corpus: Corpus) -> None:
    corpus.write(".hidden.txt", WATER)
    corpus.write(".git/notes.txt", WATER)
    corpus.settings = replace(corpus.settings, home=corpus.folder / "index")
    corpus.sync()
    (corpus.settings.home / "notes.txt").write_text(WATER)
    assert corpus.sync() == SyncReport(unchanged=3, clauses=8)


def test_links(corpus: Corpus, tmp_path: Path) -> None:
    """A link inside the folder is the file it leads to; one that leads out is listed and not followed, as a
    pipe is."""
    secret = tmp_path / "secret.txt"
    secret.write_text("外部文件\n不应读取。\n")
    (corpus.folder / "out.txt").symlink_to(secret)
    (corpus.folder / "broken.txt").symlink_to(tmp_path / "nowhere")
    (corpus.folder / "inside.txt").symlink_to(corpus.folder / "water.txt")
    (corpus.folder / "outdir").symlink_to(tmp_path)
    os.mkfifo(corpus.folder / "pipe.txt")
    report = corpus.sync()
    assert report.added == ("air.txt", "inside.txt", "sub/school.txt", "water.txt")
    assert report.failed == (
        FileFault("broken.txt", "文件已不在或无法打开"),
        FileFault("out.txt", "链接指向语料文件夹之外，未读取"),
        FileFault("pipe.txt", "不是普通文件（管道或设备），未读取"),
    )


def test_a_name_that_is_no_text(corpus: Corpus) -> None:
    Path(os.fsdecode(os.fsencode(corpus.folder) + b"/\xff.txt")).write_text(WATER)
    report = corpus.sync()
    assert report.added == ALL
    assert report.failed == (FileFault("?.txt", "文件名的编码无法识别，请改名后再同步"),)


def test_files_that_cannot_be_taken_in_are_listed_and_the_others_indexed(corpus: Corpus) -> None:
    """They are listed again by the next sync without being opened again."""
    corpus.write("a.bad", "x")
    corpus.write("b.bin", "x")
    faults = {
        "failed": (FileFault("a.bad", "第 3 个字节不是文字"),),
        "unsupported": (FileFault("b.bin", "还不支持 .bin 格式"),),
    }
    assert corpus.sync() == SyncReport(added=ALL, read=5, clauses=8, **faults)
    assert corpus.sync() == SyncReport(unchanged=3, clauses=8, **faults)


def test_a_file_that_became_unreadable_keeps_its_last_good_version(synced: Corpus) -> None:
    def read(path: Path, name: str) -> Notice:
        raise PermissionError(13, "Permission denied")

    synced.write("water.txt", "读不出来\n")
    report = synced.sync(read=read)
    assert report == SyncReport(
        unchanged=2,
        read=1,
        clauses=8,
        failed=(FileFault("water.txt", "文件无法读取（Permission denied）；索引中保留上次读入的内容"),),
    )
    assert synced.found("污水管网")[0] == "water.txt （3）"
    (synced.folder / "water.txt").chmod(0o600)
    assert synced.sync().changed == ("water.txt",)


def test_a_file_that_vanishes_while_it_is_read(corpus: Corpus) -> None:
    def read(path: Path, name: str) -> Notice:
        if name == "air.txt":
            path.unlink()
        return corpus.reader(path, name)

    report = corpus.sync(read=read)
    assert report.added == ("sub/school.txt", "water.txt")
    assert report.failed == (FileFault("air.txt", "同步途中文件已不在"),)
    assert corpus.sync() == SyncReport(unchanged=2, clauses=6)


def test_a_fault_of_the_program_keeps_no_other_file_out(corpus: Corpus) -> None:
    def read(path: Path, name: str) -> Notice:
        if name == "air.txt":
            raise RecursionError
        return corpus.reader(path, name)

    report = corpus.sync(read=read)
    assert report.added == ("sub/school.txt", "water.txt")
    assert report.failed == (FileFault("air.txt", "读取时程序出错（RecursionError）"),)


def test_the_same_file_in_two_folders_is_held_once(synced: Corpus, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(synced.folder / "water.txt", other)
    reason = f"与 {synced.folder} 中的 water.txt 名称和内容相同，只收录一份"
    report = synced.sync(other)
    assert report == SyncReport(read=1, clauses=8, failed=(FileFault("water.txt", reason),))
    (synced.folder / "water.txt").unlink()
    synced.sync()
    assert synced.sync(other).added == ("water.txt",)


def test_a_notice_whose_clauses_share_an_id_is_refused_whole(corpus: Corpus) -> None:
    def read(path: Path, name: str) -> Notice:
        made = corpus.reader(path, name)
        return replace(made, clauses=made.clauses * 2) if name == "air.txt" else made

    report = corpus.sync(read=read)
    assert report.failed == (FileFault("air.txt", "拆出的条款编号有重复，未能入库"),)
    assert report.clauses == 6


def test_folders_are_remembered(corpus: Corpus, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "water.txt").write_text(WATER.replace("云湖", "雾川"))
    corpus.sync()
    assert corpus.sync(other) == SyncReport(added=("water.txt",), read=1, clauses=12)
    assert _names(corpus) == ["air.txt", "sub/school.txt", "water.txt", "water.txt"]
    report = sync([], corpus.settings, embeddings=corpus.model, read=corpus.reader)
    assert report == SyncReport(unchanged=4, clauses=12)


def test_a_folder_inside_a_remembered_one_stands_for_it(synced: Corpus) -> None:
    synced.write("new.txt", "新方案\n新建公园。\n")
    assert synced.sync(synced.folder / "sub").added == ("new.txt",)
    assert synced.open().catalogue.folders() == (synced.folder,)


def test_a_folder_around_a_remembered_one_takes_it_over(corpus: Corpus) -> None:
    corpus.sync(corpus.folder / "sub")
    assert _names(corpus) == ["school.txt"]
    corpus.sync(corpus.folder)
    assert _names(corpus) == list(ALL)
    assert corpus.open().catalogue.folders() == (corpus.folder,)


def test_a_missing_folder_changes_nothing(synced: Corpus) -> None:
    with pytest.raises(MissingFolder, match="不存在或无法打开"):
        synced.sync(synced.folder, synced.folder / "missing")
    assert synced.open().catalogue.generation == 1


def test_a_remembered_folder_that_is_not_there_keeps_its_notices(synced: Corpus, tmp_path: Path) -> None:
    synced.folder.rename(tmp_path / "unplugged")
    report = sync([], synced.settings, embeddings=synced.model, read=synced.reader)
    reason = "文件夹不存在或无法打开；索引中保留上次读入的内容"
    assert report == SyncReport(clauses=8, failed=(FileFault(str(synced.folder), reason),))
    assert synced.found("污水管网")[0] == "water.txt （3）"


def test_nothing_to_sync(corpus: Corpus) -> None:
    with pytest.raises(NoFolder, match="没有可同步的文件夹"):
        sync([], corpus.settings, embeddings=corpus.model, read=corpus.reader)


def test_progress_names_the_files_and_counts_the_passages(corpus: Corpus) -> None:
    steps: list[Step] = []
    sync([corpus.folder], corpus.settings, embeddings=corpus.model, read=corpus.reader, progress=steps.append)
    assert steps == [
        *(Step(Stage.READ, done, 3, name) for done, name in enumerate(ALL)),
        Step(Stage.EMBED, 8, 8),
    ]


def test_another_model_is_refused_until_the_index_is_rebuilt(synced: Corpus) -> None:
    other = replace(synced.settings, model="another-model")
    message = "索引由向量模型 sign-counts 建立，当前设置为 another-model：请运行 tiaowen sync --rebuild"
    with pytest.raises(OtherModel, match=message):
        open_index(other, embeddings=synced.model)
    with pytest.raises(OtherModel, match=message):
        synced.sync(settings=other)
    assert synced.sync(settings=other, rebuild=True) == SyncReport(changed=ALL, read=3, clauses=8)
    assert len(synced.model.embedded) == 8
    assert open_index(other, embeddings=synced.model).status().model == "another-model"


def test_another_format_is_refused_until_the_index_is_rebuilt(synced: Corpus) -> None:
    _set_format(synced, 99)
    message = f"索引格式为第 99 版，本程序使用第 {FORMAT} 版：请运行 tiaowen sync --rebuild"
    with pytest.raises(OtherFormat, match=message):
        synced.open()
    with pytest.raises(OtherFormat, match=message):
        synced.sync()
    report = sync([], synced.settings, embeddings=synced.model, read=synced.reader, rebuild=True)
    assert report == SyncReport(added=ALL, read=3, clauses=8)
    assert synced.found("污水管网")[0] == "water.txt （3）"


def _set_format(corpus: Corpus, version: int) -> None:
    with writing(Home(corpus.settings.home).catalogue, rebuild=False) as catalogue:
        catalogue._connection().execute(f"PRAGMA user_version = {version}")
        catalogue.commit(catalogue.generation, "sign-counts")


def test_a_catalogue_that_is_no_database_is_set_aside_by_a_rebuild(synced: Corpus) -> None:
    path = Home(synced.settings.home).catalogue
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(DamagedIndex, match=r"catalogue\.db 已损坏.*tiaowen sync --rebuild"):
        synced.open()
    with pytest.raises(DamagedIndex, match=r"catalogue\.db 已损坏"):
        synced.sync()
    assert synced.sync(rebuild=True).added == ALL
    assert synced.found("污水管网")[0] == "water.txt （3）"
    assert path.with_suffix(".damaged").read_bytes().startswith(b"no database")


@pytest.mark.parametrize("part", ["manifest.json", "lexical/meta.json", "vectors/vectors.npy"])
def test_a_damaged_generation_is_refused_and_mended_by_a_sync(synced: Corpus, part: str) -> None:
    (Home(synced.settings.home).generation(1) / part).unlink()
    with pytest.raises(DamagedIndex, match="已损坏"):
        synced.found("污水管网")
    assert synced.sync() == SyncReport(unchanged=3, clauses=8)
    assert synced.found("污水管网")[0] == "water.txt （3）"


def test_two_syncs_at_once(synced: Corpus) -> None:
    with filelock.FileLock(Home(synced.settings.home).lock), pytest.raises(SyncRunning, match="另一个同步"):
        synced.sync()
    assert synced.sync().unchanged == 3


@contextmanager
def _unprivileged(folder: Path) -> Iterator[None]:
    """Run as nobody when the tests run as root, to whom every folder is writable."""
    if os.geteuid() != 0:
        yield
        return
    for path in [*folder.parents[:-2], folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def _owned_by_nobody(folder: Path) -> Iterator[None]:
    """Give the folder to nobody when the tests run as root."""
    if os.geteuid() == 0:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, 65534, -1)
    yield


def _write_protected(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def test_a_read_only_home_can_be_asked_but_not_synced(synced: Corpus) -> None:
    synced.write("new.txt", "新方案\n新建公园。\n")
    synced.open().catalogue.close()
    _write_protected(synced.settings.home)
    with _unprivileged(synced.folder.parent):
        with pytest.raises(UnwritableHome, match=r"不可写.*已有索引未作改动"):
            synced.sync()
        assert synced.found("污水管网")[0] == "water.txt （3）"


OTHER_PROCESS = """
import sys
from pathlib import Path
from index.settings import Settings
from index.sync import sync
from tests.index.fake import LineReader, SignCounts
settings = Settings(home=Path(sys.argv[2]), model="sign-counts")
sync([Path(sys.argv[1])], settings, embeddings=SignCounts(), read=LineReader())
"""


def test_a_reader_who_cannot_write_follows_the_syncs_of_one_who_can(synced: Corpus) -> None:
    synced.open().catalogue.close()
    _write_protected(synced.settings.home)
    with _unprivileged(synced.folder.parent):
        index = synced.open()
        assert index.search("巡河频次") == []
    synced.write("plan.txt", "巡河方案\n巡河频次：每周一次。\n")
    for path in [synced.settings.home, *synced.settings.home.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    command = [sys.executable, "-c", OTHER_PROCESS, str(synced.folder), str(synced.settings.home)]
    subprocess.run(command, cwd=Path(__file__).parents[2], check=True)
    _write_protected(synced.settings.home)
    with _unprivileged(synced.folder.parent):
        assert index.search("巡河频次", 1)[0].notice.name == "plan.txt"


def test_a_folder_that_cannot_be_listed_keeps_its_notices(corpus: Corpus) -> None:
    base = corpus.folder.parent
    with _owned_by_nobody(base), _unprivileged(base):
        corpus.sync()
        (corpus.folder / "sub").chmod(0)
        try:
            report = corpus.sync()
        finally:
            (corpus.folder / "sub").chmod(0o755)
    reason = "文件夹无法打开，其中的文件未读取"
    assert report == SyncReport(unchanged=2, clauses=8, failed=(FileFault("sub", reason),))


def test_a_home_that_cannot_be_made(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(UnwritableHome, match="不可写"):
        corpus.sync(settings=Settings(home=tmp_path / "file" / "home", model="sign-counts"))


def test_the_same_files_give_the_same_answers_whatever_came_before(synced: Corpus, tmp_path: Path) -> None:
    """An index that grew file by file ranks as one made at once."""
    grown = Corpus(tmp_path / "grown") if (tmp_path / "grown").mkdir() is None else synced
    for name, text in (("sub/school.txt", SCHOOL), ("water.txt", "旧稿\n旧文。\n"), ("water.txt", WATER)):
        grown.write(name, text)
        grown.sync()
    shutil.copy(synced.folder / "air.txt", grown.folder)
    grown.sync()
    for query in ("污水管网", "学校", "2021年水质"):
        scores = [
            [(hit.clause.id, pytest.approx(hit.score)) for hit in each.open().search(query)]
            for each in (synced, grown)
        ]
        assert scores[0] == scores[1]
        assert len(scores[0]) > 0


def test_the_catalogue_of_a_home_without_a_finished_sync(corpus: Corpus) -> None:
    def read(path: Path, name: str) -> Notice:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.sync(read=read)
    with pytest.raises(Exception, match="还没有索引"):
        Catalogue(Home(corpus.settings.home).catalogue)


def test_the_model_is_loaded_only_for_new_passages(synced: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sync without news must not load the configured model, which here does not exist."""
    assert sync([synced.folder], synced.settings, read=synced.reader).unchanged == 3
    loaded: list[str] = []

    def load(model: str) -> SignCounts:
        loaded.append(model)
        return synced.model

    monkeypatch.setattr("index.embeddings.load_embeddings", load)
    synced.write("new.txt", "新方案\n新建公园。\n新建校舍。\n")
    assert sync([synced.folder], synced.settings, read=synced.reader).read == 1
    assert loaded == ["sign-counts"]


def test_a_notice_that_is_split_badly_is_listed_with_what_was_lost(corpus: Corpus) -> None:
    audit = Audit(total=100, in_clauses=98, lost=(Stretch("漏掉", 0, 2),))

    def read(path: Path, name: str) -> Notice:
        whole = corpus.reader(path, name)
        return replace(whole, audit=audit) if name == "air.txt" else whole

    report = sync([corpus.folder], corpus.settings, embeddings=corpus.model, read=read)
    assert report.doubtful == (
        FileFault("air.txt", "原文 100 字中有着落的只有 98.0%（丢失 2 字），请核对切分结果"),
    )
    catalogue = corpus.open().catalogue
    shares = {record.name: record.accounted for record in catalogue.notices()}
    assert shares == {"air.txt": pytest.approx(0.98), "sub/school.txt": 1.0, "water.txt": 1.0}
    stored = {record.name: catalogue.audit(record.id) for record in catalogue.notices()}
    assert (stored["air.txt"], stored["water.txt"]) == (audit, Audit())
    assert catalogue.audit("nobody") is None


def test_a_file_that_needs_an_extra_is_looked_at_again(synced: Corpus) -> None:
    """Nothing about the file changes when the extra is installed."""
    synced.write("scan.txt", "扫描件\n清理河道。\n")
    installed = False

    def read(path: Path, name: str) -> Notice:
        if name == "scan.txt" and not installed:
            raise MissingExtra(path, "需要图片识别。", "ocr")
        return synced.reader(path, name)

    for _ in range(2):
        (fault,) = synced.sync(read=read).failed
        assert fault == FileFault("scan.txt", "需要图片识别。请先安装：pip install 'tiaowen[ocr]'。")
    installed = True
    assert synced.sync(read=read).added == ("scan.txt",)
