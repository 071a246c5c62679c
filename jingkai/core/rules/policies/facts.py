"""What is on record of one enterprise, with where each value comes from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Plain = bool | int | Decimal | str | date | None
Key = tuple[str, int | None]  # the item's name, and the calendar year; None for an item without


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value from one source. ``None`` is not on record; 0 and False are values."""

    value: Plain
    unit: str = ""
    source: str = ""
    observed_on: date | None = None


class Facts:
    """
    The facts of an enterprise; several sources may say different things of the same item.

    ``precedence`` lists sources, the most trusted first; one that it doesn't list comes after
    all of them. Within a source the latest observation counts. Nothing is overwritten: what was
    not chosen is found by :meth:`conflicts`.
    """

    def __init__(
        self,
        known: Mapping[Key, Fact | Sequence[Fact]],
        *,
        precedence: Iterable[str] = (),
    ) -> None:
        self._ranks = {source: rank for rank, source in enumerate(precedence)}
        self._known = {
            key: sorted(self._on_record(given), key=self._trust) for key, given in known.items()
        }

    def fact(self, name: str, year: int | None = None) -> Fact | None:
        """Return the fact that counts, None when nothing is on record."""
        found = self._known.get((name, year))
        return found[0] if found else None

    def conflicts(self, name: str, year: int | None = None) -> tuple[Fact, ...]:
        """Return the facts that say otherwise than the one that counts."""
        found = self._known.get((name, year), [])
        return tuple(fact for fact in found[1:] if _said(fact) != _said(found[0]))

    def keys(self) -> Iterable[Key]:
        """Return the items and years with something on record."""
        return [key for key, found in self._known.items() if found]

    @staticmethod
    def _on_record(given: Fact | Sequence[Fact]) -> list[Fact]:
        several = [given] if isinstance(given, Fact) else given
        return [fact for fact in several if fact.value is not None]

    def _trust(self, fact: Fact) -> tuple[int, int]:
        observed = fact.observed_on.toordinal() if fact.observed_on else 0
        return self._ranks.get(fact.source, len(self._ranks)), -observed


def _said(fact: Fact) -> tuple[Plain, str]:
    return fact.value, fact.unit
