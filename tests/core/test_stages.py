from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core import lifecycle
from jingkai.core.lifecycle import STAGES, Stage, Transition

STARTED_AGAIN = [
    Transition(Stage.SIGNED, date(2024, 1, 10)),
    Transition(Stage.STARTED, date(2024, 3, 1)),
    Transition(Stage.SIGNED, date(2024, 4, 1)),  # taken back: the permit was another firm's
    Transition(Stage.SIGNED, date(2024, 4, 20)),
    Transition(Stage.TO_START, date(2024, 6, 1)),
    Transition(Stage.STARTED, date(2024, 6, 1)),
]
TRANSITIONS = st.lists(
    st.builds(Transition, st.sampled_from(STAGES), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
)


def test_life_has_an_order_and_an_end():
    steps = [Stage.IN_LIBRARY]
    while following := lifecycle.next_stage(steps[-1]):
        steps.append(following)

    assert tuple(steps) == STAGES


@pytest.mark.parametrize(
    ("now", "to", "is_back", "passed"),
    [
        (Stage.SIGNED, Stage.TO_START, False, (Stage.TO_START,)),
        (Stage.SIGNED, Stage.STARTED, False, (Stage.TO_START, Stage.STARTED)),
        (Stage.SIGNED, Stage.SIGNED, False, ()),
        (Stage.SIGNED, Stage.IN_LIBRARY, True, ()),
    ],
)
def test_a_move_forward_passes_every_stage_between(now, to, is_back, passed):
    assert lifecycle.is_back(now, to) is is_back
    assert lifecycle.stages_passed(now, to) == passed


@pytest.mark.parametrize(
    ("day", "stage", "days"),
    [
        (date(2024, 1, 9), None, None),
        (date(2024, 1, 10), Stage.SIGNED, 0),
        (date(2024, 2, 29), Stage.SIGNED, 50),
        (date(2024, 3, 1), Stage.STARTED, 0),
        (date(2024, 4, 30), Stage.SIGNED, 29),  # since it was taken back
        (date(2024, 6, 1), Stage.STARTED, 0),  # the later of two on one day
        (date(2025, 6, 1), Stage.STARTED, 365),
    ],
)
def test_a_project_stands_where_its_last_transition_put_it(day, stage, days):
    assert lifecycle.stage_on(STARTED_AGAIN, day) is stage
    assert lifecycle.days_in_stage(STARTED_AGAIN, on=day) == days


def test_a_stage_was_first_reached_on_its_earliest_day():
    assert lifecycle.first_reached(reversed(STARTED_AGAIN)) == {
        Stage.SIGNED: date(2024, 1, 10),
        Stage.STARTED: date(2024, 3, 1),
        Stage.TO_START: date(2024, 6, 1),
    }


@given(TRANSITIONS, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 2000))
def test_what_happens_later_never_changes_where_a_project_stood(transitions, day, days):
    later = Transition(Stage.AT_TARGET, day + timedelta(days=days))

    assert lifecycle.stage_on([*transitions, later], day) == lifecycle.stage_on(transitions, day)


@given(TRANSITIONS, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_day_more_without_a_transition_is_a_day_more_in_the_stage(transitions, day):
    tomorrow = day + timedelta(days=1)
    quiet = [transition for transition in transitions if transition.on != tomorrow]
    days = lifecycle.days_in_stage(quiet, on=day)

    assert lifecycle.days_in_stage(quiet, on=tomorrow) == (None if days is None else days + 1)
