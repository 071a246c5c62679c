"""What is on record for the documents of a case, under the names that their contents ask for."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from jingkai.apps.files import queries as files
from jingkai.core import idle_land, units
from jingkai.core.idle_land import Disposal, Outcome, ReasonCode, Track, procedure
from jingkai.core.idle_land.procedure import StepCode

from .. import queries
from ..models import Authority, CaseStep, IdleCase
from ..models.choices import Attribution, Option
from ..queries import Standing
from . import money

# What a fact is called in 【待补：…】 and on the form that asks for it.
NAMES: Mapping[str, Promise] = {
    "answer_days": gettext_lazy("提交材料的期限"),
    "approval_number": gettext_lazy("政府批准文号"),
    "area_m2": gettext_lazy("登记面积"),
    "as_of": gettext_lazy("计算截止日"),
    "authority_contact": gettext_lazy("主管部门联系方式"),
    "authority_name": gettext_lazy("自然资源主管部门"),
    "cause": gettext_lazy("闲置原因"),
    "certificate_number": gettext_lazy("不动产权证号"),
    "contract_number": gettext_lazy("合同（划拨决定书）编号"),
    "counted": gettext_lazy("计入使用权人的天数及依据"),
    "counted_days": gettext_lazy("闲置天数"),
    "court_name": gettext_lazy("有管辖权的人民法院"),
    "decided_on": gettext_lazy("决定日期"),
    "decision_number": gettext_lazy("决定书文号"),
    "default_terms": gettext_lazy("违约责任"),
    "deregistration_days": gettext_lazy("办理注销登记的期限"),
    "determination_number": gettext_lazy("认定书文号"),
    "disposal": gettext_lazy("拟作出的决定"),
    "duty": gettext_lazy("应履行的义务"),
    "evidence": gettext_lazy("证据"),
    "fee_share": gettext_lazy("征缴比例"),
    "fee_wan": gettext_lazy("土地闲置费"),
    "government": gettext_lazy("本级人民政府"),
    "grounds": gettext_lazy("认定依据"),
    "hearing_notice_number": gettext_lazy("听证告知书文号"),
    "holder_address": gettext_lazy("使用权人地址"),
    "holder_name": gettext_lazy("使用权人名称"),
    "inquiry_subjects": gettext_lazy("调查事项"),
    "is_mortgaged": gettext_lazy("是否设有抵押"),
    "location": gettext_lazy("坐落"),
    "monitoring_number": gettext_lazy("监测监管系统备案号"),
    "mortgagee_name": gettext_lazy("抵押权人"),
    "new_completion_on": gettext_lazy("重新约定的竣工日期"),
    "new_start_on": gettext_lazy("重新约定的动工日期"),
    "option": gettext_lazy("处置方式"),
    "option_terms": gettext_lazy("处置条件"),
    "other": gettext_lazy("其他事项"),
    "outcome": gettext_lazy("认定结论"),
    "parcel_code": gettext_lazy("宗地代码"),
    "payment_days": gettext_lazy("缴纳期限"),
    "payment_way": gettext_lazy("缴纳方式"),
    "price_wan": gettext_lazy("土地价款"),
    "published_cause": gettext_lazy("应公开的闲置原因"),
    "reconsideration_organ": gettext_lazy("行政复议机关"),
    "recovery_article": gettext_lazy("收回的法律依据"),
    "reminder_days": gettext_lazy("催告后的履行期限（日）"),
    "request_days": gettext_lazy("申请听证的期限"),
    "right": gettext_lazy("使用权类型"),
    "served_on": gettext_lazy("送达日期"),
    "situation": gettext_lazy("闲置情形"),
    "start_on": gettext_lazy("起算日期"),
    "use": gettext_lazy("规划用途"),
}
_SUBJECTS = (
    "宗地的动工开发时间、开发建设面积和投资情况；未动工或者中止开发建设的原因；"
    "项目资金落实情况；设定抵押、被查封等权利受限情况"
)
_CONCLUSIONS = {
    Outcome.IDLE: "依据《闲置土地处置办法》第二条第一款，该宗地为闲置土地",
    Outcome.MAY_BE_IDLE: "依据《闲置土地处置办法》第二条第二款，认定该宗地为闲置土地",
}
_SITUATIONS = {
    Track.NEVER_STARTED: "超过约定、规定的动工开发日期未动工开发",
    Track.SUSPENDED: "中止开发建设",
}

_APPROVALS = {
    Disposal.OPTIONS: StepCode.PLAN_APPROVAL,
    Disposal.FEE: StepCode.FEE_APPROVAL,
    Disposal.RECOVERY: StepCode.RECOVERY_APPROVAL,
}

# What follows from the land being idle; what makes it idle is told apart.
_FOLLOWING = {
    ReasonCode.DELAYS_COUNTED_OUT,
    ReasonCode.HOLDER_BELOW_A_YEAR,
    ReasonCode.HOLDER_A_YEAR,
    ReasonCode.HOLDER_TWO_YEARS,
    ReasonCode.ONLY_OPTIONS,
    ReasonCode.EXCEPTED,
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Given = dict[str, str | None]


def gather(found: Standing, given: Mapping[str, str]) -> Given:
    """Return every fact by its name, as the papers write it; what a person gave goes before."""
    with override("zh-hans"):
        known = {
            **dict.fromkeys(NAMES),
            **_of_parcel(found.case),
            **_of_authority(found.case),
            **_of_law(found),
            **_of_steps(found),
        }
    return known | {name: text for name, text in given.items() if text.strip()}


def written(day: date | None) -> str | None:
    """Return a day as a document writes it."""
    return None if day is None else f"{day.year}年{day.month}月{day.day}日"


def _of_parcel(case: IdleCase) -> Given:
    parcel = case.parcel
    first = parcel.contracts.filter(supersedes=None).order_by("signed_on", "pk").first()
    area: Decimal | None = parcel.area_m2  # type: ignore[assignment]
    price: Decimal | None = parcel.price_wan  # type: ignore[assignment]
    return {
        "holder_name": parcel.holder_name,
        "mortgagee_name": parcel.mortgagee_name,
        "parcel_code": parcel.parcel_code,
        "location": parcel.location,
        "area_m2": None if area is None else _area(area),
        "use": parcel.get_use_display(),
        "right": parcel.get_right_display(),
        "certificate_number": parcel.certificate_number,
        "contract_number": first.code if first else None,
        "price_wan": _wan(price),
        "monitoring_number": parcel.monitoring_number,
    }


def _of_authority(case: IdleCase) -> Given:
    found = queries.authority(case.zone_id) or Authority()
    return {
        "authority_name": found.name,
        "authority_contact": found.contact,
        "government": found.government,
        "reconsideration_organ": found.reconsideration_organ,
        "court_name": found.court,
        "payment_way": found.payment_way,
    }


def _of_law(found: Standing) -> Given:
    """Return what the engine says of the parcel and the numbers of the statute."""
    determination = found.determination
    numbers = (determination.statute or idle_land.STATUTES[-1]).thresholds
    since = determination.counted_from_on
    return {
        "start_on": written(since),
        "as_of": written(found.on),
        "situation": _SITUATIONS.get(determination.track) if determination.track else None,
        "counted_days": None if since is None else str(max((found.on - since).days, 0)),
        "grounds": _said(one for one in determination.reasons if one.code not in _FOLLOWING),
        "counted": _said(one for one in determination.reasons if one.code in _FOLLOWING),
        "outcome": _CONCLUSIONS.get(determination.outcome),
        "cause": _cause(found),
        "fee_wan": _in_full(determination.fee_wan),
        "fee_share": "百分之二十" if determination.fee_wan is not None else None,
        "published_cause": _published_cause(found),
        "disposal": _proposed(found),
        "recovery_article": _recovery_article(found),
        "request_days": f"{_limit_of(StepCode.HEARING, 'hearing_request')}个工作日",
        "reminder_days": str(_limit_of(StepCode.COURT, "reminder")),
        "inquiry_subjects": _SUBJECTS,
        "answer_days": str(numbers.answer_days),
        "payment_days": str(numbers.payment_days),
        "deregistration_days": str(numbers.deregistration_days),
        "is_mortgaged": _mortgage(found),
    }


def _of_steps(found: Standing) -> Given:
    """Return the numbers and days that the steps brought."""
    done = found.done
    decision = done.get(StepCode.RECOVERY_DECISION) or done.get(StepCode.FEE_DECISION)
    plan = done.get(StepCode.AGREEMENT) or done.get(StepCode.PLAN)
    way = found.way.disposal
    approval = done.get(_APPROVALS[way]) if way in _APPROVALS else None
    return {
        "determination_number": _number(done.get(StepCode.DETERMINATION)),
        "hearing_notice_number": _number(done.get(StepCode.HEARING_NOTICE)),
        "approval_number": _number(approval),
        "decision_number": _number(decision),
        "served_on": written(decision.served_on) if decision else None,
        "decided_on": written(decision.done_on) if decision else None,
        "duty": _duty(found, decision),
        "evidence": _evidence(found.case),
        **_of_plan(plan),
        **_registered(found),
    }


def _of_plan(plan: CaseStep | None) -> Given:
    if plan is None or not plan.option:
        return {}
    terms = [plan.note] if plan.note else []
    days = (written(plan.from_on), written(plan.until_on))
    if any(days):
        terms.append("期限：" + "至".join(day or "（未定）" for day in days))
    return {
        "option": str(Option(plan.option).label),
        "option_terms": "；".join(terms) or None,
        "new_start_on": _new_start(plan),
    }


def _new_start(plan: CaseStep) -> str | None:
    days = [written(day) for day in (plan.from_on, plan.until_on) if day is not None]
    return "，延长动工开发期限至".join(str(day) for day in days) or None


def _registered(found: Standing) -> Given:
    row = found.done.get(StepCode.REGISTRATION)
    return {"monitoring_number": row.document_number} if row and row.document_number else {}


def _said(reasons: Iterable[idle_land.Reason]) -> str | None:
    """Return the reasons as a document writes them: days in full, no blanks."""
    said = [
        f"{queries.reason_words(one)}（{queries.article_words(one.article)}）"
        if one.article
        else queries.reason_words(one)
        for one in reasons
    ]
    return _DAY.sub(_as_written, "；".join(said)).replace(" ", "") or None


def _as_written(match: re.Match[str]) -> str:
    return written(date.fromisoformat(match[0])) or ""


def _cause(found: Standing) -> str | None:
    cause = found.case.cause or found.determination.cause
    if cause:
        return str(Attribution(cause).label)
    is_suspended = found.determination.track is Track.SUSPENDED
    return "已动工开发后中止开发建设" if is_suspended else None


def _mortgage(found: Standing) -> str | None:
    if found.way.is_mortgaged is None:
        return None
    if not found.way.is_mortgaged:
        return "未设定抵押权"
    return f"已设定抵押权，抵押权人为{found.case.parcel.mortgagee_name or '【待补：抵押权人】'}"


def _published_cause(found: Standing) -> str | None:
    """Return the cause where 第十一条 demands that it be published, None for every other."""
    cause = found.case.cause or found.determination.cause
    return _cause(found) if cause == Attribution.GOVERNMENT else None


def _proposed(found: Standing) -> str | None:
    """Return the decision that the hearing is about."""
    if found.way.disposal is Disposal.RECOVERY:
        return "无偿收回国有建设用地使用权"
    if found.way.disposal is not Disposal.FEE:
        return None
    fee = found.determination.fee_wan
    share = "土地出让或者划拨价款的百分之二十"
    return f"征缴土地闲置费{_in_full(fee)}，为{share}" if fee else f"按{share}征缴土地闲置费"


def _recovery_article(found: Standing) -> str:
    """Return the articles, by the numbers that they bear on the day."""
    laws = [idle_land.statutes.land_law_on(found.on)]
    if found.known.is_real_estate:
        laws.append(idle_land.statutes.REAL_ESTATE_LAW)
    cited = "、".join(f"{law.document}{law.number}" for law in laws)
    return f"{cited}和《闲置土地处置办法》第十四条第二项"


def _limit_of(code: StepCode, clock: str) -> int:
    """Return how many days a clock of the procedure gives."""
    return next(one.limit.count for one in procedure.STEPS[code].clocks if one.code == clock)


def _duty(found: Standing, decision: CaseStep | None) -> str | None:
    if decision is None:
        return None
    if decision.step == StepCode.FEE_DECISION:
        fee: Decimal | None = decision.amount_wan  # type: ignore[assignment]
        return f"缴纳土地闲置费{_in_full(fee) or ''}"
    number = found.case.parcel.certificate_number
    return "办理国有建设用地使用权注销登记，交回不动产权证书" + (f"（{number}）" if number else "")


def _evidence(case: IdleCase) -> str | None:
    rows = list(case.steps.filter(withdrawn_at=None).order_by("done_on", "pk"))
    held = files.attachments("idle-case-steps", [row.pk for row in rows])
    titles = [row.title or row.file.name for row in held]
    notes = [row.note for row in rows if row.step == StepCode.INVESTIGATION and row.note]
    return "；".join([*notes, *titles]) or None


def _number(row: CaseStep | None) -> str | None:
    return row.document_number if row is not None else None


def _wan(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount.normalize():f}万元"


def _in_full(amount: Decimal | None) -> str | None:
    """Return an amount that somebody pays: in digits, and in capitals beside them."""
    return None if amount is None else f"{_wan(amount)}（{money.in_capitals(amount)}）"


def _area(area: Decimal) -> str:
    return f"{area.normalize():f}平方米（{units.rounded(units.mu_from_m2(area), places=2)}亩）"
