"""
Areas of parcels: what a split or a merger must add up to, and how far two measurements differ.

The registered area governs (不动产权证书); an area computed from an outline is shown beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from jingkai.core import units


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """
    How far areas may differ before a reason is asked, from a day until, not including, another.

    A difference is tolerated when it is within ``m2`` or within ``share`` of the first area.
    """

    effective_from: date
    effective_to: date | None = None
    basis: str
    m2: Decimal
    share: Fraction


TOLERANCES = (
    Tolerance(
        effective_from=date(2000, 1, 1),
        basis="系统默认，非法定：分割合并前后相差不超过1平方米，或图形面积与证载面积相差不超过1%",
        m2=Decimal(1),
        share=Fraction(1, 100),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """
    Two areas and their difference: the second less the first.

    ``agrees``: they differ by no more than is tolerated, None where they can't be compared.
    ``share`` is of the first. ``missing`` are the positions of parts without an area, by side.
    """

    agrees: bool | None
    before_m2: Decimal | None = None
    after_m2: Decimal | None = None
    difference_m2: Decimal | None = None
    share: Fraction | None = None
    missing_before: tuple[int, ...] = ()
    missing_after: tuple[int, ...] = ()

    @property
    def difference_mu(self) -> Fraction | None:
        """Return the difference in 亩, exactly."""
        return None if self.difference_m2 is None else units.mu_from_m2(self.difference_m2)

    @property
    def needs_reason(self) -> bool:
        """Return whether the areas differ by more than is tolerated, or can't be compared."""
        return self.agrees is not True


def reconcile(
    before: Sequence[Decimal | None],
    after: Sequence[Decimal | None],
    *,
    tolerance: Tolerance = TOLERANCES[-1],
) -> Reconciliation:
    """
    Return whether the parcels after a split or a merger add up to those before it, in m².

    Only a whole that is on record in every part can be compared; nothing stands in for a gap.
    Of a split and a merger just the absolute tolerance counts.
    """
    gaps = _gaps(before), _gaps(after)
    if any(gaps) or not before or not after:
        return Reconciliation(agrees=None, missing_before=gaps[0], missing_after=gaps[1])
    first, second = _sum(before), _sum(after)
    return _compared(first, second, is_tolerated=abs(second - first) <= tolerance.m2)


def compare(
    registered_m2: Decimal | None,
    computed_m2: Decimal | None,
    *,
    tolerance: Tolerance = TOLERANCES[-1],
) -> Reconciliation:
    """Return how the area computed from the outline stands to the registered one, in m²."""
    if registered_m2 is None or computed_m2 is None:
        return Reconciliation(
            agrees=None,
            before_m2=registered_m2,
            after_m2=computed_m2,
            missing_before=_gaps((registered_m2,)),
            missing_after=_gaps((computed_m2,)),
        )
    difference = abs(Fraction(computed_m2) - Fraction(registered_m2))
    allowed = max(Fraction(tolerance.m2), tolerance.share * Fraction(registered_m2))
    return _compared(registered_m2, computed_m2, is_tolerated=difference <= allowed)


def _compared(first: Decimal, second: Decimal, *, is_tolerated: bool) -> Reconciliation:
    return Reconciliation(
        agrees=is_tolerated,
        before_m2=first,
        after_m2=second,
        difference_m2=second - first,
        share=(Fraction(second) - Fraction(first)) / Fraction(first) if first else None,
    )


def _gaps(areas: Sequence[Decimal | None]) -> tuple[int, ...]:
    return tuple(position for position, area in enumerate(areas) if area is None)


def _sum(areas: Sequence[Decimal | None]) -> Decimal:
    return sum((area for area in areas if area is not None), Decimal(0))
