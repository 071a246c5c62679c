"""Sets of values that a subject may have: intervals of numbers, and finite sets or their rest."""

from dataclasses import dataclass
from fractions import Fraction

from jingkai.core.rules.feel.nodes import Sign

INFINITE = float("inf")
End = Fraction | float


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between two ends; ``step`` is the smallest difference where there is one."""

    low: End = -INFINITE
    high: End = INFINITE
    low_open: bool = False
    high_open: bool = False

    def met_with(self, other: "Interval") -> "Interval":
        """Return the numbers in both."""
        low = max((self.low, self.low_open), (other.low, other.low_open))
        high = min((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low[0], high[0], low[1], not high[1])

    @property
    def is_empty(self) -> bool:
        """Return whether no number is left."""
        if self.low == self.high:
            return self.low_open or self.high_open
        return self.low > self.high

    def holds(self, other: "Interval") -> bool:
        """Return whether every number of the other is in this one."""
        return self.met_with(other) == other

    def on_grid(self, decimals: int | None) -> "Interval":
        """Return the same numbers of so many places with closed ends, for a plain item."""
        if decimals is None:
            return self
        scale = 10**decimals
        low, high = self.low, self.high
        if isinstance(low, Fraction):
            above = low * scale
            low = Fraction(above // 1 + 1 if self.low_open else -(-above // 1), scale)
        if isinstance(high, Fraction):
            below = high * scale
            high = Fraction(-(-below // 1) - 1 if self.high_open else below // 1, scale)
        return Interval(low, high)


def compared(sign: Sign, end: Fraction) -> Interval | None:
    """Return the numbers for which a comparison holds; None for unequal, which is no interval."""
    match sign:
        case Sign.EQUAL:
            return Interval(end, end)
        case Sign.LESS:
            return Interval(high=end, high_open=True)
        case Sign.AT_MOST:
            return Interval(high=end)
        case Sign.GREATER:
            return Interval(low=end, low_open=True)
        case Sign.AT_LEAST:
            return Interval(low=end)
    return None


@dataclass(frozen=True, slots=True)
class Choices:
    """Some of all values (``of``, None while they are open), or all but some."""

    values: frozenset[object]
    others: bool = False  # True: all values but these
    of: frozenset[object] | None = None

    def met_with(self, other: "Choices") -> "Choices":
        """Return the values in both."""
        every = self.of or other.of
        if self.others and other.others:
            return Choices(self.values | other.values, others=True, of=every)
        if self.others:
            return Choices(other.values - self.values, of=every)
        if other.others:
            return Choices(self.values - other.values, of=every)
        return Choices(self.values & other.values, of=every)

    @property
    def is_empty(self) -> bool:
        """Return whether no value is left."""
        if self.others:
            return self.of is not None and self.of <= self.values
        return not self.values if self.of is None else not self.values & self.of


Domain = Interval | Choices


def intersection(one: Domain, other: Domain) -> Domain | None:
    """Return the values in both, None where the two can't be compared."""
    if isinstance(one, Interval) and isinstance(other, Interval):
        return one.met_with(other)
    if isinstance(one, Choices) and isinstance(other, Choices):
        return one.met_with(other)
    return None
