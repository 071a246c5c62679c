"""Personal data in clear: one value of one record, or a list, each with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import clock

from .. import actions, exports, fitting, presentation, queries
from ..declaration import Register
from ..forms import ReasonForm
from ..kinds import Refused
from . import loading


def reveal(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Show one value as it is, in this answer alone."""
    record = loading.record(register, pk)
    column, reason = request.POST.get("column", ""), request.POST.get("reason", "")
    by = request.user.username
    try:
        value = actions.reveal(
            register=register, record=record, column=column, by=by, at=clock.now(), reason=reason
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{register.kind}-detail", zone=request.zone.code, pk=pk)
    context = {
        "register": register,
        "record": record,
        "label": register.by_name[column].label,
        "value": value,
        "reason": reason,
        "links": presentation.links(register, request.zone.code, pk=pk),
    }
    answer = render(request, "registers/revealed.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def export_personal(request: ZoneRequest, register: Register) -> HttpResponse:
    """Download the filtered list with personal data as it is, for a reason."""
    declared = queries.registers()[register.kind]
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        whole = fitting.of(request, declared, unmasked=True)
        reason = form.cleaned_data["reason"]
        answer = exports.answer(request, whole, reason=reason)
        answer["Cache-Control"] = "no-store"
        return answer
    context = {
        "register": register,
        "form": form,
        "title": _("导出完整个人信息"),
        "links": presentation.links(register, request.zone.code, request.GET.urlencode()),
    }
    status = 400 if form.errors else 200
    return render(request, "registers/export_personal.html", context, status=status)
