"""Laws of nature for the engine, and a slow reference that lives through every day."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jingkai.core.idle_land import (
    GOVERNMENT_CAUSES,
    Agreement,
    Cause,
    Delay,
    Disposal,
    Facts,
    Foundation,
    Option,
    Outcome,
    Works,
    determine,
    determine_all,
    faults,
)
from jingkai.core.idle_land.spans import counted_days, merged, reached_on, years_later
from tests.environment import rounds

from .parcels import TODAY, unbuilt

DAYS = st.dates(date(2013, 1, 1), date(2027, 12, 31))
SHARES = st.sampled_from(
    [Fraction(0), Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(1)]
)
ANY_CAUSE = st.sampled_from(list(Cause))
EITHER = st.booleans()
CERTAIN = {Outcome.IDLE, Outcome.MAY_BE_IDLE, Outcome.NOT_IDLE}
WEIGHT = {
    None: 0,
    Disposal.EXCEPTED: 1,
    Disposal.OPTIONS: 1,
    Disposal.FEE: 2,
    Disposal.RECOVERY: 3,
}


@st.composite
def delays(draw, causes=ANY_CAUSE, is_accepted=EITHER):
    from_on = draw(DAYS)
    length = draw(st.none() | st.integers(1, 1500))
    accepted_on = from_on if draw(is_accepted) else None
    until_on = None if length is None else from_on + timedelta(days=length)
    return Delay(cause=draw(causes), from_on=from_on, until_on=until_on, accepted_on=accepted_on)


GOVERNMENT = delays(st.sampled_from(sorted(GOVERNMENT_CAUSES)), st.just(value=True))
SOME_DELAYS = st.lists(delays(), max_size=4).map(tuple)


@st.composite
def parcels(draw):
    """Draw a parcel that is known in full and contradicts itself nowhere."""
    signed_on = draw(DAYS)
    is_agreed = draw(st.booleans())
    required = draw(st.integers(1, 9))
    total = draw(st.integers(1, 9))
    has_permit = draw(st.booleans())
    suspended = draw(st.none() | st.integers(0, 4000))
    works = draw(st.sampled_from([Works.UNDER_WAY, Works.SUSPENDED, Works.NOT_STARTED]))
    facts = Facts(
        is_supplied=True,
        signed_on=signed_on,
        agrees_start=is_agreed,
        agreed_start_on=signed_on + timedelta(days=draw(st.integers(1, 900)))
        if is_agreed
        else None,
        handed_over_on=signed_on + timedelta(days=draw(st.integers(0, 300))),
        works=works,
        construction_permit_on=signed_on if has_permit else date(2099, 1, 1),
        foundation=draw(st.sampled_from(Foundation)),
        foundation_share=draw(SHARES),
        suspended_since=None if suspended is None else signed_on + timedelta(days=suspended),
        required_area_m2=Decimal(required),
        developed_area_m2=Decimal(draw(st.integers(0, required))),
        total_investment_wan=Decimal(total),
        invested_wan=Decimal(draw(st.integers(0, total))),
        invested_includes_price=False,
        delays=draw(SOME_DELAYS),
        price_wan=Decimal(draw(st.integers(0, 5000))),
        is_real_estate=draw(st.booleans()),
    )
    assume(not faults(facts))
    return facts


KNOWN = tuple(
    field.name
    for field in fields(Facts)
    if field.name
    not in {"right_ended_on", "resumed_on", "completed_on", "in_production_on", "override"}
    and field.name not in {"is_recovered", "delays", "agreements"}
)


@given(facts=parcels(), on=DAYS, later=st.integers(0, 3000))
def test_time_never_makes_an_idle_parcel_not_idle(facts, on, later):
    now = determine(facts, on=on)
    then = determine(facts, on=on + timedelta(days=later))

    if now.outcome in {Outcome.IDLE, Outcome.MAY_BE_IDLE}:
        assume(facts.construction_permit_on is None or facts.construction_permit_on <= on)
        assume(facts.suspended_since is None or facts.suspended_since <= on)
        assert then.outcome is now.outcome


@given(facts=parcels(), on=DAYS, extra=GOVERNMENT)
def test_an_accepted_government_delay_never_makes_it_worse(facts, on, extra):
    alone = determine(facts, on=on)
    delayed = determine(replace(facts, delays=(*facts.delays, extra)), on=on)

    assert delayed.outcome is alone.outcome
    assert WEIGHT[delayed.disposal] <= WEIGHT[alone.disposal]
    if alone.holder_days is not None:
        assert delayed.holder_days <= alone.holder_days


@given(facts=parcels(), on=DAYS, extra=delays())
def test_a_claim_changes_nothing_until_it_is_accepted(facts, on, extra):
    claimed = replace(facts, delays=(*facts.delays, replace(extra, accepted_on=None)))

    alone, beside = determine(facts, on=on), determine(claimed, on=on)

    assert beside.outcome is alone.outcome
    assert beside.disposal is alone.disposal
    assert beside.holder_days == alone.holder_days


@given(facts=parcels(), on=DAYS, hidden=st.sets(st.sampled_from(KNOWN)))
@settings(max_examples=rounds(300, 5000))
def test_more_knowledge_never_flips_a_certain_outcome(facts, on, hidden):
    known = determine(facts, on=on)
    partly = determine(replace(facts, **dict.fromkeys(hidden)), on=on)

    if partly.outcome in CERTAIN:
        assert partly.outcome is known.outcome
    elif partly.outcome is not known.outcome:
        assert partly.missing


@given(facts=parcels(), on=DAYS, hidden=st.sets(st.sampled_from(KNOWN)))
def test_what_is_undecided_names_what_is_missing_and_that_alone(facts, on, hidden):
    found = determine(replace(facts, **dict.fromkeys(hidden)), on=on)

    # Land may be idle for certain while what follows hangs on a fact.
    is_undecided = found.outcome is Outcome.IDLE and found.disposal is None
    assert bool(found.missing) == (found.outcome is Outcome.UNKNOWN or is_undecided)
    assert found.reasons


@given(facts=parcels(), on=DAYS, days=st.integers(0, 365))
def test_a_lawful_extension_never_makes_it_worse(facts, on, days):
    today = determine(facts, on=on)
    assume(today.counted_from_on is None or today.counted_from_on <= on)
    extension = Agreement(
        option=Option.EXTENSION, signed_on=on, agreed_start_on=on + timedelta(days=days)
    )

    extended = determine(
        replace(facts, agreements=(extension,), registered_on=on), on=on + timedelta(days=days)
    )
    alone = determine(facts, on=on + timedelta(days=days))

    assert WEIGHT[extended.disposal] <= WEIGHT[alone.disposal]


@given(batch=st.lists(parcels(), max_size=6), on=DAYS)
def test_a_batch_answers_as_one_by_one(batch, on):
    assert list(determine_all(batch, on=on)) == [determine(facts, on=on) for facts in batch]


def lived(start, on, exempt):
    """Return the days that count, by living through every day."""
    day, count = start, 0
    while day < on:
        covered = any(
            each.from_on <= day and (each.until_on is None or day < each.until_on)
            for each in exempt
        )
        count += not covered
        day += timedelta(days=1)
    return count


@given(start=DAYS, length=st.integers(0, 1500), exempt=st.lists(delays(), max_size=4))
@settings(max_examples=rounds(60, 1000))
def test_days_counted_by_intervals_are_those_lived_through_one_by_one(start, length, exempt):
    on = start + timedelta(days=length)

    assert counted_days(start, on, exempt) == lived(start, on, exempt)


@given(start=DAYS, months=st.sampled_from([6, 12, 24]), exempt=st.lists(delays(), max_size=3))
@settings(max_examples=rounds(40, 500))
def test_a_limit_is_reached_on_the_first_day_on_which_enough_days_count(start, months, exempt):
    needed = (years_later(start, months // 12) - start).days if months > 6 else None
    needed = needed or (reached_on(start, months, ()) - start).days

    found = reached_on(start, months, exempt)

    if found is None:
        assert any(each.until_on is None for each in exempt)
        assert lived(start, start + timedelta(days=6000), exempt) < needed
    else:
        assert lived(start, found, exempt) == needed
        assert lived(start, found - timedelta(days=1), exempt) == needed - 1


@given(exempt=st.lists(delays(), max_size=6), start=DAYS)
def test_merged_spans_lie_within_and_apart(exempt, start):
    spans = merged(exempt, start=start, until=TODAY)

    assert all(start <= first < end <= TODAY for first, end in spans)
    assert all(spans[i][1] < spans[i + 1][0] for i in range(len(spans) - 1))


def reference(facts, on):
    """Return the disposal of an unbuilt parcel by counting days, as the articles read."""
    start, exempt = facts.agreed_start_on, []
    for each in facts.delays:
        is_accepted = each.accepted_on is not None and each.accepted_on <= on
        if is_accepted and each.cause in GOVERNMENT_CAUSES:
            exempt.append(each)
    if on < years_later(start, 1):
        return None
    days = lived(start, on, exempt)
    if days >= (years_later(start, 2) - start).days:
        return Disposal.RECOVERY
    return Disposal.FEE if days >= (years_later(start, 1) - start).days else Disposal.OPTIONS


@given(start=DAYS, later=st.integers(0, 1500), all_delays=SOME_DELAYS)
@settings(max_examples=rounds(60, 1000))
def test_the_disposal_is_that_of_the_slow_reference(start, later, all_delays):
    facts = unbuilt(agreed_start_on=start, signed_on=None, delays=all_delays)
    on = start + timedelta(days=later)

    assert determine(facts, on=on).disposal is reference(facts, on)
