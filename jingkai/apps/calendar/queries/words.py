"""How limits, states and causes are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jingkai.core.calendar import Alarm, Cause, Due, Limit, Remark, RemarkCode, State, Unit

_UNITS: dict[Unit, Promise] = {
    Unit.WORKING_DAY: gettext_lazy("工作日"),
    Unit.CALENDAR_DAY: gettext_lazy("日（自然日）"),
    Unit.MONTH: gettext_lazy("个月"),
    Unit.YEAR: gettext_lazy("年"),
}
_STATES: dict[State, Promise] = {
    State.NOT_STARTED: gettext_lazy("未起算"),
    State.RUNNING: gettext_lazy("计时中"),
    State.PAUSED: gettext_lazy("中止计时"),
    State.DUE_SOON: gettext_lazy("即将到期"),
    State.OVERDUE: gettext_lazy("已超期"),
    State.DONE: gettext_lazy("按期办结"),
    State.DONE_LATE: gettext_lazy("超期办结"),
    State.DONE_UNKNOWN: gettext_lazy("已办结，是否按期无法判断"),
}
_ALARMS: dict[Alarm, Promise] = {
    Alarm.NONE: gettext_lazy("正常"),
    Alarm.WARN: gettext_lazy("预警"),
    Alarm.ESCALATE: gettext_lazy("督办"),
}
_CAUSES: dict[Cause, Promise] = {
    Cause.HEARING: gettext_lazy("听证"),
    Cause.TENDER: gettext_lazy("招标"),
    Cause.AUCTION: gettext_lazy("拍卖"),
    Cause.INSPECTION: gettext_lazy("检验"),
    Cause.TESTING: gettext_lazy("检测"),
    Cause.QUARANTINE: gettext_lazy("检疫"),
    Cause.APPRAISAL: gettext_lazy("鉴定"),
    Cause.EXPERT_REVIEW: gettext_lazy("专家评审"),
    Cause.OTHER: gettext_lazy("其他事由"),
}
_REMARKS: dict[RemarkCode, Promise] = {
    RemarkCode.SUSPENSION_OPEN: gettext_lazy("自 %(on)s 起中止计时，尚未恢复，到期日待定"),
    RemarkCode.NOT_TOLD: gettext_lazy("%(on)s 起的中止未登记书面告知日期"),
    RemarkCode.PROVISIONAL: gettext_lazy("到期日暂定：%(years)s 年节假日安排尚未录入或核对"),
    RemarkCode.ROLLED: gettext_lazy("期限末日 %(on)s 为休息日，顺延至其后第一个工作日"),
    RemarkCode.UNMARKED: gettext_lazy("法条只写“日”，未注明工作日，按自然日计算"),
    RemarkCode.PROMISE_PASSED: gettext_lazy("已超过承诺时限（%(on)s），须公开说明理由"),
    RemarkCode.STATUTE_PASSED: gettext_lazy("已超过法定时限（%(on)s）%(count)s 天"),
    RemarkCode.NEAR: gettext_lazy("距到期日 %(on)s 还有 %(count)s 天"),
}


def limit_words(limit: Limit) -> str:
    """Return the limit as it is said: 20 个工作日; 30 日（未注明工作日）."""
    count = limit.count
    match limit.unit:
        case Unit.WORKING_DAY:
            said = ngettext("%(count)s 个工作日", "%(count)s 个工作日", count)
        case Unit.CALENDAR_DAY if limit.is_unmarked:
            said = ngettext("%(count)s 日（未注明工作日）", "%(count)s 日（未注明工作日）", count)
        case Unit.CALENDAR_DAY:
            said = ngettext("%(count)s 日", "%(count)s 日", count)
        case Unit.MONTH:
            said = ngettext("%(count)s 个月", "%(count)s 个月", count)
        case Unit.YEAR:
            said = ngettext("%(count)s 年", "%(count)s 年", count)
    return said % {"count": count}


def due_words(due: Due | None) -> str:
    """Return the last day, with 暂定 where it is; 待定 while it is not known."""
    if due is None:
        return _("待定（中止计时）")
    told = due.on.isoformat()
    return _("%(on)s（暂定）") % {"on": told} if due.is_provisional else told


def state_words(state: State) -> str:
    """Return what a clock's state is called."""
    return str(_STATES[state])


def alarm_words(alarm: Alarm) -> str:
    """Return what an alarm is called."""
    return str(_ALARMS[alarm])


def cause_words(cause: Cause) -> str:
    """Return why a limit is not counted, in words."""
    return str(_CAUSES[cause])


def remark_words(remark: Remark) -> str:
    """Return the remark as a sentence."""
    facts = {
        "on": remark.on.isoformat() if remark.on else "",
        "count": remark.count,
        "years": "、".join(map(str, remark.years)),
    }
    return str(_REMARKS[remark.code]) % facts


def unit_choices() -> list[tuple[str, Promise]]:
    """Return the units for a form."""
    return [(unit.value, label) for unit, label in _UNITS.items()]
