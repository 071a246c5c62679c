"""All of a person's work handed to another: what there is, the hand-over, the signature."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.web import clock
from jingkai.web.parts import Pages

from .. import actions, presentation, queries
from ..kinds import Refused
from . import loading

LENGTH = 50
_SCOPES = [("open", gettext_lazy("未办结事项")), ("all", gettext_lazy("全部记录（含已办结）"))]


class HandOverForm(forms.Form):
    """From whom, to whom, how much, why."""

    before: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("移交人"), queryset=None, to_field_name="username", empty_label="—"
    )
    to: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=gettext_lazy("接手人"), queryset=None, to_field_name="username", empty_label="—"
    )
    scope = forms.ChoiceField(label=gettext_lazy("范围"), choices=_SCOPES)
    reason = forms.CharField(label=gettext_lazy("移交原因"), max_length=300)

    def __init__(self, request: ZoneRequest, data: Any) -> None:
        """Offer everybody who has or had work here, and those who can take it."""
        super().__init__(data)
        fields: Any = self.fields
        fields["before"].queryset = accounts.everybody_of(request.zone)
        fields["to"].queryset = accounts.people_of(request.zone, on=clock.today())


@access.page()
def index(request: ZoneRequest) -> HttpResponse:
    """Show the hand-overs: one's own, or all of the zone to who may hand over."""
    found = queries.hand_overs(request.user.username, sees_all=_may(request))
    page = Paginator(found, LENGTH).get_page(request.GET.get("page"))
    names = accounts.names({who for made in page for who in (made.before, made.to)})
    context = {
        "headings": presentation.hand_over_headings(),
        "rows": presentation.hand_over_rows(page, names),
        "pages": _pages(page),
        "may": _may(request) and accounts.is_leaf(request.zone),
    }
    return render(request, "registers/hand_overs.html", context)


@access.form(Permission.HAND_OVER)
def new(request: ZoneRequest) -> HttpResponse:
    """Show what would move, and move it."""
    loading.require_leaf(request)
    form = HandOverForm(request, request.POST or request.GET or None)
    if not form.is_valid():
        return _asked(request, form, [])
    said = form.cleaned_data
    before, everything = said["before"], said["scope"] == "all"
    if request.method != "POST":
        found = queries.work_of(request.zone, before, everything=everything, on=clock.today())
        heaps = presentation.hand_over_heaps(found, request.zone.code, request.permissions)
        return _asked(request, form, heaps)
    try:
        made = actions.hand_over_work(
            zone=request.zone,
            before=before,
            to=said["to"],
            everything=everything,
            reason=said["reason"],
            by=request.user.username,
            at=clock.now(),
        )
    except (actions.NotHandedOver, Refused) as reason:
        form.add_error(None, str(reason))
        return _asked(request, form, [])
    messages.success(request, _("已移交，待%(person)s签收") % {"person": said["to"]})
    return redirect("hand-over", zone=request.zone.code, pk=made.pk)


@access.page()
def show(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show one hand-over, and let its receiver sign."""
    made = _made(request, pk)
    names = accounts.names({made.before, made.to, made.by})
    context = {
        "made": made,
        "title": _("%(before)s的工作移交给%(to)s")
        % {"before": names[made.before], "to": names[made.to]},
        "terms": presentation.hand_over_terms(made, names),
        "counted": presentation.hand_over_counted(made),
        "may_sign": made.to == request.user.username and made.acknowledged_at is None,
    }
    return render(request, "registers/hand_over.html", context)


@access.verb()
def acknowledge(request: ZoneRequest, pk: int) -> HttpResponse:
    """Sign for what was handed over."""
    made = _made(request, pk)
    try:
        actions.acknowledge_hand_over(hand_over=made, by=request.user.username, at=clock.now())
    except actions.NotHandedOver as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已签收"))
    return redirect("hand-over", zone=request.zone.code, pk=pk)


def _may(request: ZoneRequest) -> bool:
    return Permission.HAND_OVER in request.permissions


def _made(request: ZoneRequest, pk: int) -> Any:
    found = queries.hand_overs(request.user.username, sees_all=_may(request))
    made = found.filter(pk=pk).first()
    if made is None:
        raise Http404
    return made


def _asked(request: ZoneRequest, form: HandOverForm, heaps: list[dict[str, Any]]) -> HttpResponse:
    context = {
        "form": form,
        "heaps": heaps,
        "is_previewed": form.is_bound and form.is_valid() and request.method == "GET",
        "total": sum(heap["count"] for heap in heaps),
    }
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "registers/hand_over_new.html", context, status=status)


def _pages(page: "Page[Any]") -> Pages:
    return Pages(
        first=page.start_index(),
        last=page.end_index(),
        total=page.paginator.count,
        previous_url=f"?page={page.previous_page_number()}" if page.has_previous() else "",
        next_url=f"?page={page.next_page_number()}" if page.has_next() else "",
    )
