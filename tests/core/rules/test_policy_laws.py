"""Laws of random policies over random facts: more knowledge never takes a verdict back."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.policies.amounts import grant
from jingkai.core.rules.policies.explaining import explained
from jingkai.core.rules.policies.facts import Fact, Facts
from jingkai.core.rules.policies.findings import assess
from jingkai.core.rules.policies.model import (
    All,
    Amount,
    AnyOf,
    AtLeast,
    Condition,
    HitPolicy,
    Leaf,
    MoneyUnit,
    Not,
    leaves,
)
from jingkai.core.rules.policies.situations import Situation
from jingkai.core.rules.policies.statuses import Status, Verdict, at_least, opposite, status_of
from tests.core.rules.policy_examples import CATALOGUE, ON, condition, policy, table
from tests.environment import rounds

NUMBERS = ("研发费用", "营业收入", "从业人员")
figures = st.integers(0, 6)
signs = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
yearly = st.builds("{}.{}".format, st.sampled_from(["上年", "前年"]), st.sampled_from(NUMBERS))
terms = st.one_of(
    yearly,
    st.builds("({} + {})".format, yearly, yearly),
    st.builds("({} / {})".format, yearly, yearly),
    st.builds("mean(近两年.{})".format, st.sampled_from(NUMBERS)),
    st.builds("max(近三年.{})".format, st.sampled_from(NUMBERS)),
)
grades = st.sampled_from(["A", "B", "D"])
comparisons = st.builds("{} {} {}".format, terms, signs, figures)
atoms = st.one_of(
    comparisons,
    st.builds("{} between {} and {}".format, terms, figures, figures),
    st.builds('信用等级 in ("{}", "{}")'.format, grades, grades),
    st.builds('信用等级 != "{}"'.format, grades),
    st.sampled_from(["高新技术企业", "not(高新技术企业)", "规模以上 = true"]),
    st.builds("some x in 近两年.{} satisfies x > {}".format, st.sampled_from(NUMBERS), figures),
)
texts = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not({})".format, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
    ),
    max_leaves=4,
)
cells = st.one_of(
    st.just("-"),
    st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">="]), figures),
    st.builds("[{}..{})".format, figures, figures),
    st.builds("not({})".format, figures),
)
rows = st.lists(
    st.tuples(cells, cells, st.sampled_from(["true", "false"])), min_size=1, max_size=4
)
tables = st.builds(
    lambda inputs, given_rows, hit_policy, default: table(
        inputs, given_rows, hit_policy, default=default
    ),
    st.lists(yearly, min_size=2, max_size=2),
    rows,
    st.sampled_from([HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST]),
    st.sampled_from([None, "true", "false"]),
)
applies = st.none() | atoms


@st.composite
def policies(draw):
    """Return a policy of up to five conditions of every kind under a random tree."""
    conditions = []
    for number in range(draw(st.integers(1, 5))):
        name = f"条件{number}"
        kind = draw(st.sampled_from(["text", "text", "table", "manual"]))
        if kind == "text":
            conditions.append(condition(draw(texts), name, applies=draw(applies)))
        else:
            test = draw(tables) if kind == "table" else None
            conditions.append(Condition(name=name, test=test))
    names = st.sampled_from([Leaf(one.name) for one in conditions])
    return policy(*conditions, tree=draw(_trees(names)))


def _trees(names):
    return st.recursive(
        names,
        lambda inner: st.one_of(
            st.builds(lambda parts: All(tuple(parts)), _some(inner)),
            st.builds(lambda parts: AnyOf(tuple(parts)), _some(inner)),
            st.builds(Not, inner),
            _some(inner).flatmap(
                lambda parts: st.builds(
                    lambda count: AtLeast(count, tuple(parts)), st.integers(1, len(parts))
                )
            ),
        ),
        max_leaves=6,
    )


def _some(inner):
    return st.lists(inner, min_size=1, max_size=3)


facts = st.fixed_dictionaries(
    {
        **{(name, year): figures.map(Decimal) for name in NUMBERS for year in (2021, 2022, 2023)},
        ("信用等级", None): grades,
        ("高新技术企业", None): st.booleans(),
        ("规模以上", None): st.booleans(),
    }
)


def in_situation(known):
    return Situation(
        Facts({key: Fact(value=value) for key, value in known.items()}), on=ON, catalogue=CATALOGUE
    )


@settings(max_examples=rounds(50, 5_000))
@given(policies(), facts, st.data())
def test_a_further_fact_never_takes_a_verdict_back(given_policy, everything, data):
    hidden = data.draw(st.sets(st.sampled_from(sorted(everything, key=str))))
    known = {key: value for key, value in everything.items() if key not in hidden}

    before = assess(given_policy, in_situation(known))
    after = assess(given_policy, in_situation(everything))

    if before.verdict is not Verdict.UNKNOWN:
        assert after.verdict is before.verdict
    for name, finding in before.findings.items():
        if finding.status is not Status.UNKNOWN:
            assert after.findings[name].status is finding.status


@given(policies(), facts)
def test_an_unknown_condition_always_says_why(given_policy, everything):
    known = {key: value for key, value in everything.items() if key[1] != 2022}

    for finding in assess(given_policy, in_situation(known)).findings.values():
        reasons = finding.answer.missing or finding.answer.problems
        assert bool(reasons) == (finding.status is Status.UNKNOWN)


@given(policies(), facts)
def test_every_verdict_can_be_put_into_words(given_policy, everything):
    found = explained(given_policy, in_situation(everything))

    assert found.as_text().startswith("研发补助\n预审：")
    assert found.is_near_miss == assess(given_policy, in_situation(everything)).is_near_miss


@given(policies(), facts)
def test_a_refusal_lacks_something_and_a_grant_lacks_nothing(given_policy, everything):
    found = assess(given_policy, in_situation(everything))

    if found.verdict is Verdict.ELIGIBLE:
        assert found.shortfall == 0
    else:
        assert found.shortfall > 0


@given(policies(), facts)
def test_a_near_miss_turns_with_one_condition(given_policy, everything):
    names = list(dict.fromkeys(leaves(given_policy.tree)))
    if len(names) < len(list(leaves(given_policy.tree))):
        return  # a condition that stands there twice counts twice
    found = assess(given_policy, in_situation(everything))

    turning = [
        name
        for name in names
        if status_of(
            given_policy.tree,
            lambda one, turned=name: (
                opposite(found.findings[one].status)
                if one == turned
                else found.findings[one].status
            ),
        )
        is Status.MET
    ]

    if found.is_near_miss:
        assert turning
    elif found.verdict is Verdict.NOT_ELIGIBLE:
        assert all(found.findings[name].lacking > 1 for name in turning)


amounts = st.builds(
    lambda inputs, outputs, given_cells, hit_policy: table(
        inputs,
        [(*two, str(one)) for two, one in zip(given_cells, outputs, strict=False)],
        hit_policy,
    ),
    st.lists(yearly, min_size=2, max_size=2),
    st.lists(figures, min_size=4, max_size=4),
    st.lists(st.tuples(cells, cells), min_size=1, max_size=4),
    st.sampled_from(list(HitPolicy)),
)


@given(amounts, facts, st.data())
def test_a_further_fact_never_changes_an_amount(value, everything, data):
    amount = Amount(value=value, unit=MoneyUnit.WAN)
    hidden = data.draw(st.sets(st.sampled_from(sorted(everything, key=str))))
    known = {key: one for key, one in everything.items() if key not in hidden}

    before = grant(amount, in_situation(known))

    if before.amount_fen is not None:
        assert grant(amount, in_situation(everything)) == before
    else:
        assert before.missing or before.problems


@given(st.integers(1, 4), st.lists(st.sampled_from(list(Status)), min_size=1, max_size=4))
def test_at_least_agrees_with_trying_every_answer(count, parts):
    applying = [part for part in parts if part is not Status.NOT_APPLICABLE]
    outcomes = {sum(answers) >= min(count, len(applying)) for answers in _worlds(applying)}

    found = at_least(count, parts)

    if not applying:
        assert found is Status.NOT_APPLICABLE
    elif len(outcomes) == 1:
        assert found is (Status.MET if outcomes == {True} else Status.UNMET)
    else:
        assert found in {Status.UNKNOWN, Status.MANUAL}
        assert (found is Status.UNKNOWN) == (Status.UNKNOWN in applying)


def _worlds(parts):
    """Yield every way in which what is undecided may turn out."""
    worlds = [[]]
    for part in parts:
        turns = {Status.MET: [True], Status.UNMET: [False]}.get(part, [True, False])
        worlds = [[*world, turn] for world in worlds for turn in turns]
    return worlds
