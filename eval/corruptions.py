"""True sentences made false in one place, each in a way that a reader of the clause could prove wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from assistant.bodies import Body, bodies_of
from assistant.checking import Cited
from assistant.places import region_forms
from assistant.types import Role
from assistant.wording import comparable
from eval.true_sentences import TrueSentence
from ingest.notice import Clause, ClauseKind


class CorruptionKind(StrEnum):
    """What was made wrong."""

    NUMBER = "wrong number"
    YEAR = "wrong year"
    NEGATION = "inserted 不"
    DROPPED = "dropped negation"
    BODY = "swapped department"
    PLACE = "wrong city"
    ADDRESS = "wrong address"
    UNIT = "unit changed"
    COMPARATOR = "以上↔以下"
    DIRECTION = "rise↔fall"


@dataclass(frozen=True, slots=True)
class Corrupted:
    """A false sentence: what it was made from, what it cites, and the words that were changed."""

    kind: CorruptionKind
    true: str
    text: str
    cited: Cited
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Material:
    """Names to make sentences wrong with: public bodies and cities other than those of any one notice."""

    bodies: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    words: str
    cited: Clause | None = None


_NUMBER = re.compile(
    r"(?<![A-Za-z\d.#\[（(第])\d+(?:\.\d+)?(?![\d.]*(?:年|月|日(?!内)|号|\d))(?=[%‰\u4e00-\u9fff])"
)
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?=年|[-—](?:20))")
#: A unit → units of another size or kind.
_UNITS = {
    **{
        "万元": ("亿元", "元"),
        "亿元": ("万元",),
        "元": ("万元",),
        "%": ("个百分点", "‰"),
        "个百分点": ("%",),
    },
    **{"公里": ("米",), "米": ("公里",), "万亩": ("亩", "万公顷"), "亩": ("万亩", "公顷"), "公顷": ("亩",)},
    **{"万吨": ("吨", "亿吨"), "吨": ("万吨", "公斤"), "平方公里": ("公顷",), "平方米": ("亩", "平方公里")},
    **{"万立方米": ("立方米",), "立方米": ("万立方米", "升"), "微克/立方米": ("毫克/立方米",)},
    **{"毫克/升": ("微克/升",), "千瓦": ("兆瓦",), "倍": ("%",), "小时": ("分钟", "日"), "分钟": ("小时",)},
    **{"年": ("个月",), "个月": ("年", "日"), "个工作日": ("个月",), "日内": ("个月内",)},
    **{"万人": ("人",), "人": ("户", "万人"), "户": ("万户", "家"), "家": ("户",), "张": ("万张",)},
    **{"座": ("公里",), "台": ("辆",), "个": ("万个", "公里"), "项": ("万项", "%"), "处": ("公里",)},
    **{"辆": ("万辆",), "次": ("万次",)},
}
_UNIT = re.compile(r"(?<=\d)(?:" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + ")")
_COMPARATORS = {
    **{"以上": ("以下", "以内"), "以下": ("以上",), "以内": ("以上", "以外"), "左右": ("以上",)},
    **{"不低于": ("不高于", "低于"), "不少于": ("不超过", "少于"), "不高于": ("不低于", "高于")},
    **{"不超过": ("不少于", "超过"), "不得低于": ("不得高于",), "不得超过": ("不得少于",)},
    **{
        "至少": ("至多",),
        "最高": ("最低",),
        "超过": ("低于",),
        "≥": ("≤",),
        "≤": ("≥",),
        "不大于": ("不小于",),
    },
}
_COMPARATOR = re.compile(
    r"(?:(?<=[\d%‰])|(?<=\d[\u4e00-\u9fff])|(?<=\d[\u4e00-\u9fff]{2}))(?:以上|以下|以内|左右)"
    r"|(?:不得低于|不得超过|不低于|不少于|不高于|不超过|不大于|至少|最高|(?<!不)(?<!得)超过|≥|≤)(?=[^，。；、,;：:]{0,2}\d)"
)
_DIRECTIONS = {
    "提高": "降低",
    "增长": "下降",
    "增加": "减少",
    "下降": "上升",
    "降低": "提高",
    "减少": "增加",
    "削减": "增加",
    "新增": "减少",
}
_DIRECTION = re.compile("(?:" + "|".join(_DIRECTIONS) + r")(?=[^，。；、,;：:\d]{0,3}\d)")
_VERBS = re.compile(
    r"(?<![不未无没非可])(?:建立|推进|加强|实施|完成|达到|提高|开展|制定|建设|落实|推广|支持|鼓励|严格|纳入|组织|完善|健全|强化|落实|推动|"
    r"保护|治理|清理|整治|公布|报送|申请|享受|给予|允许|补助|奖励|监测|监督|负责|配合|执行|使用|设置|安装|更换|新建|实行|适用|超过|符合|提供)"
)
_NEGATED = re.compile(r"不得|不准|不予|不再|严禁|禁止")
_LETTERS = ("（一）", "（二）", "（三）", "（四）", "（五）")


def corrupt(true: TrueSentence, kind: CorruptionKind, random: Random, material: Material) -> Corrupted | None:
    """`true` made false in one place; None where it has nothing of this kind, or nothing false came out.

    False means: the changed part stands nowhere in the cited clause as it now reads (so no other statement
    of the clause is hit by chance); a department was moved to a role that the clause gives it nowhere; an
    address is shown that is not that of the clause, or a clause cited with no part of the sentence.
    """
    changes = _MAKERS[kind](true, random, material)
    random.shuffle(changes)
    for change in changes:
        text = true.text[: change.start] + change.words + true.text[change.end :]
        cited = Cited(change.cited, true.cited.card, true.cited.first_leads) if change.cited else true.cited
        if kind is CorruptionKind.ADDRESS or not _holds(text, change, cited.clause):
            was = true.text[change.start : change.end] or true.cited.clause.cite
            now = change.words or (change.cited.cite if change.cited else "")
            return Corrupted(kind, true.text, text, cited, was, now)
    return None


def _holds(text: str, change: _Change, clause: Clause) -> bool:
    """True when the changed part, up to the next comma on both sides, is what the clause says after all."""
    marks = "，。；;,：:！？"
    start = max((text.rfind(m, 0, change.start) for m in marks), default=-1) + 1
    ends = (text.find(m, change.start + len(change.words)) for m in marks)
    end = min((at for at in ends if at >= 0), default=len(text))
    return _says(clause, text[start:end])


def _says(clause: Clause, words: str) -> bool:
    texts = (
        clause.text,
        *(clause.fields or {}).values(),
        *(f"{n}：{v}" for n, v in (clause.fields or {}).items()),
    )
    return any(comparable(words) in comparable(text) for text in texts)


def _numbers(true: TrueSentence, random: Random, _: Material) -> list[_Change]:
    found = []
    others = _NUMBER.findall(true.cited.clause.text)
    for match in _NUMBER.finditer(true.text):
        digits = match.group()
        options = {str(int(float(digits)) + random.choice((1, 2, 5, 10))), digits + "0", *others} - {digits}
        if "." in digits:
            options.add(digits.replace(".", ""))
        different = sorted(o for o in options if float(o) != float(digits))
        found.append(_Change(match.start(), match.end(), random.choice(different)))
    return found


def _years(true: TrueSentence, random: Random, _: Material) -> list[_Change]:
    found = []
    others = set(_YEAR.findall(true.cited.clause.text))
    for match in _YEAR.finditer(true.text):
        year = match.group()
        options = {str(int(year) + step) for step in (-5, -2, -1, 1, 2, 3)} | others
        found.append(_Change(match.start(), match.end(), random.choice(sorted(options - {year}))))
    return found


def _negations(true: TrueSentence, _: Random, __: Material) -> list[_Change]:
    return [_Change(m.start(), m.start(), "不") for m in _VERBS.finditer(true.text)]


def _dropped(true: TrueSentence, _: Random, __: Material) -> list[_Change]:
    return [_Change(m.start(), m.end(), "可以") for m in _NEGATED.finditer(true.text)]


def _units(true: TrueSentence, random: Random, _: Material) -> list[_Change]:
    return [
        _Change(m.start(), m.end(), random.choice(_UNITS[m.group()]))
        for m in _UNIT.finditer(true.text)
        if not re.search(r"(?:19|20)\d\d$|[A-Za-z][\d.]+$", true.text[: m.start()])
    ]


def _comparators(true: TrueSentence, random: Random, _: Material) -> list[_Change]:
    return [
        _Change(m.start(), m.end(), random.choice(_COMPARATORS[m.group()]))
        for m in _COMPARATOR.finditer(true.text)
    ]


def _directions(true: TrueSentence, _: Random, __: Material) -> list[_Change]:
    return [_Change(m.start(), m.end(), _DIRECTIONS[m.group()]) for m in _DIRECTION.finditer(true.text)]


def _bodies(true: TrueSentence, random: Random, material: Material) -> list[_Change]:
    """A body for one that the clause does not name, or for one that it gives only other roles."""
    clause = true.cited.clause
    named = bodies_of(clause, first_leads=true.cited.first_leads)
    everything = " ".join([clause.text, *(clause.fields or {}).values(), *clause.headings])
    strangers = [b for b in material.bodies if b not in everything and b[1:] not in everything]
    found = []
    for body in named:
        at = true.text.find(body.name)
        if at < 0 or not strangers:
            continue
        rivals = _of_other_roles(body, named)
        new = random.choice(rivals) if rivals and random.random() < 0.4 else random.choice(strangers)
        found.append(_Change(at, at + len(body.name), new))
    return found


def _of_other_roles(body: Body, named: Sequence[Body]) -> list[str]:
    """Bodies that support where `body` leads or is responsible, and the other way round."""
    supports = {b.name for b in named if b.role is Role.SUPPORT}
    charged = {b.name for b in named if b.role is not Role.SUPPORT}
    rivals = charged - supports if body.role is Role.SUPPORT else supports - charged
    return sorted(name for name in rivals if body.name not in name)


def _places(true: TrueSentence, random: Random, material: Material) -> list[_Change]:
    region = true.cited.card.region
    if region is None:
        return []
    own = region_forms(region)
    said = true.cited.clause.text + true.cited.card.title + region
    strangers = [p for p in material.places if p not in said and p.rstrip("市县区省") not in said]
    form = next((f for f in own if f in true.text), None)
    if not strangers:
        return []
    new = random.choice(strangers)
    if form is None:
        return [_Change(0, 0, f"{new}：")]
    at = true.text.index(form)
    return [_Change(at, at + len(form), new if form == own[0] else new.rstrip("市县区省"))]


def _addresses(true: TrueSentence, random: Random, _: Material) -> list[_Change]:
    """Another address behind the sentence (there or nowhere), or another clause behind its marker."""
    clause = true.cited.clause
    changes = []
    elsewhere = [
        c
        for c in true.others
        if c.kind is not ClauseKind.HEADING and c.path[0] != "附件目录" and not _shares(true.text, c)
    ]
    if elsewhere and random.random() < 0.5:
        other = random.choice(elsewhere)
        frame = re.match(r"[^：]{1,40}（.*?）+：", true.text)
        changes.append(_Change(0, frame.end() if frame and clause.cite in frame.group() else 0, "", other))
        return changes
    cites = [c.cite for c in true.others if c.cite != clause.cite and not c.cite.startswith("前言")]
    nowhere = f"{clause.cite}{random.choice(_LETTERS)}" if "#" not in clause.cite else f"{clause.cite}9"
    wrong = random.choice(cites) if cites and random.random() < 0.7 else nowhere
    printed = f"（{clause.cite}）"
    at = true.text.find(printed)
    if at >= 0:
        return [_Change(at + 1, at + len(printed) - 1, wrong)]
    end = len(true.text.rstrip("。；;"))
    return [_Change(end, len(true.text), f"（{wrong}）。")]


def _shares(text: str, other: Clause) -> bool:
    """True when some part of the sentence stands in the other clause too: a citation of it is not false."""
    parts = [part for part in re.split("[，。；;,：:]", text) if len(part) >= 6]
    return not parts or any(_says(other, part) for part in parts)


_MAKERS: dict[CorruptionKind, Callable[[TrueSentence, Random, Material], list[_Change]]] = {
    CorruptionKind.NUMBER: _numbers,
    CorruptionKind.YEAR: _years,
    CorruptionKind.NEGATION: _negations,
    CorruptionKind.DROPPED: _dropped,
    CorruptionKind.BODY: _bodies,
    CorruptionKind.PLACE: _places,
    CorruptionKind.ADDRESS: _addresses,
    CorruptionKind.UNIT: _units,
    CorruptionKind.COMPARATOR: _comparators,
    CorruptionKind.DIRECTION: _directions,
}
