"""The saved views of a register: keep, change, share, copy, remove, open by default."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import clock

from .. import actions, presentation, queries
from ..declaration import Register
from ..kinds import Refused
from ..models import SavedView


def saved_views(request: ZoneRequest, register: Register) -> list[SavedView]:
    """Return the views that the person may open."""
    person = request.user.username
    return list(queries.views_for(register, request.zone, person, request.roles))


def by_default(
    request: ZoneRequest, register: Register, found: list[SavedView]
) -> SavedView | None:
    """Return the view with which the person opens the register."""
    pk = queries.default_view(register, request.zone, request.user.username)
    return next((view for view in found if view.pk == pk), None)


def save_view(request: ZoneRequest, register: Register) -> HttpResponse:
    """Keep the list's query string under a name."""
    try:
        view = actions.save_view(
            register=register,
            zone=request.zone,
            wanted=_wanted(request, register, request.POST.get("query", "")),
            by=request.user.username,
            at=clock.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return _back(request, register, request.POST.get("query", ""))
    messages.success(request, _("已保存视图“%(name)s”") % {"name": view.name})
    return _back(request, register, presentation.link_of(view))


def change_view(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Do with one view what the form asks."""
    view = next((found for found in saved_views(request, register) if found.pk == pk), None)
    if view is None:
        raise Http404
    does = _DOES.get(request.POST.get("do", ""))
    try:
        kept = does(request, register, view) if does else view
    except Refused as reason:
        messages.error(request, str(reason))
        kept = view
    return _back(request, register, presentation.link_of(kept) if kept else "")


def _wanted(request: ZoneRequest, register: Register, query: str) -> actions.Wanted:
    audience, _colon, role = request.POST.get("audience", "owner").partition(":")
    known = {code for code, _label, _chosen in presentation.audiences()}
    if request.POST.get("audience", "owner") not in known:
        raise Refused(_("不能共享给这个范围"), "audience")
    return actions.Wanted(
        name=request.POST.get("name", ""),
        query=queries.view_query(register, QueryDict(query[:10_000])),
        audience=audience,
        role=role,
    )


def _change(request: ZoneRequest, register: Register, view: SavedView) -> SavedView:
    query = request.POST.get("query", "") if request.POST.get("renew") else view.query
    wanted = _wanted(request, register, query)
    by, at = request.user.username, clock.now()
    changed = actions.change_view(register=register, view=view, wanted=wanted, by=by, at=at)
    messages.success(request, _("已更新视图“%(name)s”") % {"name": changed.name})
    return changed


def _copy(request: ZoneRequest, register: Register, view: SavedView) -> SavedView:
    name = _("%(name)s（副本）") % {"name": view.name[:30]}
    copied = actions.save_view(
        register=register,
        zone=request.zone,
        wanted=actions.Wanted(name=name, query=view.query),
        by=request.user.username,
        at=clock.now(),
    )
    messages.success(request, _("已复制为“%(name)s”，可以随意修改") % {"name": copied.name})
    return copied


def _delete(request: ZoneRequest, _register: Register, view: SavedView) -> None:
    actions.delete_view(view=view, by=request.user.username, at=clock.now())
    messages.success(request, _("已删除视图“%(name)s”") % {"name": view.name})


def _default(request: ZoneRequest, register: Register, view: SavedView) -> SavedView:
    _choose(request, register, view)
    messages.success(request, _("以后打开本台账时先显示“%(name)s”") % {"name": view.name})
    return view


def _no_default(request: ZoneRequest, register: Register, view: SavedView) -> SavedView:
    _choose(request, register, None)
    messages.success(request, _("以后打开本台账时显示全部"))
    return view


def _choose(request: ZoneRequest, register: Register, view: SavedView | None) -> None:
    by, at = request.user.username, clock.now()
    actions.choose_default(register=register, zone=request.zone, view=view, by=by, at=at)


def _back(request: ZoneRequest, register: Register, query: str) -> HttpResponse:
    base = reverse(f"{register.kind}-list", args=[request.zone.code])
    return redirect(f"{base}?{query or f'view={presentation.EVERYTHING}'}")


_DOES: dict[str, Callable[[ZoneRequest, Register, SavedView], SavedView | None]] = {
    "change": _change,
    "copy": _copy,
    "delete": _delete,
    "default": _default,
    "no-default": _no_default,
}
