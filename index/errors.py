"""What can be wrong with an index, each as one sentence for the person at the keyboard."""

from __future__ import annotations

from pathlib import Path

#: The command that makes every derived part anew; each refusal of stored data names it.
REBUILD = "tiaowen sync --rebuild"


class IndexFault(Exception):
    """Base of this room's errors; `str(error)` is one sentence in Chinese that says what to do."""


class NoIndex(IndexFault):
    """There is no index at `home`."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"{home} 中还没有索引：请先运行 tiaowen sync 语料文件夹。")
        self.home = home


class OtherFormat(IndexFault):
    """The index was written by another version of the program."""

    def __init__(self, found: object, expected: int) -> None:
        super().__init__(f"索引格式为第 {found} 版，本程序使用第 {expected} 版：请运行 {REBUILD} 重建索引。")
        self.found = found
        self.expected = expected


class OtherModel(IndexFault):
    """The vectors were made by another embedding model than the one configured."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"索引由向量模型 {found} 建立，当前设置为 {expected}：请运行 {REBUILD} 重建索引。")
        self.found = found
        self.expected = expected


class DamagedIndex(IndexFault):
    """A stored file is missing or does not say what it should."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"索引文件 {path.name} 已损坏（{reason}）：请运行 {REBUILD} 重建索引。")
        self.path = path
        self.reason = reason


class MissingModel(IndexFault):
    """The embedding model is no folder here, and its name is not available offline."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"找不到向量模型“{model}”（{reason}）：请检查 TIAOWEN_MODEL，"
            "或先把模型下载到本机文件夹；不设置 TIAOWEN_MODEL 则使用自带模型。"
        )
        self.model = model
        self.reason = reason


class MissingReranker(IndexFault):
    """The re-ranking model is no folder here, and its name is not available offline."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"找不到重排模型“{model}”（{reason}）：请检查 TIAOWEN_RERANKER，"
            "或先把模型下载到本机文件夹；不设置 TIAOWEN_RERANKER 则不重排。"
        )
        self.model = model
        self.reason = reason


class MissingFolder(IndexFault):
    """A corpus folder that was asked for is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"文件夹 {folder} 不存在或无法打开：请检查路径；已有索引未作改动。")
        self.folder = folder


class NoFolder(IndexFault):
    """A sync without folders on an index that remembers none."""

    def __init__(self) -> None:
        super().__init__("没有可同步的文件夹：请运行 tiaowen sync 语料文件夹。")


class SyncRunning(IndexFault):
    """Another sync holds the lock of this index."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"另一个同步正在更新 {home} 中的索引：请等它完成后再试。")
        self.home = home


class UnwritableHome(IndexFault):
    """The folder of the index cannot be written."""

    def __init__(self, home: Path, reason: str) -> None:
        super().__init__(
            f"索引文件夹 {home} 不可写（{reason}）：请检查权限或设置 TIAOWEN_HOME；已有索引未作改动。"
        )
        self.home = home
        self.reason = reason


class DiskFull(IndexFault):
    """There was no space left while the index was written."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"磁盘空间不足，无法写入 {home}：请清理磁盘后再次同步；已有索引未作改动。")
        self.home = home
