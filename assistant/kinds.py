"""What form of answer a question asks for, by the words it is asked with."""

from __future__ import annotations

import re

from assistant.types import Part, QuestionKind, Role, Want

_UNIT = r"(?:单位|部门|机构|局|家|委办局)"
_WHO = re.compile(
    rf"谁(?!要是|如果|若|要|都|也|就)|哪[些个几两二三四]{{1,2}}(?:个|家)?{_UNIT}|哪家|什么{_UNIT}|哪个局|归哪|由哪|牵头(?:的|单位)?(?:是|有)|责任单位|责任主体|配合单位|牵头单位"
    r"|承担单位|主管部门|归口|还是配合|还是牵头"
)
_WHEN = re.compile(
    r"什么时候|啥时候|何时|哪[一]?年|哪几?个?月|几月|几号|多久|期限|哪段时间|哪个季度|时间节点|截止|最迟|最晚|什么时间|完成时间|哪天"
)
_MANY = re.compile(
    r"多少|几(?:小时|天内|年内|[？?，,。]|$)|上限|下限|几(?:个|成|台|座|家|公里|亩|万|条|项|分|倍|件|吨|年|种|处|档|次)|百分之几|多大|多长|多高|多重|占比|比例是|比例要|降到|达到多|控制在|(?:目标|指标|预期)(?:是什么|是啥|呢)?[？?]?$|硬指标|指标(?:分别|各|是|怎么|叫)|什么数|数字要求"
)
_LIST = re.compile(
    r"哪些|哪几|哪[一二三四五六七八九十两]+[家个种类样张部条项大]|有哪|都有啥|都有什么|分[成为]?哪|几种|几类|包括什么|列一下|列出|清单|先后顺序|各代表|分别是(?:啥|什么)"
)
_ITEMS = re.compile(r"哪[几些](?:个|条|件)?(?:项(?!目?标)|项目|任务|工作)|有哪几[条件]")
_TASKS = re.compile(
    r"哪[些几]|啥|什么(?!时候)|做什么|干什么|干啥|任务|几件|哪件|几个|列|角色|参与|摊|挂名|出现"
)
_COMPARE = re.compile(
    r"(?:各|哪些|哪几个|哪个|几个|每个)(?:市|省|县区|县|区|地方|城市|地区|地)(?!级|直|域)|各地|哪[家个](?:的|要|更|松|严|最)"
)
#: 三个市的目标分别是多少, 两个地区谁高: a counted set without names is all that the corpus holds.
_COUNTED = re.compile(
    r"(?<![第其])(?:[两二三四五六七八九十]{1,2}|\d{1,2})(?:个(?:市|省|县区|县|区|地方|城市|地区)|[市省地](?=的|[各谁哪分]))(?!级|直|域|[政委]|中心)"
    r".*(?:分别|各|谁|哪|多少|几|比|一样|区别|不同|差)"
)
#: Two plans of one place: 前后两轮, 新旧两个计划, 2019年和2023年两个计划.
_PLANS = re.compile(
    r"前后[两二2][轮个版份]|[两二2]轮|新旧|上一轮|[两二2][个版份](?:行动|生态)?(?:计划|方案|文件|办法|规划)"
)
_HOW = re.compile(r"怎么|怎样|如何|咋|干[啥嘛]|做[啥什]|要求|规定|措施|打算|招")

_MONEY = re.compile(
    r"多少(?:万|亿)?元|多少钱|几万|几元|几块|奖金|经费[^，。？]{0,6}(?:多少|安排)|花多少|补贴(?:标准)?(?:[？?]|$|是|有?多少)|补几|多少[^，。？]{0,6}(?:资金|经费|费)|保费|服务费|贷多少|奖多少|罚多少|罚款"
)
_AMOUNT = re.compile(r"多少|几|最高|标准|上限|额度")
_PERSON = re.compile(
    r"(?:组长|主任|局长|市长|区长|负责人|联系人|领导)(?:是谁|叫什么|姓|名字|是哪位)|叫什么名字|姓名|联系人"
)
_FREQUENCY = re.compile(
    r"多久[^，。？]{0,6}[一1]次|每几个?[天周月季年]|几(?:天|周|个月|年)[^，。？]{0,4}一次|一年几次"
)
_CONTACT = re.compile(r"电话|手机号|邮箱|传真|网址|地址在|联系方式")

_ROLE = (
    (Role.SUPPORT, re.compile(r"配合|协办|协助|参与")),
    (Role.LEAD, re.compile(r"牵头|挑头|领头|主抓|为主")),
)
_ALONE = re.compile(r"单独|独自|只有牵头|唯一")
_BODY = re.compile(r"正文")
_TABLE = re.compile(
    r"(?<!代)表(?:里|中|格|上|内|要求)|任务清单|项目表|分解表|任务表|指标表|清单(?:里|上|中)|按表|那张表|附表"
)


def kind_of(question: str, *, regions: int, units: int) -> QuestionKind:
    """The kind of a question that names `regions` regions and `units` public bodies."""
    everywhere = _COMPARE.search(question) or _COUNTED.search(question)
    if regions > 1 or (everywhere and regions != 1) or _PLANS.search(question):
        return QuestionKind.COMPARE
    if units and _TASKS.search(question) and not _asks_for_body(question):
        return QuestionKind.UNIT_TASKS
    for kind, pattern in (
        (QuestionKind.LIST, _ITEMS),
        (QuestionKind.WHO, _WHO),
        (QuestionKind.WHEN, _WHEN),
        (QuestionKind.LIST, _LIST),
        (QuestionKind.FACT, _MANY),
        (QuestionKind.TASK, _HOW),
    ):
        if pattern.search(question):
            return kind
    return QuestionKind.TASK


def _asks_for_body(question: str) -> bool:
    return bool(re.search(r"谁|哪[些个几](?:个|家)?(?:单位|部门|机构|局)|牵头还是配合|归谁|哪个局", question))


def wants_of(question: str) -> frozenset[Want]:
    """What the answer must hold: a figure, a date, a body, money, a person's name, a contact, how often."""
    table = (
        (Want.MONEY, _MONEY),
        (Want.PERSON, _PERSON),
        (Want.CONTACT, _CONTACT),
        (Want.FREQUENCY, _FREQUENCY),
        (Want.DATE, _WHEN),
        (Want.BODY, _WHO),
        (Want.FIGURE, _MANY),
    )
    wants = {want for want, pattern in table if pattern.search(question)}
    if not _AMOUNT.search(question):  # 有没有奖金 asks whether, not how much
        wants.discard(Want.MONEY)
    return frozenset(wants)


def role_of(question: str) -> Role | None:
    """The role a question asks about; None when it names none or both."""
    roles = [role for role, pattern in _ROLE if pattern.search(question)]
    return roles[0] if len(roles) == 1 else None


def asks_alone(question: str) -> bool:
    """True when only what a body does on its own is asked for."""
    return bool(_ALONE.search(question))


def part_of(question: str) -> Part | None:
    """正文 or 表, when the question says where to look."""
    if _BODY.search(question):
        return Part.BODY
    return Part.TABLE if _TABLE.search(question) else None
