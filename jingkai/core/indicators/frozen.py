"""What was reported against what is true now, record by record."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from .definitions import Number

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Change:
    """A record's contribution before and after; None: it had no value on record."""

    before: Number | None
    after: Number | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Generic[K]):
    """
    Which records came, went or changed since a figure was frozen.

    Of a count or a sum, the frozen value plus ``delta`` is the value now.
    """

    added: Mapping[K, Number | None]
    removed: Mapping[K, Number | None]
    changed: Mapping[K, Change]
    delta: Number

    def __bool__(self) -> bool:
        """Return whether anything differs."""
        return bool(self.added or self.removed or self.changed)


def difference(frozen: Mapping[K, Number | None], now: Mapping[K, Number | None]) -> Difference[K]:
    """Return what differs between the contributions of the records then and now."""
    return Difference(
        added={key: value for key, value in now.items() if key not in frozen},
        removed={key: value for key, value in frozen.items() if key not in now},
        changed={
            key: Change(before, now[key])
            for key, before in frozen.items()
            if key in now and now[key] != before
        },
        delta=total(now) - total(frozen),
    )


def total(contributions: Mapping[K, Number | None]) -> Number:
    """Return the sum of the contributions that are on record."""
    return sum(value for value in contributions.values() if value is not None)
