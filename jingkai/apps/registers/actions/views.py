"""Writes on the saved views of a register, and on the workbooks that its lists fill in."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import actions as audit
from jingkai.apps.notices import actions as notices

from .. import queries, workbooks
from ..declaration import Register
from ..kinds import Refused
from ..models import DefaultView, FiledForm, SavedView

MOST_VIEWS = 100
MOST_FORMS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a view should be: its name, its query string, who else sees it."""

    name: str
    query: str
    audience: str = SavedView.Audience.OWNER
    role: str = ""

    def plain(self) -> dict[str, str]:
        """Return it as the trail keeps it."""
        audience = str(self.audience)
        return {"name": self.name, "query": self.query, "audience": audience, "role": self.role}


@transaction.atomic
def save_view(
    *, register: Register, zone: Zone, wanted: Wanted, by: str, at: datetime
) -> SavedView:
    """
    Keep a list's query string under a name.

    :raises Refused: when the name is missing or taken, or there are too many views
    """
    mine = SavedView.everywhere.filter(zone=zone, kind=register.kind, owner=by)
    if mine.count() >= MOST_VIEWS:
        raise Refused(_("视图过多，请先删除不用的视图"), "name")
    view = SavedView(zone=zone, kind=register.kind, owner=by)
    _put(view, wanted, at)
    _note(view, zone, "saved", by, at, after=wanted.plain())
    _tell(register.read, view, by, at)
    return view


@transaction.atomic
def change_view(
    *, register: Register, view: SavedView, wanted: Wanted, by: str, at: datetime
) -> SavedView:
    """
    Rename one's view, give it another query string, share it or take it back.

    :raises Refused: when the name is missing or taken, or the view is somebody else's
    """
    view = _own(view, by)
    before = _kept(view)
    _put(view, wanted, at)
    _note(view, view.zone, "changed", by, at, before=before.plain(), after=wanted.plain())
    if (before.audience, before.role) != (wanted.audience, wanted.role):
        _tell(register.read, view, by, at)
    return view


@transaction.atomic
def delete_view(*, view: SavedView, by: str, at: datetime) -> None:
    """
    Remove one's view.

    :raises Refused: when the view is somebody else's
    """
    view = _own(view, by)
    _note(view, view.zone, "deleted", by, at, before=_kept(view).plain())
    notices.forget(zone=view.zone, about=[f"{view.kind}-views:{view.pk}"])
    view.delete()


@transaction.atomic
def choose_default(
    *, register: Register, zone: Zone, view: SavedView | None, by: str, at: datetime
) -> None:
    """Open the register with this view from now on; with None, with everything."""
    mine: dict[str, Any] = {"zone": zone, "kind": register.kind, "person": by}
    if view is None:
        DefaultView.everywhere.filter(**mine).delete()
    else:
        DefaultView.everywhere.update_or_create(**mine, defaults={"view": view})
    audit.record(
        verb=f"registers.{register.kind}.default-view-chosen",
        actor=by,
        target_kind=f"{register.kind}-views",
        target_id=str(view.pk) if view else "",
        target_label=str(view) if view else "",
        zone_code=zone.code,
        at=at,
    )


@transaction.atomic
def add_form(
    *,
    register: Register,
    zone: Zone,
    name: str,
    file_name: str,
    content: bytes,
    by: str,
    at: datetime,
) -> FiledForm:
    """
    Keep a superior's workbook for the register's lists to fill in.

    :raises Refused: when the name is taken, or the workbook names what the register lacks
    """
    if FiledForm.everywhere.filter(zone=zone, kind=register.kind).count() >= MOST_FORMS:
        raise Refused(_("表样过多，请先删除不用的表样"), "name")
    workbooks.check_form(register, content)
    digest = hashlib.sha256(content).hexdigest()
    kept = FiledForm(
        zone=zone,
        kind=register.kind,
        name=name,
        file_name=file_name[:200],
        sha256=digest,
        content=content,
        by=by,
        at=at,
    )
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("已有同名的表样“%(name)s”") % {"name": name}, "name") from None
    _note_form(kept, "added", by, at)
    return kept


@transaction.atomic
def remove_form(*, form: FiledForm, by: str, at: datetime) -> None:
    """Take a workbook out of the register's forms."""
    _note_form(form, "removed", by, at)
    form.delete()


def _own(view: SavedView, by: str) -> SavedView:
    current = SavedView.everywhere.select_for_update(of=("self",)).get(pk=view.pk)
    if current.owner != by:
        raise Refused(_("只有所有人可以修改这个视图；可以先复制一份"))
    return current


def _kept(view: SavedView) -> Wanted:
    return Wanted(name=view.name, query=view.query, audience=view.audience, role=view.role)


def _put(view: SavedView, wanted: Wanted, at: datetime) -> None:
    if not wanted.name.strip():
        raise Refused(_("请填写视图名称"), "name")
    if len(wanted.query) > queries.MOST_QUERY:
        raise Refused(_("筛选条件过多，视图放不下"), "query")
    view.name, view.query = wanted.name.strip()[:40], wanted.query
    view.audience, view.role, view.changed_at = wanted.audience, wanted.role, at
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise Refused(_("您已有名为“%(name)s”的视图") % {"name": view.name}, "name") from None


def _tell(needed: Permission, view: SavedView, by: str, at: datetime) -> None:
    """Tell those with whom the view is shared now."""
    if view.audience == SavedView.Audience.OWNER:
        return
    people = accounts.people_of(view.zone, on=localdate(at))
    if view.role:
        people = people.filter(memberships__role=view.role)
    address = reverse(f"{view.kind}-list", args=[view.zone.code])
    notices.send(
        zone=view.zone,
        to=list(people.values_list("username", flat=True)),
        kind="share",
        title=_("与您共享了列表视图“%(name)s”") % {"name": view.name},
        text="",
        url=f"{address}?{view.query}&view={view.pk}",
        by=by,
        at=at,
        permission=needed,
        about=f"{view.kind}-views:{view.pk}",
    )


def _note(  # noqa: PLR0917 - the fields of one event
    view: SavedView,
    zone: Zone,
    verb: str,
    by: str,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    kind, pk = f"{view.kind}-views", str(view.pk)
    audit.record(
        verb=f"registers.{view.kind}.view-{verb}",
        actor=by,
        target_kind=kind,
        target_id=pk,
        target_label=view.name,
        zone_code=zone.code,
        at=at,
        changes=[audit.Changed(kind, pk, view.name, before, after)],
    )


def _note_form(form: FiledForm, verb: str, by: str, at: datetime) -> None:
    audit.record(
        verb=f"registers.{form.kind}.form-{verb}",
        actor=by,
        target_kind=f"{form.kind}-forms",
        target_id=str(form.pk),
        target_label=form.name,
        zone_code=form.zone.code,
        at=at,
        details={"file": form.file_name, "sha256": form.sha256},
    )
