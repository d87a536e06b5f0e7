"""What the corpus tab says."""

from __future__ import annotations

from typing import Final

from assistant.page.i18n import Phrases

PHRASES: Final = Phrases(
    {
        "reread": ("全部重读", "Read all again"),
        "upload": ("上传文件（可拖放）", "Upload files (or drop them here)"),
        "look_running": ("正在查看 {done}/{total}：{name}", "Looking at {done} of {total}: {name}"),
        "uploads_waiting": (
            "请核对卡片，确认后才会收入语料：",
            "Please check the cards; nothing is kept until you confirm:",
        ),
        "keep_all": ("全部收入语料", "Keep all"),
        "keep_in": ("收入哪个文件夹", "Folder to keep them in"),
        "keep": ("收入", "Keep"),
        "replace": ("替换", "Replace"),
        "drop": ("不要", "Discard"),
        "name_taken": ("语料中已有同名文件", "There is a file of this name"),
        "more_documents": ("另有 {count} 份未在此列出", "{count} more are not listed here"),
        "may_not": (
            "没有改动语料的权限，请联系管理员。",
            "You may not change the corpus; please ask the administrator.",
        ),
        "words_in_title": ("标题、文号或文件名", "Title, number or file name"),
        "region": ("地区", "Region"),
        "year": ("年份", "Year"),
        "all": ("全部", "All"),
        "title_column": ("标题", "Title"),
        "clause_count": ("条款", "Clauses"),
        "notice_count": ("共 {count} 份文件", "{count} notices"),
        "notice_count_some": ("{count} 份文件符合条件，共 {all} 份", "{count} of {all} notices"),
        "remove": ("移除", "Remove"),
        "remove_question": (
            "移出语料？文件会放进回收文件夹，不会丢失。",
            "Take it out of the corpus? The file goes to the trash folder and is not lost.",
        ),
        "remove_archive": (
            "移出语料？整个压缩包 {name} 会放进回收文件夹，不会丢失。",
            "Take it out of the corpus? The whole archive {name} goes to the trash folder and is not lost.",
        ),
        "cancel": ("取消", "Cancel"),
        "reading_step": ("正在读入 {done}/{total}：{name}", "Reading {done} of {total}: {name}"),
        "embedding_step": ("正在建立索引 {done}/{total}", "Indexing {done} of {total}"),
    }
)
