"""The Chinese names of what the core knows by codes: steps, conditions, facts, who decides."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.core.land.measures import Condition, ConditionCode, Decider, StepCode

STEPS: dict[StepCode, Promise] = {
    StepCode.SURVEY: _("权属与现状核查"),
    StepCode.NEGOTIATE: _("协商"),
    StepCode.APPRAISE: _("价格评估"),
    StepCode.PLAN: _("拟订方案"),
    StepCode.TELL_MORTGAGEE: _("书面告知抵押权人"),
    StepCode.HEARING_NOTICE: _("告知听证权利"),
    StepCode.LISTED: _("列入专项债收储清单"),
    StepCode.PUBLISH: _("公示"),
    StepCode.APPROVE: _("报批"),
    StepCode.FUNDS: _("债券资金下达"),
    StepCode.DECIDE: _("作出收回决定"),
    StepCode.AGREEMENT: _("签订合同或协议"),
    StepCode.SAFETY_CHECK: _("核查承租方安全生产条件"),
    StepCode.SAFETY_AGREEMENT: _("签订安全生产管理协议"),
    StepCode.FILE_LEASE: _("租赁备案"),
    StepCode.PAY: _("支付价款或补偿"),
    StepCode.REGISTER: _("办理不动产登记"),
    StepCode.UPDATE_MONITORING: _("更新动态监测监管系统"),
    StepCode.RESERVE: _("纳入土地储备"),
    StepCode.ANNOUNCE: _("发布供地公告"),
    StepCode.DEAL: _("成交确认"),
    StepCode.HAND_OVER: _("交付"),
    StepCode.PERMITS: _("办理规划与施工许可"),
    StepCode.COMMENCE: _("动工"),
    StepCode.COMPLETE: _("竣工验收"),
    StepCode.PUT_TO_USE: _("投入使用"),
    StepCode.RESTORE: _("到期恢复"),
}
CONDITIONS: dict[ConditionCode, Promise] = {
    ConditionCode.SUPPLIED: _("土地已供应"),
    ConditionCode.UNSUPPLIED: _("土地尚未供应"),
    ConditionCode.CONTRACTED: _("已登记签订的出让合同或划拨决定书"),
    ConditionCode.MORTGAGEE_TOLD: _("已书面告知抵押权人"),
    ConditionCode.GRANTED: _("以出让方式取得（划拨土地须另行报批）"),
    ConditionCode.PRICE_PAID: _("土地价款已付清"),
    ConditionCode.CERTIFICATE: _("已取得不动产权证书"),
    ConditionCode.QUARTER_INVESTED: _("已完成开发投资总额的 25%"),
    ConditionCode.NOT_SEIZED: _("未被查封"),
    ConditionCode.NOT_DISPUTED: _("权属无争议"),
    ConditionCode.NOT_RECOVERED: _("土地使用权未被收回"),
    ConditionCode.NOT_FROZEN: _("不属囤地炒地暂停办理的情形"),
    ConditionCode.DEVELOPED_AS_AGREED: _("已按合同约定投资开发利用"),
    ConditionCode.MONITORED: _("闲置土地已在动态监测监管系统备案"),
    ConditionCode.IDLE_BY_HOLDER: _("已认定为企业原因闲置且从未动工"),
    ConditionCode.LEFT_TWO_YEARS: _("未动工开发满两年"),
    ConditionCode.OPTION_OPEN: _("不属企业原因从未动工的闲置土地"),
    ConditionCode.IDLE_BY_PLAN: _("因规划依法修改造成闲置"),
    ConditionCode.FUNDS_IN_PLACE: _("项目开发建设资金已落实"),
    ConditionCode.EXTENSION_WITHIN_LIMIT: _("延长动工期限不超过一年"),
    ConditionCode.TEMPORARY_WITHIN_LIMIT: _("临时使用不超过两年"),
    ConditionCode.LEASE_WITHIN_LIMIT: _("租期不超过二十年"),
}
FACTS: dict[str, Promise] = {
    "is_supplied": _("供应状态"),
    "is_contracted": _("出让合同台账中该宗地的合同及签订日期"),
    "is_mortgagee_told": _("“书面告知抵押权人”步骤"),
    "right": _("土地使用权类型"),
    "price_wan": _("土地价款"),
    "price_paid_wan": _("已缴价款"),
    "has_certificate": _("不动产权证号或不动产单元号"),
    "total_investment_wan": _("合同总投资额"),
    "invested_wan": _("已投资额（不含土地价款）"),
    "is_seized": _("是否查封（卡点或权属核查）"),
    "is_disputed": _("权属是否有争议（卡点或权属核查）"),
    "is_frozen": _("是否因囤地炒地暂停办理"),
    "is_developed_as_agreed": _("建设进度"),
    "statutory": _("法定状态"),
    "is_commenced": _("是否动工（建设进度或开发进度）"),
    "is_registered_in_monitoring": _("动态监测监管系统备案"),
    "is_left_two_years": _("判定未动工是否满两年所需的事实（合同、交地、建设进度）"),
    "is_idle_by_plan": _("延误原因"),
    "are_funds_in_place": _("开发建设资金是否落实"),
    "from_on": _("约定起始日期"),
    "until_on": _("约定截止日期"),
}
DECIDERS: dict[Decider, Promise] = {
    Decider.HOLDER: _("权利人自主决定"),
    Decider.COMMITTEE: _("管委会"),
    Decider.GOVERNMENT: _("同级人民政府批准"),
    Decider.APPROVING_GOVERNMENT: _("有批准权的人民政府批准"),
}


def step_label(code: str) -> str:
    """Return the name of a step."""
    return str(STEPS[StepCode(code)])


def condition_label(condition: Condition) -> str:
    """Return what is asked, with the article that asks it."""
    said = {"what": CONDITIONS[condition.code], "article": condition.article}
    return gettext("%(what)s（%(article)s）") % said


def fact_labels(names: Iterable[str]) -> str:
    """Return the names of facts, one after another."""
    return gettext("、").join(str(FACTS[name]) for name in names)


def condition_labels(conditions: Iterable[Condition]) -> str:
    """Return what is asked, one after another."""
    return gettext("；").join(condition_label(one) for one in conditions)
