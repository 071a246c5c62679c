"""Verbs on single axes, alone and for many at once."""

from datetime import date

import pytest

from jingkai.apps.audit.models import Event
from jingkai.apps.land import actions
from jingkai.apps.land.actions import Retired, Undecided
from jingkai.apps.land.register.parcels import PARCELS
from jingkai.apps.notices.models import Notice
from jingkai.apps.registers.kinds import Refused

TRANSITIONS = {transition.name: transition for transition in PARCELS.transitions}


def events(verb):
    return Event.objects.filter(verb=f"land.{verb}").count()


def test_what_the_authority_says_is_noted_with_its_number(make, clock):
    parcel = make.parcel()
    said = {"statutory": "idle_by_holder", "by": "a", "at": clock}

    with pytest.raises(Undecided, match="办法第四条"):
        actions.note_statutory(parcel=parcel, document=" ", **said)
    noted = actions.note_statutory(parcel=parcel, document="济自然资闲认〔2024〕1号", **said)

    assert noted.statutory_document == "济自然资闲认〔2024〕1号"
    assert events("statutory-noted") == 1


def test_an_inquiry_needs_no_decision(make, clock):
    noted = actions.note_statutory(
        parcel=make.parcel(), statutory="under_inquiry", document="", by="a", at=clock
    )

    assert noted.statutory == "under_inquiry"


def test_nothing_is_told_where_nothing_differs(make, clock):
    plant = make.plant(follow_up="watched", measure="lease")

    actions.note_follow_up(record=plant, follow_up="watched", measure="lease", by="a", at=clock)

    assert events("follow-up-noted") == 0
    plant.refresh_from_db()
    assert plant.version == 1


def test_a_parcel_that_was_split_is_left_alone(make, clock):
    parcel = make.parcel(retired_on=date(2024, 1, 1))

    with pytest.raises(Retired, match="2024-01-01"):
        actions.note_follow_up(record=parcel, follow_up="settled", measure="", by="a", at=clock)


def test_somebody_is_named_only_for_an_obstacle(make, clock):
    parcel = make.parcel()

    with pytest.raises(Refused, match="卡点"):
        actions.note_obstacle(record=parcel, obstacle="", owner="court", by="a", at=clock)
    noted = actions.note_obstacle(
        record=parcel, obstacle="seizure", owner="court", by="a", at=clock
    )

    assert noted.obstacle == "seizure"


def test_an_officer_is_told_of_what_was_assigned(make, officer, stranger, clock):
    plant = make.plant()

    with pytest.raises(Refused, match="不是本园区在任人员"):
        actions.assign_officer(record=plant, officer=stranger, by="a", at=clock)
    actions.assign_officer(record=plant, officer=officer, by="a", at=clock)

    assert Notice.objects.filter(to=officer.username).count() == 1


@pytest.mark.parametrize(
    ("name", "values", "after"),
    [
        ("follow-up", {"follow_up": "settled", "measure": None}, ("settled", "lease", "")),
        ("obstacle", {"obstacle": "plan", "obstacle_owner": None}, ("watched", "lease", "plan")),
    ],
)
def test_what_is_left_empty_for_many_stays(name, values, after, make, clock):
    parcel = make.parcel(follow_up="watched", measure="lease")
    transition = TRANSITIONS[name]

    transition.act(record=parcel, values=values, permissions=frozenset(), by="a", at=clock)

    parcel.refresh_from_db()
    assert (parcel.follow_up, parcel.measure, parcel.obstacle) == after


def test_a_parcel_that_a_complete_file_leaves_out_is_settled_not_deleted(make, clock):
    parcel, gone = make.parcel(), make.parcel(retired_on=date(2024, 1, 1))
    closing = PARCELS.closes

    closing.act(record=parcel, note="", by="a", at=clock)

    parcel.refresh_from_db()
    assert parcel.follow_up == "settled"
    assert not closing.still_open(type(gone).objects.all(), clock.date()).exists()
