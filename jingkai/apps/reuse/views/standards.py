"""Inefficient land: what the standard in force says of each parcel, and how a standard is made."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import queries as records
from jingkai.apps.registers.kinds import Refused
from jingkai.web import clock
from jingkai.web.parts import Link

from .. import actions, presentation, queries
from ..forms import ConfirmForm
from ..register import INEFFICIENCY_STANDARDS

READ, EDIT, APPROVE = Permission.READ_LAND, Permission.EDIT_LAND, Permission.APPROVE_LAND
LENGTH = 50
MOST_TO_COME = 5
FIRST_CODE = "DX-01"  # of a zone that has no standard yet


@access.page(READ)
def inefficient(request: ZoneRequest) -> HttpResponse:
    """Show what the standard in force says of each parcel, criterion by criterion."""
    standard = queries.standard_in_force(on=clock.today())
    context: dict[str, Any] = {
        "standard": standard,
        "may_edit": EDIT in request.permissions and accounts.is_leaf(request.zone),
        "standards_url": reverse("inefficiency-standards-list", args=[request.zone.code]),
        "to_come": queries.standards_to_come(on=clock.today())[:MOST_TO_COME],
        "job": queries.running_appraisal(),
    }
    if standard is not None:
        verdict = request.GET.get("verdict", presentation.FIRST_VERDICT)
        if verdict not in presentation.VERDICTS:
            raise Http404
        counts = queries.verdicts(standard)
        found = queries.appraisals(standard).filter(verdict=verdict).select_related("parcel")
        paged = Paginator(found.order_by("parcel__code", "pk"), LENGTH)
        page = paged.get_page(request.GET.get("page"))
        context |= {
            "tabs": _tabs(counts, verdict),
            "shown": next(one for one in counts if one.verdict == verdict),
            "appraised_on": _appraised_on(standard),
            "rows": presentation.appraisals(page),
            "pages": presentation.pages(page, verdict=verdict),
        }
    return render(request, "reuse/inefficient.html", context)


@access.verb(READ, EDIT)
def appraise(request: ZoneRequest) -> HttpResponse:
    """Have every parcel judged by the standard in force."""
    _require_leaf(request)
    try:
        actions.start_appraisal(zone=request.zone, by=request.user.username, at=clock.now())
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("inefficient", zone=request.zone.code)


@access.verb(READ, EDIT)
def draft(request: ZoneRequest) -> HttpResponse:
    """Begin a standard from the draft that ships."""
    _require_leaf(request)
    made = actions.draft_standard(
        zone=request.zone,
        code=records.next_code(INEFFICIENCY_STANDARDS) or FIRST_CODE,
        by=request.user.username,
        at=clock.now(),
    )
    return redirect("inefficiency-standards-detail", zone=request.zone.code, pk=made.pk)


@access.verb(READ, APPROVE)
def publish(request: ZoneRequest, pk: int) -> HttpResponse:
    """Put a draft into force."""
    _require_leaf(request)
    found = queries.standard(pk)
    if found is None:
        raise Http404
    try:
        actions.publish_standard(standard=found, by=request.user.username, at=clock.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已发布"))
    return redirect("inefficiency-standards-detail", zone=request.zone.code, pk=pk)


@access.form(READ, EDIT)
def confirm(request: ZoneRequest, pk: int) -> HttpResponse:
    """Say by which document a criterion stands."""
    found = _criterion(request, pk)
    initial = {
        "value": presentation.digits(found.value),
        "basis": "" if "待确认" in found.basis else found.basis,
    }
    data = request.POST if request.method == "POST" else None
    form = ConfirmForm(data, initial=initial, criterion=found)
    if form.is_valid():
        try:
            actions.confirm_criterion(
                criterion=found, by=request.user.username, at=clock.now(), **form.cleaned_data
            )
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return _to_standard(request, found)
    context = {"criterion": found, "form": form}
    return render(request, "reuse/confirm.html", context, status=400 if form.errors else 200)


@access.verb(READ, EDIT)
def drop(request: ZoneRequest, pk: int) -> HttpResponse:
    """Take a criterion out of a draft."""
    found = _criterion(request, pk)
    try:
        actions.drop_criterion(criterion=found, by=request.user.username, at=clock.now())
    except Refused as reason:
        messages.error(request, str(reason))
    return _to_standard(request, found)


def _require_leaf(request: ZoneRequest) -> None:
    if not accounts.is_leaf(request.zone):
        raise Http404


def _criterion(request: ZoneRequest, pk: int) -> Any:
    _require_leaf(request)
    found = queries.criterion(pk)
    if found is None:
        raise Http404
    return found


def _to_standard(request: ZoneRequest, found: Any) -> HttpResponse:
    zone = request.zone.code
    return redirect("inefficiency-standards-detail", zone=zone, pk=found.standard_id)


def _appraised_on(standard: Any) -> Any:
    return queries.appraisals(standard).values_list("appraised_on", flat=True).first()


def _tabs(counts: list[queries.Verdicts], chosen: str) -> list[Link]:
    return [
        Link(
            label=presentation.verdict_name(one.verdict),
            url=f"?verdict={one.verdict}",
            active=one.verdict == chosen,
            count=one.count,
        )
        for one in counts
    ]
