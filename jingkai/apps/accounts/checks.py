"""The start-up checks behind the walls, and the list of every URL."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.urls import URLPattern, URLResolver, get_resolver

from . import wall
from .access import Rule, rule_of


@dataclass(frozen=True, slots=True)
class Route:
    """One URL pattern with the rule its view declares."""

    path: str
    name: str
    rule: Rule | None


def routes(
    resolver: URLResolver | None = None, above: str = "", space: str = ""
) -> Iterator[Route]:
    """Return every URL pattern of the product."""
    found = resolver or get_resolver()
    for entry in found.url_patterns:
        path = above + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, path, inner)
        elif isinstance(entry, URLPattern):
            yield Route(path, f"{space}{entry.name or ''}", rule_of(entry.callback))


def every_view_declares_its_access(**_options: Any) -> list[CheckMessage]:
    """Return an error for each URL whose view declares no access rule."""
    return [
        Error(
            f"/{route.path} ({route.name}) 未声明访问规则 / declares no access rule",
            hint="Decorate the view with access.page, access.verb, access.form or access.public.",
            id="accounts.E001",
        )
        for route in routes()
        if route.rule is None
    ]


def the_database_user_obeys_the_wall(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Return a warning where PostgreSQL shows every zone's rows to whom we connect as."""
    if not databases or not wall.is_passed_by():
        return []
    return [
        Caution(
            "数据库用户是超级用户，行级安全对其无效 / the database user is a superuser,"
            " whom row-level security does not hold",
            hint="Connect as the plain owner of the database, or add ?assume_role=… to"
            " DATABASE_URL.",
            id="accounts.W001",
        )
    ]
