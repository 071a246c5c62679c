"""
Policies as plans over columns: what an engine needs to give every enterprise its verdict.

A plan is engine-neutral. The verdict of a policy follows from its conditions by the rules of
``policies.statuses``, the amount by those of ``policies.amounts``; formulas are those of ``ir``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from jingkai.core.rules.feel.nodes import NOWHERE
from jingkai.core.rules.policies.model import (
    All,
    Condition,
    Header,
    HitPolicy,
    Leaf,
    Not,
    Policy,
    Table,
    Tree,
)

from ..index import attributes
from . import amounts, ir, lowering
from .amounts import AmountPlan
from .ir import Column, Fixed, Formula, NotColumnar
from .values import Schema

CONDITION_TABLES = {HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST}


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """
    A decision table that is a condition.

    A row is the least of its cells. Among the rows that are not unmet (of a FIRST table up to the
    first that is met), all outputs, and ``otherwise`` where no row is met, must be the same, else
    the table is unknown; so is a UNIQUE table with two such rows. An unmet table lacks the fewest
    cells that a row with a met output lacks, an unknown cell counting as 2: 1, or 2 for more.
    """

    rows: tuple[tuple[Formula, ...], ...]
    outputs: tuple[Formula, ...]
    otherwise: Formula
    hit_policy: HitPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionPlan:
    """
    A condition; ``test`` None is for a person to judge.

    Where ``applies`` is unmet the condition drops out, where it is unknown the condition is too.
    """

    name: str
    test: Formula | TablePlan | None
    applies: Formula = ir.MET


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPlan:
    """A policy: every leaf of the tree names one of the conditions; ``version`` is the rule's."""

    header: Header
    version: str
    conditions: tuple[ConditionPlan, ...]
    tree: Tree
    amount: AmountPlan | None = None

    @property
    def code(self) -> str:
        """Return the policy's code."""
        return self.header.code

    def parts(self) -> tuple[Tree, ...]:
        """Return the parts of the conjunction that the tree is at its top, at least one."""
        return tuple(_conjuncts(self.tree))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A policy that can't run over columns: ``where`` in it, and what to do."""

    code: str
    where: str
    reason: NotColumnar


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    All policies over the columns that they read, on one day.

    A policy's place is its number in all results. Those with parts that no single attribute
    answers come first, so that their bits are together; then by code.
    """

    columns: tuple[Column, ...]
    policies: tuple[PolicyPlan, ...]
    on: date
    refused: tuple[Refusal, ...] = ()

    def by_name(self) -> dict[str, Column]:
        """Return the columns by their names."""
        return {column.name: column for column in self.columns}


def plan(
    policies: Iterable[Policy], schema: Schema, *, versions: Mapping[str, str] | None = None
) -> Plan:
    """
    Return the plan of the policies; those that can't run over columns are in ``refused``.

    ``versions`` are those of the rules, by the policies' codes.
    """
    named = versions or {}
    done: list[PolicyPlan] = []
    refused: list[Refusal] = []
    for policy in policies:
        found = lowered(policy, schema, version=named.get(policy.header.code, ""))
        if isinstance(found, PolicyPlan):
            done.append(found)
        else:
            refused.append(found)
    read = {name for one in done for name in _read_by(one)}
    columns = tuple(one for one in schema.columns.values() if one.name in read)
    named_columns = {one.name: one for one in columns}
    done.sort(key=lambda one: (not _is_complex(one, named_columns), one.code))
    return Plan(columns=columns, policies=tuple(done), on=schema.on, refused=tuple(refused))


def lowered(policy: Policy, schema: Schema, *, version: str = "") -> PolicyPlan | Refusal:
    """Return the plan of one policy, or why it can't run over columns."""
    where = ""
    try:
        conditions = []
        for condition in policy.conditions:
            where = f"条件“{condition.name}”"
            conditions.append(_condition(condition, schema))
        where = "金额"
        amount = amounts.lowered(policy.amount, schema) if policy.amount else None
    except NotColumnar as reason:
        return Refusal(code=policy.header.code, where=where, reason=reason)
    except RecursionError:
        deep = NotColumnar("表达式嵌套过深或一串运算过长，请拆成几个条件。", NOWHERE)
        return Refusal(code=policy.header.code, where=where, reason=deep)
    return PolicyPlan(
        header=policy.header,
        version=version,
        conditions=tuple(conditions),
        tree=policy.tree,
        amount=amount,
    )


def formulas(condition: ConditionPlan) -> Iterator[Formula]:
    """Yield all formulas of a condition."""
    yield condition.applies
    match condition.test:
        case None:
            return
        case TablePlan() as table:
            yield from (cell for row in table.rows for cell in row)
            yield from table.outputs
            yield table.otherwise
        case formula:
            yield formula


def _condition(condition: Condition, schema: Schema) -> ConditionPlan:
    test: Formula | TablePlan | None = None
    if isinstance(condition.test, Table):
        test = _table(condition.test, schema)
    elif condition.logic is not None:
        test = lowering.formula(condition.logic, schema)
    applies = condition.applies_logic
    return ConditionPlan(
        name=condition.name,
        test=test,
        applies=ir.MET if applies is None else lowering.formula(applies, schema),
    )


def _table(table: Table, schema: Schema) -> TablePlan:
    if table.hit_policy not in CONDITION_TABLES:
        raise NotColumnar("汇总（C）的表不能用作条件，请改为 U、A 或 F。", NOWHERE)
    otherwise = table.otherwise
    return TablePlan(
        rows=tuple(lowering.rows(table, schema)),
        outputs=tuple(lowering.formula(output, schema) for output in table.outputs),
        otherwise=ir.UNMET if otherwise is None else lowering.formula(otherwise, schema),
        hit_policy=table.hit_policy,
    )


def _conjuncts(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, All):
        for part in tree.parts:
            yield from _conjuncts(part)
    else:
        yield tree


def _read_by(policy: PolicyPlan) -> set[str]:
    names = amounts.columns(policy.amount) if policy.amount else set()
    for condition in policy.conditions:
        for formula in formulas(condition):
            names |= ir.columns(formula)
    return names


def simple(
    part: Tree, conditions: Mapping[str, ConditionPlan], columns: Mapping[str, Column]
) -> ConditionPlan | None:
    """Return a part as one condition that a single attribute answers, if it is one."""
    match part:
        case Leaf(condition=name) if _is_simple(conditions[name], columns):
            return conditions[name]
        case Not(part=Leaf(condition=name)) if _is_simple(conditions[name], columns):
            inner = conditions[name]
            if inner.test is None or isinstance(inner.test, TablePlan):
                return inner
            return replace(inner, test=ir.opposite(inner.test))
    return None


def _is_simple(condition: ConditionPlan, columns: Mapping[str, Column]) -> bool:
    if condition.applies != ir.MET:
        return False
    match condition.test:
        case None | Fixed():
            return True
        case TablePlan():
            return False
        case formula:
            return attributes.single(formula, columns) is not None


def _is_complex(policy: PolicyPlan, columns: Mapping[str, Column]) -> bool:
    conditions = {one.name: one for one in policy.conditions}
    return any(simple(part, conditions, columns) is None for part in policy.parts())
