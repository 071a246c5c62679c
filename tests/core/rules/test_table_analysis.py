"""What the analysis of a table finds, against every combination of values there is."""

import re
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.dmn import evaluating
from jingkai.core.rules.dmn.analysis import analysing
from jingkai.core.rules.dmn.analysis.findings import Kind
from jingkai.core.rules.feel import interpreting
from tests.core.rules.dmn_models import decision, fact, model, table
from tests.environment import rounds

GRADES = ("A", "B", "C")
ORDER = '"A", "B", "C"'
CUTS = {  # the values that cells name, as they are written
    "number": ["1", "2", "4"],
    "string": ['"甲"', '"乙"', '"丙"'],
    "boolean": ["true", "false"],
    "date": [f'date("2024-02-{day}")' for day in (27, 28, 29)],
}
# Every value that a cell can tell from the others: each cut and what lies beside it.
GRID = {
    "number": ["0", "1", "1.5", "2", "3", "4", "5"],
    "string": [*CUTS["string"], '"丁"'],
    "boolean": CUTS["boolean"],
    "date": [f'date("2024-{day}")' for day in ("02-26", "02-27", "02-28", "02-29", "03-01")],
}


@st.composite
def cells(draw, kind, *, asks_for_null):
    """Return a cell over the cuts of a kind."""
    one, other = sorted((draw(st.sampled_from(CUTS[kind])), draw(st.sampled_from(CUTS[kind]))))
    forms = ["-", "-", one, f"not({one})", f"{one}, {other}", f"not({one}, {other})"]
    if kind in {"number", "date"}:
        forms += [f"< {one}", f"<= {one}", f"> {one}", f">= {one}", f"[{one}..{other}]"]
        forms += [f"({one}..{other})", f"[{one}..{other})", f"not(> {one})", f"? != {one}"]
        forms += [f"? >= {one} and ? < {other}", f"not(? > {one}) or ? = {other}"]
    if asks_for_null:
        forms += ["null", "not(null)", f"{one}, null"]
    return draw(st.sampled_from(forms))


@st.composite
def tables(draw):
    """Return kinds of inputs, and rows of cells with a grade."""
    kinds = draw(st.lists(st.sampled_from(sorted(CUTS)), min_size=1, max_size=3))
    asks = [draw(st.booleans()) for _ in kinds]
    columns = [cells(kind, asks_for_null=ask) for kind, ask in zip(kinds, asks, strict=True)]
    row = st.tuples(*columns, st.sampled_from(GRADES))
    return kinds, draw(st.lists(row, min_size=1, max_size=7))


def names_of(kinds):
    return [f"x{place}" for place in range(len(kinds))]


def built(policy, kinds, rows, *, output=f"o={ORDER}"):
    names = names_of(kinds)
    facts = [fact(name, kind) for name, kind in zip(names, kinds, strict=True)]
    xml = table(policy, names, [output], rows)
    found = model(*facts, decision("表", xml, needs=" ".join(f"~{name}" for name in names)))
    assert found.faults == ()
    return found


def found_in(policy, kinds, rows):
    graded = [[*row[:-1], f'"{row[-1]}"'] for row in rows]
    return [each for _, each in analysing.of_model(built(policy, kinds, graded))]


def of_kind(findings, kind):
    return [each for each in findings if each.kind is kind]


def points(kinds):
    """Return every combination of values and missing facts."""
    sides = [[None, *(interpreting.compute(text, {}) for text in GRID[kind])] for kind in kinds]
    return list(product(*sides))


def hits(kinds, rows, cases):
    """Return the rows, from 1, that the engine says match in each case."""
    numbered = [[*row[:-1], str(place)] for place, row in enumerate(rows, start=1)]
    found = built("RULE ORDER", kinds, numbered, output="o")
    evaluation = evaluating.Evaluation(found, {})
    names = names_of(kinds)
    return {
        case: [
            int(number)
            for number in evaluation.with_facts(dict(zip(names, case, strict=True)))
            .decision("表")
            .value
        ]
        for case in cases
    }


def is_expected(kinds, rows, case):
    """Return whether there should be a row: a missing fact only where its column asks for it."""
    return all(
        value is not None or any("null" in row[place] for row in rows)
        for place, value in enumerate(case)
    )


def winner(policy, rows, matching):
    """Return the row whose result is taken."""
    if policy == "FIRST":
        return matching[0]
    return min(matching, key=lambda number: rows[number - 1][-1])


