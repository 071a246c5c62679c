"""Decision tables as conditions, with facts missing."""

from dataclasses import replace

import pytest

from jingkai.core.rules.policies.findings import find
from jingkai.core.rules.policies.model import Condition, HitPolicy
from jingkai.core.rules.policies.statuses import Status
from tests.core.rules.policy_examples import situation, table

MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN
SIZES = table(
    ["划型行业", "上年.从业人员", "上年.营业收入"],
    [
        ('"工业"', "[20..1000)", ">= 300", "true"),
        ('"建筑业"', "-", "[300..80000)", "true"),
        ('"餐饮业"', "-", "-", "false"),
    ],
)


def found(given, **values):
    return find(Condition(name="规模", test=given), situation(**values))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"划型行业": "工业", "从业人员": [20], "营业收入": [300]}, MET),
        ({"划型行业": "工业", "从业人员": [1000], "营业收入": [300]}, UNMET),
        ({"划型行业": "工业", "从业人员": [20]}, UNKNOWN),
        ({"划型行业": "工业", "从业人员": [19]}, UNMET),
        ({"划型行业": "建筑业", "营业收入": [300]}, MET),
        ({"划型行业": "餐饮业"}, UNMET),
        ({"划型行业": "邮政业"}, UNMET),
        ({"从业人员": [5], "营业收入": [5]}, UNMET),
        ({"从业人员": [50], "营业收入": [500]}, UNKNOWN),
        ({}, UNKNOWN),
    ],
)
def test_a_unique_table_asks_only_for_what_may_still_decide(values, expected):
    assert found(SIZES, **values).status is expected


def test_a_missing_fact_does_not_pass_a_negated_cell():
    given = table(["信用等级"], [('not("D")', "true")])

    assert found(given).status is UNKNOWN
    assert found(given, 信用等级="A").status is MET
    assert found(given, 信用等级="D").status is UNMET


def test_the_first_row_that_applies_decides_once_those_before_it_are_known():
    given = table(
        ["失信被执行人", "上年.营业收入"],
        [("true", "-", "false"), ("-", "> 100", "true")],
        HitPolicy.FIRST,
    )

    assert found(given, 失信被执行人=True).status is UNMET
    assert found(given, 营业收入=[200]).status is UNKNOWN
    assert found(given, 营业收入=[50]).status is UNMET
    assert found(given, 营业收入=[200], 失信被执行人=False).status is MET


def test_several_rows_of_a_unique_table_are_a_fault_of_the_rule():
    given = table(["上年.营业收入"], [("> 1", "true"), ("> 2", "true")])

    answer = found(given, 营业收入=[3]).answer

    assert answer.status is UNKNOWN
    assert "互不重叠" in answer.problems[0].message


def test_rows_of_an_any_table_that_agree_decide_together():
    rows = [("> 1", "-", "true"), ("-", "true", "true")]
    given = table(["上年.营业收入", "高新技术企业"], rows, HitPolicy.ANY)

    assert found(given, 营业收入=[3]).status is MET
    assert found(given, 营业收入=[1]).status is UNKNOWN
    assert found(given, 营业收入=[1], 高新技术企业=False).status is UNMET


def test_rows_of_an_any_table_that_disagree_are_a_fault_of_the_rule():
    given = table(["上年.营业收入"], [("> 1", "true"), ("> 2", "false")], HitPolicy.ANY)

    answer = found(given, 营业收入=[3]).answer

    assert answer.status is UNKNOWN
    assert "结果不一致" in answer.problems[0].message


def test_the_default_decides_where_no_row_applies():
    given = table(["信用等级"], [('"D"', "false")], default="true")

    assert found(given, 信用等级="A").status is MET
    assert found(given, 信用等级="D").status is UNMET
    assert found(given).status is UNKNOWN


@pytest.mark.parametrize(
    ("values", "lacking"),
    [
        ({"划型行业": "工业", "从业人员": [19], "营业收入": [300]}, 1),
        ({"划型行业": "工业", "从业人员": [19], "营业收入": [1]}, 2),
        ({"划型行业": "工业", "从业人员": [19]}, 2),
        ({"划型行业": "邮政业", "从业人员": [20], "营业收入": [300]}, 1),
    ],
)
def test_a_table_is_missed_by_the_cells_of_its_nearest_row(values, lacking):
    assert found(SIZES, **values).lacking == lacking


def test_a_collecting_table_is_no_condition():
    given = replace(SIZES, hit_policy=HitPolicy.SUM)

    answer = found(given, 划型行业="工业", 从业人员=[20], 营业收入=[300]).answer

    assert answer.status is UNKNOWN
    assert "汇总" in answer.problems[0].message


def test_a_row_with_too_many_cells_is_refused():
    with pytest.raises(ValueError, match="cells"):
        table(["信用等级"], [('"A"', "-", "true")])


@pytest.mark.parametrize(
    ("revenue", "expected"), [(100, MET), (200, UNMET), (0, UNKNOWN), (None, UNKNOWN)]
)
def test_an_output_that_divides_by_nothing_is_unknown_as_a_condition_is(revenue, expected):
    given = table(["划型行业"], [("-", "上年.研发费用 / 上年.营业收入 = 0.05")])
    values = {} if revenue is None else {"营业收入": [revenue]}

    assert found(given, 划型行业="工业", 研发费用=[5], **values).status is expected
