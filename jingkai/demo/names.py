"""Invented names. Every one says 示范, and no credit code has a region that exists."""

from random import Random

from jingkai.core import identifiers

SOURCE = "示范数据，纯属虚构"

_FIRST = (
    *("泰岳", "鲁衡", "嘉汶", "恒岭", "云岱", "启润", "瑞钢", "昊川", "铭远", "卓越"),
    *("德源", "盛航", "中澜", "海岳", "金桥", "宏图", "安澜", "长风", "睿创", "联拓"),
)
_SECOND = ("新材", "精工", "智造", "重工", "绿能", "装备", "机电", "动力", "铸造", "科技")
_FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司")

# GB/T 4754-2017 classes that suit a steel town, with what a project there would make.
INDUSTRIES = (
    ("3130", "高强钢精密压延"),
    ("3311", "装配式钢结构"),
    ("3484", "精密机械零部件"),
    ("3670", "汽车零部件"),
    ("3824", "电力电子元器件"),
    ("3985", "电子专用材料"),
    ("4210", "再生资源综合利用"),
    ("3393", "大型锻件"),
    ("3425", "数控机床关键部件"),
    ("3562", "半导体设备零部件"),
    ("3831", "特种电缆"),
    ("3463", "气体分离设备"),
)
ORIGINS = (
    ("山东", "济南"),
    ("山东", "青岛"),
    ("江苏", "苏州"),
    ("浙江", "宁波"),
    ("上海", "上海"),
    ("广东", "深圳"),
    ("北京", "北京"),
    ("河北", "唐山"),
    ("天津", "天津"),
)
_NO_REGION = "379999"  # is no division's code, so that no code made with it can be anybody's


def investor(random: Random, number: int) -> str:
    """Return the name of an enterprise that does not exist."""
    first = _FIRST[number % len(_FIRST)]
    second = _SECOND[(number // len(_FIRST)) % len(_SECOND)]
    series = number // (len(_FIRST) * len(_SECOND))
    suffix = f"{series + 1}号" if series else ""
    return f"{first}示范{second}{suffix}{random.choice(_FORMS)}"


def credit_code(number: int) -> str:
    """Return a well-formed credit code that belongs to nobody."""
    return identifiers.credit_code(f"91{_NO_REGION}MA{number:07d}"[:17])
