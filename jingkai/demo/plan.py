"""How much happens in each year of a demonstration zone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """
    The counts of one year.

    ``started`` of the year's formal ``signings`` start in the same year; ``later_starts`` of the
    year before's start in this one; ``mature`` leads lie in the library at its end.
    """

    year: int
    inbound: int
    outbound: int
    negotiations: int
    leads: int
    signings: int
    started: int
    later_starts: int
    frameworks: int
    mature: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LandPlan:
    """How many parcels the zone has, and how many plants stand on them."""

    parcels: int
    plants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonePlan:
    """What a demonstration zone shows: its years, one after the other, and its land."""

    years: tuple[YearPlan, ...]
    land: LandPlan


# 钢城经济开发区 in 2024, as that zone published its year: over 150 visiting delegations, over 200
# negotiations, 14 signings of which 6 started and 8 to start, 9 mature leads in the library. The
# year before is invented, so that comparisons have something to compare with.
GANGCHENG = ZonePlan(
    land=LandPlan(parcels=300, plants=120),
    years=(
        YearPlan(
            year=2023,
            inbound=127,
            outbound=38,
            negotiations=171,
            leads=58,
            signings=11,
            started=4,
            later_starts=0,
            frameworks=2,
            mature=0,
        ),
        YearPlan(
            year=2024,
            inbound=152,
            outbound=46,
            negotiations=206,
            leads=72,
            signings=14,
            started=6,
            later_starts=4,
            frameworks=3,
            mature=9,
        ),
    ),
)


def scaled(scale: int) -> ZonePlan:
    """Return two years and the land of a zone with about so many enterprises."""
    parcels = min(GANGCHENG.land.parcels, max(14, scale))
    land = LandPlan(parcels=parcels, plants=parcels * 2 // 5)
    return ZonePlan(years=_years(scale), land=land)


def _years(scale: int) -> tuple[YearPlan, ...]:
    signings = max(2, scale // 8)
    return tuple(
        YearPlan(
            year=year,
            inbound=max(4, scale),
            outbound=max(2, scale // 4),
            negotiations=max(4, scale * 4 // 3),
            leads=max(signings * 3, scale // 2),
            signings=signings,
            started=signings * 2 // 5,
            later_starts=signings // 4 if year == 2024 else 0,
            frameworks=max(1, signings // 5),
            mature=max(1, signings * 2 // 3) if year == 2024 else 0,
        )
        for year in (2023, 2024)
    )
