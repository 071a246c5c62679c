"""What people write beside a record: whoever may read it may comment and plan."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.notes import actions
from jingkai.apps.notes import queries as notes
from jingkai.apps.notices import queries as notices
from jingkai.web import clock

from ..declaration import Register
from . import loading

_OFFERED = 8


class FollowUpForm(forms.Form):
    """What is to be done, by whom, until when."""

    what = forms.CharField(label=gettext_lazy("跟进事项"), max_length=200)
    person = forms.CharField(label=gettext_lazy("跟进人"), max_length=60)
    due_on = forms.DateField(label=gettext_lazy("跟进日期"))


def comment(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Say something about the record."""
    about = _about(request, register, pk)
    return _done(
        request,
        register,
        pk,
        lambda: actions.add_comment(
            about=about, text=request.POST.get("text", ""), **_who(request)
        ),
        _("已发表"),
    )


def comment_edit(request: ZoneRequest, register: Register, pk: int, note: int) -> HttpResponse:
    """Change one's own comment."""
    about, text = _about(request, register, pk), request.POST.get("text", "")
    found = _found(notes.comment(register.kind, str(pk), note))
    return _done(
        request,
        register,
        pk,
        lambda: actions.edit_comment(about=about, comment=found, text=text, **_who(request)),
        _("评论已修改"),
    )


def comment_withdraw(request: ZoneRequest, register: Register, pk: int, note: int) -> HttpResponse:
    """Take one's own comment back."""
    loading.record(register, pk)
    found = _found(notes.comment(register.kind, str(pk), note))
    return _done(
        request,
        register,
        pk,
        lambda: actions.withdraw_comment(comment=found, **_who(request)),
        _("评论已撤回，原文留存于操作留痕"),
    )


def follow_up(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Plan what somebody does about the record."""
    about, form = _about(request, register, pk), FollowUpForm(request.POST)
    if not form.is_valid():
        for name, errors in form.errors.items():
            messages.error(request, f"{form.fields[name].label} {errors[0]}")
        return _back(request, register, pk)
    said = form.cleaned_data
    people = notices.readers(about.zone, register.read, on=clock.today())
    person = people.filter(username=said["person"]).first()
    if person is None:
        messages.error(request, _("没有找到能查看这条记录的“%(who)s”") % {"who": said["person"]})
        return _back(request, register, pk)
    plan = {"person": person, "due_on": said["due_on"], "what": said["what"]}
    return _done(
        request,
        register,
        pk,
        lambda: actions.plan_follow_up(about=about, **plan, **_who(request)),
        _("已安排跟进"),
    )


def follow_up_done(request: ZoneRequest, register: Register, pk: int, note: int) -> HttpResponse:
    """Say that a follow-up is done."""
    loading.record(register, pk)
    found = _found(notes.follow_up(register.kind, str(pk), note))
    result = request.POST.get("result", "")
    return _done(
        request,
        register,
        pk,
        lambda: actions.finish_follow_up(follow_up=found, result=result, **_who(request)),
        _("已办结"),
    )


def bookmark(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Keep the record at hand, or no longer."""
    about = _about(request, register, pk)
    keeps = request.POST.get("keep") == "1"
    act = actions.bookmark if keeps else actions.unbookmark
    act(about=about, **_who(request))
    messages.success(request, _("已收藏") if keeps else _("已取消收藏"))
    return redirect(f"{register.kind}-detail", zone=request.zone.code, pk=pk)


def seen(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Remember that the person opened the record; the page says so once it stands."""
    actions.see(about=_about(request, register, pk), **_who(request))
    return HttpResponse(status=204)


def readers(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Answer those whom an @ may name: who may read the record and whose name has the text."""
    record = loading.record(register, pk)
    text = request.GET.get("q", "").strip()[:20]
    people = notices.readers(record.zone, register.read, on=clock.today())
    found = people.filter(name__icontains=text) | people.filter(username__icontains=text)
    names = [{"name": person.name, "username": person.username} for person in found[:_OFFERED]]
    return JsonResponse({"people": names})


def _about(request: ZoneRequest, register: Register, pk: int) -> actions.About:
    record = loading.record(register, pk)
    return actions.About(
        zone=record.zone,
        kind=register.kind,
        object_id=str(record.pk),
        label=str(record),
        permission=register.read.value,
        url=reverse(f"{register.kind}-detail", args=[record.zone.code, pk]),
    )


def _who(request: ZoneRequest) -> dict[str, Any]:
    return {"by": request.user.username, "at": clock.now()}


def _found(note: Any) -> Any:
    if note is None:
        raise Http404
    return note


def _done(
    request: ZoneRequest, register: Register, pk: int, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do it, say what came of it, and lead back to the record."""
    try:
        act()
    except (actions.NotSaid, actions.NotPlanned) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, said)
    return _back(request, register, pk)


def _back(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    name = register.page or f"{register.kind}-detail"
    return redirect(reverse(name, kwargs={"zone": request.zone.code, "pk": pk}) + "#notes")
