"""What is done with a project: each a form on a page of its own, fit for a phone."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.web import clock

from .. import actions, queries
from ..forms import EvidenceForm, MoveForm, OfficerForm, StatusForm

REFUSALS = (actions.NotMoved, actions.NotReported, actions.NotAccepted, actions.NotAssigned)


@access.form(Permission.READ_PROJECTS, Permission.MOVE_PROJECTS)
def move(request: ZoneRequest, pk: int) -> HttpResponse:
    """Move the project to another stage."""
    project = _project(request, pk)
    may_force = Permission.FORCE_PROJECTS in request.permissions
    form = MoveForm(*_data(request), initial=_first(request), project=project, may_force=may_force)

    def act(said: dict[str, Any]) -> None:
        actions.move_project(project=project, permissions=request.permissions, **said)

    return _answer(request, project, form, _("推进阶段"), act)


@access.form(Permission.READ_PROJECTS, Permission.EDIT_PROJECTS)
def status(request: ZoneRequest, pk: int) -> HttpResponse:
    """Say how the project fares."""
    project = _project(request, pk)
    form = StatusForm(*_data(request), initial=_first(request) | {"status": project.status})

    def act(said: dict[str, Any]) -> None:
        actions.set_status(project=project, **said)

    return _answer(request, project, form, _("变更状态"), act)


@access.form(Permission.READ_PROJECTS, Permission.EDIT_PROJECTS)
def add_evidence(request: ZoneRequest, pk: int) -> HttpResponse:
    """File evidence, with its file."""
    project = _project(request, pk)
    form = EvidenceForm(*_data(request), initial=request.GET.dict())

    def act(said: dict[str, Any]) -> None:
        actions.add_evidence(project=project, **said)

    return _answer(request, project, form, _("登记佐证材料"), act)


@access.form(Permission.READ_PROJECTS)
def officer(request: ZoneRequest, pk: int) -> HttpResponse:
    """Assign the service officer, or hand over; the present officer may hand over as well."""
    project = _project(request, pk)
    current = queries.service_officer(project)
    _require_assigner(request, current)
    today = clock.today()
    form = OfficerForm(*_data(request), initial=_first(request), project=project, today=today)

    def act(said: dict[str, Any]) -> None:
        to, on, note = said.pop("officer"), said.pop("on"), said.pop("note")
        if current is None:
            actions.assign_officer(project=project, officer=to, since=on, note=note, **said)
        else:
            actions.hand_over(project=project, to=to, on=on, note=note, **said)

    return _answer(request, project, form, _("移交服务") if current else _("指派服务专员"), act)


@access.verb(Permission.READ_PROJECTS)
def acknowledge(request: ZoneRequest, pk: int) -> HttpResponse:
    """Say that one has taken the project over."""
    found = queries.assignment(pk)
    if found is None:
        raise Http404
    try:
        actions.acknowledge(assignment=found, by=request.user.username, at=clock.now())
    except actions.NotAssigned as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已签收"))
    return redirect("project", zone=request.zone.code, pk=found.project_id)


def _project(request: ZoneRequest, pk: int) -> Any:
    """Return the project; what is rolled up in a city is written in its own zone only."""
    found = queries.project(pk) if accounts.is_leaf(request.zone) else None
    if found is None:
        raise Http404
    return found


def _require_assigner(request: ZoneRequest, current: Any) -> None:
    is_officer = current is not None and current.officer_id == request.user.pk
    if not is_officer and Permission.ASSIGN_OFFICERS not in request.permissions:
        raise PermissionDenied


def _data(request: ZoneRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _first(request: ZoneRequest) -> dict[str, Any]:
    return {"on": clock.today(), **request.GET.dict()}


def _answer(
    request: ZoneRequest,
    project: Any,
    form: forms.Form,
    title: str,
    act: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """Show the form, or do what it says and lead back to the project."""
    if form.is_valid():
        try:
            act(form.cleaned_data | {"by": request.user.username, "at": clock.now()})
        except REFUSALS as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("已保存"))
            return redirect("project", zone=request.zone.code, pk=project.pk)
    context = {"project": project, "form": form, "title": title}
    return render(request, "projects/form.html", context, status=400 if form.errors else 200)
