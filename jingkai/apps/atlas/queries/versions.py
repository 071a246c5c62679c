"""The version of a layer's data: a text that is another after every change of what it shows."""

import hashlib
from typing import Any

from django.db.models import Count, F, Max, Sum

from jingkai.apps.accounts import scope
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.models import Change

from ..tiles import Kept
from .catalogue import Seen

_VERSIONS: Kept[str] = Kept(512)


def version(seen: Seen) -> str:
    """
    Return the version of what the layer shows to whoever asks.

    It is counted anew when the trail of one of its zones has grown: nothing changes without it.
    """
    heads = tuple(trail.head(code).hash for code in seen.zones)
    name = identity(seen)
    return _VERSIONS.get((name, heads), lambda: _counted(seen, name))


def identity(seen: Seen) -> tuple[Any, ...]:
    """Return what two people have in common who see the same of the layer, whatever the day."""
    is_sealed = scope.present_seal() is not None
    return (seen.layer.name, seen.is_public, seen.columns, is_sealed, *seen.zones)


def _counted(seen: Seen, name: tuple[Any, ...]) -> str:
    """
    Return a digest of the last change of such a record, and of which rows there are.

    The rows are counted besides because what leads to a record may seal it: then it leaves, or
    comes back, with no change of its own.
    """
    changes = Change.objects.filter(kind=seen.layer.kind).order_by("-pk")
    last = changes.values_list("pk", "event__hash").first()
    counted = seen.rows().aggregate(
        rows=Count("pk"),
        newest=Max("pk"),
        keys=Sum("pk"),
        versions=Sum("version"),
        both=Sum(F("pk") * F("version")),
    )
    told = repr((name, last, sorted(counted.items())))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
