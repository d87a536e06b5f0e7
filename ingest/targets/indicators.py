"""Whether the words before a figure name something that can reach it, or belong to a rule or a condition."""

from __future__ import annotations

import re

from .amounts import Amount
from .counted import starts_with_action
from .names import is_measured, is_scope
from .subjects import Subject

_MONEY = re.compile(
    r"罚|奖励|补贴|补助|给予|资助|奖补|补偿|最低工资|报销|起付|限额|按.{0,8}(?:标准|比例)|每[人户亩床件次套]"
)
#: A name does not begin with these: 存栏量500头以上, 位于30公里.
_ASIDE = re.compile(
    r"对|针对|其余|涉及|围绕|根据|依据|位于|存栏|日处理|超出|属于|符合|满足|不足|未达|凡|如|若"
)
#: What something has: without it, no one knows of what.
_NO_NAMES = frozenset(
    re.findall(r"\w+", "产量 产值 增加值 规模 面积 比重 占比 比例 数量 总量 增速 容量 金额 投资 总投资 总额")
)
_LONGEST_NAME = 45
#: 新建5个医疗集团、区级覆盖率: two things, of which the first was not understood.
_HAS_COUNTED = re.compile(r"\d[^、]*、")
#: A rule for each case: 每满50小时2分, 每增加1人3立方米, 最高不超过10分.
_PER_CASE = re.compile(r"^每(?![百千万亿年])|^由|每满|每增加|每超|每减少|最[高低]$|最高分|分值|各承担")
#: How long a step of a procedure may take is a rule.
_DURATIONS = frozenset({"天", "小时", "分钟"})
_WHOLE_ACTIONS = frozenset({"造林", "绿化", "种草", "清淤", "复绿"})


def is_indicator(name: str, subject: Subject, amount: Amount, words: str) -> bool:
    """Whether `name`, of `subject`, is an indicator that `amount` is a value of; `words` stand before it."""
    if not _is_name(name) or _PER_CASE.search(name) or (_ASIDE.match(name) and not is_measured(name)):
        return False
    if ("元" in amount.unit and _MONEY.search(words)) or (
        amount.unit in _DURATIONS and not is_measured(name)
    ):
        return False
    plainly = subject.reached or subject.change or subject.limit
    if not amount.unit:
        return bool(plainly or amount.limit)
    named = amount.unit in ("%", "个百分点") or is_measured(name) or starts_with_action(name)
    return bool(plainly or named)


def _is_name(name: str) -> bool:
    """Whether words can be the name of an indicator: whole, and of something."""
    if not 2 <= len(name) <= _LONGEST_NAME or name[-1] in "于在对按每至到第约近共级":
        return False
    if name in _NO_NAMES or is_scope(name) or name.count("“") != name.count("”"):
        return False
    if _HAS_COUNTED.search(name):
        return False
    return name != starts_with_action(name) or name in _WHOLE_ACTIONS
