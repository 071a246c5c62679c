"""Log-in, the choice of a zone, the language, and the table of roles."""

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.i18n import set_language

from jingkai.web import clock

from . import access, queries
from .access import ZoneRequest
from .roles import PERMISSION_LABELS, ROLE_LABELS, ROLE_PERMISSIONS, Permission


class _LogIn(LoginView):
    """The log-in page; a demonstration shows its accounts."""

    redirect_authenticated_user = True

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
