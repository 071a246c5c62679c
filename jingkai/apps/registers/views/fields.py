"""A zone makes its registers its own; the pages show columns and no records."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.web import clock

from .. import actions, fitting, presentation, queries
from ..declaration import Register
from ..forms import FieldForm, RuleForm, SecrecyForm
from ..kinds import Refused
from . import loading

_CONFIGURE = Permission.CONFIGURE_REGISTERS


@access.page(_CONFIGURE)
def fields(request: ZoneRequest) -> HttpResponse:
    """Show the registers that the zone can make its own."""
    loading.require_leaf(request)
    return render(request, "registers/fields.html", {"makes": queries.makes()})


@access.page(_CONFIGURE)
def fields_of(request: ZoneRequest, kind: str) -> HttpResponse:
    """Show a register's own fields, its rules and its secrecies."""
    register = _register(request, kind)
    context = {"register": register} | presentation.make(
        fitting.fit(register, request.zone),
        queries.own_fields(kind),
        queries.field_rules(kind),
    )
    return render(request, "registers/fields_of.html", context)


@access.form(_CONFIGURE)
def new_field(request: ZoneRequest, kind: str) -> HttpResponse:
    """Add a field."""
    register = _register(request, kind)
    form = FieldForm(request.POST or None)

    def act(said: dict[str, Any]) -> None:
        actions.add_field(register=register, zone=request.zone, **form.of(), **said)

    return _answer(request, register, form, _("添加字段"), act)


@access.form(_CONFIGURE)
def edit_field(request: ZoneRequest, kind: str, pk: int) -> HttpResponse:
    """Change a field."""
    register = _register(request, kind)
    field = _found(queries.own_fields(kind), pk)
    form = FieldForm(request.POST or None, field=field)

    def act(said: dict[str, Any]) -> None:
        actions.change_field(register=register, field=field, said=form.said(), **said)

    return _answer(request, register, form, _("修改字段：%(field)s") % {"field": field}, act)


@access.verb(_CONFIGURE)
def use_field(request: ZoneRequest, kind: str, pk: int) -> HttpResponse:
    """Retire a field, or take it into use again."""
    register = _register(request, kind)
    field = _found(queries.own_fields(kind), pk)
    act = actions.restore_field if field.retired_at else actions.retire_field
    return _done(request, register, act, field=field)


@access.form(_CONFIGURE)
def new_rule(request: ZoneRequest, kind: str) -> HttpResponse:
    """Ask something of a column."""
    register = _register(request, kind)
    form = RuleForm(fitting.fit(register, request.zone), request.POST or None)

    def act(said: dict[str, Any]) -> None:
        actions.add_rule(register=register, zone=request.zone, asked=form.asked(), **said)

    return _answer(request, register, form, _("添加规则"), act)


@access.verb(_CONFIGURE)
def end_rule(request: ZoneRequest, kind: str, pk: int) -> HttpResponse:
    """Ask it no longer."""
    register = _register(request, kind)
    rule = _found(queries.field_rules(kind), pk)
    return _done(request, register, actions.remove_rule, rule=rule)


@access.form(_CONFIGURE)
def secrecy(request: ZoneRequest, kind: str) -> HttpResponse:
    """Keep a column stricter."""
    register = _register(request, kind)
    form = SecrecyForm(fitting.fit(register, request.zone), request.POST or None)

    def act(said: dict[str, Any]) -> None:
        actions.set_secrecy(register=register, zone=request.zone, **form.cleaned_data, **said)

    return _answer(request, register, form, _("设置密级"), act)


def _register(request: ZoneRequest, kind: str) -> Register:
    loading.require_leaf(request)
    register = queries.find(kind)
    if register is None or not register.is_editable:
        raise Http404
    return register


def _found(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _answer(
    request: ZoneRequest, register: Register, form: Form, title: str, act: Any
) -> HttpResponse:
    """Do it where the form is in order; else show the form with what is wrong."""
    if form.is_valid():
        try:
            act({"by": request.user.username, "at": clock.now()})
        except Refused as reason:
            form.add_error(reason.column if reason.column in form.fields else None, str(reason))
        else:
            messages.success(request, _("已保存，自下一次打开页面起生效"))
            return redirect("fields-of", zone=request.zone.code, kind=register.kind)
    context = {"register": register, "form": form, "title": title}
    status = 400 if form.errors else 200
    return render(request, "registers/field_form.html", context, status=status)


def _done(request: ZoneRequest, register: Register, act: Any, **what: Any) -> HttpResponse:
    try:
        act(register=register, by=request.user.username, at=clock.now(), **what)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已保存，自下一次打开页面起生效"))
    return redirect("fields-of", zone=request.zone.code, kind=register.kind)
