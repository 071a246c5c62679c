"""Figures that must add up: 14 signed = 6 started + 8 yet to start."""

from collections.abc import Mapping
from dataclasses import dataclass

from .definitions import Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """
    The parts do not make the whole; ``difference`` is whole minus parts.

    Where figures are not on record nobody can say: they are in ``missing``, and there is no
    difference.
    """

    whole: str
    parts: tuple[str, ...]
    difference: Number | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partition:
    """The codes of a whole and of the parts that make it up."""

    whole: str
    parts: tuple[str, ...]

    def check(self, values: Mapping[str, Number | None]) -> Discrepancy | None:
        """Return what does not add up, None when the parts make the whole exactly."""
        known = {code: value for code, value in values.items() if value is not None}
        missing = tuple(code for code in (self.whole, *self.parts) if code not in known)
        if missing:
            return Discrepancy(
                whole=self.whole, parts=self.parts, difference=None, missing=missing
            )
        difference = known[self.whole] - sum(known[part] for part in self.parts)
        if difference == 0:
            return None
        return Discrepancy(whole=self.whole, parts=self.parts, difference=difference)
