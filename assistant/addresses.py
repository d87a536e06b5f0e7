"""Addresses in questions: 二（一）1, 附件1第30项, 附件1#30, 第十条第二款, 第四条."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.attachments import stands_in
from assistant.types import Address
from assistant.wording import comparable
from ingest.notice import Clause

_HAN = "〇一二三四五六七八九十百"
_BRACKETED = rf"[（(][{_HAN}]+[）)]"
_ATTACHMENT = rf"附[件表]\s*(?:\d+|[{_HAN}]+)(?:\s*附[件表]\d*)?"
_FULL = re.compile(
    rf"(?P<attachment>{_ATTACHMENT})?\s*(?:的|里|中)?\s*"
    rf"(?P<labels>(?<![第\d{_HAN}])[{_HAN}]{{1,3}}\s*[、,]?\s*{_BRACKETED}(?:\s*\d{{1,3}})?(?:\s*[（(]\d{{1,2}}[）)])?(?:[{_HAN}]是)?"
    rf"|(?<![第\d{_HAN}])[{_HAN}]{{1,3}}\d{{1,3}}(?![\d.%年月日个])(?:[（(]\d{{1,2}}[）)])?)"
)
_NUMBERED = (
    r"(?:#\s*|第\s*|序号\s*(?:为|是)?\s*)"
    rf"(?P<row>\d{{1,3}}(?:\.\d{{1,2}})?|[{_HAN}]{{1,3}})(?![\d{_HAN}]|\s*[组批轮届次期季阶类]|\s*部分|\s*大类|\s*板块)\s*(?:项|行|号|条)?"
)
_ROW_OF = re.compile(rf"(?P<attachment>{_ATTACHMENT})[^，。？?]{{0,8}}?{_NUMBERED}")
_ROW = re.compile(_NUMBERED.replace("第\\s*|", ""))
_ORDINAL = re.compile(rf"第\s*(\d{{1,3}}|[{_HAN}]{{1,4}})\s*[条点项款节章](?!例|件|目|道)")
_ARTICLE = re.compile(
    rf"第[{_HAN}\d]{{1,5}}[编章节条](?:之[{_HAN}])?(?:第[{_HAN}\d]{{1,3}}款)?(?:第?[（(][{_HAN}]+[）)]项?)?"
)
_PART = re.compile(rf"第[{_HAN}\d]{{1,5}}[编章节条款](?:之[{_HAN}])?|[（(][{_HAN}]+[）)]")
_LABEL = re.compile(rf"[{_HAN}]是|[（(](?:\d{{1,2}}|[{_HAN}]+)[）)]|\d{{1,3}}|[{_HAN}]{{1,3}}")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}


def number_of(text: str) -> int | None:
    """The value of an Arabic or Chinese numeral up to 999 (30, 三十, 一百零二), or None."""
    text = text.replace("零", "")
    if text.isdigit():
        return int(text)
    total = current = 0
    for char in text:
        if char in _DIGITS:
            current = _DIGITS[char]
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        elif char == "百":
            total, current = total + (current or 1) * 100, 0
        else:
            return None
    return total + current if text else None


def parse_address(question: str) -> Address | None:
    """The first address that a question states, or None; a date or a quantity is none."""
    if match := _FULL.search(question):
        return Address(
            labels=tuple(_full_width(label) for label in _LABEL.findall(match.group("labels"))),
            attachment=_attachment(match.group("attachment")),
            text=match.group(0).strip(),
        )
    if match := _ROW_OF.search(question) or _ROW.search(question):
        number = match.group("row")
        labels = tuple(number.split(".")) if number[0].isdigit() else (str(number_of(number)),)
        attachment = match.groupdict().get("attachment")
        return Address(labels=labels, attachment=_attachment(attachment), text=match.group(0).strip())
    if (match := _ARTICLE.search(question)) and re.search(r"款|项|章|之", match.group(0)):
        return Address(
            labels=tuple(_full_width(p) for p in _PART.findall(match.group(0))), text=match.group(0)
        )
    if match := _ORDINAL.search(question):
        return Address(ordinal=number_of(match.group(1)), text=match.group(0))
    return None


def attachment_named(question: str) -> str | None:
    """The attachment that a question names by its label (附件1, 附件3附件), or None."""
    match = re.search(_ATTACHMENT, question)
    return _attachment(match.group(0)) if match else None


def _attachment(text: str | None) -> str | None:
    if not text:
        return None
    text = re.sub(r"\s+", "", text)
    return re.sub(rf"[{_HAN}]+", lambda m: str(number_of(m.group(0))), text)


def _full_width(label: str) -> str:
    return re.sub(r"\s+", "", label).replace("(", "（").replace(")", "）")


def resolve(address: Address, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses of one notice that stand at `address`, in document order; empty when there is none.

    Given labels match the end of a path; the row `49` also stands for its lines `49.1`, `49.2`. An ordinal
    matches a last label of that number in any form; articles (第四条) before items.
    """
    inside = [c for c in clauses if address.attachment is None or stands_in(c, (address.attachment,))]
    if address.ordinal is not None:
        return _at_ordinal(address.ordinal, inside)
    wanted = tuple(_key(label) for label in address.labels)
    exact = [c for c in inside if _ends_with(c.path, wanted)]
    below = [c for c in inside if len(c.path) > len(wanted) and _ends_with(c.path[:-1], wanted)]
    return tuple(exact + [c for c in below if not exact or exact[0].kind == "heading"])


def _ends_with(path: Sequence[str], wanted: tuple[str, ...]) -> bool:
    return (
        len(path) >= len(wanted) and tuple(_key(label) for label in path[len(path) - len(wanted) :]) == wanted
    )


def _at_ordinal(ordinal: int, clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    items = [c for c in clauses if _ordinal_of(c.path[-1]) == ordinal]
    articles = [c for c in items if re.fullmatch(r"第.+条", c.path[-1])]
    return tuple(articles or items)


def _ordinal_of(label: str) -> int | None:
    return number_of(re.sub(r"[（）()第条点项款节章]", "", label))


def _key(label: str) -> str:
    return comparable(label).strip("、.。:;,")
