"""Log-in, the choice of a zone, the language, and the table of roles."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.i18n import set_language

from jingkai.web import clock
from jingkai.web.parts import Pages

from . import access, actions, queries
from .access import ZoneRequest
from .forms import DepartmentForm, PasswordForm, PersonForm, ResetForm, RoleForm, TokenForm
from .roles import PERMISSION_LABELS, ROLE_LABELS, ROLE_PERMISSIONS, Permission


class _LogIn(LoginView):
    """The log-in page; a demonstration shows its accounts."""

    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Log the person in and leave it in the trail."""
        answer = super().form_valid(form)
        actions.note_log_in(user=form.get_user(), at=clock.now())
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the form and the demonstration's log-ins."""
        return super().get_context_data(**kwargs) | {
            "demo_logins": queries.demonstration_logins(on=clock.today()),
        }


log_in = access.public(methods=access.GET | access.POST)(_LogIn.as_view())
log_out = access.verb()(LogoutView.as_view())
choose_language = access.public(methods=access.POST)(set_language)


@access.page()
def home(request: ZoneRequest) -> HttpResponse:
    """Lead to the person's zone, or let them choose among several."""
    zones = queries.zones_of(request.user, on=clock.today())
    if len(zones) == 1:
        return redirect("workbench", zone=zones[0].code)
    return render(request, "accounts/zones.html", {"zones": zones})


@access.page(Permission.READ_ROLES)
def roles(request: HttpRequest) -> HttpResponse:
    """Show each role and what it may do."""
    rows = [
        (label, [permission in ROLE_PERMISSIONS[role] for permission in Permission])
        for role, label in ROLE_LABELS.items()
    ]
    heads = [PERMISSION_LABELS[permission] for permission in Permission]
    return render(request, "accounts/roles.html", {"heads": heads, "rows": rows})


@access.page(Permission.MANAGE_PEOPLE)
def people(request: ZoneRequest) -> HttpResponse:
    """Show who is what in the zone, and since when."""
    text = request.GET.get("q", "")[:60]
    page = Paginator(queries.memberships_in(request.zone, text), 50).get_page(
        request.GET.get("page")
    )
    context = {
        "rows": page,
        "search": text,
        "pages": _pages(page, text),
        "departments": queries.departments(),
    }
    return render(request, "accounts/people.html", context)


@access.form(Permission.MANAGE_PEOPLE)
def new_person(request: ZoneRequest) -> HttpResponse:
    """Give somebody a log-in and their first role."""
    form = PersonForm(request.POST or None, initial={"since": clock.today()})
    if not form.is_valid():
        return _person_page(request, form, _("登记人员"))
    person = {name: form.cleaned_data[name] for name in ("username", "name", "password")}
    actions.sign_up_with_role(
        zone=request.zone,
        person=person,
        post=_post(form),
        by=request.user.username,
        at=clock.now(),
    )
    messages.success(request, _("已登记“%(name)s”") % {"name": person["name"]})
    return redirect("people", zone=request.zone.code)


@access.form(Permission.MANAGE_PEOPLE)
def new_role(request: ZoneRequest, pk: int) -> HttpResponse:
    """Give a person of the zone a further role."""
    held = _membership(request, pk)
    form = RoleForm(request.POST or None, initial={"since": clock.today()})
    if not form.is_valid():
        return _person_page(request, form, _("为“%(name)s”增加角色") % {"name": held.user})
    actions.give_role(
        user=held.user,
        zone=request.zone,
        **_post(form),
        by=request.user.username,
        at=clock.now(),
    )
    return redirect("people", zone=request.zone.code)


@access.form(Permission.MANAGE_PEOPLE)
def new_department(request: ZoneRequest) -> HttpResponse:
    """Register a department."""
    form = DepartmentForm(request.POST or None)
    if not form.is_valid():
        return _person_page(request, form, _("登记部门"))
    actions.open_department(
        zone=request.zone, **form.cleaned_data, by=request.user.username, at=clock.now()
    )
    return redirect("people", zone=request.zone.code)


@access.verb(Permission.MANAGE_PEOPLE)
def end_role(request: ZoneRequest, pk: int) -> HttpResponse:
    """End a person's role as of today, with a reason."""
    held = _membership(request, pk)
    try:
        actions.end_role(
            membership=held,
            until=clock.today(),
            by=request.user.username,
            at=clock.now(),
            reason=request.POST.get("reason", ""),
        )
    except actions.NotEnded as reason:
        messages.error(request, str(reason))
    return redirect("people", zone=request.zone.code)


