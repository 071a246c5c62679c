"""The drawer of filters says how many rows each choice would leave."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers import filters, kinds, queries
from jingkai.apps.registers.declaration import Column, Register
from tests.environment import rounds

LIST = "/z/home/visits/"
DIRECTIONS = ("inbound", "outbound")
LEVELS = ("", "provincial", "municipal")
SEEN = (None, True, False)
ROWS = st.tuples(st.sampled_from(DIRECTIONS), st.sampled_from(LEVELS), st.sampled_from(SEEN))


@pytest.fixture
def wide(visits: Register) -> Register:
    """Return the register with a yes-or-no field of the zone's own."""
    name = "x1_yes"
    own = Column(
        name,
        label=name,
        kind=kinds.custom.kind_of(name),
        expression=kinds.custom.expression(name),
        custom=True,
    )
    return replace(visits, columns=(*visits.columns, own))


@pytest.fixture
def store(visits: Register, inside: Zone, clock: datetime) -> Callable[..., None]:
    """Return a function that stores visits."""
    kept = {"zone": inside, "recorded_at": clock, "changed_at": clock, "visited_on": clock.date()}

    def stored(rows: list[tuple[str, str, bool | None]]) -> None:
        visits.model.everywhere.bulk_create(
            visits.model(
                **kept,
                code=f"LF-{number}",
                direction=direction,
                level=level,
                custom={} if seen is None else {"x1_yes": seen},
            )
            for number, (direction, level, seen) in enumerate(rows)
        )

    return stored


@settings(
    max_examples=rounds(15, 300), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(ROWS, max_size=12),
    direction=st.sets(st.sampled_from(DIRECTIONS)),
    seen=st.sampled_from(["", "是", "否"]),
)
def test_a_count_is_what_choosing_it_alone_in_its_column_would_leave(
    rows: list[Any],
    direction: set[str],
    seen: str,
    wide: Register,
    store: Callable[..., None],
) -> None:
    data = QueryDict(mutable=True)
    data.setlist("direction", sorted(direction))
    data["x1_yes"] = seen
    wanted = {"": set(SEEN), "是": {True}, "否": {False}}[seen]
    with transaction.atomic():
        store(rows)

        found = queries.choice_counts(filters.read(wide, data), queries.rows_of(wide))

        transaction.set_rollback(True)
    by_direction = Counter(row[0] for row in rows if row[2] in wanted)
    by_seen = Counter(row[2] for row in rows if not direction or row[0] in direction)
    codes = [code for code, _label in wide.by_name["direction"].kind.choices]
    assert found["direction"] == [by_direction[code] for code in codes]
    assert found["x1_yes"] == [by_seen[True], by_seen[False]]


def test_the_counts_come_to_their_places_in_the_drawer(
    store: Callable[..., None], officer: User, log_in: Callable[[User], Client]
) -> None:
    store([("inbound", "", None), ("inbound", "", None), ("outbound", "", None)])
    browser = log_in(officer)

    page = browser.get(f"{LIST}dialogs/filters/?direction=outbound").content.decode()
    counts = browser.get(f"{LIST}counts/?direction=outbound").content.decode()

    assert f'hx-get="{LIST}counts/?direction=outbound"' in page
    assert 'id="count-direction-0"' in page
    assert 'id="count-direction-0" hx-swap-oob="true">2<' in counts
    assert 'id="count-direction-1" hx-swap-oob="true">1<' in counts


def test_the_counts_need_few_queries(
    wide: Register, store: Callable[..., None], django_assert_num_queries: Any
) -> None:
    store([("inbound", "", True)])
    asked = filters.read(wide, QueryDict("direction=inbound"))

    with django_assert_num_queries(2):
        queries.choice_counts(asked, queries.rows_of(wide))
