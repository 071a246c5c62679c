"""
Decision tables against the specification's prose (DMN 1.5, 8.2.8 to 8.2.11), spelled out anew.

The conformance kit evaluates few tables, so random ones stand beside it: up to four inputs of
four kinds, missing facts among them, every form of cell, all hit policies and aggregations,
several outputs with and without an order, defaults, allowed values.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.dmn import evaluating
from jingkai.core.rules.feel import temporal
from tests.core.rules.dmn_models import decision, escaped, fact, model, table
from tests.core.rules.table_cells import VALUES, cells, one_test, written
from tests.environment import rounds

GRADES = ("A", "B", "C", "D")
SINGLE = ("UNIQUE", "ANY", "PRIORITY", "FIRST")
LISTS = ("RULE ORDER", "OUTPUT ORDER", "COLLECT")


def handed_in(value):
    """Return a value as the engine takes it."""
    if isinstance(value, date):
        return temporal.date_of(value.year, value.month, value.day)
    return value


@st.composite
def outputs(draw, kind):
    """Return a column of results: its order of values, and its default."""
    values = st.sampled_from(GRADES) if kind == "string" else st.integers(-3, 3).map(Decimal)
    order = draw(st.one_of(st.just([]), st.lists(values, unique=True, min_size=1)))
    return values, order, draw(st.one_of(st.none(), values))


@st.composite
def tables(draw, policy, *, aggregated=False):
    """Return kinds of inputs, columns of results, rules and a case to decide."""
    kinds = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=4))
    results = (
        [draw(outputs("number"))]
        if aggregated
        else draw(
            st.lists(st.one_of(outputs("string"), outputs("number")), min_size=1, max_size=3)
        )
    )
    rules = draw(
        st.lists(
            st.tuples(
                st.tuples(*map(cells, kinds)), st.tuples(*(values for values, _, _ in results))
            ),
            min_size=1,
            max_size=12,
        )
    )
    case = [draw(st.one_of(st.none(), VALUES[kind], VALUES[kind])) for kind in kinds]
    allowed = draw(st.one_of(st.none(), one_test(kinds[0])))
    return policy, kinds, results, rules, case, allowed


def by_the_book(policy, results, rules, case, allowed):
    """Return what the specification says the table gives."""
    if allowed is not None and case[0] is not None and allowed[1](case[0]) is not True:
        return None
    hits = [
        row
        for tests, row in rules
        if all(says(value) is True for (_, says), value in zip(tests, case, strict=True))
    ]
    orders, defaults = [order for _, order, _ in results], [least for _, _, least in results]
    kind, _, how = policy.partition("+")
    if hits:
        return chosen(kind, how, hits, orders)
    if any(default is not None for default in defaults):
        return [shaped(defaults)] if kind in LISTS and not how else shaped(defaults)
    return 0 if how == "COUNT" else [] if kind in LISTS and not how else None


def chosen(kind, how, hits, orders):
    def rank(row):
        places = zip(row, orders, strict=True)
        return [order.index(v) if v in order else len(order) for v, order in places]

    match kind:
        case "UNIQUE":
            return shaped(hits[0]) if len(hits) == 1 else None
        case "ANY":
            return shaped(hits[0]) if all(row == hits[0] for row in hits) else None
        case "FIRST":
            return shaped(hits[0])
        case "PRIORITY":
            return shaped(min(hits, key=rank))
        case "OUTPUT ORDER":
            return [shaped(row) for row in sorted(hits, key=rank)]
    values = [shaped(row) for row in hits]
    fold = {"SUM": sum, "MIN": min, "MAX": max, "COUNT": len}
    return fold[how](values) if how else values


def shaped(row):
    if len(row) == 1:
        return row[0]
    return {f"结果{place}": value for place, value in enumerate(row)}


def by_the_engine(policy, kinds, results, rules, case, allowed):
    names = [f"事实{place}" for place in range(len(kinds))]
    columns = [
        f"结果{place}"
        + (f"={', '.join(map(written, order))}" if order or default is not None else "")
        + ("" if default is None else f"|{written(default)}")
        for place, (_, order, default) in enumerate(results)
    ]
    rows = [[*(text for text, _ in tests), *map(written, row)] for tests, row in rules]
    xml = table(policy.replace("+", " "), names, columns, rows)
    if allowed is not None:
        values = f"<inputValues><text>{escaped(allowed[0])}</text></inputValues>"
        xml = xml.replace("</inputExpression>", f"</inputExpression>{values}", 1)
    facts = [fact(name, kind) for name, kind in zip(names, kinds, strict=True)]
    needs = " ".join(f"~{name}" for name in names)
    found = model(*facts, decision("表", xml, needs=needs))
    assert found.faults == ()
    values = dict(zip(names, map(handed_in, case), strict=True))
    return evaluating.evaluate_decision(found, "表", values).value


@pytest.mark.parametrize("policy", [*SINGLE, *LISTS])
@settings(max_examples=rounds(15, 3000))
@given(data=st.data())
def test_a_table_gives_what_the_specification_says(policy, data):
    policy, kinds, results, rules, case, allowed = data.draw(tables(policy))

    found = by_the_engine(policy, kinds, results, rules, case, allowed)

    assert found == by_the_book(policy, results, rules, case, allowed)


@pytest.mark.parametrize("how", ["SUM", "MIN", "MAX", "COUNT"])
@settings(max_examples=rounds(15, 3000))
@given(data=st.data())
def test_an_aggregation_gives_what_the_specification_says(how, data):
    policy, kinds, results, rules, case, allowed = data.draw(
        tables(f"COLLECT+{how}", aggregated=True)
    )

    found = by_the_engine(policy, kinds, results, rules, case, allowed)

    assert found == by_the_book(policy, results, rules, case, allowed)


@settings(max_examples=rounds(40, 3000))
@given(kind=st.sampled_from(sorted(VALUES)), data=st.data())
def test_a_cell_lets_through_what_it_says(kind, data):
    cell = data.draw(cells(kind))
    value = data.draw(st.one_of(st.none(), VALUES[kind]))
    rules = [((cell,), (Decimal(1),))]

    found = by_the_engine("UNIQUE", [kind], [(None, [], Decimal(0))], rules, [value], None)

    assert found == (1 if cell[1](value) is True else 0)
