"""What a table column holds, known from its name, and whether a printed line can be its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise


class ColumnKind(StrEnum):
    """Kinds of column in the task, project and indicator tables of notices."""

    NUMBER = "number"  # 序号
    BODY = "body"  # 牵头单位, 配合单位, 责任单位: public bodies
    TIME = "time"  # 启动时间, 完成时限
    UNIT = "unit"  # 计量单位
    VALUE = "value"  # 指标值, 目标值
    ATTRIBUTE = "attribute"  # 约束性 / 参考性
    NAME = "name"  # 项目名称, 指标名称, 工作内容, 领域
    TEXT = "text"  # 工作任务, 项目内容, 主要措施


_NUMBER = re.compile(r"^(?:序号?|编号|项次|项目号|No\.?|№)$", re.I)
_BODY = re.compile(r"单位|部门|牵头|配合|责任(?!分解)|承办|主体")
_PERSON = re.compile(r"责任人|负责人|联系人|联络员|电话|联系方式")
_TIME = re.compile(r"时间|时限|期限|进度|年限|日期|年份|年度")
_VALUE = re.compile(
    r"值$|目标$|^目标|指标值|^标准|分值|\d年(?:底|末)?(?:目标|计划|现状|基数|实际|新增|保有量|度)?|数量?$|得分|规模|金额|资金|投资|深度|面积|能力|浓度|比例$|率$|"
    r"[（(](?:万?亿?元|公里|公顷|个|座|项|辆|户|人|吨|厘米|米|份|台|套|条|场|家|人次|%|％)[)）]$"
)
_ATTRIBUTE = re.compile(r"属性")
_TEXT = re.compile(r"任务(?!名称)|措施|内容|要求|说明|备注|做法|评价|办法|依据|方式|条件|事项|描述")
_NAME = re.compile(r"名称|领域|类别|项目|指标|工作内容|方面|分类|分项|环节|区域|地区|县|行业|类型")

#: Column titles as notices print them; a printed header line that is none of these may be half of one.
_WHOLE = re.compile(
    r"^(?:序号?|编号|领域|任务|类别|项目|指标|单位|备注|内容|措施|目标|分类|时间|类型|进度|"
    r"对象|阶段|地区|标准|期限|户数|人数|数量|地点|依据|方式|面积|投资|资金|金额|分值|职务|姓名|电话|"
    r".{1,10}(?:年度|位置|深度|长度|高度|浓度|能力|状态|职务|责任人|负责人|联系人|人数|户数|面积|投资|资金|年限|比例|及标准|单位|部门|名称|内容|任务|措施|目标|要求|时间|时限|期限|属性|值|类别|备注|标准|依据|方式|领域|分值|"
    r"安排|计划|情况|规模|金额|地点|对象|事项|指标|项目|主体|年份|评价|条件|方法|材料|部门))$"
)


def is_number_column(name: str) -> bool:
    """Whether the column counts the rows."""
    return bool(_NUMBER.match(name))


def is_whole_title(name: str) -> bool:
    """Whether the words can stand as a column title by themselves."""
    return bool(_WHOLE.match(name))


def column_kinds(names: list[str]) -> list[ColumnKind]:
    """The kind of each column, in order; 单位 is a unit of measurement where there is a value column and
    another column of bodies."""
    kinds = [_kind(name) for name in names]
    for i, name in enumerate(names):
        if name in ("单位", "计量单位") and (name == "计量单位" or kinds.count(ColumnKind.BODY) > 1):
            kinds[i] = ColumnKind.UNIT
    texts = [i for i, kind in enumerate(kinds) if kind is ColumnKind.TEXT]
    # 工作内容 | 工作任务: the first of two neighbouring text columns names what the second spells out.
    for left, right in pairwise(texts):
        if right == left + 1:
            kinds[left] = ColumnKind.NAME
    return kinds


def main_name(kinds: Sequence[ColumnKind]) -> int | None:
    """The index of the column that says what a row is about: the last of the leading name columns."""
    names = [i for i, kind in enumerate(kinds) if kind is ColumnKind.NAME]
    leading = [i for i in names if all(k is ColumnKind.NAME for k in kinds[:i])]
    return leading[-1] if leading else (names[0] if names else None)


def _kind(name: str) -> ColumnKind:
    if _NUMBER.match(name):
        return ColumnKind.NUMBER
    if name in ("领域", "任务名称", "项目名称", "指标名称"):
        return ColumnKind.NAME
    for pattern, kind in (
        (_PERSON, ColumnKind.NAME),
        (_BODY, ColumnKind.BODY),
        (_TIME, ColumnKind.TIME),
        (_ATTRIBUTE, ColumnKind.ATTRIBUTE),
        (_TEXT, ColumnKind.TEXT),
        (_VALUE, ColumnKind.VALUE),
        (_NAME, ColumnKind.NAME),
    ):
        if pattern.search(name):
            return kind
    return ColumnKind.NAME


#: How the name of a public body ends.
_BODY_END = (
    r"局|委|办|厅|部|院|会|公司|集团|政府|中心|协会|办公室|行|法院|检察院|单位|部门|站|队|党委|支队|大队|分局|总队|中支|银行|学校|学院|大学|妇联|总工会|工会|残联|文联|科协|侨联|联社|海关|海事局|指挥部|专班|"
    r"管委会|领导小组|园区|开发区|公安|企业|处|科|室|馆|所|社"
)
_BODY_NAME = re.compile(
    rf"^(?:各|市|省|区|县|州|国|原|其他|有关|相关)?[\u4e00-\u9fff（）()·“”\"]{{0,24}}(?:{_BODY_END})(?:等)?(?:[（(][^）)]*[)）])?$"
)
#: A place alone (定海区) is a body in such a column, but 山区 and 丘陵区 are not: it fits less surely.
_PLACE_NAME = re.compile(
    r"^(?:各[县市区][（(][县市区、]{1,3}[)）]|(?:各[\u4e00-\u9fff（）()、]{1,14}|[\u4e00-\u9fff]{2,7})(?:区|县|市|街道|乡|镇))"
    r"(?:[（(][^）)]*[)）])?$"
)
_BODY_START = re.compile(r"^(?:市|省|区|县|州|各|团市委|团省委|国家|人行)")
_SPLIT = re.compile(r"[、，,；;/\s]+|和(?=市|各)")
#: 2023年, 2023年6月, 2023年6月30日
_MOMENT = r"(?:19|20)\d{2}年?(?:\d{1,2}月)?(?:\d{1,2}日)?"
_TIME_VALUE = re.compile(
    rf"^{_MOMENT}[底初末]?\s*[—－–~～至到-]{{1,2}}\s*(?:{_MOMENT}|\d{{1,2}}月)[底前末]?$"  # 2023—2025年
    r"|^(?:[—－\-–]{1,3}|(?:19|20)\d{2}(?:年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|前|底前|末|度|上半年|下半年)?|.{0,12}\d{1,2}月(?:底|前|底前)?|长期|持续|常年|每年.{0,6}|每(?:季度?|月|周|半年|旬)[末底初前]?|全年|年底前?|[一二三四]季度|持续推进|长期坚持)$"
)
_ATTRIBUTE_VALUE = re.compile(r"^(?:约束性|参考性|预期性|引导性|指导性|强制性|控制性)$")


def body_names(text: str) -> list[str]:
    """The public bodies that a cell lists."""
    return [name for name in _SPLIT.split(text.strip("。；; ")) if name]


@lru_cache(maxsize=50_000)
def is_body_list(text: str) -> bool:
    """Whether the text is a list of public bodies and nothing else."""
    names = body_names(text)
    if not names or len(text) > 400 or "。" in text:
        return False
    known = [bool(_BODY_NAME.match(name)) for name in names]
    return any(known) and all(ok or _PLACE_NAME.match(name) for ok, name in zip(known, names, strict=True))


def is_place_list(text: str) -> bool:
    """Whether the text is a list of places, as a column of bodies may hold (各县区; 定海区、普陀区)."""
    names = body_names(text)
    return bool(names) and "。" not in text and all(_PLACE_NAME.match(name) for name in names)


def starts_body(text: str) -> bool:
    """Whether the text begins as the name of a body does (市…, 各…)."""
    return bool(_BODY_START.match(text))


@lru_cache(maxsize=50_000)
def fit(text: str, kind: ColumnKind) -> int:
    """How well a printed line fits a column, in whole hundredths: 100 surely, 0 possibly, negative hardly."""
    if kind is ColumnKind.BODY:
        return _body_fit(text)
    if kind is ColumnKind.TIME:
        return 100 if _TIME_VALUE.match(text) else -200
    if kind is ColumnKind.ATTRIBUTE:
        return 100 if _ATTRIBUTE_VALUE.match(text) else -200
    if kind is ColumnKind.UNIT:
        return _unit_fit(text)
    return _words_fit(text, kind)


def _is_long(text: str) -> bool:
    return len(text) > 26 or text[-1] in "。；;"


def _body_fit(text: str) -> int:
    if is_body_list(text):
        return 100
    if starts_body(text) and len(text) <= 10 and not re.search(r"[\d。]", text):
        return 20  # 市卫生健: the first half of a name
    if _is_cut_list(text):
        return 20  # 东岸区教育局、东岸区城: the last name goes on in the next line
    if is_place_list(text):
        return 90 if text.startswith("各") else 30
    return -40 if len(text) <= 10 and not _is_long(text) else -300


def _is_cut_list(text: str) -> bool:
    """Whether the text lists bodies, the last of which could be the first half of a name."""
    *whole, cut = body_names(text) or [""]
    return bool(whole) and all(map(_BODY_NAME.match, whole)) and bool(_HALF_NAME.fullmatch(cut))


_HALF_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}")
_SIGN = re.compile(r"[-—－–/%％‰℃]{1,2}")
_UNIT_WORD = re.compile(
    r"/|^(?:个|家|亿元|万元|元|公里|公顷|吨|万吨|亩|万亩|人|人次|项|件|平方米.*|分贝|千克.*|分|名|座|台|套|次|户|天|米|条)$"
)


def _unit_fit(text: str) -> int:
    if _SIGN.fullmatch(text):
        return 120
    if re.search(r"\d|[≥≤]", text):
        return -200
    return 90 if _UNIT_WORD.search(text) else -120


def _words_fit(text: str, kind: ColumnKind) -> int:
    """The fit of a line to a column of names, texts or values: less so when it reads as another kind."""
    penalty = _other_kind_penalty(text)
    if kind is ColumnKind.VALUE:
        # 新建管网12公里。 tells what is done: a value may be a sentence, but seldom is.
        return (100 if re.search(r"\d|[≥≤><＞＜]", text) else 50) - (40 if _is_long(text) else 0) - penalty
    if not re.search(r"[\u4e00-\u9fffA-Za-z]", text):
        penalty += 180
    if kind is ColumnKind.TEXT:
        return (100 if _is_long(text) else 20) - penalty
    if re.match(r"[≥≤＞＜><±]|[\d.]+%?$", text):
        penalty += 150  # a figure is no name
    return (-80 if _is_long(text) or text[-1] in "，," else 80) - penalty


def _other_kind_penalty(text: str) -> int:
    if is_body_list(text) or _ATTRIBUTE_VALUE.match(text) or (_TIME_VALUE.match(text) and len(text) > 3):
        return 150
    return 80 if starts_body(text) and "、" in text and not _is_long(text) else 0
