"""Who may read what: asked anew each time, since rights end."""

from datetime import date

from django.db.models import Q, QuerySet

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import Membership, User, Zone
from jingkai.apps.accounts.roles import ROLE_PERMISSIONS, Permission


def readers(zone: Zone, permission: str, *, on: date) -> QuerySet[User]:
    """Return the active people whose role in the zone, or above it, gives the permission."""
    roles = [
        role for role, held in ROLE_PERMISSIONS.items() if not permission or permission in held
    ]
    current = Q(valid_until__isnull=True) | Q(valid_until__gt=on)
    held = Membership.objects.filter(
        current, zone__in=_with_those_above(zone), role__in=roles, valid_from__lte=on
    )
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "id")


def may_read(username: str, zone: Zone, permission: str, *, on: date) -> bool:
    """Return whether the person may read what needs the permission in the zone."""
    return readers(zone, permission, on=on).filter(username=username).exists()


def permissions_of(person: User, zone: Zone, *, on: date) -> frozenset[Permission]:
    """Return everything that the person may do in the zone."""
    return accounts.permissions(accounts.roles_in(person, zone, on=on))


def _with_those_above(zone: Zone) -> list[Zone]:
    found, upper = [zone], zone.parent
    while upper is not None:
        found.append(upper)
        upper = upper.parent
    return found
