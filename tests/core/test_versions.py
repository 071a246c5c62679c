from dataclasses import dataclass
from datetime import date

import pytest

from jingkai.core import versions


@dataclass(frozen=True)
class Rule:
    effective_from: date
    effective_to: date | None = None


OLD = Rule(date(2020, 1, 1), date(2024, 8, 1))
NEW = Rule(date(2024, 8, 1))


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (date(2020, 1, 1), OLD),
        (date(2024, 7, 31), OLD),
        (date(2024, 8, 1), NEW),
        (date(2099, 1, 1), NEW),
    ],
)
def test_a_rule_applies_from_its_first_day_until_the_next_begins(day, rule):
    assert versions.in_force([OLD, NEW], on=day) is rule


def test_before_the_first_rule_none_is_in_force():
    with pytest.raises(versions.NoneInForce, match="2019-12-31"):
        versions.in_force([OLD, NEW], on=date(2019, 12, 31))


def test_two_rules_at_once_are_an_error_and_not_a_choice():
    with pytest.raises(versions.SeveralInForce):
        versions.in_force([NEW, Rule(date(2024, 8, 1))], on=date(2024, 8, 1))
