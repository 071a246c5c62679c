"""Decision tables, case by case; random ones stand in ``test_table_suite``."""

from decimal import Decimal

import pytest

from jingkai.core.rules.dmn import evaluating
from tests.core.rules.dmn_models import decision, fact, model, table

ORDER = '"A", "B", "C"'


def computed(inputs, outputs, rules, *, policy="UNIQUE", **facts):
    """Return the value of a table over the facts x and y, and the sentences about it."""
    found = model(
        fact("x"), fact("y"), decision("表", table(policy, inputs, outputs, rules), needs="~x ~y")
    )
    assert found.faults == ()
    result = evaluating.evaluate_decision(found, "表", facts)
    return result.value, [note.sentence for note in result.notes]


def test_a_unique_table_that_two_rules_match_is_null_and_names_the_rows():
    value, notes = computed(["x"], ["o"], [["< 5", "1"], ["> 9", "2"], ["< 3", "3"]], x=Decimal(1))

    assert value is None
    assert "第 1、3 行同时命中" in notes[0]


def test_an_any_table_whose_rules_differ_is_null_and_names_the_rows():
    rules = [["< 5", "1"], ["< 3", "2"]]

    value, notes = computed(["x"], ["o"], rules, policy="ANY", x=Decimal(1))

    assert value is None
    assert "第 1、2 行" in notes[0]


def test_an_output_that_the_order_does_not_name_comes_last():
    rules = [["-", '"Z"'], ["-", '"C"'], ["-", '"A"']]

    value, _ = computed(["x"], [f"等级={ORDER}"], rules, policy="OUTPUT ORDER")

    assert value == ["A", "C", "Z"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("UNIQUE", "B"), ("FIRST", "B"), ("COLLECT", ["B"]), ("RULE ORDER", ["B"])],
)
def test_where_no_rule_matches_the_default_stands(policy, expected):
    value, _ = computed(["x"], ['o=|"B"'], [["< 0", '"A"']], policy=policy, x=Decimal(1))

    assert value == expected


def test_without_a_default_a_table_that_nothing_matches_is_null_without_a_complaint():
    assert computed(["x"], ["o"], [["< 0", "1"]], x=Decimal(1)) == (None, [])


def test_a_missing_fact_matches_only_cells_that_ask_nothing_or_ask_for_null():
    rules = [["< 5", '"小"'], [">= 5", '"大"'], ["null", '"没有记录"'], ["-", '"任意"']]

    value, _ = computed(["x"], ["o"], rules, policy="COLLECT", x=None)

    assert value == ["没有记录", "任意"]


def test_a_cell_may_use_the_value_and_other_facts():
    rules = [["? > y * 2", '"过"'], ["-", '"不过"']]

    passed, _ = computed(["x"], ["o"], rules, policy="FIRST", x=Decimal(5), y=Decimal(2))
    failed, _ = computed(["x"], ["o"], rules, policy="FIRST", x=Decimal(4), y=Decimal(2))

    assert (passed, failed) == ("过", "不过")


def test_a_sum_of_texts_and_numbers_is_null_with_a_reason():
    value, notes = computed(["x"], ["o"], [["-", "1"], ["-", '"a"']], policy="COLLECT SUM")

    assert value is None
    assert "合计" in notes[0]


def test_an_input_outside_its_allowed_values_is_null_with_a_reason():
    written = table("UNIQUE", ["x"], ["o"], [["-", "1"]]).replace(
        "</inputExpression>", '</inputExpression><inputValues><text>"A", "B"</text></inputValues>'
    )
    found = model(fact("x"), decision("表", written, needs="~x"))

    allowed = evaluating.evaluate_decision(found, "表", {"x": "A"})
    refused = evaluating.evaluate_decision(found, "表", {"x": "C"})

    assert allowed.value == 1
    assert refused.value is None
    assert '"A", "B"' in refused.notes[0].sentence


@pytest.mark.parametrize("rule", [["1 +", "1"], ["-"], ["-", "1", "2"]])
def test_a_rule_that_cannot_be_read_makes_the_table_null_instead_of_passing_it_over(rule):
    found = model(decision("表", table("FIRST", ["7"], ["o"], [rule, ["-", "2"]])))

    result = evaluating.evaluate_decision(found, "表", {})

    assert result.value is None
    assert "第 1 行" in result.notes[0].sentence


def test_a_table_without_inputs_has_its_rule():
    assert computed([], ["o"], [["7"]])[0] == 7
