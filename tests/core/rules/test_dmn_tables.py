"""Decision tables: all hit policies and aggregations, against brute force on random tables."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.dmn import evaluating
from tests.core.rules.dmn_models import decision, fact, model, table
from tests.environment import rounds

GRADES = ("A", "B", "C")
ORDER = '"A", "B", "C"'
POLICIES = ("UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT")


def computed(inputs, outputs, rules, *, policy="UNIQUE", **facts):
    """Return the value of a table over the facts x and y, and the sentences about it."""
    found = model(
        fact("x"), fact("y"), decision("表", table(policy, inputs, outputs, rules), needs="~x ~y")
    )
    assert found.faults == ()
    result = evaluating.evaluate_decision(found, "表", facts)
    return result.value, [note.sentence for note in result.notes]


@st.composite
def cells(draw):
    """Return a cell as written, and as a function of a number."""
    low, high = sorted((draw(st.integers(0, 9)), draw(st.integers(0, 9))))
    return draw(
        st.sampled_from(
            [
                ("-", lambda _: True),
                (f"< {low}", lambda x: x < low),
                (f">= {low}", lambda x: x >= low),
                (f"[{low}..{high}]", lambda x: low <= x <= high),
                (f"]{low}..{high}[", lambda x: low < x < high),
                (f"not({low}, {high})", lambda x: x not in {low, high}),
                (f"{low}, {high}", lambda x: x in {low, high}),
            ]
        )
    )


RULES = st.lists(st.tuples(cells(), cells(), st.sampled_from(GRADES)), max_size=6)


def brute(policy, hits):
    """Return what the hit policy gives for the outputs of the rules that match, in their order."""
    if policy in {"RULE ORDER", "COLLECT"}:
        return hits
    if policy == "OUTPUT ORDER":
        return sorted(hits)
    if not hits:
        return None
    if policy == "UNIQUE":
        return hits[0] if len(hits) == 1 else None
    if policy == "ANY":
        return hits[0] if len(set(hits)) == 1 else None
    return min(hits) if policy == "PRIORITY" else hits[0]


@pytest.mark.parametrize("policy", POLICIES)
@settings(max_examples=rounds(60, 2000))
@given(rules=RULES, x=st.integers(-1, 10), y=st.integers(-1, 10))
def test_a_random_table_gives_what_brute_force_gives(policy, rules, x, y):
    written = [[first[0], second[0], f'"{out}"'] for first, second, out in rules]
    hits = [out for first, second, out in rules if first[1](x) and second[1](y)]

    value, _ = computed(
        ["x", "y"], [f"等级={ORDER}"], written, policy=policy, x=Decimal(x), y=Decimal(y)
    )

    assert value == brute(policy, hits)


@pytest.mark.parametrize(
    ("how", "reference"), [("SUM", sum), ("MIN", min), ("MAX", max), ("COUNT", len)]
)
@settings(max_examples=rounds(60, 2000))
@given(rules=st.lists(st.tuples(cells(), st.integers(-5, 5)), max_size=6), x=st.integers(-1, 10))
def test_a_random_aggregation_gives_what_brute_force_gives(how, reference, rules, x):
    written = [[cell[0], str(out)] for cell, out in rules]
    hits = [out for cell, out in rules if cell[1](x)]

    value, _ = computed(["x"], ["数"], written, policy=f"COLLECT {how}", x=Decimal(x))

    assert value == (reference(hits) if hits or how == "COUNT" else None)


@settings(max_examples=rounds(60, 2000))
@given(
    rules=st.lists(st.tuples(cells(), st.sampled_from(GRADES), st.sampled_from(GRADES))),
    x=st.integers(0, 9),
)
def test_several_outputs_are_ordered_column_by_column(rules, x):
    written = [[cell[0], f'"{one}"', f'"{two}"'] for cell, one, two in rules]
    hits = [(one, two) for cell, one, two in rules if cell[1](x)]

    value, _ = computed(
        ["x"], [f"甲={ORDER}", f"乙={ORDER}"], written, policy="OUTPUT ORDER", x=Decimal(x)
    )

    assert [(each["甲"], each["乙"]) for each in value] == sorted(hits)


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
