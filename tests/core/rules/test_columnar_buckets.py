"""Shares at exactly the threshold, where doubles deny wrongly."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.rules.columnar.chunks import MISSING, Chunk
from jingkai.core.rules.columnar.index import buckets
from jingkai.core.rules.columnar.index.direct import Picked
from jingkai.core.rules.columnar.plans.ir import Share, ShareReaches, Truth

SHARE = Share((("upper", 1),), 0, (("lower", 1),), 0)
money = st.integers(-(10**15), 10**15)
parts = st.tuples(st.integers(-400, 400), st.sampled_from((1, 3, 7, 100, 1000)), st.booleans())


def chunk(pairs):
    upper, lower = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
    return Chunk(rows=len(pairs), numbers={"upper": upper, "lower": lower}, truths={}, texts={})


def truth(upper, lower, atom):
    """Return what the share is, in fractions."""
    if MISSING in {upper, lower} or lower == 0:
        return Truth.UNKNOWN
    share, bound = Fraction(upper, lower), Fraction(atom.part, atom.whole)
    return Truth.MET if share > bound or (share == bound and not atom.strict) else Truth.UNMET


@given(
    pairs=st.lists(st.tuples(money, money), min_size=1),
    bounds=st.lists(parts, min_size=1, unique=True),
)
def test_a_share_is_where_the_fraction_is(pairs, bounds):
    atoms = [ShareReaches(SHARE, *one) for one in bounds]
    atoms = [
        ShareReaches(SHARE, *Fraction(a.part, a.whole).as_integer_ratio(), a.strict) for a in atoms
    ]
    exact = [(a.part * n, a.whole * n) for a in atoms for n in (1, -1, 10**11 // a.whole)]
    everybody = chunk([*pairs, *exact, (MISSING, 1), (1, MISSING), (5, 0)])

    own = buckets.of_share(SHARE, atoms)
    places = own.places(everybody)

    for atom in atoms:
        expected = [
            truth(int(a), int(b), atom)
            for a, b in zip(everybody.numbers["upper"], everybody.numbers["lower"], strict=True)
        ]
        assert list(own.truths(atom).take(places)) == expected
        direct = Picked(everybody, np.arange(everybody.rows)).truths(atom)
        assert list(direct) == expected


@pytest.mark.parametrize(
    ("spent_fen", "met"),
    [(2_999_999_99, False), (3_000_000_00, True), (3_000_000_01, True)],
)
def test_three_percent_is_reached_at_exactly_three_percent(spent_fen, met):
    atom = ShareReaches(SHARE, 3, 100)
    own = buckets.of_share(SHARE, [atom])

    places = own.places(chunk([(spent_fen, 100_000_000_00)]))

    assert bool(own.truths(atom).take(places)[0] == Truth.MET) is met


def test_growth_of_exactly_ten_percent_is_ten_percent():
    pairs = [(11 * last, 10 * last) for last in range(1, 3000)]
    atom = ShareReaches(SHARE, 11, 10)
    own = buckets.of_share(SHARE, [atom])

    assert set(own.truths(atom).take(own.places(chunk(pairs)))) == {Truth.MET}
