"""The delivered policies: each does what its worked examples say, on every engine."""

from decimal import Decimal
from functools import cache
from itertools import product

import pytest

from jingkai.core.rules.catalogue import national
from jingkai.core.rules.checking import publishing
from jingkai.core.rules.checking.checks import check
from jingkai.core.rules.columnar.index import engine as numpy_engine
from jingkai.core.rules.columnar.plans import plan, schemas
from jingkai.core.rules.dmn import reading, writing
from jingkai.core.rules.dmn.evaluating import evaluate_decision
from jingkai.core.rules.feel import temporal
from jingkai.core.rules.feel.nodes import Comparison, Sign
from jingkai.core.rules.feel.writing import write
from jingkai.core.rules.library import delivered
from jingkai.core.rules.library.examples import examples, outcome
from jingkai.core.rules.policies import explaining, findings
from jingkai.core.rules.policies.facts import Fact, Facts
from jingkai.core.rules.policies.gaps import comparisons
from jingkai.core.rules.policies.model import Mark, Table
from jingkai.core.rules.policies.references import SPANS, YEARS_BACK, Reference
from jingkai.core.rules.policies.situations import Situation, feel_date
from jingkai.core.rules.policies.statuses import Status, Verdict
from jingkai.core.rules.policies.walking import every
from tests.core.rules import columnar_material as material
from tests.environment import SOAK
from tools import rules_pages

CATALOGUE = national()
CODES = delivered.codes()
EXAMPLES = [(code, one) for code in CODES for one in examples(code)]
EXAMPLE_IDS = [
    f"{code}-{number}" for code in CODES for number, _one in enumerate(examples(code), 1)
]
# Sizes are compared with the table of the standard instead, see below.
WORKED_OUT_ONE_BY_ONE = [code for code in CODES if not code.startswith("cn-size-")]
DECIDED = {Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE}
REFUSED_BY_COLUMNS = {
    "cn-innovative-score": "分支多于 256 个",
    "cn-technology-sme-score": "分支多于 256 个",
    "cn-late-payment-agency": "两项事实相乘",
    "cn-late-payment-large": "两项事实相乘",
}
# 《中小企业划型标准规定》第四条: what is asked, and from where on large, medium, small.
SIZES = {
    "农林牧渔业": (("营业收入",), (20000,), (500,), (50,)),
    "工业": (("从业人员", "营业收入"), (1000, 40000), (300, 2000), (20, 300)),
    "建筑业": (("营业收入", "资产总额"), (80000, 80000), (6000, 5000), (300, 300)),
    "批发业": (("从业人员", "营业收入"), (200, 40000), (20, 5000), (5, 1000)),
    "零售业": (("从业人员", "营业收入"), (300, 20000), (50, 500), (10, 100)),
    "交通运输业": (("从业人员", "营业收入"), (1000, 30000), (300, 3000), (20, 200)),
    "仓储业": (("从业人员", "营业收入"), (200, 30000), (100, 1000), (20, 100)),
    "邮政业": (("从业人员", "营业收入"), (1000, 30000), (300, 2000), (20, 100)),
    "住宿业": (("从业人员", "营业收入"), (300, 10000), (100, 2000), (10, 100)),
    "餐饮业": (("从业人员", "营业收入"), (300, 10000), (100, 2000), (10, 100)),
    "信息传输业": (("从业人员", "营业收入"), (2000, 100000), (100, 1000), (10, 100)),
    "软件和信息技术服务业": (("从业人员", "营业收入"), (300, 10000), (100, 1000), (10, 50)),
    "房地产开发经营": (("营业收入", "资产总额"), (200000, 10000), (1000, 5000), (100, 2000)),
    "物业管理": (("从业人员", "营业收入"), (1000, 5000), (300, 1000), (100, 500)),
    "租赁和商务服务业": (("从业人员", "资产总额"), (300, 120000), (100, 8000), (10, 100)),
    "其他未列明行业": (("从业人员",), (300,), (100,), (10,)),
}


def explained(code, facts, on):
    return explaining.explain(delivered.policy(code), facts, on=on)


@cache
def planned(code, on):
    return plan.plan([delivered.policy(code)], schemas.schema(CATALOGUE, on=on))


def known_of(example):
    """Return what is on record by reference, None aside."""
    values = {**example.usual, **example.changed}
    found = {}
    for name, value in values.items():
        period, _, item = name.rpartition(".")
        if name not in example.without:
            found[Reference(item, YEARS_BACK[period] if period else None)] = value
    return found


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=EXAMPLE_IDS)
def test_an_enterprise_gets_what_its_worked_example_says(code, example):
    found = explained(code, example.facts, example.on)

    assert outcome(found, example.expected.gap) == example.expected
    assert found.as_text()


