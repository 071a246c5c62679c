"""Where a parcel came from and what became of it: splits and mergers, both ways."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..models import Parcel, ParcelChange, ParcelChangePart

MOST_STEPS = 20  # generations that a page follows
_BEFORE, _AFTER = ParcelChangePart.Side.BEFORE, ParcelChangePart.Side.AFTER


@dataclass(slots=True)
class Branch:
    """A parcel in its lineage, with the change that leads on to the parcels below it."""

    parcel: Parcel
    change: ParcelChange | None = None
    branches: list["Branch"] = field(default_factory=list)


def change_from(parcel: Parcel) -> ParcelChange | None:
    """Return the split or merger that made the parcel."""
    return _change(parcel, _AFTER)


def change_to(parcel: Parcel) -> ParcelChange | None:
    """Return the split or merger that retired the parcel."""
    return _change(parcel, _BEFORE)


def first_made(change: ParcelChange) -> Parcel:
    """Return the first parcel that the split or merger made."""
    parts = ParcelChangePart.objects.filter(change=change, side=_AFTER).select_related("parcel")
    return parts.order_by("pk")[0].parcel


def ancestry(parcel: Parcel) -> Branch:
    """Return what the parcel was made of, and that of what."""
    return _followed(parcel, _AFTER, _BEFORE, MOST_STEPS)


def descent(parcel: Parcel) -> Branch:
    """Return what became of the parcel, and of that."""
    return _followed(parcel, _BEFORE, _AFTER, MOST_STEPS)


def _followed(parcel: Parcel, here: str, there: str, steps: int) -> Branch:
    found = _change(parcel, here) if steps else None
    if found is None:
        return Branch(parcel)
    others: Sequence[ParcelChangePart] = list(
        ParcelChangePart.objects.filter(change=found, side=there)
        .select_related("parcel")
        .order_by("pk")
    )
    below = [_followed(part.parcel, here, there, steps - 1) for part in others]
    return Branch(parcel, found, below)


def _change(parcel: Parcel, side: str) -> ParcelChange | None:
    return ParcelChange.objects.filter(parts__parcel=parcel, parts__side=side).first()
