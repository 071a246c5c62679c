"""What of the conformance kit runs over columns: every engine answers as the scalar one does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from jingkai.core.rules.catalogue import Catalogue, FactType, Item
from jingkai.core.rules.columnar.engines import Engine
from jingkai.core.rules.columnar.plans import plan, schemas
from jingkai.core.rules.dmn import boxed, reading, trees
from jingkai.core.rules.dmn.model import InputData
from jingkai.core.rules.feel import temporal
from jingkai.core.rules.feel.known import Known
from jingkai.core.rules.feel.parsing import FeelSyntaxError, parse_expression
from jingkai.core.rules.policies import findings
from jingkai.core.rules.policies.facts import Fact, Facts
from jingkai.core.rules.policies.model import All, Condition, Header, Leaf, Policy
from jingkai.core.rules.policies.situations import Situation
from tests.core.rules import columnar_material as material
from tests.core.rules.test_backends import EVERYWHERE, engine
from tests.environment import rounds
from tools import tck

TYPES = {
    bool: FactType.BOOLEAN,
    Decimal: FactType.NUMBER,
    str: FactType.STRING,
    temporal.Date: FactType.DATE,
}
LEAST_CASES = 10  # that the kit has; fewer would mean that hardly anything runs over columns
TWO_DECIMALS = Decimal("0.01")


def questions():
    """Yield (where, test, facts) of each decision that is one expression over plain inputs."""
    for folder in sorted(path for path in tck.KIT.glob("*/*") if path.is_dir()):
        files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.dmn"))}
        models = reading.read_together(files)
        for tests in sorted(folder.glob("*.xml")):
            root = trees.tree(tests.read_bytes())
            model = models[tck._text(root, "modelName").strip()]
            for case in tck._inside(root, "testCase"):
                yield from asked(f"{folder.name}/{case.get('id')}", case, model)


def asked(where, case, model):
    facts = {tck._input_name(node): tck._value([node]) for node in tck._inside(case, "inputNode")}
    for node in tck._inside(case, "resultNode"):
        decision = model.named(node.get("name"))
        logic = getattr(decision, "logic", None)
        if not facts or not isinstance(logic, boxed.Literal) or logic.feel.node is None:
            continue
        required = [model.at(one.href) for one in decision.requirements]
        if all(one is not None and isinstance(one[1], InputData) for one in required):
            expected = tck._value(tck._inside(node, "expected"))
            test = question(logic.feel.text, expected, facts)
            if test is not None:
                yield where, test, facts


def question(text, expected, facts):
    """Return the expression, or whether it is the value that the kit expects."""
    match expected:
        case None | bool():
            whole = text
        case Decimal():
            whole = f"({text}) = {expected}"
        case str():
            whole = f'({text}) = "{expected}"'
        case temporal.Date():
            whole = f'({text}) = @"{temporal.string(expected)}"'
        case _:
            return None
    try:
        return parse_expression(whole, known=Known(names=frozenset(facts), fields=frozenset()))
    except FeelSyntaxError:
        return None


def item(name, value):
    kind = TYPES.get(type(value), FactType.STRING)
    code = f"fact_{abs(hash(name))}"
    found = Item(code=code, name=name, type=kind)
    if kind is FactType.NUMBER:
        return replace(found, decimals=2, minimum=Decimal(-(10**6)), maximum=Decimal(10**6))
    return found


def plain(value):
    return date(value.year, value.month, value.day) if type(value) is temporal.Date else value


def fits(facts):
    """Tell whether all facts are plain, with no more decimals than a column here has."""
    return all(
        value is None
        or (type(value) in TYPES and (not isinstance(value, Decimal) or value % TWO_DECIMALS == 0))
        for value in facts.values()
    )


def lowered(test, facts):
    """Return the plan of the test, its policy and the enterprise; None where it is refused."""
    catalogue = Catalogue([item(name, value) for name, value in facts.items()])
    policy = Policy(
        header=Header(code="KIT", title="符合性"),
        conditions=(Condition(name="条件", test=test),),
        tree=All((Leaf("条件"),)),
    )
    planned = plan.plan([policy], schemas.schema(catalogue, on=material.ON))
    if planned.refused:
        return None
    given = {name: plain(value) for name, value in facts.items() if value is not None}
    enterprise = {catalogue.item(name).code: value for name, value in given.items()}
    known = Facts({(name, None): Fact(value=value) for name, value in given.items()})
    return planned, policy, enterprise, Situation(known, on=material.ON, catalogue=catalogue)


@cache
def ready():
    """Return what the kit has for columns, read once."""
    found = {where: lowered(test, facts) for where, test, facts in questions() if fits(facts)}
    return {where: one for where, one in found.items() if one is not None}


@pytest.mark.skipif(not tck.KIT.is_dir(), reason=f"no conformance kit in {tck.KIT}")
@pytest.mark.parametrize("name", [Engine.NUMPY, *EVERYWHERE])
def test_every_case_that_runs_over_columns_is_answered_as_alone(name):
    assert len(ready()) >= LEAST_CASES, sorted(ready())
    cases = list(ready().items())[: rounds(2, 1_000) if name is Engine.SPARK else None]
    for where, (planned, policy, enterprise, situation) in cases:
        chunk = material.chunk(planned.columns, [enterprise])
        with engine(name, planned) as match:
            (said,) = material.found_in(match(chunk), planned)

        expected = findings.assess(policy, situation).verdict
        assert (where, said["KIT"][0]) == (where, expected)
