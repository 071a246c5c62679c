"""The statutory calendar: a year, a count, and the notices that the zone enters."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.core.calendar import Calendar, explain
from jingkai.core.calendar import reading as notices
from jingkai.web import clock

from . import actions, forms, presentation, queries


@access.page()
def year(request: ZoneRequest) -> HttpResponse:
    """Show a year with what rules it, and count a limit."""
    today = clock.today()
    shown = forms.asked_year(request.GET.get("year"), today=today)
    calendar = queries.calendar(request.zone.pk)
    is_asked = "start" in request.GET
    form = forms.LimitForm(request.GET if is_asked else None, initial=_usual(today))
    counted = _counted(calendar, form) if is_asked and form.is_valid() else {}
    due_on = counted["due"].on if counted else None
    entered = queries.notices_of(request.zone.pk, shown)
    context = {
        "year": shown,
        "standing": calendar.standing(shown).value,
        "months": presentation.months(calendar, shown, today=today, due_on=due_on),
        "weekdays": presentation.weekdays(),
        "counts": presentation.counts(calendar, shown),
        "notices": presentation.ruling(queries.shipped_of(shown), entered),
        "form": form,
        "may_enter": _may_enter(request),
        **counted,
    }
    status = 400 if is_asked and form.errors else 200
    return render(request, "calendar/year.html", context, status=status)


def _usual(today: Any) -> dict[str, object]:
    return {"start": today, "count": 20, "unit": "working_day", "roll": True}


def _counted(calendar: Calendar, form: forms.LimitForm) -> dict[str, Any]:
    """Return the last day of the limit that is asked for, and how it comes about."""
    start, limit = form.cleaned_data["start"], form.limit()
    headings, rows = presentation.explained(explain(calendar, start, limit))
    due = calendar.add(start, limit)
    return {
        "due": due,
        "due_words": presentation.span(due.on, due.on),
        "limit_words": queries.limit_words(limit),
        "start": start,
        "step_headings": headings,
        "step_rows": rows,
    }


@access.form(Permission.EDIT_CALENDAR)
def enter(request: ZoneRequest) -> HttpResponse:
    """Paste a notice, look at what was read of it, and take it over."""
    if not _may_enter(request):
        raise Http404
    form = forms.NoticeForm(request.POST or None)
    if form.is_valid() and request.POST.get("step") == "save":
        entered = _entered(request, form)
        if entered is not None:
            return entered
    context = {"form": form} | _preview(request, form)
    status = 400 if form.errors else 200
    return render(request, "calendar/enter.html", context, status=status)


def _entered(request: ZoneRequest, form: forms.NoticeForm) -> HttpResponse | None:
    said = dict(form.cleaned_data)
    try:
        made = actions.enter_notice(
            zone=request.zone,
            text=said.pop("text"),
            said=said,
            by=request.user.get_username(),
            at=clock.now(),
        )
    except actions.NotEntered as reason:
        form.add_error(None, str(reason))
        return None
    messages.success(request, _("%(number)s 已录入，请另一人核对") % {"number": made})
    return redirect("calendar-notice", zone=request.zone.code, pk=made.pk)


def _preview(request: ZoneRequest, form: forms.NoticeForm) -> dict[str, Any]:
    """Return what was read of the text, with every fault and the days that it would move."""
    if not form.is_bound or not form.cleaned_data.get("text"):
        return {}
    found = form.reading()
    headings, rows = presentation.arranged(found.arrangements)
    preview: dict[str, Any] = {
        "reading": found,
        "headings": headings,
        "rows": rows,
        "blocking": [presentation.fault_words(one) for one in found.faults if one.blocks],
        "doubts": [presentation.fault_words(one) for one in found.faults if not one.blocks],
    }
    if found.is_readable and found.year is not None:
        before = queries.calendar(request.zone.pk)
        after = before.with_notices([found.notice(source="")])
        rest, work = presentation.changed_days(before, after, found.year)
        preview |= {"new_rest": rest, "new_work": work}
        preview["number"] = form.cleaned_data.get("document_number", "")
        preview["issued_on"] = form.cleaned_data.get("issued_on")
    return preview


@access.page()
def notice(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show a notice that the zone entered, with its days and its text."""
    return _notice_page(request, pk, forms.WithdrawalForm())


def _notice_page(
    request: ZoneRequest, pk: int, form: forms.WithdrawalForm, status: int = 200
) -> HttpResponse:
    row = _found(pk)
    found = notices.read(row.text)
    headings, rows = presentation.arranged(found.arrangements)
    standing = presentation.standing(row)
    may_edit = _may_enter(request) and standing != "withdrawn"
    context = {
        "notice": row,
        "standing": standing,
        "terms": presentation.terms(row),
        "headings": headings,
        "rows": rows,
        "doubts": [presentation.fault_words(one) for one in found.faults],
        "may_confirm": may_edit and standing == "unconfirmed",
        "is_own": row.entered_by == request.user.get_username(),
        "may_withdraw": may_edit,
        "form": form,
    }
    return render(request, "calendar/notice.html", context, status=status)


@access.verb(Permission.EDIT_CALENDAR)
def confirm(request: ZoneRequest, pk: int) -> HttpResponse:
    """Confirm a notice that another person entered."""
    row = _found(pk)
    try:
        actions.confirm_notice(notice=row, by=request.user.get_username(), at=clock.now())
    except actions.NotConfirmed as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("%(number)s 已核对，不再是暂定") % {"number": row})
    return redirect("calendar-notice", zone=request.zone.code, pk=pk)


@access.verb(Permission.EDIT_CALENDAR)
def withdraw(request: ZoneRequest, pk: int) -> HttpResponse:
    """Take a notice out of the calendar, with a reason."""
    row = _found(pk)
    form = forms.WithdrawalForm(request.POST)
    if not form.is_valid():
        return _notice_page(request, pk, form, status=400)
    reason, by = form.cleaned_data["reason"], request.user.get_username()
    try:
        actions.withdraw_notice(notice=row, reason=reason, by=by, at=clock.now())
    except actions.NotWithdrawn as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(number)s 已撤回，日历已恢复") % {"number": row})
    return redirect("calendar-notice", zone=request.zone.code, pk=pk)


def _found(pk: int) -> Any:
    row = queries.find(pk)
    if row is None:
        raise Http404
    return row


def _may_enter(request: ZoneRequest) -> bool:
    return Permission.EDIT_CALENDAR in request.permissions and accounts.is_leaf(request.zone)
