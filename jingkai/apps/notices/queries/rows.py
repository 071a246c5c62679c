"""A person's notices in the zones in scope, and how they want them."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone, beside_unsealed

from ..models import Notice, Preference, Way

COUNTED = 99  # the bell counts no further
KINDS: dict[str, tuple[Promise, str]] = settings.NOTICE_KINDS


def of_person(to: str, permissions: Iterable[str]) -> QuerySet[Notice]:
    """Return what the person was told and may still read, newest first."""
    found = Notice.objects.filter(to=to, permission__in=["", *permissions])
    return found.order_by("-id")


def unread(to: str, permissions: Iterable[str], *, kind: str = "") -> QuerySet[Notice]:
    """Return what the person has not read yet, of one kind or of all."""
    found = of_person(to, permissions).filter(read_at=None)
    return found.filter(kind=kind) if kind else found


def unread_count(to: str, permissions: Iterable[str]) -> int:
    """
    Return how many notices wait, COUNTED + 1 for more than that.

    Every page asks: mostly none waits, and then nobody need know which records are sealed.
    """
    is_sealed = scope.present_seal() is not None
    with scope.unsealed():
        waiting = unread(to, permissions).order_by()
        if not is_sealed:
            return waiting[: COUNTED + 1].count()
        about = list(waiting.values_list("about", flat=True)[: COUNTED + 1])
    kinds = {text.partition(":")[0] for text in about} if len(about) <= COUNTED else None
    return beside_unsealed(waiting, "about", kinds=kinds)[: COUNTED + 1].count() if about else 0


def find(pk: int, to: str, permissions: Iterable[str]) -> Notice | None:
    """Return one of the person's notices."""
    return of_person(to, permissions).select_related("zone").filter(pk=pk).first()


def preference(zone: Zone, person: str) -> Preference:
    """Return how the person wants to be told, the usual way where they never said."""
    found = Preference.everywhere.filter(zone=zone, person=person).first()
    return found or Preference(zone=zone, person=person)


def way_of(preference: Preference, kind: str) -> Way:
    """Return the way of one kind of notice, the kind's usual one where none was chosen."""
    return Way(preference.ways.get(kind) or KINDS[kind][1])


def kind_label(kind: str) -> str:
    """Return what the kind is called; one that the settings no longer name keeps its code."""
    return str(KINDS[kind][0]) if kind in KINDS else kind