@access.form(Permission.MANAGE_PEOPLE)
def reset_password(request: ZoneRequest, pk: int) -> HttpResponse:
    """Give a person of the zone a new initial password."""
    held = _membership(request, pk)
    form = ResetForm(held.user, request.POST or None)
    if not form.is_valid():
        return _person_page(request, form, _("为“%(name)s”重设密码") % {"name": held.user})
    future, by = form.cleaned_data["future"], request.user.username
    try:
        actions.reset_password(membership=held, password=future, by=by, at=clock.now())
    except actions.NotReset as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已为“%(name)s”重设密码") % {"name": held.user})
    return redirect("people", zone=request.zone.code)


@access.form()
def password(request: ZoneRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordForm(request.user, request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/password.html", {"form": form}, status=_status(form))
    username = request.user.username
    actions.set_password(
        user=request.user, password=form.cleaned_data["future"], by=username, at=clock.now()
    )
    update_session_auth_hash(request, request.user)
    messages.success(request, _("密码已修改"))
    return redirect("home")


@access.page()
def tokens(request: ZoneRequest) -> HttpResponse:
    """Show one's own tokens in the zone, and how to make one."""
    return _tokens_page(request, TokenForm(on=clock.today()))


@access.verb()
def new_token(request: ZoneRequest) -> HttpResponse:
    """Make a token; its secret is in this answer alone."""
    form = TokenForm(request.POST, on=clock.today())
    if not form.is_valid():
        return _tokens_page(request, form)
    try:
        _token, secret = actions.issue_token(
            user=request.user,
            zone=request.zone,
            **form.cleaned_data,
            by=request.user.username,
            at=clock.now(),
        )
    except actions.NotIssued as reason:
        form.add_error(None, str(reason))
        return _tokens_page(request, form)
    answer = _tokens_page(request, TokenForm(on=clock.today()), secret)
    answer["Cache-Control"] = "no-store"
    return answer


@access.verb()
def revoke_token(request: ZoneRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    found = queries.tokens_of(request.user, request.zone).filter(pk=pk, revoked_at=None).first()
    if found is None:
        raise Http404
    actions.revoke_token(token=found, by=request.user.username, at=clock.now())
    messages.success(request, _("已吊销令牌“%(name)s”") % {"name": found.name})
    return redirect("tokens", zone=request.zone.code)


@access.page(Permission.MANAGE_PEOPLE)
def people_tokens(request: ZoneRequest) -> HttpResponse:
    """Show everybody's tokens in the zone."""
    text = request.GET.get("q", "")[:60]
    found = queries.tokens_in(request.zone, text, on=clock.today())
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "tokens": page,
        "search": text,
        "pages": _pages(page, text),
        "today": clock.today(),
    }
    return render(request, "accounts/people_tokens.html", context)


@access.verb(Permission.MANAGE_PEOPLE)
def revoke_persons_token(request: ZoneRequest, pk: int) -> HttpResponse:
    """End a token of somebody of the zone, with a reason."""
    tokens = queries.tokens_in(request.zone, "", on=clock.today())
    found = tokens.filter(pk=pk, revoked_at=None).first()
    if found is None:
        raise Http404
    reason, by = request.POST.get("reason", "")[:200], request.user.username
    try:
        actions.revoke_token(token=found, by=by, at=clock.now(), reason=reason)
    except actions.NotRevoked as refused:
        messages.error(request, str(refused))
    else:
        told = {"person": found.user, "name": found.name}
        messages.success(request, _("已吊销%(person)s的令牌“%(name)s”") % told)
    return redirect("people-tokens", zone=request.zone.code)


def _tokens_page(request: ZoneRequest, form: Form, secret: str = "") -> HttpResponse:
    context = {
        "form": form,
        "secret": secret,
        "tokens": queries.tokens_of(request.user, request.zone)[:100],
        "today": clock.today(),
    }
    return render(request, "accounts/tokens.html", context, status=_status(form))


def _membership(request: ZoneRequest, pk: int) -> Any:
    found = queries.membership(request.zone, pk)
    if found is None:
        raise Http404
    return found


def _post(form: RoleForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("role", "department", "since")}


def _person_page(request: ZoneRequest, form: Form, title: str) -> HttpResponse:
    context = {"form": form, "title": title}
    return render(request, "accounts/person.html", context, status=_status(form))


def _status(form: Form) -> int:
    return 400 if form.errors else 200


def _pages(page: Page, text: str) -> Pages:
    def link(number: int) -> str:
        return "?" + urlencode({"q": text, "page": number})

    return Pages(
        first=page.start_index(),
        last=page.end_index(),
        total=page.paginator.count,
        previous_url=link(page.previous_page_number()) if page.has_previous() else "",
        next_url=link(page.next_page_number()) if page.has_next() else "",
    )
