"""The demonstration zone answers its year as it was published; zones of any size load as well."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.audit import queries as trail
from jingkai.apps.registers import queries as registers
from jingkai.apps.reporting import queries as reporting
from jingkai.apps.reuse.models import Appraisal
from jingkai.demo import plan, story

PUBLISHED = {
    "visits": 152,
    "negotiations": 206,
    "signings": 14,
    "signed_and_started": 6,
    "signed_to_start": 8,
    "mature_leads": 9,
}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Return the demonstration zone, loaded once for the tests that only look at it."""
    at_its_end = override_settings(CLOCK="2024-12-31T09:00:00+08:00")
    with django_db_blocker.unblock(), at_its_end, transaction.atomic():
        call_command("demo")
        yield accounts.zone("gangcheng")
        transaction.set_rollback(True)


def figures(zone: Any) -> dict[str, Any]:
    with scope.zones(zone.pk):
        period = reporting.to_date(2024, date(2024, 12, 31))
        found = reporting.readings(period, list(PUBLISHED))
    return {code: standing.reading.value for code, standing in found.items()}


def test_its_figures_are_those_of_the_year_that_was_published(demo: Any) -> None:
    assert figures(demo) == PUBLISHED


def test_its_parcels_are_judged_by_a_standard_of_its_own(demo: Any) -> None:
    with scope.zones(demo.pk):
        verdicts = Counter(Appraisal.objects.values_list("verdict", flat=True))

    assert min(verdicts[verdict] for verdict in Appraisal.Verdict) >= 10


def test_every_record_says_that_it_is_a_demonstration(demo: Any) -> None:
    with scope.zones(demo.pk):
        silent = [
            register.kind
            for register in registers.registers().values()
            if register.model.objects.exclude(source__contains="示范").exists()
        ]

    assert silent == []


def test_loading_it_twice_is_loading_it_once(demo: Any) -> None:
    before = trail.head(demo.code)

    call_command("demo")

    assert trail.head(demo.code) == before


def test_its_trail_is_whole(demo: Any) -> None:
    assert trail.verify(demo.code).ok


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_zone_of_any_size_is_the_same_for_the_same_seed() -> None:
    call_command("seed", zones=2, scale=12, seed=3)

    first, second = (accounts.zone(f"seed3-{number}") for number in (1, 2))
    assert _leads(first) != _leads(second)
    assert _leads(first) == _told(first)


def _leads(zone: Any) -> list[tuple[str, date]]:
    register = registers.find("leads")
    assert register is not None
    with scope.zones(zone.pk):
        return sorted(register.model.objects.values_list("code", "found_on"))


def _told(zone: Any) -> list[tuple[str, date]]:

    tell: Callable[..., dict[str, list[dict[str, Any]]]] = story.tell
    rows = tell(plan.scaled(12), prefix=f"{zone.code}-", seed=3_001)
    return sorted((row["code"], row["found_on"]) for row in rows["leads"])
