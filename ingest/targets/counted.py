"""What is counted: 建成35个“宁静小区”, 开展3个省级工业园区、30个城镇生活小区的“污水零直排区”创建."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .amounts import Amount
from .types import Comparator

_VERBS = (
    r"新（改[扩]?）建|改（扩）建|新建|改建|扩建|新改扩建|新扩建|改扩建|建成|建设|建立|建造|改造|完成|新增|增加|创建|打造|培育|引进|引育|招引|培养|培训|淘汰|整治|关停|"
    r"治理|实施|开展|启动|开工|竣工|推进|组织|举办|发展|认定|评选|设立|布局|投放|推广|修复|恢复|开发|筹集|提供|发放|帮扶|选派|招聘|吸纳|"
    r"压减|削减|减少|清退|拆除|更新|升级|提升|落地|签约|开通|新开|争取|办理|编制|制定|出台|形成|组建|遴选|支持|巩固|服务|配备|安装|设置|选树|"
    r"种植|盘活|处置|消化|收储|供应|新设|扶持|孵化|补充|扩大|攻克|承办|推出|打通|贯通|疏浚|清淤|生产|带动|申报|获批|入选|建好|投产|投用|覆盖|"
    r"布设|引入|招录|取得|接待|吸引|新认定|命名|绿化|造林|复绿|新植|储备|谋划|加快建设|加快推进|消除|排查|检测|监测|救助|资助|惠及|化解|处理|验收|新创|新培育|"
    r"抚育|营造|转移|保障|配建|加固|增设|开设|争创|列入|策划|投入|上市|回收|发行|征集|开行|种草|防治|普查|评定|建强|做强|集聚"
)
_ACTION = re.compile(rf"(?:{_VERBS})(?:[国省市县上级]*\S{{0,2}}下达的)?$")
_ACTION_START = re.compile(rf"^(?:{_VERBS})")
#: 建设 and its like begin what is to be done only with a thing behind them.
_ACTION_INSIDE = re.compile(
    r"(?:新（改[扩]?）建|新建|改造|建成|建设|新增|培育|打造|创建|引进|淘汰|整治|完成|开展|实施|修复)(?=.{2})"
)
_ADVERBS = re.compile(r"(?:(?P<least>至少|不少于|不低于)|超过|约|近|力争|各|再|全部|累计|要|共)+$")
_LINK = re.compile(r"(?:[、和及与，]|以及|并)$")
_OF = re.compile(r"^的")
#: Units in which things are counted or measured out, with any multiple; behind 以上 the last ones measure the
#: thing itself (30吨以上的设施), as do those that are no units of count at all (10蒸吨锅炉).
_COUNTS = re.compile(
    r"[百千万亿]*(?:个|家|项|条|座|所|处|件|名|例|台|套|辆|艘|户|人|人次|场|场次|次|株|只|头|张|片|部|间|支|期|批|种|类|门|栋|幢|宗|笔|款|架|棵|路|口|"
    r"架次|班次|户次|家次|件次|床位|标准箱|标箱|公里|千米|亩|亩次|公顷|平方公里|村|镇|县|区|街道)(?:（[次套台]）)?"
)
_MEASURES = re.compile(r"[百千万亿]*(?:吨|立方米|平方米|方|米|斤|公斤|千瓦|兆瓦|千瓦时)")
#: What has a number but no quantity: 完成4项减排任务 counts kinds of work.
_NO_THING = re.compile(
    r"(?:行动|措施|制度|机制|方面|领域|环节|要求|举措|问题|原则|方向|目标|关系|短板|机遇|事|实事)$"
)
_KIND_OF_WORK = re.compile(r"(?:任务|工作|政策|改革|事项|指标)$")
_TAIL = re.compile(
    r"(?:的(?=“|治|整|改|建|综|修)|“).*$|(?:建设|改造|创建|整治|治理|修复)(?:任务|工作|工程|项目)?$"
)
#: 每增加1人增加3立方米, 15处投入运营: what is said of things is no name of them.
_IS_THING = re.compile(r"(?!以|）|增加|减少|年底|投入运营)(?:(?![、或和]\D{0,8}\d|累计).)*$")
#: Behind a link, what is counted on its own.
_COUNTED_NEXT = re.compile(rf"[^、和及与，“（]{{0,20}}\d+(?:\.\d+)?(?:{_COUNTS.pattern}|{_MEASURES.pattern})")
#: The longest name of a thing.
_LONGEST = 45


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of something counted: the verb, the thing at `start:end` of the text, and 至少 before it."""

    amount: Amount
    verb: str
    thing: str
    end: int
    linked: bool
    limit: Comparator | None

    @property
    def name(self) -> str:
        """The indicator: what is to be done with the thing."""
        return self.verb + self.thing


