"""Names of indicators that a sentence leaves out in part: 县城达到94%, 城镇、农村居民收入分别增长."""

from __future__ import annotations

import re

#: How the name of something measured ends.
_MEASURED = re.compile(
    r"(?:率|量|比例|比重|占比|之比|比值|浓度|收入|支出|投资|总额|面积|总?额|价|价格|指数|人数|人次|户数|就业|产值|增加值|总值|值|投入|强度|密度|里程|"
    r"规模|能力|容量|装机|覆盖面|水平|速度?|度|数|长度|能耗|水耗|排放|寿命|年限|总产|单产|产能|营收|利润|税收|贷款|余额|存量|总?量|消费|销售额|得分|分数|"
    r"增速|库存|库容|储量|蓄积|水位|成本|时间|天数|标准|经济|GDP|化率)$"
)
_SCOPES = (
    r"(?:县级以上城市|中心城区|建成区|城镇常住|农村常住|城镇|城市|农村|县城|建制镇|乡镇|城乡|市区|县区|镇区|农民|居民|一产|二产|三产|"
    r"第[一二三]产业|全体|规上|规模以上)"
)
_SCOPE = re.compile(f"^{_SCOPES}")
_IS_SCOPE = re.compile(rf"^{_SCOPES}$|[市县区镇乡村城]$")
_SCOPE_ALONE = re.compile(rf"(?:{_SCOPES}|[城乡]镇|行政村|设区市)+")
#: How something is dealt with: 无害化处理率, of which the thing itself may be left out.
_PROCESS = re.compile(
    r"(?:无害化|资源化|减量化|规范化|标准化|综合|安全|集中|分类|清洁|再生)*"
    r"(?:处置|处理|利用|收集|回收|达标|覆盖|普及|受益|满意|知晓|参与|合格|完成|审核)+(?:率|比例|面|度)$"
)
_FALLS = ("下降", "减少", "降低", "净增")
_JOINED = re.compile(r"、|和|与|及|以及")
_THREE = re.compile(r"^一[、]?二[、]?三产(?:业)?(.+)$")
_BOTH = re.compile(r"^城乡(.+)$")


def is_measured(name: str) -> bool:
    """Whether a name ends as one of something that is measured does."""
    return _MEASURED.search(name.rstrip('”"）')) is not None


def completed(name: str, before: str) -> str:
    """`name` with what it leaves out of the indicator `before`: 县城 behind 城市污水处理率 is a rate too."""
    if len(name) > 12:
        return name
    if name.startswith("占"):
        return before + name
    if begins_with_fall(name):
        return before
    if is_measured(name):
        process, earlier = _PROCESS.fullmatch(name), _PROCESS.search(before)
        return before[: earlier.start()] + name if process and earlier else name
    return name + _shared_end(name, before)


def begins_with_fall(name: str) -> str:
    """The word of a fall that is all there is of a name (下降总量), or nothing."""
    return next((fall for fall in _FALLS if name.startswith(fall) and len(name) <= 4), "")


def _shared_end(name: str, before: str) -> str:
    """The end of `before` that also belongs to `name`, which does not say what is measured."""
    share = before.find("占")
    if share > 0 and before[share:] != "占比":
        return before[share:]
    scope = _SCOPE.match(before)
    return before[scope.end() :] if scope and is_measured(before) and _IS_SCOPE.search(name) else ""


def is_scope(name: str) -> bool:
    """Whether a name only says where or of whom (县城), and not what is measured there."""
    return _SCOPE_ALONE.fullmatch(name) is not None


def apart(name: str, count: int) -> tuple[str, ...]:
    """The `count` indicators that a joined name with 分别 stands for; empty if it cannot be told."""
    three = _THREE.match(name)
    if three and count == 3:
        return tuple(f"{which}产{three[1]}" for which in "一二三")
    both = _BOTH.match(name)
    if both and count == 2 and not _JOINED.search(both[1]):
        return f"城镇{both[1]}", f"农村{both[1]}"
    parts = _parts(name, count)
    if not parts:
        return ()
    last = parts[-1]
    if is_measured(parts[0]):
        return tuple(parts)
    tail = _tail(parts)
    if not tail:
        return ()
    return (*(part + tail for part in parts[:-1]), last)


def together(name: str) -> tuple[str, ...]:
    """The indicators of a joined name that all reach one value; each must be the name of a measure."""
    parts = [part for part in _JOINED.split(name) if part]
    if len(parts) < 2 or not all(map(is_measured, parts)):
        return (name,)
    return (parts[0], *(completed(part, parts[0]) for part in parts[1:]))


def _parts(name: str, count: int) -> list[str]:
    """The name split at its conjunctions into `count` parts; empty if it has another number of them."""
    parts = [part for part in _JOINED.split(name) if part]
    return parts if len(parts) == count else []


def _tail(parts: list[str]) -> str:
    """What the first parts share with the last one: 居民收入 of 城镇、农村居民收入."""
    first, last = parts[0], parts[-1]
    scope = _SCOPE.match(last)
    if scope and scope.end() < len(last):
        return last[scope.end() :]
    length = len(first)
    if length < len(last) and last[length - 1] == first[-1]:
        return last[length:]
    process = _PROCESS.search(last)
    return last[process.start() :] if process and process.start() else ""
