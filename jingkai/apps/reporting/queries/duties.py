"""What nobody's record asks for: the year's holidays, without which limits are provisional."""

from collections.abc import Container, Iterator
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.calendar import queries as calendars
from jingkai.core.calendar import Standing
from jingkai.web.parts import Todo


class Task(StrEnum):
    """What is to be done."""

    ENTER_HOLIDAYS = "enter_holidays"
    CONFIRM_HOLIDAYS = "confirm_holidays"


def todos(*, permissions: Container[str], on: date) -> Iterator[Todo]:
    """Yield the years whose notice waits for somebody who may enter it, in the zones in scope."""
    if Permission.EDIT_CALENDAR not in permissions:
        return
    for zone in Zone.objects.filter(pk__in=scope.current()).order_by("pk"):
        for missing in calendars.missing_notices(zone.pk, on=on):
            yield _todo(zone, missing)


def _todo(zone: Zone, missing: calendars.Missing) -> Todo:
    is_entered = missing.standing is Standing.UNCONFIRMED
    if is_entered:
        title = _("%(year)s 年放假安排已录入，待另一人核对确认")
    else:
        title = _("%(year)s 年放假安排未录入，跨入该年的工作日期限均为暂定")
    return Todo(
        kind=Task.CONFIRM_HOLIDAYS if is_entered else Task.ENTER_HOLIDAYS,
        title=title % {"year": missing.year},
        due_on=date(missing.year, 1, 1),
        url_name="calendar",
        url_kwargs={"zone": zone.code},
    )
