"""How reasons, missing facts, faults, duties and limits of idle land are called."""

from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.core.idle_land import (
    Article,
    Caution,
    CautionCode,
    Duty,
    DutyCode,
    Fault,
    FaultCode,
    ObstacleCode,
    Reason,
    ReasonCode,
)
from jingkai.core.idle_land.documents import PaperKind
from jingkai.core.idle_land.procedure import StepCode
from jingkai.web import figures

from ..models.choices import PaperKind as Kinds
from ..models.choices import Step

_MISSING: dict[str, Promise] = {
    "agreed_start_on": gettext_lazy("约定动工日期"),
    "agreements": gettext_lazy("合法的补充协议"),
    "agreements.agreed_start_on": gettext_lazy("补充协议约定的动工日期"),
    "agrees_start": gettext_lazy("合同是否约定动工日期"),
    "commenced_on": gettext_lazy("动工日期"),
    "completed_on": gettext_lazy("竣工日期"),
    "construction_permit_on": gettext_lazy("施工许可日期"),
    "delays": gettext_lazy("延误情形"),
    "developed_area_m2": gettext_lazy("已动工开发建设面积"),
    "foundation": gettext_lazy("基础类型"),
    "foundation_share": gettext_lazy("基础施工完成比例"),
    "funds_in_place": gettext_lazy("项目资金是否落实"),
    "handed_over_on": gettext_lazy("交地日期"),
    "invested_includes_price": gettext_lazy("已投资额是否含土地价款"),
    "invested_wan": gettext_lazy("已投资额"),
    "is_real_estate": gettext_lazy("是否房地产开发用地"),
    "price_paid_wan": gettext_lazy("已缴价款"),
    "price_wan": gettext_lazy("出让或划拨价款"),
    "required_area_m2": gettext_lazy("应动工开发建设面积"),
    "resumed_on": gettext_lazy("恢复建设日期"),
    "statute": gettext_lazy("当时有效的规定"),
    "suspended_since": gettext_lazy("中止开发建设日期"),
    "total_investment_wan": gettext_lazy("总投资额"),
    "works": gettext_lazy("现场开发状态"),
}
_REASONS: dict[ReasonCode, Promise] = {
    ReasonCode.NO_STATUTE: gettext_lazy("%(day)s 没有在库的有效规定"),
    ReasonCode.NOT_SUPPLIED: gettext_lazy("宗地尚未供应，没有国有建设用地使用权人"),
    ReasonCode.RIGHT_ENDED: gettext_lazy("使用权已于 %(day)s 终止"),
    ReasonCode.RECOVERED: gettext_lazy("法定状态登记为已收回，没有国有建设用地使用权人"),
    ReasonCode.COMPLETED: gettext_lazy("项目已竣工或投产"),
    ReasonCode.COMMENCED: gettext_lazy("已取得施工许可且达到动工开发标准"),
    ReasonCode.NOT_COMMENCED: gettext_lazy("未达到动工开发标准（施工许可与基础施工须同时具备）"),
    ReasonCode.COMMENCEMENT_UNKNOWN: gettext_lazy("是否已动工开发，现有登记不能判断"),
    ReasonCode.START_AGREED: gettext_lazy("约定动工日期为 %(day)s"),
    ReasonCode.START_BY_HAND_OVER: gettext_lazy(
        "未约定动工日期，以实际交付土地之日起一年即 %(day)s 为动工日期"
    ),
    ReasonCode.START_AGREED_ANEW: gettext_lazy("补充协议重新约定动工日期为 %(day)s"),
    ReasonCode.START_BY_OVERRIDE: gettext_lazy("法务复核意见确定自 %(day)s 起算"),
    ReasonCode.BEFORE_START: gettext_lazy("未到动工日期，满一年之日为 %(day)s"),
    ReasonCode.WITHIN_A_YEAR: gettext_lazy("已过动工日期 %(days)s 天，未满一年（%(day)s 满）"),
    ReasonCode.A_YEAR_PAST: gettext_lazy("已过动工日期 %(days)s 天，%(day)s 已满一年"),
    ReasonCode.NOT_SUSPENDED: gettext_lazy("没有中止开发建设"),
    ReasonCode.SUSPENDED_WITHIN_A_YEAR: gettext_lazy("中止开发建设未满一年（%(day)s 满）"),
    ReasonCode.SUSPENDED_FOR_A_YEAR: gettext_lazy("中止开发建设已于 %(day)s 满一年"),
    ReasonCode.DEVELOPED_ENOUGH: gettext_lazy("已开发面积占 %(share)s，不低于三分之一"),
    ReasonCode.UNDER_DEVELOPED: gettext_lazy("已开发面积占 %(share)s，不足三分之一"),
    ReasonCode.INVESTED_ENOUGH: gettext_lazy("已投资额占 %(share)s，不低于百分之二十五"),
    ReasonCode.UNDER_INVESTED: gettext_lazy("已投资额占 %(share)s，不足百分之二十五"),
    ReasonCode.DELAYS_COUNTED_OUT: gettext_lazy("已认可的延误 %(days)s 天不计入使用权人"),
    ReasonCode.HOLDER_BELOW_A_YEAR: gettext_lazy("计入使用权人 %(days)s 天，未满一年"),
    ReasonCode.HOLDER_A_YEAR: gettext_lazy("计入使用权人 %(days)s 天，已满一年"),
    ReasonCode.HOLDER_TWO_YEARS: gettext_lazy("计入使用权人 %(days)s 天，已满两年"),
    ReasonCode.ONLY_OPTIONS: gettext_lazy(
        "已动工后中止的，只能协商处置，不征缴闲置费、不无偿收回"
    ),
    ReasonCode.EXCEPTED: gettext_lazy("动工开发必需的前期工作造成迟延，不征缴、不收回"),
    ReasonCode.OVERRIDDEN: gettext_lazy("自 %(day)s 起采用法务复核意见"),
}
_CAUTIONS: dict[CautionCode, Promise] = {
    CautionCode.FEE_UP_TO: gettext_lazy(
        "房地产开发用地的闲置费，法律规定为出让金百分之二十以下，与办法的百分之二十不一致"
    ),
    CautionCode.CITED_ARTICLE_MOVED: gettext_lazy("办法引用的条号已变更，现行条号见右"),
    CautionCode.EXTENSION_UNCHECKED: gettext_lazy("补充协议缺少处置方式或签订日期，未能核对期限"),
    CautionCode.MIXED_CAUSES: gettext_lazy("闲置既有政府原因也有企业原因"),
    CautionCode.DELAY_GOES_ON: gettext_lazy("已认可的延误仍在持续"),
    CautionCode.PRICE_UNKNOWN: gettext_lazy("未登记土地价款，不能计算闲置费"),
    CautionCode.PERMIT_NOT_ON_RECORD: gettext_lazy("已竣工，但未登记施工许可"),
    CautionCode.STATEMENT_NOT_ENOUGH: gettext_lazy("登记为在建，但未达到动工开发标准"),
}
_DUTIES: dict[DutyCode, Promise] = {
    DutyCode.PUBLISH: gettext_lazy("向社会公开位置、使用权人和闲置时间"),
    DutyCode.PUBLISH_CAUSE: gettext_lazy("同时公开闲置原因"),
    DutyCode.TELL_GOVERNMENT: gettext_lazy("书面告知有关政府或政府部门"),
    DutyCode.REGISTER: gettext_lazy("录入土地市场动态监测监管系统备案"),
    DutyCode.COPY_TO_FINANCE: gettext_lazy("抄送金融监管等部门"),
    DutyCode.APPROVAL_SAME_LEVEL: gettext_lazy("报本级人民政府批准"),
    DutyCode.APPROVAL_WITH_POWER: gettext_lazy("报有批准权的人民政府批准"),
    DutyCode.HEARING_NOTICE: gettext_lazy("书面告知申请听证的权利"),
    DutyCode.NOTIFY_MORTGAGEE: gettext_lazy("书面通知抵押权人"),
    DutyCode.COPY_TO_MORTGAGEE: gettext_lazy("收回决定抄送抵押权人"),
    DutyCode.ASK_FOR_MORTGAGE: gettext_lazy("查明是否设有抵押权（未登记）"),
    DutyCode.REFUSE_NEW_LAND: gettext_lazy("处理完毕前，不受理其新的用地申请"),
    DutyCode.REFUSE_TRANSACTIONS: gettext_lazy(
        "处理完毕前，不办理该宗地转让、出租、抵押和变更登记"
    ),
}
_FAULTS: dict[FaultCode, Promise] = {
    FaultCode.INVESTED_INCLUDES_PRICE: gettext_lazy("已投资额含土地价款，须扣除后重新填报"),
    FaultCode.INVESTED_ABOVE_TOTAL: gettext_lazy("已投资额大于总投资额"),
    FaultCode.DEVELOPED_ABOVE_REQUIRED: gettext_lazy("已开发面积大于应开发面积"),
    FaultCode.NEGATIVE: gettext_lazy("金额或面积小于零"),
    FaultCode.FOUNDATION_SHARE_NO_SHARE: gettext_lazy("基础施工完成比例不在 0 与 1 之间"),
    FaultCode.EXTENSION_TOO_LONG: gettext_lazy("补充协议延长动工期限超过一年"),
    FaultCode.TEMPORARY_USE_TOO_LONG: gettext_lazy("临时使用超过两年"),
    FaultCode.OPTION_UNREGISTERED: gettext_lazy("未备案即采用了协商处置方式"),
    FaultCode.START_CONTRADICTED: gettext_lazy("动工日期的登记前后矛盾"),
    FaultCode.COMMENCEMENT_CONTRADICTED: gettext_lazy("动工日期与基础施工比例矛盾"),
    FaultCode.WORKS_CONTRADICTED: gettext_lazy("开发进度与建设进度记录矛盾"),
    FaultCode.SUSPENSION_CONTRADICTED: gettext_lazy(
        "开发进度为已动工，建设进度却登记为中止且未恢复，请核对"
    ),
    FaultCode.SUPPLY_CONTRADICTED: gettext_lazy("供应状态与合同记录矛盾"),
    FaultCode.NO_DAY_LEFT: gettext_lazy("延误情形的截止早于起始"),
    FaultCode.OVERRIDE_WITHOUT_REASON: gettext_lazy("法务复核意见没有理由"),
}
_OBSTACLES: dict[ObstacleCode, Promise] = {
    ObstacleCode.NOT_REGISTERED: gettext_lazy(
        "闲置土地未在土地市场动态监测监管系统备案，不得采用该处置方式；请先录入系统备案"
    ),
    ObstacleCode.PRICE_NOT_PAID: gettext_lazy("置换须已缴清土地价款；已缴的请登记在宗地"),
    ObstacleCode.FUNDS_NOT_IN_PLACE: gettext_lazy(
        "置换须已落实项目资金；已落实的请登记在出让合同"
    ),
    ObstacleCode.PLAN_NOT_CHANGED: gettext_lazy(
        "置换须因规划依法修改造成闲置；属实的请登记延误情形并认可"
    ),
}


