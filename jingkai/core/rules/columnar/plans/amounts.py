"""Amounts over columns: whole numbers over one divisor, rounded once, at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm

from jingkai.core.rules.feel.nodes import Node
from jingkai.core.rules.policies.amounts import FEN
from jingkai.core.rules.policies.logic import Atom
from jingkai.core.rules.policies.model import Amount, HitPolicy, Rounding, Table

from . import forms, ir, lowering
from .forms import Form
from .ir import Formula, NotColumnar, Terms
from .values import Choice, Quantity, Schema, Value

ZERO = Quantity(Form())


@dataclass(frozen=True, slots=True)
class Sum:
    """Columns times whole factors, and a whole constant."""

    terms: Terms
    constant: int


@dataclass(frozen=True, slots=True)
class Pick:
    """``yes`` where the test is met, else ``no``."""

    test: Formula
    yes: "Number"
    no: "Number"


Number = Sum | Pick


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A number; not on record where one of the columns has nothing."""

    columns: tuple[str, ...]
    number: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountPlan:
    """
    What an eligible enterprise receives: rows as in ``TablePlan``; without rows ``otherwise``.

    The numbers are 分 times ``over``. The tables that total (SUM, LARGEST, SMALLEST of the rows
    that are met) are not on record while a row is unknown. What is below 0 is 0; then it is
    rounded to whole ``step_fen``, then no more than ``cap_fen``.
    """

    rows: tuple[tuple[Formula, ...], ...]
    outputs: tuple[Output, ...]
    otherwise: Output
    hit_policy: HitPolicy
    over: int
    rounding: Rounding
    step_fen: int
    cap_fen: int | None


def lowered(amount: Amount, schema: Schema) -> AmountPlan:
    """
    Return the plan of an amount.

    :raises NotColumnar: with the place, if it can't run over columns
    """
    per_unit = FEN[amount.unit]
    table = amount.value if isinstance(amount.value, Table) else None
    asked = table.outputs if table else ()
    last = table.otherwise if table else Atom(amount.value, ())  # type: ignore[arg-type]
    found = [_value(one.node, schema) for one in asked]
    found.append(ZERO if last is None else _value(last.node, schema))
    over = lcm(*(_divisor(one, per_unit) for one in found))
    numbers = [_number(one, per_unit * over) for one in found]
    nodes = [one.node for one in asked] + [last.node if last else lowering.NOTHING]
    outputs = [
        Output(columns=lowering.reads(node, schema), number=number)
        for node, number in zip(nodes, numbers, strict=True)
    ]
    done = AmountPlan(
        rows=tuple(lowering.rows(table, schema)) if table else (),
        outputs=tuple(outputs[:-1]),
        otherwise=outputs[-1],
        hit_policy=table.hit_policy if table else HitPolicy.FIRST,
        over=over,
        rounding=amount.rounding,
        step_fen=amount.step_fen,
        cap_fen=None if amount.cap is None else floor(Fraction(amount.cap) * per_unit),
    )
    _insist(done, nodes[-1], schema)
    return done


def columns(amount: AmountPlan) -> set[str]:
    """Return the names of the columns that an amount reads."""
    names = {name for row in amount.rows for cell in row for name in ir.columns(cell)}
    for output in (*amount.outputs, amount.otherwise):
        names.update(output.columns)
        for leaf, tests in leaves(output.number):
            names.update(name for name, _ in leaf.terms)
            names.update(name for test in tests for name in ir.columns(test))
    return names


def leaves(number: Number, tests: tuple[Formula, ...] = ()) -> Iterator[tuple[Sum, list[Formula]]]:
    """Yield the sums that a number may be, each with the tests on the way to it."""
    if isinstance(number, Sum):
        yield number, list(tests)
        return
    for part in (number.yes, number.no):
        yield from leaves(part, (*tests, number.test))


def _value(node: Node, schema: Schema) -> Value:
    found = lowering.value(node, schema)
    for leaf in _ends(found):
        if not isinstance(leaf, Quantity) or leaf.lower is not None:
            raise NotColumnar(
                "金额须是事实的倍数之和（可带分档、上限、下限），不能是事实相除或其他数据。",
                node.at,
            )
    return found


def _ends(value: Value) -> Iterator[Value]:
    if isinstance(value, Choice):
        yield from _ends(value.yes)
        yield from _ends(value.no)
    else:
        yield value


def _divisor(value: Value, per_unit: int) -> int:
    divisors = [1]
    for leaf in _ends(value):
        if isinstance(leaf, Quantity):
            form = leaf.upper.times(Fraction(per_unit))
            divisors += [factor.denominator for _, factor in form.terms]
            divisors.append(form.constant.denominator)
    return lcm(*divisors)


def _number(value: Value, times: int) -> Number:
    if isinstance(value, Choice):
        return Pick(value.test, _number(value.yes, times), _number(value.no, times))
    form = value.upper.times(Fraction(times)) if isinstance(value, Quantity) else Form()
    return Sum(tuple((name, int(factor)) for name, factor in form.terms), int(form.constant))


def _insist(amount: AmountPlan, node: Node, schema: Schema) -> None:
    """Refuse an amount whose rounding or adding might pass 64 bits."""
    limits = {column.name: column.limit for column in schema.columns.values()}
    outputs = (*amount.outputs, amount.otherwise)
    largest = sum(
        max(forms.magnitude(leaf.terms, leaf.constant, limits) for leaf, _ in leaves(one.number))
        for one in outputs
    )
    if 2 * largest + amount.over * amount.step_fen > ir.WHOLE // 2:
        raise NotColumnar("金额计算中的数可能超出 64 位整数，请减少系数的小数位。", node.at)
