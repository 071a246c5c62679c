"""Who may see which zone, and do what there."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from jingkai.web.parts import Todo

from . import scope
from .models import AccessToken, Department, Membership, User, Zone
from .roles import ROLE_LABELS, ROLE_PERMISSIONS, Permission, Role

SYSTEM = "system"  # who acts in a command

# What reads to-dos of one kind for a person in a zone on a day, and who may do them.
TodoReader: TypeAlias = tuple[Permission, Callable[[Zone, User, date], Iterable[Todo]]]


def memberships(user: User, *, on: date) -> list[Membership]:
    """Return what the person is, and where, on the day."""
    current = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    found = Membership.objects.filter(current, user=user, valid_from__lte=on)
    return list(found.select_related("zone__parent").order_by("zone__code", "id"))


def zones_below(zone: Zone) -> list[Zone]:
    """Return the zone and, for a city or province, everything rolled up in it."""
    found = [zone]
    level = [zone]
    while level := list(Zone.objects.filter(parent__in=level).order_by("code")):
        found += level
    return found


def zones_of(user: User, *, on: date) -> list[Zone]:
    """Return the zones that the person may enter, each once, by code."""
    return zones_among(memberships(user, on=on))


def zones_among(held: Iterable[Membership]) -> list[Zone]:
    """Return the zones that the memberships open, each once, by code."""
    found: dict[int, Zone] = {}
    for membership in held:
        below = [membership.zone] if is_leaf(membership.zone) else zones_below(membership.zone)
        found.update({zone.pk: zone for zone in below})
    return sorted(found.values(), key=lambda zone: zone.code)


def roles_in(user: User, zone: Zone, *, on: date) -> frozenset[Role]:
    """Return the person's roles in the zone, those held in a city or province above included."""
    return roles_among(memberships(user, on=on), zone)


def roles_among(held: Iterable[Membership], zone: Zone) -> frozenset[Role]:
    """Return the roles that the memberships give in the zone."""
    above = {zone.pk}
    upper = zone.parent
    while upper is not None:
        above.add(upper.pk)
        upper = upper.parent
    return frozenset(Role(membership.role) for membership in held if membership.zone_id in above)


def permissions(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything that the roles together may do."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))


def todos(readers: Iterable[TodoReader], *, user: User, on: date) -> list[Todo]:
    """Return what the readers find of what the person may do in the zones in scope, by its day."""
    held, asked = memberships(user, on=on), list(readers)
    found: list[Todo] = []
    for zone in Zone.objects.filter(pk__in=scope.current()).select_related("parent"):
        allowed = permissions(roles_among(held, zone))
        for permission, read in asked:
            if permission in allowed:
                found += read(zone, user, on)
    return sorted(found, key=lambda todo: (todo.due_on is None, todo.due_on or on, todo.title))


def zone(code: str) -> Zone | None:
    """Return the zone of that code."""
    return Zone.objects.select_related("parent").filter(code=code).first()


def zone_entered(code: str, held: Iterable[Membership]) -> Zone | None:
    """Return the zone of that code; asked of the database only where none of those held is it."""
    among = (membership.zone for membership in held if membership.zone.code == code)
    return next(among, None) or zone(code)


def token(secret: str, *, on: date) -> AccessToken | None:
    """Return the token of that secret, where it is good on the day and its person is active."""
    found = AccessToken.objects.filter(
        digest=digest(secret), revoked_at=None, valid_until__gt=on, user__is_active=True
    )
    return found.select_related("user").first()


def digest(secret: str) -> str:
    """Return what is kept of a token's secret: it is random, so that a plain digest hides it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def tokens_of(user: User, zone: Zone) -> QuerySet[AccessToken]:
    """Return the person's tokens in the zone, the newest first."""
    return AccessToken.objects.filter(user=user, zone=zone).order_by("-id")


def tokens_in(zone: Zone, text: str, *, on: date) -> QuerySet[AccessToken]:
    """
    Return everybody's tokens in the zone, those that were not revoked first, then the newest.

    Of those whose person's name, log-in or purpose has the text. ``serves``: whether the person
    may still enter the zone on the day; nobody else's token opens it.
    """
    current = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    held = Membership.objects.filter(
        current, user=OuterRef("user"), zone=zone, valid_from__lte=on, user__is_active=True
    )
    found = AccessToken.objects.filter(zone=zone).select_related("user", "zone")
    if text:
        person = Q(user__name__icontains=text) | Q(user__username__icontains=text)
        found = found.filter(person | Q(name__icontains=text))
    order = (F("revoked_at").asc(nulls_first=True), "-id")
    return found.annotate(serves=Exists(held)).order_by(*order)


def is_leaf(zone: Zone) -> bool:
    """Return whether records can be written here: a city or province only sees its zones'."""
    return zone.level == Zone.Level.ZONE


def person(username: str) -> User | None:
    """Return the person with that log-in."""
    return User.objects.filter(username=username).first()


def people_of(zone: Zone, *, on: date) -> QuerySet[User]:
    """Return the active people with a role in the zone on the day, by name."""
    current = Q(memberships__valid_until__isnull=True) | Q(memberships__valid_until__gt=on)
    return (
        User.objects.filter(
            current, is_active=True, memberships__zone=zone, memberships__valid_from__lte=on
        )
        .distinct()
        .order_by("name", "id")
    )


def everybody_of(zone: Zone) -> QuerySet[User]:
    """Return everybody who has or had a role in the zone, by name."""
    return User.objects.filter(memberships__zone=zone).distinct().order_by("name", "id")


def departments() -> QuerySet[Department]:
    """Return the departments of the zones in scope, by code."""
    return Department.objects.order_by("code", "id")


def demonstration_people() -> QuerySet[User]:
    """Return the log-ins that the demonstration offers, in the order they were made."""
    return User.objects.filter(is_demonstration=True, is_active=True).order_by("id")


def demonstration_logins(*, on: date) -> list[dict[str, str]]:
    """Return what the log-in page shows of the first zone's demonstration people."""
    found: list[dict[str, str]] = []
    for user in demonstration_people()[:20]:
        held = memberships(user, on=on)
        if held and held[0].zone.is_demonstration:
            found.append(
                {
                    "username": user.username,
                    "name": user.name,
                    "role": str(ROLE_LABELS[Role(held[0].role)]),
                    "password": settings.DEMONSTRATION_PASSWORD,
                }
            )
    return found


def names(usernames: Iterable[str]) -> dict[str, str]:
    """Return a name for each log-in: the person's, or the log-in of one who is gone."""
    logins = set(usernames)
    known = User.objects.filter(username__in=logins).values_list("username", "name")
    return {login: login for login in logins} | dict(known)


def authors(usernames: Iterable[str]) -> dict[str, str]:
    """Return how a record's history names those who wrote it; commands import as the system."""
    return names(usernames) | {SYSTEM: _("系统导入")}


def memberships_in(zone: Zone, text: str) -> QuerySet[Membership]:
    """Return who is or was what in the zone, those whose name or log-in has the text."""
    found = Membership.objects.filter(zone=zone).select_related("user", "department")
    if text:
        found = found.filter(Q(user__name__icontains=text) | Q(user__username__icontains=text))
    return found.order_by("user__name", "user_id", "-valid_from", "id")


def membership(zone: Zone, pk: int) -> Membership | None:
    """Return one person's role in the zone."""
    found = Membership.objects.filter(zone=zone, pk=pk)
    return found.select_related("user", "zone").first()
