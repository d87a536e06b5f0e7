"""Reading the bytes of one file, within limits, with each way to fail as one sentence."""

from __future__ import annotations

import stat
from pathlib import Path

from ingest.errors import UnreadableFile

# The longest municipal plan with all attachments is below 1 MB of text; pages with embedded styles reach
# a few.
MAX_FILE_BYTES = 20 * 1024 * 1024


def read_bytes(path: Path) -> bytes:
    """Return the whole content of `path`, at least one byte, at most `MAX_FILE_BYTES`.

    :raises UnreadableFile: If the file is missing, a folder or a device, empty, too large, or not permitted.
    """
    try:
        status = path.stat()
        _refuse_unfit(path, status.st_mode, status.st_size)
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)  # one more: a file that grows meanwhile is noticed too
    except OSError as error:
        raise UnreadableFile(path, _why(error)) from error
    _refuse_unfit(path, status.st_mode, len(data))
    return data


def _refuse_unfit(path: Path, mode: int, size: int) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadableFile(path, "这是一个文件夹，不是文件。")
    if not stat.S_ISREG(mode):
        raise UnreadableFile(path, "不是普通文件（设备或管道），无法读取。")
    if size == 0:
        raise UnreadableFile(path, "文件是空的，没有内容可读。请检查后重新放入。")
    if size > MAX_FILE_BYTES:
        raise UnreadableFile(
            path,
            f"文件有 {size / 1024**2:.1f} MB，超过上限 {MAX_FILE_BYTES // 1024**2} MB，没有读取。"
            "请拆分后再放入。",
        )


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "文件不存在，可能刚被移走或删除。"
    if isinstance(error, PermissionError):
        return "没有读取权限。请检查文件权限。"
    return f"无法读取（{error.strerror or error}）。"
