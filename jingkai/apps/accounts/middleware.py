"""The request's id and log context, and the one place that enforces access rules."""

import uuid
from collections.abc import Callable
from contextvars import Token
from typing import Any, TypeAlias

import structlog
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from jingkai.web import answers, clock

from . import actions, queries, scope, wall
from .access import GET, Rule, rule_of
from .models import AccessToken, Zone
from .roles import Permission

Answer: TypeAlias = Callable[[HttpRequest], HttpResponse]


class RequestContext:
    """Gives each request an id that its log lines, audit events and error page share."""

    def __init__(self, get_response: Answer) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the request's id bound."""
        request_id = uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class AccessControl:
    """
    Enforces every view's declared rule and enters the zone of the path.

    Another zone's path answers 404, the same as a zone that does not exist; a missing permission
    in one's own zone answers 403. Rights are read anew at each request.
    """

    def __init__(self, get_response: Answer) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, leaving the zone's scope again however the view ends."""
        request.scope_token = request.seal_token = None  # type: ignore[attr-defined]
        wall.confine(())
        try:
            return self.get_response(request)
        finally:
            token: Token[frozenset[int] | None] | None = request.scope_token  # type: ignore[attr-defined]
            if token is not None:
                scope.leave(token)
            sealed: Token[scope.Seal | None] | None = request.seal_token  # type: ignore[attr-defined]
            if sealed is not None:
                scope.unseal(sealed)
            wall.release()

    def process_view(
        self, request: Any, view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the request through to its view, or answer in its place."""
        rule = rule_of(view)
        if rule is None:
            raise PermissionDenied
        if rule.is_api:
            _take_token(request)
        if rule.signed_in and not request.user.is_authenticated:
            return answers.problem(401) if rule.is_api else _to_login(request)
        if "zone" in kwargs:
            self._enter_zone(request, kwargs.pop("zone"))
        return _refusal(request, rule)

    def _enter_zone(self, request: Any, code: str) -> None:
        memberships = queries.memberships(request.user, on=clock.today())
        zone = queries.zone_entered(code, memberships)
        roles = queries.roles_among(memberships, zone) if zone else frozenset()
        if zone is None or not roles or not _is_for(request, zone):
            raise Http404
        request.zone = zone
        request.memberships = memberships
        request.roles = roles
        request.permissions = queries.permissions(roles)
        inside = [zone] if queries.is_leaf(zone) else queries.zones_below(zone)
        zone_ids = [found.pk for found in inside]
        wall.confine(zone_ids)
        request.scope_token = scope.enter(zone_ids)
        if Permission.READ_SENSITIVE not in request.permissions:
            request.seal_token = scope.seal(request.user.get_username())


def _take_token(request: Any) -> None:
    """Let a program act as the person whose token it shows; a wrong one is nobody's."""
    request.token = None
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return
    now = clock.now()
    request.token = queries.token(secret.strip(), on=timezone.localdate(now))
    request.user = request.token.user if request.token else AnonymousUser()
    if request.token and request.token.used_on != timezone.localdate(now):
        actions.note_token_use(token=request.token, at=now)


def _is_for(request: Any, zone: Zone) -> bool:
    token: AccessToken | None = getattr(request, "token", None)
    return token is None or token.zone_id == zone.pk


def _refusal(request: Any, rule: Rule) -> HttpResponse | None:
    token: AccessToken | None = getattr(request, "token", None)
    if token and not token.may_write and request.method in rule.methods - GET:
        raise PermissionDenied
    if not rule.needs(request.method) <= getattr(request, "permissions", frozenset()):
        raise PermissionDenied
    if request.method not in rule.methods:
        return _method_not_allowed(rule)
    return None


def _method_not_allowed(rule: Rule) -> HttpResponse:
    if not rule.is_api:
        return HttpResponseNotAllowed(sorted(rule.methods))
    answer = answers.problem(405)
    answer["Allow"] = ", ".join(sorted(rule.methods))
    return answer


def _to_login(request: HttpRequest) -> HttpResponse:
    return redirect_to_login(request.get_full_path())
