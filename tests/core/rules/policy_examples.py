"""Policies and enterprises of the tests, written as briefly as their sentences."""

from datetime import date
from decimal import Decimal

from jingkai.core.rules.catalogue import national
from jingkai.core.rules.feel.parsing import parse_expression, parse_unary_tests
from jingkai.core.rules.policies import explaining
from jingkai.core.rules.policies.facts import Fact, Facts
from jingkai.core.rules.policies.model import (
    All,
    Anchor,
    Condition,
    Header,
    HitPolicy,
    Leaf,
    Policy,
    Row,
    Table,
)
from jingkai.core.rules.policies.references import known
from jingkai.core.rules.policies.situations import Situation

CATALOGUE = national()
KNOWN = known(CATALOGUE)
ON = date(2024, 12, 31)
LAST_YEAR = 2023
ANCHOR = Anchor(document="《研发补助办法》", article="第八条", quotation="研发投入占比不低于3%")


def feel(text):
    return parse_expression(text, known=KNOWN)


def condition(text, name="条件", *, applies=None):
    return Condition(
        name=name,
        test=feel(text),
        text=text,
        applies=None if applies is None else feel(applies),
        anchor=ANCHOR,
    )


def table(inputs, rows, hit_policy=HitPolicy.UNIQUE, default=None):
    """Return a table; a row is its cells and, last, its output, all as texts."""
    return Table(
        inputs=tuple(feel(text) for text in inputs),
        rows=tuple(
            Row(
                cells=tuple(parse_unary_tests(cell, known=KNOWN) for cell in row[:-1]),
                output=feel(row[-1]),
            )
            for row in rows
        ),
        hit_policy=hit_policy,
        default=None if default is None else feel(default),
    )


def policy(*conditions, tree=None, amount=None, **header):
    return Policy(
        header=Header(**{"code": "P1", "title": "研发补助", **header}),
        conditions=conditions,
        tree=tree or All(tuple(Leaf(one.name) for one in conditions)),
        amount=amount,
    )


def facts(**values):
    """Return facts by name; a list is those of last year, the year before, and so on."""
    found = {}
    for name, value in values.items():
        if isinstance(value, list):
            years = range(LAST_YEAR, LAST_YEAR - len(value), -1)
            found.update(
                {(name, year): _fact(one) for year, one in zip(years, value, strict=True)}
            )
        else:
            found[(name, None)] = _fact(value)
    return Facts(found)


def situation(on=ON, **values):
    return Situation(facts(**values), on=on, catalogue=CATALOGUE)


def explained(given, on=ON, **values):
    return explaining.explain(given, facts(**values), on=on)


def _fact(value):
    return Fact(value=Decimal(value) if type(value) is int else value, source="税务")
