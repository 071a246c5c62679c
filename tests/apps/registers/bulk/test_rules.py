"""A batch keeps the rules that hold for one record, and calls the verbs that one record has."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.models import Event
from jingkai.apps.investment.models import Investor, Lead
from jingkai.apps.registers import actions, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.kinds import Refused
from jingkai.apps.registers.models import Batch, RowOutcome
from tests.environment import rounds

RIGHTS = frozenset(Permission)
FOUND = date(2024, 6, 1)


@pytest.fixture
def leads() -> Register:
    """Return the register of leads."""
    found = queries.find("leads")
    assert found is not None
    return found


@pytest.fixture
def add(leads: Register, inside: Zone, clock: datetime) -> Callable[..., Lead]:
    """Return a function that records a lead."""
    stamp = {"recorded_at": clock, "recorded_by": "a", "changed_at": clock, "changed_by": "a"}
    investor = Investor.everywhere.create(zone=inside, code="KS-1", name="客商（示范）", **stamp)

    def added(code: str, **others: Any) -> Lead:
        values = {"name": f"线索{code}", "investor": investor, "origin": "visit"}
        values |= {"code": code, "found_on": FOUND} | others
        made: Any = actions.create_record(
            register=leads, zone=inside, values=values, by="a", at=clock
        )
        return made

    return added


@pytest.fixture
def do(leads: Register, inside: Zone, clock: datetime) -> Callable[..., Batch]:
    """Return a function that previews and confirms something to be done to some leads."""

    def done(records: list[Lead], verb: str = "change", **wanted: Any) -> Batch:
        query = urlencode([("pk", record.pk) for record in records])
        asked = actions.WantedOfMany(verb=verb, query=query, **wanted)
        batch, _count = actions.open_batch(
            register=leads, zone=inside, wanted=asked, by="b", at=clock
        )
        may: dict[str, Any] = {"register": leads, "permissions": RIGHTS, "at": clock}
        return actions.apply_batch(batch=actions.plan_batch(batch=batch, **may), by="b", **may)

    return done


def _outcomes(batch: Batch) -> dict[int, str]:
    return dict(queries.batch_rows(batch).values_list("record_id", "outcome"))


def test_rows_that_break_a_rule_are_refused_with_the_reason_and_the_others_are_done(
    add: Any, do: Any
) -> None:
    early, late = add("XS-1"), add("XS-2", found_on=FOUND + timedelta(days=1))

    batch = do([early, late], values={"entered_library_on": FOUND})

    assert _outcomes(batch) == {early.pk: RowOutcome.APPLIED, late.pk: RowOutcome.REFUSED}
    (refused,) = queries.batch_rows(batch).filter(outcome=RowOutcome.REFUSED)
    assert refused.message == "入库日期不能早于获得日期"
    late.refresh_from_db()
    assert (late.entered_library_on, late.version) == (None, 1)


def test_a_verb_is_called_for_each_record_with_its_own_gates_and_one_event(
    add: Any, do: Any, clock: datetime
) -> None:
    opened, lost = add("XS-1"), add("XS-2", lost_on=FOUND, lost_reason="no_site")
    before = Event.objects.count()

    batch = do(
        [opened, lost],
        "lose",
        values={"on": date(2024, 12, 1), "lost_reason": "no_funds", "note": None},
    )

    assert _outcomes(batch) == {opened.pk: RowOutcome.APPLIED, lost.pk: RowOutcome.REFUSED}
    opened.refresh_from_db()
    assert (opened.lost_on, opened.lost_reason) == (date(2024, 12, 1), "no_funds")
    _previewed, event = Event.objects.order_by("pk")[before:]
    assert event.verb == "registers.leads.bulk-done"
    assert event.details["verbs"] == {"investment.lead.lost": 1}
    assert [change.label for change in trail.changes(event)] == [str(opened)]


def test_the_preview_of_a_verb_shows_what_it_would_change(
    leads: Register, add: Any, do: Any, inside: Zone, clock: datetime
) -> None:
    record = add("XS-1")
    asked = actions.WantedOfMany(
        verb="lose",
        query=f"pk={record.pk}",
        values={"on": date(2024, 12, 1), "lost_reason": "no_funds", "note": None},
    )
    batch, _count = actions.open_batch(register=leads, zone=inside, wanted=asked, by="b", at=clock)

    actions.plan_batch(register=leads, batch=batch, permissions=RIGHTS, at=clock)

    (row,) = queries.batch_rows(batch)
    assert row.after == {"lost_on": "2024-12-01", "lost_reason": "no_funds"}
    record.refresh_from_db()
    assert (record.lost_on, record.version) == (None, 1)


def test_a_reference_is_set_by_its_number_and_undone(
    leads: Register, inside: Zone, add: Any, do: Any, officer: User, clock: datetime
) -> None:
    records = [add("XS-1"), add("XS-2")]
    batch = do(records, values={"assigned_to": officer, "assigned_on": FOUND})
    assert set(Lead.objects.values_list("assigned_to", flat=True)) == {officer.pk}

    actions.undo_batch(register=leads, batch=batch, permissions=RIGHTS, by="b", at=clock)

    assert set(Lead.objects.values_list("assigned_to", "assigned_on")) == {(None, None)}


DAY = st.sampled_from([None, FOUND - timedelta(days=1), FOUND, FOUND + timedelta(days=1)])
LEAD = st.fixed_dictionaries({"found_on": DAY.filter(bool)})
WANTED = st.fixed_dictionaries(
    {},
    optional={
        "found_on": DAY.filter(bool),
        "entered_library_on": DAY,
        "lost_on": DAY,
        "lost_reason": st.sampled_from([None, "no_site"]),
        "land_mu": st.sampled_from([None, 0, 3]),
    },
).filter(bool)


@settings(
    max_examples=rounds(25, 500), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(LEAD, min_size=1, max_size=5), wanted=WANTED)
def test_a_batch_does_what_one_by_one_would_do_and_refuses_the_same_rows(
    rows: list[dict[str, Any]],
    wanted: dict[str, Any],
    leads: Register,
    add: Any,
    do: Any,
    clock: datetime,
) -> None:
    Lead.objects.all().delete()
    together = [add(f"A-{number}", **row) for number, row in enumerate(rows)]
    alone = [add(f"B-{number}", **row) for number, row in enumerate(rows)]

    batch = do(together, values=wanted)
    refused = [_refused_alone(leads, record, wanted, clock) for record in alone]

    told = _outcomes(batch)
    assert [told[record.pk] == RowOutcome.REFUSED for record in together] == refused
    assert _contents("A-") == _contents("B-")


def _refused_alone(register: Register, record: Lead, values: dict[str, Any], at: datetime) -> bool:
    try:
        actions.change_record(
            register=register, record=record, values=values, version=1, by="b", at=at
        )
    except Refused:
        return True
    return False


def _contents(prefix: str) -> list[Any]:
    names = ("found_on", "entered_library_on", "lost_on", "lost_reason", "land_mu", "version")
    rows = Lead.objects.filter(code__startswith=prefix).order_by("code")
    return list(rows.values_list(*names))