@settings(max_examples=rounds(20, 3000))
@given(made=tables())
def test_a_gap_is_told_exactly_where_some_input_matches_no_row(made):
    kinds, rows = made
    found = of_kind(found_in("FIRST", kinds, rows), Kind.GAP)
    matching = hits(kinds, rows, points(kinds))

    open_cases = [c for c, rows_ in matching.items() if not rows_ and is_expected(kinds, rows, c)]

    assert bool(found) == bool(open_cases)
    witnesses = [each.witness for each in found if each.witness]
    assert not any(hits(kinds, rows, witnesses).values())
    assert all(is_expected(kinds, rows, witness) for witness in witnesses)


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY"])
@settings(max_examples=rounds(20, 3000))
@given(made=tables())
def test_an_overlap_is_told_exactly_where_rows_match_that_must_not(policy, made):
    kinds, rows = made
    found = of_kind(found_in(policy, kinds, rows), Kind.OVERLAP)
    matching = hits(kinds, rows, points(kinds)).values()
    told = {pair for each in found for pair in combinations(each.rows, 2)}

    harmful = {
        pair
        for numbers in matching
        for pair in combinations(numbers, 2)
        if policy == "UNIQUE" or rows[pair[0] - 1][-1] != rows[pair[1] - 1][-1]
    }

    assert bool(found) == bool(harmful)
    assert harmful <= told or len(found) > analysing.MOST_TOLD
    for each in found:
        if each.witness:
            assert hits(kinds, rows, [each.witness])[each.witness] == list(each.rows)
            value = dict(zip(names_of(kinds), each.witness, strict=True))
            graded = [[*row[:-1], f'"{row[-1]}"'] for row in rows]
            computed = evaluating.evaluate_decision(built(policy, kinds, graded), "表", value)
            assert computed.value is None


@settings(max_examples=rounds(20, 3000))
@given(made=tables())
def test_a_row_is_unreachable_exactly_where_no_input_matches_it(made):
    kinds, rows = made
    told = {each.rows[0] for each in of_kind(found_in("COLLECT", kinds, rows), Kind.UNREACHABLE)}
    matching = hits(kinds, rows, points(kinds))

    reached = {
        number
        for case, numbers in matching.items()
        for number in numbers
        if all(
            value is not None
            or rows[number - 1][place] == "-"
            or is_expected(kinds, rows, [0] * place + [None] + [0] * (len(case) - place - 1))
            for place, value in enumerate(case)
        )
    }

    assert told == set(range(1, len(rows) + 1)) - reached


@pytest.mark.parametrize("policy", ["FIRST", "PRIORITY"])
@settings(max_examples=rounds(20, 3000))
@given(made=tables())
def test_a_row_is_masked_exactly_where_it_never_wins_though_it_matches(policy, made):
    kinds, rows = made
    findings = found_in(policy, kinds, rows)
    idle = {each.rows[0]: each.rows[1:] for each in of_kind(findings, Kind.MASKED)}
    unreachable = {each.rows[0] for each in of_kind(findings, Kind.UNREACHABLE)}
    matching = [numbers for numbers in hits(kinds, rows, points(kinds)).values() if numbers]

    never = set(range(1, len(rows) + 1)) - {winner(policy, rows, each) for each in matching}

    assert set(idle) == never - unreachable
    for number, covers in idle.items():
        assert all(set(covers) & set(each) for each in matching if number in each)


@settings(max_examples=rounds(20, 3000))
@given(made=tables())
def test_a_row_passed_by_a_missing_fact_is_told_where_nobody_asked_for_that(made):
    kinds, rows = made
    told = {
        row
        for each in of_kind(found_in("COLLECT", kinds, rows), Kind.MISSING)
        for row in each.rows
    }

    passed = set()
    for place, kind in enumerate(kinds):
        if any("null" in row[place] for row in rows):
            continue
        column = [[row[place], row[-1]] for row in rows]
        matching = hits([kind], column, points([kind]))
        values = [numbers for (value,), numbers in matching.items() if value is not None]
        passed |= {
            number
            for number in matching[None,]
            if any(number in each for each in values)
            and any(number not in each for each in values)
        }

    assert told == passed


@settings(max_examples=rounds(20, 3000))
@given(made=tables())
def test_what_any_calls_needless_may_go_without_a_change(made):
    kinds, rows = made
    needless = {each.rows[0] for each in of_kind(found_in("ANY", kinds, rows), Kind.MASKED)}

    for numbers in hits(kinds, rows, points(kinds)).values():
        grades = {rows[number - 1][-1] for number in numbers}
        assert grades == {rows[number - 1][-1] for number in numbers if number not in needless}


@pytest.mark.parametrize(
    "policy",
    ["UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT"],
)
@settings(max_examples=rounds(20, 3000))
@given(made=tables())
def test_rows_merged_as_told_give_what_they_gave(policy, made):
    kinds, rows = made
    names = names_of(kinds)
    graded = [[*row[:-1], f'"{row[-1]}"'] for row in rows]
    before = evaluating.Evaluation(built(policy, kinds, graded), {})

    for hint in of_kind(found_in(policy, kinds, rows), Kind.MERGEABLE):
        name, text = re.search(r"只有“(.+?)”不同；合成一行时写作“(.+)”。$", hint.sentence).groups()
        merged = [list(row) for row in graded]
        merged[hint.rows[0] - 1][names.index(name)] = text
        kept = [row for at, row in enumerate(merged, start=1) if at not in hint.rows[1:]]
        after = evaluating.Evaluation(built(policy, kinds, kept), {})
        for case in points(kinds):
            facts = dict(zip(names, case, strict=True))
            was = before.with_facts(facts).decision("表").value
            now = after.with_facts(facts).decision("表").value
            if policy != "UNIQUE" or was is not None:  # rows that overlapped are one now
                assert now == was
