"""Rules as dated data: which version of a law, a table or a scorecard was in force on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Version(Protocol):
    """Anything in force from a day until, not including, another; None has no end."""

    @property
    def effective_from(self) -> date:
        """Return the first day in force."""

    @property
    def effective_to(self) -> date | None:
        """Return the first day no longer in force, None while there is none on record."""


V = TypeVar("V", bound=Version)


class NoneInForce(LookupError):
    """No version was in force on that day."""


class SeveralInForce(LookupError):
    """The periods of two versions overlap, so that a day has no single answer."""


def is_in_force(version: Version, *, on: date) -> bool:
    """Return whether the version applies on the given day."""
    has_ended = version.effective_to is not None and on >= version.effective_to
    return version.effective_from <= on and not has_ended


def in_force(versions: Iterable[V], *, on: date) -> V:
    """
    Return the one version that applies on the given day.

    :raises NoneInForce: if none does
    :raises SeveralInForce: if more than one does
    """
    found = [version for version in versions if is_in_force(version, on=on)]
    if not found:
        raise NoneInForce(f"no version was in force on {on}")
    if len(found) > 1:
        raise SeveralInForce(f"{len(found)} versions claim to be in force on {on}")
    return found[0]