@pytest.mark.parametrize("code", CODES)
def test_the_examples_of_a_policy_grant_refuse_and_ask_for_a_fact(code):
    verdicts = [one.expected.verdict for one in examples(code)]

    assert len(verdicts) >= 4
    assert {Verdict.ELIGIBLE, Verdict.MANUAL} & set(verdicts)
    assert {Verdict.NOT_ELIGIBLE, Verdict.UNKNOWN} <= set(verdicts)


@pytest.mark.parametrize("code", WORKED_OUT_ONE_BY_ONE)
def test_every_condition_is_met_by_one_example_and_unmet_by_another(code):
    situations = [situation(one) for one in examples(code)]

    for condition in delivered.policy(code).conditions:
        found = {findings.find(condition, each).status for each in situations}

        assert condition.test is None or {Status.MET, Status.UNMET} <= found, condition.name


@pytest.mark.parametrize("code", WORKED_OUT_ONE_BY_ONE)
def test_every_threshold_is_hit_exactly_by_an_example(code):
    situations = [situation(one) for one in examples(code)]

    for condition in delivered.policy(code).conditions:
        for one in thresholds(condition.test):
            assert any(_is_at(one, each) for each in situations), write(one)


def situation(example):
    return Situation(example.facts, on=example.on, catalogue=CATALOGUE)


def thresholds(test):
    """Yield the comparisons of an expression or of a table's cells, those for equality aside."""
    if isinstance(test, Table):
        cells = [cell for row in test.questions for cell in row]
        found = [
            one for cell in cells for t in cell.tests.tests for one in comparisons(cell.input, t)
        ]
    else:
        found = [part for part in every(test) if isinstance(part, Comparison)] if test else []
    yield from (one for one in found if one.sign not in {Sign.EQUAL, Sign.UNEQUAL})


def _is_at(threshold, at_hand):
    sides = [threshold.left, threshold.right]
    values = [at_hand.exact(side) for side in sides]
    if None in values:
        values = [at_hand.compute(side).value for side in sides]
    return values[0] is not None and values[0] == values[1]


@pytest.mark.parametrize(("code", "example"), EXAMPLES[:: 1 if SOAK else 4])
def test_a_fact_that_is_taken_away_never_turns_a_verdict_round(code, example):
    before = explained(code, example.facts, example.on).verdict

    for name in known_of(example):
        rest = {
            (one.item, None if one.years_back is None else example.on.year - one.years_back): Fact(
                value=value
            )
            for one, value in known_of(example).items()
            if one != name
        }
        after = explained(code, Facts(rest), example.on).verdict

        assert after is before or after is Verdict.UNKNOWN or before not in DECIDED


@pytest.mark.parametrize("code", CODES)
def test_a_policy_passes_the_static_check(code):
    assert [str(notice) for notice in check(delivered.policy(code), CATALOGUE)] == []


@pytest.mark.parametrize("code", CODES)
def test_a_policy_is_written_as_it_was_read(code):
    file = delivered.content(code, delivered.MODELS)

    assert writing.write(reading.read(file)) == file
    assert delivered.policy(code).header.code == code


@pytest.mark.parametrize("code", CODES)
def test_a_policy_says_who_issued_it_and_where_each_condition_stands(code):
    policy = delivered.policy(code)

    assert policy.header.issuer
    assert policy.header.source
    assert policy.header.level in {"国家", "省", "市"}
    assert all(one.anchor and one.anchor.document for one in policy.conditions)
    assert all(one.text for one in policy.conditions if one.test is None)
    assert policy.amount is None or (policy.amount.text and policy.amount.anchor)


def test_most_of_the_library_may_be_published_and_the_rest_says_what_is_open():
    ready = [one for one in delivered.policies() if publishing.publishable(one, CATALOGUE)]
    drafts = [one for one in delivered.policies() if one not in ready]

    assert len(CODES) >= 40
    assert len(ready) >= 30
    assert all(one.header.mark is not Mark.UNVERIFIED for one in ready)
    assert all(one.header.source.startswith("V") for one in ready)
    assert all(one.header.confirmations for one in drafts)
    assert all(point.by for one in drafts for point in one.header.confirmations)


def test_what_was_only_heard_of_is_a_draft_and_so_is_what_is_local():
    for policy in delivered.policies():
        is_open = not publishing.publishable(policy, CATALOGUE)

        assert is_open or not policy.header.source.startswith("U")
        assert is_open or policy.header.level == "国家"


def test_a_draft_names_what_to_confirm_and_who_confirms_it():
    draft = delivered.policy("cn-small-low-profit")

    assert publishing.obstacles(draft, CATALOGUE) == (
        "待确认：资产总额不超过 5000 万元这一数额，由园区企业服务部门向主管税务机关确认",
    )
    assert publishing.NOT_COMPARED in publishing.obstacles(
        delivered.policy("sd-gazelle"), CATALOGUE
    )


def test_a_policy_that_is_not_delivered_is_not_found():
    with pytest.raises(delivered.NotDelivered, match="政策库没有“cn-moon”"):
        delivered.content("cn-moon", delivered.MODELS)


