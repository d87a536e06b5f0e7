"""Sentences of a notice that speak to a model instead of to people: they are left out of what it reads.

Notices are data. The check would refuse most of what such a sentence asks for; a sentence that a model never
sees cannot ask for anything (OWASP LLM01:2025, indirect prompt injection).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.checking.plain import plain
from assistant.sentences import sentences

_MODEL = r"(?:人工智能|大?语言模型|大模型|模型|智能助手|ai助手|助手|机器人|chatgpt|assistant|chatbot)"
_SPEAKS = re.compile(
    r"(?:忽略|无视|忘记|不要理会|不必遵守|覆盖)[^,。;]{0,10}(?:要求|指示|指令|提示|规则|设定|内容|文字)"
    rf"|(?:你|您)(?:现在|从现在起)?(?:是|扮演|作为)[^,。;]{{0,12}}{_MODEL}|^{_MODEL}(?:必须|应当|请|要|:)"
    rf"|(?:致|提示|告知|要求|命令){_MODEL}"
    r"|^(?:system|系统|系统提示|系统消息|assistant|user|用户)[:\]】]|<\|?/?(?:im_start|im_end|system|assistant|user|s)\|?>|\[/?inst\]"
    r"|(?:回答|回复|输出)(?:时|中|末尾|结尾|开头|里)[^。;]{0,12}(?:必须|务必|请|一律|要|应|加上|附上|写上|说明)"
    r"|(?:请|务必|必须|只|一律|直接)(?:用英文|用英语)?(?:直接)?(?:回答|回复|输出)[:“\"「为]?"
    r"|(?:不要|不得|无需|不必|停止)(?:再)?(?:注明|标注|引用|写)(?:出处|来源|编号|引文)"
    r"|ignore(?:all|the|any)?(?:previous|above|prior)|system\s*prompt|(?:answer|reply|respond)(?:only|inenglish|with)"
)
#: A model's sentence that has this much of a left-out one has it from there.
_RUN = 8


def split_instructions(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without the sentences that speak to a model, and those sentences in plain form."""
    kept, out = [], []
    for sentence in sentences(text):
        if _SPEAKS.search(plain(sentence.text)):
            out.append(plain(sentence.text))
        else:
            kept.append(sentence.text)
    return ("".join(kept) if out else text), tuple(out)


def repeats(text: str, instructions: Sequence[str], kept: Sequence[str]) -> bool:
    """True when `text` has a run of a sentence that was left out, which what was `kept` does not have."""
    said = plain(text)
    known = [plain(words) for words in kept]
    runs = [said[at : at + _RUN] for at in range(len(said) - _RUN + 1)]
    return any(
        run in instruction and not any(run in words for words in known)
        for instruction in instructions
        for run in runs
    )
