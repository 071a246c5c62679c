"""The conformance kit of DMN, whole: what fails is known by name, and never grows in silence."""

from decimal import Decimal

import pytest

from tools import tck

# External Java functions are not executed: what is expected of them is a value of Java's.
FAILING = {
    f"0076-feel-external-java/{case}"
    for case in (
        "boxed_001",
        *(f"literal_{number:03}" for number in range(1, 13)),
        "varargs_001",
    )
}


@pytest.mark.skipif(not tck.KIT.is_dir(), reason=f"no conformance kit in {tck.KIT}")
def test_every_case_of_the_kit_passes_but_those_that_would_execute_java():
    outcomes = list(tck.run())

    assert {outcome.name for outcome in outcomes if outcome.difference} == FAILING
    assert len(outcomes) >= 2226
    assert len([outcome for outcome in outcomes if not outcome.is_null]) >= 1217


@pytest.mark.parametrize(
    ("found", "expected", "is_match"),
    [
        (Decimal("1.00000001"), Decimal(1), True),
        (Decimal("1.000000011"), Decimal(1), False),
        (Decimal(1), True, False),
        (True, True, True),
        ([Decimal(1)], [Decimal(1), None], False),
        ({"a": None}, {"a": None}, True),
        ({"a": None}, {}, False),
        (None, None, True),
        ("", None, False),
    ],
)
def test_a_value_matches_within_a_hundred_millionth_and_in_its_own_type(found, expected, is_match):
    assert tck.matches(found, expected) is is_match


def test_the_report_counts_apart_what_an_engine_of_nulls_would_pass_too():
    outcomes = [
        tck.Outcome(family="a", case="1", is_null=True),
        tck.Outcome(family="a", case="2", is_null=False),
        tck.Outcome(family="b", case="1", is_null=False, difference="expected 1, got 2"),
    ]

    report = tck.report(outcomes, 1.0, verbose=True)

    assert "passed 2 of 3 (66.67 %) of all cases" in report
    assert "passed 1 of 2 (50.00 %) of the cases with a value to find" in report
    assert "1 of    1 failed  b" in report
    assert "expected 1, got 2" in report
