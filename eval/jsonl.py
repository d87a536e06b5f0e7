"""JSON lines from plain or gzipped files, every broken line named by file and number."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from eval.errors import EvalError, refuse


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line of a text file and its number, counted from 1."""

    file: str
    number: int
    text: str

    def fault(self, reason: str) -> str:
        """The sentence that names this line and what is wrong with it."""
        return f"{self.file} 第 {self.number} 行：{reason}。"


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON object and the line it stands on."""

    line: Line
    values: dict[str, Any]

    def text_of(self, *names: str) -> str | None:
        """The first of the fields `names` that holds a string, or a number written as one; else None."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str):
                return value
            if isinstance(value, int) and not isinstance(value, bool):
                return str(value)
        return None


def existing_folder(folder: Path) -> Path:
    """`folder` itself.

    :raises EvalError: when it is missing or is a file.
    """
    if not folder.is_dir():
        raise EvalError(f"找不到文件夹：{folder}。请检查路径。")
    return folder


def existing(folder: Path, *names: str) -> Path:
    """The first of the files `names` that stands in `folder`.

    :raises EvalError: when none of them does.
    """
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise EvalError(f"文件夹 {folder} 里没有 {' 或 '.join(names)}。")


def read_lines(path: Path) -> Iterator[Line]:
    """The non-empty lines of a UTF-8 file in order; a name ending in .gz is unpacked while reading.

    :raises EvalError: when the file is missing, not readable, no gzip file or not UTF-8.
    """
    number = 0
    try:
        with _open(path) as lines:
            for number, text in enumerate(lines, start=1):
                if text.strip():
                    yield Line(path.name, number, text.rstrip("\r\n"))
    except FileNotFoundError as error:
        raise EvalError(f"找不到文件：{path}。请检查路径。") from error
    except UnicodeDecodeError as error:
        raise EvalError(f"{path.name} 第 {number + 1} 行之后不是 UTF-8 文本，请转换编码后再试。") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise EvalError(
            f"{path.name} 不是完整的 gzip 文件（读到第 {number} 行），请重新下载或重新压缩。"
        ) from error
    except OSError as error:
        raise EvalError(f"{path} 读不出来：{error.strerror or error}。") from error


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def read_records(path: Path) -> list[Record]:
    """The JSON objects of a .jsonl or .jsonl.gz file, in order.

    :raises EvalError: naming every line that is no JSON object, or as `read_lines`.
    """
    records: list[Record] = []
    faults: list[str] = []
    for line in read_lines(path):
        try:
            values = json.loads(line.text)
        except json.JSONDecodeError as error:
            faults.append(line.fault(f"不是合法的 JSON（第 {error.colno} 个字符处）"))
            continue
        if isinstance(values, dict):
            records.append(Record(line, values))
        else:
            faults.append(line.fault("不是 JSON 对象（应为 {…}）"))
    refuse(faults)
    return records
