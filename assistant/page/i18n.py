"""What the page says, in Chinese and in English. Answers and notices stay in the words of the corpus.

A tab may bring phrases of its own (`Phrases`); what all share is said by `say`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """A language of the page, named as browsers name it."""

    CHINESE = "zh-CN"
    ENGLISH = "en"

    @property
    def other(self) -> Language:
        """The language that the switch leads to."""
        return Language.ENGLISH if self is Language.CHINESE else Language.CHINESE


_PHRASES: Final[dict[str, tuple[str, str]]] = {
    "title": ("条问", "Tiaowen"),
    "tagline": ("政策文件条款问答", "Answers from the clauses of policy notices"),
    "tab_ask": ("问答", "Ask"),
    "tab_corpus": ("文件", "Notices"),
    "switch": ("English", "中文"),
    "welcome": ("想查哪一条？", "Which clause are you looking for?"),
    "welcome_note": (
        "用平常的话提问，回答只用文件原文，并注明出自哪份文件、哪一条。",
        "Ask in plain Chinese. Answers use the notices' own words and name the notice and the clause.",
    ),
    "welcome_empty": (
        "还没有文件。把通知放进语料文件夹，再到“文件”页按“更新语料”。",
        "No notices yet. Put some into the corpus folder, then press “Update corpus” on the tab “Notices”.",
    ),
    "question": ("问题", "Question"),
    "question_hint": ("输入问题，按回车提问", "Type a question and press Enter"),
    "send": ("提问", "Ask"),
    "stop": ("停止", "Stop"),
    "stopped": ("已停止。", "Stopped."),
    "new_chat": ("新对话", "New chat"),
    "chat": ("对话", "Conversation"),
    "notice_filter": ("只查这些文件（不选则查全部）", "Search only in (empty: all notices)"),
    "sync": ("更新语料", "Update corpus"),
    "sync_running": ("正在更新语料…", "Updating the corpus…"),
    "sync_done": (
        "语料已更新：新增 {added}，改动 {changed}，移除 {removed}，未变 {unchanged}；"
        "共 {clauses} 条条款，用时 {seconds} 秒。",
        "Corpus updated: {added} added, {changed} changed, {removed} removed, {unchanged} unchanged; "
        "{clauses} clauses, {seconds} s.",
    ),
    "sync_nothing": (
        "语料没有变化：{unchanged} 个文件，{clauses} 条条款。",
        "Nothing has changed: {unchanged} files, {clauses} clauses.",
    ),
    "added": ("新增", "Added"),
    "changed": ("改动", "Changed"),
    "removed": ("移除", "Removed"),
    "failed": ("未能读入", "Failed"),
    "unsupported": ("暂不支持的格式", "Unsupported format"),
    "and_more": ("……另有 {count} 个", "… and {count} more"),
    "page_of_pages": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "page_before": ("上一页", "Previous page"),
    "page_after": ("下一页", "Next page"),
    "close": ("关闭", "Close"),
    "sources": ("出处", "Sources"),
    "more_sources": ("其余 {count} 条出处", "{count} more sources"),
    "reading_pane": ("文件原文", "The notice"),
    "document_number": ("文号", "Number"),
    "issuer": ("发文机关", "Issuer"),
    "issued": ("成文日期", "Date"),
    "published": ("发布日期", "Published"),
    "effective": ("施行日期", "In force from"),
    "expires": ("有效期至", "In force until"),
    "repeals": ("废止或修改", "Repeals or amends"),
    "period": ("适用年份", "Period"),
    "accounted": ("文字核对", "Text accounted for"),
    "accounted_share": ("{share} 的文字有着落", "{share} of its characters"),
    "doubtful": ("切分可能不完整", "Possibly split incompletely"),
    "file": ("文件", "File"),
    "years": ("{first}—{last}年", "{first}–{last}"),
    "cited_clause": ("引用条款", "Cited clause"),
    "counts": ("{notices} 份文件 · {clauses} 条条款", "{notices} notices · {clauses} clauses"),
    "kind": ("文种", "Kind"),
    "index_number": ("索引号", "Index number"),
    "attachments": ("附件", "Attachments"),
    "cited_documents": ("提到的文件", "Documents it names"),
    "audit": (
        "文字核对：全文 {total} 字，{share} 有着落"
        "（条款 {clauses}，卡片 {card}，页面文字 {furniture}，丢失 {lost}）",
        "Text check: of {total} characters {share} are accounted for "
        "(clauses {clauses}, card {card}, page furniture {furniture}, lost {lost})",
    ),
    "outline": ("目录", "Outline"),
    "fold": ("展开或收起", "Fold or unfold"),
    "previous_hit": ("上一处", "Previous"),
    "next_hit": ("下一处", "Next"),
    "copy_link": ("复制链接", "Copy link"),
    "copied": ("已复制", "Copied"),
    "original": ("原文件", "Original file"),
    "page_of": ("原件第 {page} 页", "Page {page} of the original"),
    "no_clause": (
        "这一条已不在语料中：文件可能已改动或移除，请重新提问。",
        "This clause is no longer in the corpus: the notice was changed or removed. Please ask again.",
    ),
    "fault": (
        "出了故障，没能完成：{reason}。请再试一次；仍不行，请把这句话告诉管理员。",
        "Something broke: {reason}. Please try again; if it persists, tell the administrator.",
    ),
}


class Phrases:
    """Phrases by key, each in Chinese and in English."""

    def __init__(self, pairs: Mapping[str, tuple[str, str]]) -> None:
        self.pairs = dict(pairs)

    def say(self, language: Language, key: str, **values: object) -> str:
        """The phrase in that language, its `{names}` filled in. KeyError for an unknown key or name."""
        chinese, english = self.pairs[key]
        return (chinese if language is Language.CHINESE else english).format_map(values)


#: What the parts of the page share.
SHARED: Final = Phrases(_PHRASES)
say = SHARED.say


def translations(more: Iterable[Phrases] = ()) -> dict[str, dict[str, str]]:
    """Language → key → phrase: what gradio's i18n takes, of the shared phrases and `more`.

    Raises ValueError for a key that two of them have.
    """
    pairs = dict(_PHRASES)
    for phrases in more:
        twice = pairs.keys() & phrases.pairs.keys()
        if twice:
            raise ValueError(f"phrases said twice: {sorted(twice)}")
        pairs |= phrases.pairs
    return {
        language: {key: pair[place] for key, pair in pairs.items()}
        for place, language in enumerate((Language.CHINESE.value, Language.ENGLISH.value))
    }
