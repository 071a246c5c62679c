"""批而未供: what of an approval is supplied, what is not, and what nobody has verified."""

from datetime import date
from decimal import Decimal

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from jingkai.apps.registers.fields import M2Field

from ..models import GrantContract, LandApproval, Parcel, Supply

SUPPLIED = tuple(
    state for state in Supply if state not in {Supply.APPROVED_UNSUPPLIED, Supply.NOT_APPLICABLE}
)


def approvals_by(on: date) -> QuerySet[LandApproval]:
    """Return what was approved by the day."""
    return LandApproval.objects.filter(approved_on__lte=on)


def supplied_m2() -> Combinable:
    """Return the expression on an approval of the area of its supplied parcels."""
    return _area_of(Q(supply__in=SUPPLIED) | is_contracted())


def unverified_m2() -> Combinable:
    """Return the expression on an approval of its parcels' area whose supply is not on record."""
    return _area_of(Q(supply="") & ~is_contracted())


def is_contracted() -> Q:
    """Return the condition on a parcel that it was supplied, whatever was typed: its contract."""
    signed = GrantContract.everywhere.filter(
        parcel=OuterRef("pk"), supersedes=None, signed_on__isnull=False
    )
    return Q(Exists(signed))


def unsupplied_m2() -> Combinable:
    """Return the expression of 批而未供: what was approved less what is supplied."""
    return ExpressionWrapper(F("area_m2") - supplied_m2(), output_field=M2Field())


def _area_of(which: Q) -> Combinable:
    parcels = Parcel.everywhere.filter(which, approval=OuterRef("pk"), retired_on__isnull=True)
    summed = parcels.order_by().values("approval").annotate(total=Sum("area_m2")).values("total")
    return Coalesce(Subquery(summed), Decimal(0), output_field=M2Field())
