"""The same investor twice."""

from datetime import date

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.investment import queries
from jingkai.apps.investment.queries import Ground
from jingkai.core import identifiers

ON = date(2024, 12, 31)
CODE = identifiers.credit_code("91370117MA3DEMO01"[:17].replace("O", "0"))


@pytest.mark.parametrize(
    ("name", "is_same"),
    [
        ("示范精密铸造有限公司", True),
        ("示范精密铸造有限责任公司", True),
        (" 示范 精密铸造（有限公司", True),
        ("示范精密锻造有限公司", False),
    ],
)
def test_a_name_that_differs_in_writing_only_is_the_same(make, name, is_same):
    investor = make.investor(name="示范精密铸造有限公司")

    found = queries.duplicates(name=name, credit_code="", on=ON)

    expected = [(Ground.NAME, investor)] if is_same else []
    assert [(duplicate.ground, duplicate.record) for duplicate in found] == expected


def test_the_same_credit_code_counts_once_even_with_the_same_name(make):
    investor = make.investor(name="示范铸造有限公司", credit_code=CODE)

    found = queries.duplicates(name="示范铸造公司", credit_code=CODE, on=ON)

    assert [(d.ground, d.record) for d in found] == [(Ground.CREDIT_CODE, investor)]
    assert str(found[0]) == f"统一社会信用代码与“示范铸造有限公司”（{investor.code}）相同"


def test_a_record_is_no_duplicate_of_itself(make):
    investor = make.investor(credit_code=CODE)

    found = queries.duplicates(name=investor.name, credit_code=CODE, on=ON, except_pk=investor.pk)

    assert found == []


def test_an_empty_credit_code_is_nobody_s(make):
    make.investor(credit_code="")

    assert queries.duplicates(name="别的企业", credit_code="", on=ON) == []


def test_a_duplicate_tells_whose_protection_it_would_break(make, officer):
    investor = make.investor(name="示范铸造有限公司")
    make.lead(
        investor=investor,
        name="铸造线索",
        assigned_to=officer,
        assigned_on=ON,
        protected_until=date(2025, 3, 1),
    )

    found = queries.duplicates(name="示范铸造公司", credit_code="", on=ON)

    protection = found[1]
    assert protection.ground is Ground.PROTECTED
    assert (protection.officer, protection.until) == (officer, date(2025, 3, 1))
    assert "保护期至 2025-03-01" in str(protection)


def test_another_zone_s_investor_is_out_of_sight(make, neighbour):
    make.investor(name="示范铸造有限公司", credit_code=CODE)

    with scope.zones(neighbour.pk):
        found = queries.duplicates(name="示范铸造有限公司", credit_code=CODE, on=ON)

    assert found == []
