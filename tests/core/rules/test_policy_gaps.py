"""What would make an unmet condition met, in the fact's own unit."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.rules.policies.findings import find
from jingkai.core.rules.policies.gaps import gaps
from jingkai.core.rules.policies.model import Condition
from jingkai.core.rules.policies.statuses import Status
from tests.core.rules.policy_examples import ON, condition, situation, table


def found(text, *, wanted=True, on=ON, **values):
    at_hand = situation(on=on, **values)
    return gaps(find(condition(text), at_hand), at_hand, wanted=wanted)


def steps(text, **values):
    return [
        (str(gap.reading.reference), gap.needed, gap.difference, gap.unit)
        for gap in found(text, **values)
    ]


def test_a_share_is_reached_by_one_fact_alone():
    told = steps("上年.研发费用 / 上年.营业收入 >= 0.03", 研发费用=[260], 营业收入=[10_000])

    assert told == [
        ("上年.研发费用", Decimal(300), Decimal(40), "万元"),
        ("上年.营业收入", Decimal("8666.666666"), Decimal("1333.333334"), "万元"),
    ]


@pytest.mark.parametrize(
    ("text", "values", "needed"),
    [
        ("上年.从业人员 <= 500", {"从业人员": [512]}, 500),
        ("上年.从业人员 < 500", {"从业人员": [512]}, 499),
        ("上年.从业人员 > 500", {"从业人员": [500]}, 501),
        ("上年.从业人员 = 500", {"从业人员": [3]}, 500),
        ("500 <= 上年.从业人员", {"从业人员": [3]}, 500),
        ("not(上年.从业人员 >= 500)", {"从业人员": [512]}, 499),
        ("上年.从业人员 between 10 and 20", {"从业人员": [21]}, 20),
        ("上年.从业人员 * 2 - 10 >= 100", {"从业人员": [3]}, 55),
        ("-上年.从业人员 >= -7", {"从业人员": [9]}, 7),
        ("if 高新技术企业 then 上年.从业人员 > 1 else 上年.从业人员 > 9",
         {"从业人员": [1], "高新技术企业": True}, 2),
    ],
)  # fmt: skip
def test_a_comparison_is_solved_for_its_fact(text, values, needed):
    assert [gap.needed for gap in found(text, **values)] == [needed]


def test_each_year_of_a_mean_may_make_up_for_the_whole():
    told = steps("mean(近三年.营业收入) >= 400", 营业收入=[300, 300, 300])

    assert [(name, needed) for name, needed, _gap, _unit in told] == [
        ("上年.营业收入", 600),
        ("前年.营业收入", 600),
        ("大前年.营业收入", 600),
    ]


def test_growth_is_solved_in_the_years_own_unit():
    told = steps("(上年.营业收入 - 前年.营业收入) / 前年.营业收入 >= 0.1", 营业收入=[105, 100])

    assert told[0] == ("上年.营业收入", Decimal(110), Decimal(5), "万元")


def test_waiting_is_told_in_days():
    text = 'years and months duration(成立日期, 评估日) >= duration("P3Y")'

    (gap,) = found(text, on=date(2024, 12, 31), 成立日期=date(2022, 2, 14))

    assert gap.reading is None
    assert (gap.needed.year, gap.needed.month, gap.needed.day) == (2025, 2, 14)
    assert gap.difference == 45


def test_a_day_that_is_too_early_is_told_in_days():
    (gap,) = found('高企证书有效期至 >= date("2025-01-01")', 高企证书有效期至=date(2024, 12, 22))

    assert (gap.difference, gap.unit) == (10, "天")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('信用等级 = "A"', {"信用等级": "B"}),
        ("高新技术企业", {"高新技术企业": False}),
        ("上年.营业收入 * 上年.营业收入 > 10", {"营业收入": [1]}),
        ("max(近两年.营业收入) > 10", {"营业收入": [1, 1]}),
        ("上年.研发费用 / 上年.营业收入 >= 0.03", {"研发费用": [0], "营业收入": [0]}),
        ("上年.从业人员 >= 2000000", {"从业人员": [5]}),
        ("上年.营业收入 > 10", {"营业收入": [11]}),
        ("上年.营业收入 > 10", {}),
    ],
)
def test_nothing_is_said_where_nothing_can_be_told(text, values):
    assert found(text, **values) == ()


def test_the_nearest_row_of_a_table_is_solved():
    given_table = table(
        ["划型行业", "上年.从业人员"],
        [('"工业"', "[20..300)", "true"), ('"建筑业"', "> 5", "true")],
    )
    at_hand = situation(划型行业="工业", 从业人员=[12])

    (gap,) = gaps(find(Condition(name="规模", test=given_table), at_hand), at_hand)

    assert (gap.needed, gap.difference, gap.unit) == (20, 8, "人")


@given(
    spent=st.decimals(0, 1000, places=2),
    revenue=st.decimals("0.01", 10_000, places=2),
    percent=st.integers(1, 60),
    sign=st.sampled_from(["<", "<=", ">", ">="]),
)
def test_the_fact_that_is_needed_meets_the_condition_and_a_step_less_does_not(
    spent, revenue, percent, sign
):
    text = f"上年.研发费用 / 上年.营业收入 {sign} {percent / 100}"

    for gap in found(text, 研发费用=[spent], 营业收入=[revenue]):
        name = gap.reading.reference.item
        step = Decimal("0.000001") if gap.needed > gap.current else Decimal("-0.000001")
        values = {"研发费用": [spent], "营业收入": [revenue]}
        enough = situation(**{**values, name: [gap.needed]})
        too_little = situation(**{**values, name: [gap.needed - step]})

        assert find(condition(text), enough).status is Status.MET
        assert find(condition(text), too_little).status is not Status.MET
