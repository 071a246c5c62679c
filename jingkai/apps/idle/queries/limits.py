"""The limits of parcels, by the zone's own plan of warnings."""

from dataclasses import replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.core.idle_land import Facts
from jingkai.core.idle_land.limits import (
    WARNING_RULES,
    Alert,
    Level,
    LimitCode,
    Mark,
    WarningRules,
    upcoming,
    warnings,
)

from ..models import WarningPlan

LIMITS: dict[LimitCode, Promise] = {
    LimitCode.START: gettext_lazy("动工开发日期"),
    LimitCode.IDLE: gettext_lazy("满一年未动工"),
    LimitCode.FEE: gettext_lazy("满一年（征缴闲置费）"),
    LimitCode.RECOVERY: gettext_lazy("满两年（无偿收回事由）"),
    LimitCode.SUSPENDED: gettext_lazy("中止开发建设满一年"),
    LimitCode.COMPLETION: gettext_lazy("约定竣工日期"),
    LimitCode.PRICE_PAYMENT: gettext_lazy("缴清土地价款"),
    LimitCode.TEMPORARY_USE: gettext_lazy("临时使用到期"),
    LimitCode.TERM_END: gettext_lazy("土地使用期限届满"),
}
_LAST_YEAR = 365
# How much a mark of a zone's own weighs, by the months from which it does.
_WEIGHTS = ((18, Level.CRITICAL), (12, Level.GRAVE), (1, Level.CAUTION))


def rules(zone_id: int) -> WarningRules:
    """Return when to warn in the zone: by its own plan, else as the product does."""
    plan = WarningPlan.everywhere.filter(zone=zone_id).first()
    usual = WARNING_RULES[-1]
    if plan is None:
        return usual
    marks = tuple(Mark(months, _level(months)) for months in sorted(plan.months))
    return replace(usual, basis=_("园区设定"), marks=marks, soon_days=plan.soon_days)


def alerts(facts: Facts, *, on: date, by: WarningRules) -> tuple[Alert, ...]:
    """Return the limits of the parcel with the days left, the earliest first."""
    return warnings(facts, on=on, rules=by)


def next_limit(facts: Facts, *, on: date, by: WarningRules) -> Alert | None:
    """
    Return the nearest limit that is still to come, marks in between left out.

    The end of the term is one only in its last year: it says nothing of idleness.
    """
    legal = tuple(one for one in alerts(facts, on=on, by=by) if _is_limit(one))
    return upcoming(tuple(one for one in legal if not _is_far(one)))


def limit_words(code: str) -> str:
    """Return what a limit is called."""
    return str(LIMITS[LimitCode(code)]) if code in set(LimitCode) else code


def alert_words(alert: Alert) -> str:
    """Return what falls due, and for a mark in between how far the start day lies back."""
    name = limit_words(alert.code)
    if alert.months is None or alert.months in {0, 12, 24}:
        return name
    if alert.months < 0:
        return _("距动工开发日期还有 %(months)s 个月") % {"months": -alert.months}
    return _("动工日期已过 %(months)s 个月") % {"months": alert.months}


def _is_far(alert: Alert) -> bool:
    return alert.code is LimitCode.TERM_END and alert.days_left > _LAST_YEAR


def _is_limit(alert: Alert) -> bool:
    return alert.months is None or alert.months in {0, 12, 24}


def _level(months: int) -> Level:
    return next((level for above, level in _WEIGHTS if months >= above), Level.NOTICE)
