"""The columns say what the policies say pair by pair: the scalar engine is the reference."""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.columnar import results
from jingkai.core.rules.columnar.index import engine as numpy_engine
from jingkai.core.rules.columnar.index import grids
from jingkai.core.rules.columnar.plans import plan
from tests.core.rules import columnar_material as material
from tests.core.rules.columnar_material import Dice
from tests.environment import rounds

seeds = st.integers(0, 2**32)


@settings(max_examples=rounds(8, 400))
@given(seed=seeds)
def test_a_million_at_once_get_what_each_would_get_alone(seed):
    dice = Dice(Random(seed))
    policies = [dice.policy(number) for number in range(dice.random.choice((3, 20, 70)))]
    planned = plan.plan(policies, material.SCHEMA)
    enterprises = [dice.enterprise(planned.columns) for _ in range(12)]

    outcome = numpy_engine.match(
        numpy_engine.compiled(planned), material.chunk(planned.columns, enterprises)
    )

    assert planned.refused == ()
    assert material.found_in(outcome, planned) == [
        material.said(policies, one) for one in enterprises
    ]


@settings(max_examples=rounds(5, 100))
@given(seed=seeds, cut=st.integers(1, 29))
def test_how_the_table_is_cut_into_chunks_changes_nothing(seed, cut):
    dice = Dice(Random(seed))
    planned = plan.plan([dice.policy(number) for number in range(10)], material.SCHEMA)
    index = numpy_engine.compiled(planned)
    enterprises = [dice.enterprise(planned.columns) for _ in range(30)]

    whole, parts = results.Tally(), results.Tally()
    whole.add(numpy_engine.match(index, material.chunk(planned.columns, enterprises)))
    for first, own in ((0, enterprises[:cut]), (cut, enterprises[cut:])):
        parts.add(numpy_engine.match(index, material.chunk(planned.columns, own, first)))

    assert parts == whole


@settings(max_examples=rounds(5, 100))
@given(seed=seeds)
def test_one_changed_verdict_changes_the_fingerprint(seed):
    dice = Dice(Random(seed))
    planned = plan.plan([dice.policy(number) for number in range(5)], material.SCHEMA)
    enterprises = [dice.enterprise(planned.columns) for _ in range(5)]
    outcome = numpy_engine.match(
        numpy_engine.compiled(planned), material.chunk(planned.columns, enterprises)
    )

    before = results.fingerprint(outcome)
    outcome.planes.near[3, 0] ^= np.uint64(4)

    assert results.fingerprint(outcome) != before


thresholds = st.one_of(
    st.lists(st.integers(-(10**17), 10**17), min_size=1, unique=True),
    st.lists(st.integers(-50, 50), min_size=1, unique=True),
    st.lists(st.integers(0, 40).map(lambda power: 2**power), min_size=1, unique=True),
)


@given(thresholds=thresholds, others=st.lists(st.integers(-(2**63), 2**62)))
def test_a_grid_places_a_number_where_halving_would(thresholds, others):
    bounds = np.array(sorted(thresholds), dtype=np.int64)
    near = [bound + step for bound in thresholds for step in (-1, 0, 1)]
    numbers = np.array([*near, *others], dtype=np.int64)

    places = grids.grid(bounds).place(numbers)

    assert list(places) == list(np.searchsorted(bounds, numbers, side="right"))
