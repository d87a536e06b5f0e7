"""What can go wrong when a file is written, as one sentence in Chinese."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import AssistantError


class ExportFault(AssistantError):
    """The file cannot be written, or its format cannot hold what was asked for."""

    @classmethod
    def unwritable(cls, path: Path, error: OSError) -> ExportFault:
        """The fault for a file that cannot be written, often because an office program holds it open."""
        return cls(f"写不了文件 {path}：{error.strerror or error}；如果文件正在别的程序里打开，请先关闭。")
