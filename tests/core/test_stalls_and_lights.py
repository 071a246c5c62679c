from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core import lifecycle
from jingkai.core.lifecycle import (
    Colour,
    LifeDates,
    LightRule,
    Milestone,
    ReasonCode,
    StallKind,
    Status,
)

DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))
DATES = st.builds(LifeDates, **{f.name: st.none() | DAYS for f in fields(LifeDates)})
TODAY = date(2024, 12, 31)
FIRST = date(2024, 6, 1)
STEPS = [
    ("signed_on", "settled_on", "agreed_settle_on", StallKind.SIGNED_NOT_SETTLED),
    ("land_supplied_on", "started_on", "agreed_start_on", StallKind.SUPPLIED_NOT_STARTED),
    ("started_on", "completed_on", "agreed_completion_on", StallKind.STARTED_NOT_COMPLETED),
    (
        "completed_on",
        "production_started_on",
        "agreed_production_on",
        StallKind.COMPLETED_NOT_PRODUCING,
    ),
    (
        "production_started_on",
        "at_capacity_on",
        "agreed_capacity_on",
        StallKind.PRODUCING_NOT_AT_CAPACITY,
    ),
    ("at_capacity_on", "at_target_on", "agreed_target_on", StallKind.AT_CAPACITY_NOT_AT_TARGET),
]


@pytest.mark.parametrize(("first", "second", "agreed", "kind"), STEPS)
def test_a_step_that_does_not_follow_is_a_stall_with_its_deadline(first, second, agreed, kind):
    dates = LifeDates(**{first: FIRST, agreed: TODAY})

    (stall,) = lifecycle.stalls(dates, on=TODAY)

    assert (stall.kind, stall.since, stall.days) == (kind, FIRST, 213)
    assert (stall.deadline, stall.overdue) == (TODAY, False)
    assert kind not in {
        s.kind for s in lifecycle.stalls(replace(dates, **{second: TODAY}), on=TODAY)
    }


@pytest.mark.parametrize(
    ("deadline", "overdue"),
    [
        (TODAY + timedelta(days=1), False),
        (TODAY, False),  # the agreed day itself is in time
        (TODAY - timedelta(days=1), True),
        (None, None),
    ],
)
def test_a_stall_is_overdue_after_its_agreed_day_and_unknown_without(deadline, overdue):
    dates = LifeDates(signed_on=FIRST, agreed_settle_on=deadline)

    assert lifecycle.stalls(dates, on=TODAY)[0].overdue is overdue


@pytest.mark.parametrize(
    ("signed_on", "settled_on", "stalls"),
    [
        (TODAY, None, 1),
        (TODAY + timedelta(days=1), None, 0),
        (FIRST, TODAY, 0),
        (FIRST, TODAY + timedelta(days=1), 1),  # as of that day it had not happened
        (None, None, 0),
    ],
)
def test_a_stall_is_told_as_of_the_day(signed_on, settled_on, stalls):
    dates = LifeDates(signed_on=signed_on, settled_on=settled_on)

    assert len(lifecycle.stalls(dates, on=TODAY)) == stalls


@given(DATES, DAYS, st.integers(0, 900))
def test_waiting_never_makes_an_overdue_step_in_time(dates, day, days):
    waiting = replace(
        dates,
        settled_on=None,
        started_on=None,
        completed_on=None,
        production_started_on=None,
        at_capacity_on=None,
        at_target_on=None,
    )
    late = {stall.kind for stall in lifecycle.stalls(waiting, on=day) if stall.overdue}
    later = lifecycle.stalls(waiting, on=day + timedelta(days=days))

    assert late <= {stall.kind for stall in later if stall.overdue}


