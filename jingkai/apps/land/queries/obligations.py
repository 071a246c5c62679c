"""标准地: where each promise stands."""

from datetime import date, timedelta

from django.db.models import Case, CharField, F, Q, QuerySet, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from ..models import CEILINGS, StandardObligation

DUE_AHEAD = timedelta(days=60)  # a product choice


class Standing(TextChoices):
    """Where a promised indicator stands on a day."""

    KEPT = "kept", _("已兑现")
    NOT_KEPT = "not_kept", _("未兑现")
    OVERDUE = "overdue", _("到期未核查")
    DUE_SOON = "due_soon", _("即将到期")
    RUNNING = "running", _("未到期")
    UNDATED = "undated", _("考核日期未登记")


def standing_of(row: StandardObligation, *, on: date) -> Standing:
    """Return where one promise stands: what was checked counts, then the day it is due."""
    if row.kept_value is not None:
        is_ceiling = row.indicator in CEILINGS
        kept = row.kept_value <= row.promised if is_ceiling else row.kept_value >= row.promised
        return Standing.KEPT if kept else Standing.NOT_KEPT
    if row.due_on is None:
        return Standing.UNDATED
    if row.due_on < on:
        return Standing.OVERDUE
    return Standing.DUE_SOON if row.due_on <= on + DUE_AHEAD else Standing.RUNNING


def standing_in_lists(*, on: date) -> Combinable:
    """Return the expression of where a promise stands: the same answer as ``standing_of``."""
    ceiling = Q(indicator__in=CEILINGS)
    kept = ceiling & Q(kept_value__lte=F("promised")) | ~ceiling & Q(kept_value__gte=F("promised"))
    return Case(
        When(kept, then=Value(Standing.KEPT)),
        When(kept_value__isnull=False, then=Value(Standing.NOT_KEPT)),
        When(due_on__isnull=True, then=Value(Standing.UNDATED)),
        When(due_on__lt=on, then=Value(Standing.OVERDUE)),
        When(due_on__lte=on + DUE_AHEAD, then=Value(Standing.DUE_SOON)),
        default=Value(Standing.RUNNING),
        output_field=CharField(),
    )


def obligations_due(*, by: date) -> QuerySet[StandardObligation]:
    """Return the promises due by the day that nobody has checked."""
    return StandardObligation.objects.filter(due_on__lte=by, kept_value__isnull=True)