def starts_with_action(name: str) -> str:
    """The verb that a name of something to be done begins with (新增公共充电桩), or nothing."""
    match = _ACTION_START.match(name)
    return match.group() if match else ""


def from_action(name: str) -> str:
    """A name from the first verb in it on (分区分类|建设高标准农田); the whole without one."""
    match = None if starts_with_action(name) else _ACTION_INSIDE.search(name)
    return name[match.start() :] if match else name


def is_count(unit: str) -> bool:
    """Whether things are counted in this unit."""
    return bool(_COUNTS.fullmatch(unit) or _MEASURES.fullmatch(unit))


def counted(amount: Amount, before: str, after: str, verb: str) -> Counted | None:
    """The thing that a figure counts, or None.

    `before` and `after` are the words around the figure, up to the next edges; `verb` is that of the last
    thing counted, which one linked to it shares.
    """
    if not (_COUNTS.fullmatch(amount.unit) or (_MEASURES.fullmatch(amount.unit) and amount.limit is None)):
        return None
    adverbs = _ADVERBS.search(before)
    bare = before[: adverbs.start()] if adverbs else before
    action = _ACTION.search(bare)
    linked = action is None and bool(verb) and (not bare or bool(_LINK.fullmatch(bare)))
    if action is None and not linked:
        return None
    length = _thing_length(after)
    thing = _OF.sub("", after[:length])
    if not thing or len(thing) > _LONGEST or not _IS_THING.match(thing) or _is_kind_of_work(amount, thing):
        return None
    return Counted(
        amount=amount,
        verb=(starts_with_action(action.group()) or action.group()) if action else verb,
        thing=thing,
        end=amount.end + length,
        linked=linked,
        limit=Comparator.AT_LEAST if _is_least(bare, adverbs, action) else None,
    )


def _is_least(before: str, adverbs: re.Match[str] | None, action: re.Match[str] | None) -> bool:
    """Whether 至少 stands before the figure or before the verb: 建成至少1台, 至少建成1台."""
    return bool(adverbs and adverbs["least"]) or bool(action and before[: action.start()].endswith("至少"))


def _is_kind_of_work(amount: Amount, thing: str) -> bool:
    return bool(_NO_THING.search(thing) or (amount.unit == "项" and _KIND_OF_WORK.search(thing)))


def _thing_length(after: str) -> int:
    """How far the name of the thing goes: to a link behind which the next figure stands, else to the end."""
    for match in re.finditer(r"、|和|及|与|以及", after):
        rest = after[match.end() :]
        if _COUNTED_NEXT.match(rest):
            return match.start()
    return len(after)


def with_shared_tails(run: list[Counted]) -> list[str]:
    """The names of linked things; what the last one ends with (的“零直排区”创建) belongs to all of them."""
    last = run[-1].thing
    if "级" in last:  # 2个国家级、10个省级产业集群
        of_level = last[last.index("级") + 1 :]
        run = [replace(one, thing=one.thing + of_level) if one.thing.endswith("级") else one for one in run]
    tail = _TAIL.search(last)
    if tail is None or not tail.start() or len(run) == 1:
        return [one.name for one in run]
    return [one.name if _TAIL.search(one.thing) else one.name + tail.group() for one in run]