def article_words(article: Article | None) -> str:
    """Return where the law says so, nothing where no law does."""
    if article is None:
        return ""
    place = f"{article.document}{article.number}"
    return _("%(article)s（待核实）") % {"article": place} if article.is_draft else place


def quote_words(article: Article | None) -> str:
    """Return the words of the article; those that nobody compared with a text say so."""
    if article is None or not article.quote:
        return ""
    if article.is_compared:
        return article.quote
    return _("%(quote)s（条文节录，文字待核对）") % {"quote": article.quote}


def step_words(code: StepCode) -> str:
    """Return what a step of the procedure is called."""
    return str(Step(code).label)


def paper_words(kind: PaperKind) -> str:
    """Return what a document of the procedure is called."""
    return str(Kinds(kind).label)


def missing_words(name: str) -> str:
    """Return what a missing fact is called."""
    known = _MISSING.get(name)
    return name if known is None else str(known)


def reason_words(reason: Reason) -> str:
    """Return a reason as a sentence."""
    facts = {"day": reason.day, "days": reason.days, "share": _share(reason.share)}
    return str(_REASONS[reason.code]) % facts


def caution_words(caution: Caution) -> str:
    """Return what must be known besides, as a sentence."""
    return str(_CAUTIONS[caution.code])


def duty_words(duty: Duty) -> str:
    """Return a duty as a sentence."""
    return str(_DUTIES[duty.code])


def fault_words(fault: Fault) -> str:
    """Return what is to be corrected, as a sentence."""
    return str(_FAULTS[fault.code])


def obstacle_words(code: ObstacleCode) -> str:
    """Return what stands against an option, as a sentence."""
    return str(_OBSTACLES[code])


def _share(share: Fraction | Decimal | None) -> str:
    return "" if share is None else figures.percent(share)
