"""Suspensions, papers, and what the zone settles for all its cases."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.core.idle_land.documents import PaperKind
from jingkai.web import clock

from .. import actions, papers, presentation, queries
from ..forms import (
    REWORDED,
    AuthorityForm,
    FilingForm,
    PaperForm,
    ReadingForm,
    ReasonForm,
    ResumeForm,
    SuspensionForm,
    WarningForm,
)
from . import loading

_P = Permission


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def suspend(request: ZoneRequest, pk: int) -> HttpResponse:
    """Let a clock of the case stand."""
    case = loading.case(request, pk)
    found = queries.standing(case, on=clock.today())
    running = [one.clock.code for one in found.clocks if one.step not in found.done]
    first = loading.first(request, "from_on")
    form = SuspensionForm(loading.data(request), initial=first, clocks=running)

    def act(said: dict[str, Any]) -> None:
        actions.suspend_clock(case=case, **said, **loading.by_and_at(request))

    return loading.answer(request, form, _of_case(case, request, _("中止计时")), act)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def resume(request: ZoneRequest, pk: int) -> HttpResponse:
    """Let a clock run again."""
    found = queries.suspension(pk)
    if found is None or not accounts.is_leaf(request.zone):
        raise Http404
    form = ResumeForm(loading.data(request), initial=loading.first(request, "until_on"))

    def act(said: dict[str, Any]) -> None:
        actions.resume_clock(suspension=found, **said, **loading.by_and_at(request))

    return loading.answer(request, form, _of_case(found.case, request, _("恢复计时")), act)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def draft(request: ZoneRequest, pk: int, kind: str) -> HttpResponse:
    """Draft a document of the case; what the records lack is asked for."""
    case = loading.case(request, pk)
    if kind not in set(PaperKind):
        raise Http404
    wanted = PaperKind(kind)
    before = _given_before(case)
    day = queries.day_of_paper(case, wanted, on=clock.today())
    found = queries.standing(case, on=day)
    if wanted not in queries.papers_on_way(found):
        raise Http404
    recorded = papers.gather(found, {})
    names = papers.names_of(wanted)
    fixed = [name for name in names if recorded.get(name) and name not in REWORDED]
    asked = {name: papers.NAMES[name] for name in names if name not in fixed}
    form = PaperForm(loading.data(request), names=asked, recorded=recorded, given=before)

    def act(said: dict[str, Any]) -> None:
        given = {name: text for name, text in said.items() if text != (recorded.get(name) or "")}
        given |= {name: text for name, text in before.items() if name not in names}
        actions.draft_paper(case=case, kind=wanted, given=given, **loading.by_and_at(request))

    context = _of_case(case, request, queries.paper_words(wanted))
    context |= presentation.beside_paper({name: recorded[name] for name in fixed})
    return loading.answer(request, form, context, act)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def file(request: ZoneRequest, pk: int) -> HttpResponse:
    """File a paper under the number of the authority's document."""
    found = queries.paper(pk)
    if found is None or not accounts.is_leaf(request.zone):
        raise Http404
    form = FilingForm(loading.data(request))

    def act(said: dict[str, Any]) -> None:
        actions.file_paper(paper=found, **said, **loading.by_and_at(request))

    title = _("归档：%(paper)s") % {"paper": found.get_kind_display()}
    return loading.answer(request, form, _of_case(found.case, request, title), act)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def authority(request: ZoneRequest) -> HttpResponse:
    """Tell who decides in the zone's county: what the papers say of them."""
    found = queries.authority(request.zone.pk)
    form = AuthorityForm(loading.data(request), instance=found)

    def act(said: dict[str, Any]) -> None:
        actions.name_authority(zone=request.zone, said=said, **loading.by_and_at(request))

    return loading.answer(request, form, _of_zone(request, _("主管部门信息")), act)


@access.form(_P.READ_LAND, _P.HANDLE_IDLE_LAND)
def warnings(request: ZoneRequest) -> HttpResponse:
    """Settle when the zone is warned of limits."""
    rules = queries.rules(request.zone.pk)
    first = {
        "months": ", ".join(str(mark.months) for mark in rules.marks),
        "soon_days": rules.soon_days,
    }
    form = WarningForm(loading.data(request), initial=first)

    def act(said: dict[str, Any]) -> None:
        actions.plan_warnings(zone=request.zone, **said, **loading.by_and_at(request))

    return loading.answer(request, form, _of_zone(request, _("预警时点")), act)


@access.form(_P.READ_LAND, _P.APPROVE_LAND)
def read_anew(request: ZoneRequest, pk: int) -> HttpResponse:
    """Let a lawyer's reading of a parcel stand instead of the computed one."""
    parcel = loading.parcel(request, pk)
    form = ReadingForm(loading.data(request), initial=loading.first(request, "on"))

    def act(said: dict[str, Any]) -> None:
        actions.read_anew(parcel=parcel, **said, **loading.by_and_at(request))

    return loading.answer(
        request, form, _of_parcel(pk, str(parcel), request, _("法务复核意见")), act
    )


@access.form(_P.READ_LAND, _P.APPROVE_LAND)
def withdraw_reading(request: ZoneRequest, pk: int) -> HttpResponse:
    """Let the computed determination stand again."""
    found = queries.reading(pk)
    if found is None or not accounts.is_leaf(request.zone):
        raise Http404
    form = ReasonForm(loading.data(request))

    def act(said: dict[str, Any]) -> None:
        actions.withdraw_reading(reading=found, **said, **loading.by_and_at(request))

    title = _("撤回法务复核意见")
    context = _of_parcel(found.parcel_id, str(found.parcel), request, title)
    return loading.answer(request, form, context, act)


def _given_before(case: Any) -> dict[str, str]:
    """Return what a person added to earlier papers of the case, the latest word on each."""
    found: dict[str, str] = {}
    for row in sorted(case.papers.all(), key=lambda row: row.pk):
        found |= row.given
    return found


def _of_case(case: Any, request: ZoneRequest, title: str) -> dict[str, Any]:
    back = reverse("idle-case", args=[request.zone.code, case.pk])
    return {"title": title, "about": str(case), "back": back}


def _of_zone(request: ZoneRequest, title: str) -> dict[str, Any]:
    return {"title": title, "about": "", "back": reverse("idle", args=[request.zone.code])}


def _of_parcel(pk: int, name: str, request: ZoneRequest, title: str) -> dict[str, Any]:
    back = reverse("parcels-detail", args=[request.zone.code, pk])
    return {"title": title, "about": name, "back": back}
