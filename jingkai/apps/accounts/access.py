"""
Who may call a page: declared on the view itself, checked in one place.

A view without a rule does not start (``checks``); the rules are enforced by
``middleware.AccessControl`` and printed by ``jingkai urls``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from .models import Membership, User, Zone
from .roles import Permission, Role

View: TypeAlias = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    What a request needs: its method, a log-in, all the permissions in its path's zone.

    ``writes`` are needed besides by a method that changes something. Where ``is_api`` holds, a
    refusal is told as JSON and nobody is led to the log-in page.
    """

    methods: frozenset[str]
    permissions: frozenset[Permission] = frozenset()
    writes: frozenset[Permission] = frozenset()
    signed_in: bool = True
    is_api: bool = False

    def __str__(self) -> str:
        if self.writes:
            return f"{_together(self.permissions)}, write: {_together(self.writes)}"
        if self.permissions:
            return _together(self.permissions)
        return "signed-in" if self.signed_in else "public"

    def needs(self, method: str | None) -> frozenset[Permission]:
        """Return the permissions that a request by this method needs."""
        return self.permissions if method in GET else self.permissions | self.writes


class ZoneRequest(HttpRequest):
    """A request inside a zone, for annotations; see ``middleware.AccessControl``."""

    user: User
    zone: Zone
    memberships: list[Membership]
    roles: frozenset[Role]
    permissions: frozenset[Permission]


GET = frozenset({"GET", "HEAD"})
POST = frozenset({"POST"})


def page(*permissions: Permission) -> Callable[[View], View]:
    """Declare a page that is read with GET by those who hold the permissions."""
    return _declare(Rule(methods=GET, permissions=frozenset(permissions)))


def verb(*permissions: Permission) -> Callable[[View], View]:
    """Declare a write that is done with POST by those who hold the permissions."""
    return _declare(Rule(methods=POST, permissions=frozenset(permissions)))


def form(*permissions: Permission) -> Callable[[View], View]:
    """Declare a page with a form that posts to itself."""
    return _declare(Rule(methods=GET | POST, permissions=frozenset(permissions)))


def public(*, methods: frozenset[str] = GET) -> Callable[[View], View]:
    """Declare a view that needs no log-in."""
    return _declare(Rule(methods=methods, signed_in=False))


def api(
    *methods: str, read: Iterable[Permission] = (), write: Iterable[Permission] = ()
) -> Callable[[View], View]:
    """Declare an address of the API: what reading it needs, and what a write needs besides."""
    return _declare(
        Rule(
            methods=frozenset(methods),
            permissions=frozenset(read),
            writes=frozenset(write),
            is_api=True,
        )
    )


def rule_of(view: Any) -> Rule | None:
    """Return the view's declared rule; None means that it must not be served."""
    return getattr(view, "access_rule", None)


def _together(permissions: Iterable[Permission]) -> str:
    return "+".join(sorted(permissions))


def _declare(rule: Rule) -> Callable[[View], View]:
    def declared(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return declared
