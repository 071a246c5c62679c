"""What is done with a case and its steps: each a form on a page of its own."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.core.idle_land.procedure import StepCode
from jingkai.web import clock

from .. import actions, presentation, queries
from ..forms import (
    ApprovalForm,
    DescriptionForm,
    EndingForm,
    OpenForm,
    ReasonForm,
    ServiceForm,
    StepForm,
)
from . import loading

_P = Permission


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def open_case(request: ZoneRequest, pk: int) -> HttpResponse:
    """Open a case on a parcel."""
    parcel = loading.parcel(request, pk)
    first = loading.first(request, "opened_on") | {"officer": request.user.pk}
    form = OpenForm(loading.data(request), initial=first, people=loading.people(request))
    back = reverse("parcels-detail", args=[request.zone.code, pk])
    if form.is_valid():
        try:
            case = actions.open_case(
                parcel=parcel, **form.cleaned_data, **loading.by_and_at(request)
            )
        except actions.NotOpened as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("idle-case", zone=request.zone.code, pk=case.pk)
    context = {"title": _("立案"), "about": str(parcel), "back": back}
    return loading.show(request, form, context)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def describe(request: ZoneRequest, pk: int) -> HttpResponse:
    """Tell anew who handles the case and what is known of mortgage and hoarding."""
    case = loading.case(request, pk)
    first = {name: getattr(case, name) for name in DescriptionForm.base_fields}
    form = DescriptionForm(loading.data(request), initial=first, people=loading.people(request))

    def act(said: dict[str, Any]) -> None:
        description = actions.Description(**said)
        actions.describe_case(case=case, said=description, **loading.by_and_at(request))

    return loading.answer(request, form, _of_case(case, request, _("案件信息")), act)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def record(request: ZoneRequest, pk: int, code: str) -> HttpResponse:
    """Record a step of the case that nothing stands against."""
    return _recording(request, pk, code, may_force=False)


@access.form(_P.READ_LAND, _P.APPROVE_LAND)
def force(request: ZoneRequest, pk: int, code: str) -> HttpResponse:
    """Record a step by force: one of long ago, of which what came before is not on record."""
    return _recording(request, pk, code, may_force=True)


def _recording(request: ZoneRequest, pk: int, code: str, *, may_force: bool) -> HttpResponse:
    case = loading.case(request, pk)
    if code not in set(StepCode) - {StepCode.SUSPICION}:
        raise Http404
    step = StepCode(code)
    first = loading.first(request, "done_on") | _planned(case)
    form = StepForm(loading.data(request), initial=first, code=step, may_force=may_force)

    def act(said: dict[str, Any]) -> None:
        force_reason = said.pop("force_reason", "")
        actions.record_step(
            case=case,
            telling=actions.Telling(step=step, **said),
            permissions=request.permissions,
            force_reason=force_reason,
            **loading.by_and_at(request),
        )

    context = _of_case(case, request, queries.step_words(step))
    context |= presentation.beside_step(case, step, on=clock.today())
    return loading.answer(request, form, context, act)


@access.form(_P.READ_LAND, _P.APPROVE_LAND)
def approve(request: ZoneRequest, pk: int) -> HttpResponse:
    """Approve a step that another person drafted."""
    step = loading.step(request, pk)
    form = ApprovalForm(loading.data(request), initial={"document_number": step.document_number})

    def act(said: dict[str, Any]) -> None:
        actions.approve_step(step=step, **said, **loading.by_and_at(request))

    title = _("审核：%(step)s") % {"step": step.get_step_display()}
    return loading.answer(request, form, _of_step(step, request, title, _("审核通过")), act)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def serve(request: ZoneRequest, pk: int) -> HttpResponse:
    """Record the day on which a document was served."""
    step = loading.step(request, pk)
    form = ServiceForm(loading.data(request), initial=loading.first(request, "served_on"))

    def act(said: dict[str, Any]) -> None:
        actions.serve_step(step=step, **said, **loading.by_and_at(request))

    title = _("登记送达：%(step)s") % {"step": step.get_step_display()}
    return loading.answer(request, form, _of_step(step, request, title, _("登记送达")), act)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def withdraw(request: ZoneRequest, pk: int) -> HttpResponse:
    """Take back a step that was recorded in error and that nobody approved."""
    return _withdrawing(request, pk)


@access.form(_P.READ_LAND, _P.APPROVE_LAND)
def revoke(request: ZoneRequest, pk: int) -> HttpResponse:
    """Take back a step that was approved in error."""
    return _withdrawing(request, pk)


def _withdrawing(request: ZoneRequest, pk: int) -> HttpResponse:
    step = loading.step(request, pk)
    form = ReasonForm(loading.data(request))

    def act(said: dict[str, Any]) -> None:
        permissions = request.permissions
        actions.withdraw_step(
            step=step, permissions=permissions, **said, **loading.by_and_at(request)
        )

    title = _("撤回：%(step)s") % {"step": step.get_step_display()}
    return loading.answer(request, form, _of_step(step, request, title, _("撤回")), act)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def end(request: ZoneRequest, pk: int) -> HttpResponse:
    """End a case that comes to no disposal, as the facts on record say."""
    return _ending(request, pk)


@access.form(_P.READ_LAND, _P.APPROVE_LAND)
def end_despite(request: ZoneRequest, pk: int) -> HttpResponse:
    """End a case though the facts on record do not say so: only who may approve does."""
    return _ending(request, pk)


def _ending(request: ZoneRequest, pk: int) -> HttpResponse:
    case = loading.case(request, pk)
    form = EndingForm(loading.data(request), initial=loading.first(request, "on"))

    def act(said: dict[str, Any]) -> None:
        permissions = request.permissions
        actions.end_case(case=case, permissions=permissions, **said, **loading.by_and_at(request))

    return loading.answer(request, form, _of_case(case, request, _("终结案件")), act)


def _planned(case: Any) -> dict[str, Any]:
    """Return what the plan says of the agreement, so that it need not be typed again."""
    plan = next(
        (row for row in case.steps.all() if row.step == StepCode.PLAN and not row.withdrawn_at),
        None,
    )
    if plan is None:
        return {}
    return {"option": plan.option, "from_on": plan.from_on, "until_on": plan.until_on}


def _of_case(case: Any, request: ZoneRequest, title: str) -> dict[str, Any]:
    back = reverse("idle-case", args=[request.zone.code, case.pk])
    return {"title": title, "about": f"{case.code} · {case.parcel}", "back": back}


def _of_step(step: Any, request: ZoneRequest, title: str, submit: str) -> dict[str, Any]:
    back = reverse("idle-case", args=[request.zone.code, step.case_id])
    beside = presentation.beside_row(step, request, submit=submit)
    return {"title": title, "about": f"{step.case} · {step.case.parcel}", "back": back} | beside