@pytest.mark.parametrize("code", CODES)
def test_the_columns_say_what_the_examples_say_or_why_they_cannot(code):
    reason = REFUSED_BY_COLUMNS.get(code)
    for on in {one.on for one in examples(code)}:
        at_hand = planned(code, on)
        if reason:
            assert [reason in str(one.reason) for one in at_hand.refused] == [True]
            continue
        given = [one for one in examples(code) if one.on == on]

        assert at_hand.refused == ()
        assert _by_columns(at_hand, given, on) == [
            (one.verdict, one.near_miss, one.amount_yuan)
            for one in (example.expected for example in given)
        ]


def test_all_policies_at_once_say_over_columns_what_each_says_alone():
    on = examples("cn-high-tech")[0].on
    codes = [code for code in CODES if code not in REFUSED_BY_COLUMNS]
    policies = [delivered.policy(code) for code in codes]
    given = [one for _code, one in EXAMPLES if one.on == on]
    at_hand = plan.plan(policies, schemas.schema(CATALOGUE, on=on))

    found = _by_columns(at_hand, given, on)

    assert at_hand.refused == ()
    by_place = [one.code for one in at_hand.policies]
    for place, example in enumerate(given):
        own = {
            one.header.code: one for one in explaining.explain_all(policies, example.facts, on=on)
        }
        ours = [_alone(own[code]) for code in by_place]
        assert found[place * len(codes) : (place + 1) * len(codes)] == ours


def _alone(found):
    fen = found.grant.amount_fen if found.grant else None
    return found.verdict, found.is_near_miss, None if fen is None else Decimal(fen) / 100


def _by_columns(at_hand, given, on):
    names = {
        fact: column.name for fact, column in schemas.schema(CATALOGUE, on=on).columns.items()
    }
    read = at_hand.by_name()
    enterprises = [
        {
            names[fact]: Decimal(value) if type(value) is int else value
            for fact, value in known_of(one).items()
            if names[fact] in read
        }
        for one in given
    ]
    chunk = material.chunk(at_hand.columns, enterprises)
    found = numpy_engine.match(numpy_engine.compiled(at_hand), chunk)
    return [
        (verdict, near, None if fen is None else Decimal(fen) / 100)
        for row in material.found_in(found, at_hand)
        for verdict, near, fen, _granted in row.values()
    ]


@pytest.mark.parametrize("code", CODES)
def test_a_condition_is_not_called_like_a_fact(code):
    names = [element.name for element in delivered.model(code).elements]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("code", CODES)
def test_any_dmn_engine_agrees_where_everything_is_known(code):
    model = delivered.model(code)
    for example in examples(code):
        expected = example.expected.verdict
        if expected in DECIDED and not example.without:
            found = evaluate_decision(model, "预审结论", _inputs(example))

            assert found.value is (expected is Verdict.ELIGIBLE)


def _inputs(example):
    """Return the facts as another engine wants them: contexts of years, lists, plain names."""
    found = {name: {} for name in (*YEARS_BACK, *SPANS)}
    found["评估日"] = feel_date(example.on)
    known = {fact: _feel(value) for fact, value in known_of(example).items()}
    for fact, value in known.items():
        if fact.years_back is None:
            found[fact.item] = value
            continue
        for name, back in YEARS_BACK.items():
            if back == fact.years_back:
                found[name][fact.item] = value
        for name, years in SPANS.items():
            found[name][fact.item] = [known.get(Reference(fact.item, back)) for back in years]
    return found


def _feel(value):
    if type(value) is int:
        return Decimal(value)
    return temporal.parse_date(str(value)) if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("industry", SIZES)
def test_every_enterprise_has_exactly_one_size_by_the_first_bounds_it_reaches(industry):
    metrics, *bounds = SIZES[industry]
    around = [
        sorted({value + step for value in values for step in (-1, 0)})
        for values in zip(*bounds, strict=True)
    ]
    on = examples("cn-size-large")[0].on
    bands = ("large", "medium", "small", "micro")
    policies = [delivered.policy(f"cn-size-{band}") for band in (*bands, "sme")]

    for values in product(*around):
        facts = {("划型行业", None): Fact(value=industry)}
        for metric, value in zip(metrics, values, strict=True):
            facts[metric, on.year - 1] = Fact(value=Decimal(value))
        reached = [all(v >= b for v, b in zip(values, one, strict=True)) for one in bounds]
        expected = bands[[*reached, True].index(True)]

        found = explaining.explain_all(policies, Facts(facts), on=on)
        *given, is_sme = [one.verdict is Verdict.ELIGIBLE for one in found]

        assert given == [band == expected for band in bands]
        assert is_sme == (expected != "large")


def test_the_pages_of_the_policies_are_as_they_would_be_written_today():
    written = {file.name: file.read_text("utf-8") for file in rules_pages.FOLDER.glob("*.md")}

    assert written == rules_pages.pages(), "run: python -m tools.rules_pages"