@pytest.mark.parametrize(
    ("agreed", "colour", "code", "days"),
    [
        (TODAY - timedelta(days=1), Colour.RED, ReasonCode.OVERDUE, 1),
        (TODAY, Colour.AMBER, ReasonCode.DUE_SOON, 0),
        (TODAY + timedelta(days=30), Colour.AMBER, ReasonCode.DUE_SOON, 30),
        (TODAY + timedelta(days=31), Colour.GREEN, ReasonCode.IN_TIME, 31),
    ],
)
def test_a_light_turns_with_the_agreed_day(agreed, colour, code, days):
    light = lifecycle.light(LifeDates(agreed_start_on=agreed), on=TODAY)

    assert light.colour is colour
    (reason,) = light.reasons
    assert (reason.code, reason.milestone) == (code, Milestone.START)
    assert (reason.agreed_on, reason.days) == (agreed, days)


def test_a_zone_may_warn_earlier():
    rule = LightRule(effective_from=date(2024, 1, 1), basis="管委会办法", amber_days=60)
    dates = LifeDates(agreed_start_on=TODAY + timedelta(days=31))

    assert lifecycle.light(dates, on=TODAY, rule=rule).colour is Colour.AMBER


def test_the_worst_promise_gives_the_colour_and_all_of_its_kind_are_named():
    dates = LifeDates(
        agreed_settle_on=FIRST,
        agreed_start_on=FIRST,
        agreed_completion_on=TODAY,
        agreed_target_on=date(2030, 1, 1),
    )

    light = lifecycle.light(dates, on=TODAY)

    assert light.colour is Colour.RED
    assert [reason.milestone for reason in light.reasons] == [Milestone.SETTLE, Milestone.START]


@pytest.mark.parametrize(
    ("started_on", "colour"),
    [
        (TODAY, Colour.GREY),  # met, though late; nothing else is agreed
        (TODAY + timedelta(days=1), Colour.RED),
        (None, Colour.RED),
    ],
)
def test_a_promise_met_late_is_met(started_on, colour):
    dates = LifeDates(agreed_start_on=FIRST, started_on=started_on)

    assert lifecycle.light(dates, on=TODAY).colour is colour


def test_without_an_agreed_day_the_light_is_grey_and_never_green():
    light = lifecycle.light(LifeDates(signed_on=FIRST), on=TODAY)

    assert light.colour is Colour.GREY
    assert light.reasons[0].code is ReasonCode.NOTHING_AGREED


def test_a_project_that_keeps_all_its_promises_is_green_in_the_end():
    light = lifecycle.light(LifeDates(at_target_on=TODAY), on=TODAY)

    assert (light.colour, light.reasons[0].code) == (Colour.GREEN, ReasonCode.ALL_MET)


@pytest.mark.parametrize(
    ("status", "colour", "code"),
    [
        (Status.LOST, Colour.OFF, ReasonCode.LOST),
        (Status.DORMANT, Colour.OFF, ReasonCode.DORMANT),
        (Status.DELAYED, Colour.RED, ReasonCode.OVERDUE),
        (Status.ONGOING, Colour.RED, ReasonCode.OVERDUE),
    ],
)
def test_a_dormant_or_lost_project_is_shown_apart(status, colour, code):
    light = lifecycle.light(LifeDates(agreed_start_on=FIRST), on=TODAY, status=status)

    assert (light.colour, light.reasons[0].code) == (colour, code)


def test_every_milestone_has_the_day_it_was_met():
    dates = LifeDates(settled_on=FIRST, at_target_on=TODAY)

    met = {milestone: lifecycle.met_on(dates, milestone) for milestone in Milestone}

    assert met[Milestone.SETTLE] == FIRST
    assert met[Milestone.TARGET] == TODAY
    assert met[Milestone.CAPACITY] is None


@given(DATES, DAYS)
def test_a_light_is_red_exactly_when_a_promise_is_overdue(dates, day):
    overdue = [
        milestone
        for milestone in Milestone
        if (agreed := lifecycle.agreed_on(dates, milestone)) is not None
        and agreed < day
        and not ((met := lifecycle.met_on(dates, milestone)) is not None and met <= day)
    ]

    light = lifecycle.light(dates, on=day)

    assert (light.colour is Colour.RED) == bool(overdue)
    assert not overdue or [reason.milestone for reason in light.reasons] == overdue
