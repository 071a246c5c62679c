"""Every engine says what the scalar engine says, bit for bit and 分 for 分."""

import os
import shutil
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from jingkai.core.rules.columnar import engines, results
from jingkai.core.rules.columnar.engines import Engine, NoEngine
from jingkai.core.rules.columnar.index import engine as numpy_engine
from jingkai.core.rules.columnar.plans import plan
from jingkai.core.rules.columnar.steps import sql as sql_writing
from jingkai.core.rules.columnar.steps.sql import Dialect
from jingkai.core.rules.policies.model import All, Condition, Header, Leaf, Policy
from tests.core.rules import columnar_material as material
from tests.core.rules.columnar_material import Dice
from tests.environment import rounds

seeds = st.integers(0, 2**32)
URL = os.environ.get("DATABASE_URL", "").partition("&assume_role=")[0]
needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="PySpark or Java is absent",
)
EVERYWHERE = [
    Engine.POLARS,
    Engine.DUCKDB,
    pytest.param(Engine.POSTGRESQL, marks=pytest.mark.postgresql),
    pytest.param(Engine.SPARK, marks=[needs_spark, pytest.mark.slow]),
]
HOSTILE = ("", "A", "a'b", 'a"b', "a\\b", "a%b", "a_b", "甲𠮷", "A ", "\n", "--", "Ä")


@contextmanager
def engine(name, planned):
    with (
        TemporaryDirectory() as folder,
        engines.opened(
            name, planned, scratch=Path(folder), database=URL, master="local[2]"
        ) as match,
    ):
        yield match


def planned_with(seed, policies, enterprises):
    dice = Dice(Random(seed))
    made = [dice.policy(number) for number in range(policies)]
    planned = plan.plan(made, material.SCHEMA)
    return made, planned, [dice.enterprise(planned.columns) for _ in range(enterprises)]


def tally(outcome):
    found = results.Tally()
    found.add(outcome)
    return found


def agrees(name, seed, policies):
    made, planned, enterprises = planned_with(seed, policies, 25)
    chunk = material.chunk(planned.columns, enterprises)
    with engine(name, planned) as match:
        outcome = match(chunk)

    assert material.found_in(outcome, planned) == [material.said(made, one) for one in enterprises]
    assert tally(outcome) == tally(numpy_engine.match(numpy_engine.compiled(planned), chunk))


@settings(max_examples=rounds(4, 200))
@given(seed=seeds)
def test_polars_says_what_each_would_be_told_alone(seed):
    agrees(Engine.POLARS, seed, Random(seed).choice((3, 20, 70)))


@settings(max_examples=rounds(3, 100))
@given(seed=seeds)
def test_duckdb_says_what_each_would_be_told_alone(seed):
    agrees(Engine.DUCKDB, seed, Random(seed).choice((3, 20, 70)))


@pytest.mark.postgresql
@settings(max_examples=rounds(3, 50))
@given(seed=seeds)
def test_postgresql_says_what_each_would_be_told_alone(seed):
    agrees(Engine.POSTGRESQL, seed, Random(seed).choice((3, 20, 70)))


@needs_spark
@pytest.mark.slow
def test_spark_says_what_each_would_be_told_alone():
    agrees(Engine.SPARK, 20, 12)


@pytest.mark.parametrize("name", EVERYWHERE)
def test_texts_are_compared_by_their_characters_alone(name):
    tests = [
        f"{function}(行业代码, {quoted(text)})"
        for text in HOSTILE
        for function in ("starts with", "ends with", "contains")
    ] + [f"行业代码 = {quoted(text)}" for text in HOSTILE]
    conditions = [
        Condition(name=f"条件{place}", test=material.feel(text))
        for place, text in enumerate(tests)
    ]
    policies = [
        Policy(
            header=Header(code=f"P{place:03}", title="文字"),
            conditions=(one,),
            tree=All((Leaf(one.name),)),
        )
        for place, one in enumerate(conditions)
    ]
    planned = plan.plan(policies, material.SCHEMA)
    texts = [*HOSTILE, *("甲" + text for text in HOSTILE), *(text + "𠮷" for text in HOSTILE)]
    enterprises = [{"industry_code": text} for text in texts] + [{}]
    with engine(name, planned) as match:
        outcome = match(material.chunk(planned.columns, enterprises))

    assert planned.refused == ()
    assert material.found_in(outcome, planned) == [
        material.said(policies, one) for one in enterprises
    ]


def quoted(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@pytest.mark.parametrize("name", [Engine.POLARS, Engine.DUCKDB])
def test_a_table_without_enterprises_is_matched_too(name):
    _, planned, _ = planned_with(7, 5, 0)
    with engine(name, planned) as match:
        outcome = match(material.chunk(planned.columns, []))

    assert tally(outcome) == results.Tally()


@pytest.mark.parametrize("dialect", list(Dialect))
def test_the_sql_of_every_dialect_can_be_read_back(dialect):
    _, planned, _ = planned_with(11, rounds(4, 12), 0)
    queries = list(sql_writing.queries(planned, dialect))

    trees = [sqlglot.parse_one(query, read=str(dialect)) for query in queries]

    assert len(queries) == 1
    for tree in trees:
        assert not list(tree.find_all(exp.Div, exp.IntDiv))
        assert tree.selects[0].name == "row_number"
    named = [one.alias for tree in trees for one in tree.selects[1:] if one.alias[0] == "v"]
    assert named == [f"v{bit}" for bit in range(rounds(4, 12))]


def test_a_text_of_a_rule_never_becomes_sql():
    policy = Policy(
        header=Header(code="P", title="注入"),
        conditions=(
            Condition(name="条件", test=material.feel('信用等级 = "\'; DROP TABLE x; --"')),
        ),
        tree=All((Leaf("条件"),)),
    )
    planned = plan.plan([policy], material.SCHEMA)

    for dialect in Dialect:
        for query in sql_writing.queries(planned, dialect):
            (tree,) = sqlglot.parse(query, read=str(dialect))
            assert isinstance(tree, exp.Select)


def test_a_database_that_can_not_be_reached_is_said_so():
    _, planned, _ = planned_with(3, 2, 0)
    nowhere = "postgresql:///nowhere?host=/nonexistent"

    with (
        pytest.raises(NoEngine, match="请核对 --database"),
        engines.opened(Engine.POSTGRESQL, planned, scratch=Path(), database=nowhere),
    ):
        pass
